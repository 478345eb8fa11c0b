"""Plain sources for tests, made on the spot: documents of Word, PDFs, and broken ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx

from quizgame.formats import PLAIN, Hints, Proposal


def read(id_: str, data: bytes | str, name: str = "", **hints: str) -> Proposal:
    """Read a source in a format."""
    raw = data.encode() if isinstance(data, str) else data
    return PLAIN[id_].read(name or f"a{PLAIN[id_].suffixes[0]}", raw, Hints(**hints))


def kept(proposal: Proposal) -> list[str]:
    """The paragraphs that are kept."""
    return [block.text for block in proposal.blocks if block.is_kept]


def dropped(proposal: Proposal) -> list[str]:
    """The paragraphs that are left out."""
    return [block.text for block in proposal.blocks if not block.is_kept]


def word(*paragraphs: str, title: str = "", table: Sequence[Sequence[str]] = ()) -> bytes:
    """A document of Word."""
    document = docx.Document()
    document.core_properties.author = ""
    if title:
        document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def rewritten(archive: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """An archive in which one member reads otherwise."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(whole, "w") as after:
        for info in before.infolist():
            data = before.read(info)
            if info.filename == member:
                assert old in data
                data = data.replace(old, new, 1)
            after.writestr(info.filename, data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF of pages of lines in Latin letters, written by hand."""
    contents = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
        contents.append(b"BT /F1 12 Tf 14 TL 50 780 Td\n" + shown + b"ET")
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * n)
        )
        objects.append(stream(content))
    return assembled(*objects)


def _escaped(line: str) -> bytes:
    for sign in "\\()":
        line = line.replace(sign, "\\" + sign)
    return line.encode("cp1252")


def stream(content: bytes, more: bytes = b"") -> bytes:
    """An object of a PDF that holds bytes."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def assembled(*objects: bytes) -> bytes:
    """A PDF of objects; the first is its catalogue."""
    whole, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        whole += b"%010d 00000 n \n" % place
    whole += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(whole)
