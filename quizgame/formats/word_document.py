"""Word documents (docx): paragraphs and tables in their order, opened as warily as any archive."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import docx
from docx.document import Document
from docx.table import Table

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Source
from quizgame.formats._archives import packed, unpacked
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal, few
from quizgame.formats._texts import MOST_LINES
from quizgame.formats._tidy import is_heading, one_line, tidied
from quizgame.formats._tongues import guessed, is_tag
from quizgame.formats.plain_text import NO_TEXT

TITLES = ("Title", "Heading 1")
TEXTS = (".xml", ".rels")
NOT_READ = N_("this is not a Word document that can be read")


def read(name: str, data: bytes, hints: Hints) -> Proposal:
    """Read a document. ContentError if it is none, has no text, or is built to do harm."""
    document = _opened(name, data)
    try:
        told = [
            (tidied(name, words).strip(), style)
            for words, style in islice(_paragraphs(document), MOST_LINES)
        ]
    except (AttributeError, KeyError, ValueError, TypeError) as error:  # parts that are not there
        raise ContentError(f"{name}: {NOT_READ} ({type(error).__name__})") from None
    told = [(words, style) for words, style in told if words]
    if not told:
        raise ContentError(NO_TEXT)
    blocks = [Block(words) for words, _ in told]
    facts = document.core_properties
    title = one_line(facts.title or "")
    if len(blocks) > 1 and (told[0][1] in TITLES or is_heading(blocks[0].text)):
        title = one_line(blocks[0].text)
        blocks[0] = replace(blocks[0], is_kept=False)
    language = facts.language if is_tag(facts.language or "") else ""
    language = guessed("\n".join(words for words, _ in told)) or language or hints.language
    source = Source(title, "", "", language, author=one_line(facts.author or "", 200))
    return Proposal(source, few(blocks))


PLAIN = PlainFormat(N_("Word document"), (".docx",), read)


def _opened(name: str, data: bytes) -> Document:
    """Open a document of which only the parts that are XML are kept, none of them with entities."""
    parts = {}
    for member, content in unpacked(name, data).items():
        if b"<!DOCTYPE" in content.replace(b"\0", b"") or b"<!ENTITY" in content:
            raise ContentError(f"{name}: {member!r} declares entities of its own")
        parts[member] = content if member.lower().endswith(TEXTS) else b""
    try:
        return docx.Document(io.BytesIO(packed(parts)))
    except Exception as error:  # python-docx raises whatever its parts raise
        told = " ".join(str(error).split())[:200]
        raise ContentError(f"{name}: {NOT_READ} ({told})") from None


def _paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs with their styles; of tables, each row as one."""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)), ""
        else:
            style: Any = part.style
            yield part.text, str(style.name) if style is not None else ""
