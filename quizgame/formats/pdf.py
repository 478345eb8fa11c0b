"""PDF: the text of its pages; lines are put together to paragraphs, running heads are left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Source
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal, few
from quizgame.formats._texts import MOST_BYTES, MOST_CHARACTERS
from quizgame.formats._tidy import is_heading, one_line, tidied
from quizgame.formats._tongues import guessed

MOST_PAGES = 60
FEWEST_REPEATED = 3
SHORT = 0.75
"""Of the usual length of a line: one that is shorter and ends a sentence ends a paragraph."""
ENDS = (".", "!", "?", "”", '"', "»", ":", "。", "！", "？", "؟")
NUMBER = re.compile(
    r"[^\w\n]*(?:(?:page|pg?|seite|s|pág(?:ina)?|第)\.? ?)?"
    r"\d{1,3}(?: ?(?:of|/|de|von|sur) ?\d{1,3})?\W*",
    re.IGNORECASE,
)
NO_TEXT = N_(
    "There is no text in this PDF: its pages may be pictures. Run it through a text recognition, "
    "or paste the text."
)
LOCKED = N_("This PDF is locked with a password.")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(name: str, data: bytes, hints: Hints) -> Proposal:
    """Read a document. ContentError if it is none, is locked, too long, or has no text."""
    if len(data) > MOST_BYTES:
        raise ContentError(f"{name}: {len(data) / 1e6:.1f} MB are too many; 5 MB are the most")
    pages, facts = _pages(name, data)
    heads = _repeated(pages)
    blocks = [
        Block(text, is_kept=text not in heads and not _is_number(text))
        for page in pages
        for text in _paragraphs(page, heads)
    ]
    if not any(block.is_kept for block in blocks):
        raise ContentError(NO_TEXT)
    title = one_line(str(facts.get("/Title") or ""))
    first = next(n for n, block in enumerate(blocks) if block.is_kept)
    if len(blocks) > 1 and is_heading(blocks[first].text):
        title = one_line(blocks[first].text)
        blocks[first] = Block(blocks[first].text, is_kept=False)
    language = guessed("\n".join(block.text for block in blocks)) or hints.language
    author = one_line(str(facts.get("/Author") or ""), 200)
    return Proposal(Source(title, "", "", language, author=author), few(blocks))


PLAIN = PlainFormat(N_("PDF"), (".pdf",), read)


def _pages(name: str, data: bytes) -> tuple[list[list[str]], dict[str, object]]:
    """Return the lines of each page, and what the document says of itself."""
    pages: list[list[str]] = []
    length = 0
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ContentError(LOCKED)
        if len(reader.pages) > MOST_PAGES:
            raise ContentError(
                f"{name}: {len(reader.pages)} pages are too many; {MOST_PAGES} are the most"
            )
        for page in reader.pages:
            text = tidied(name, page.extract_text().replace("\0", ""))
            length += len(text)
            if length > MOST_CHARACTERS:
                raise ContentError(f"{name}: more than {MOST_CHARACTERS:,} characters are in it")
            pages.append([line.strip() for line in text.split("\n")])
        facts = {str(key): value for key, value in (reader.metadata or {}).items()}
    except ContentError:
        raise
    except PyPdfError as error:
        told = " ".join(str(error).split())[:200]
        raise ContentError(f"{name}: this is not a PDF that can be read ({told})") from None
    except Exception as error:  # pypdf raises whatever a broken document leads it to
        raise ContentError(
            f"{name}: this is not a PDF that can be read ({type(error).__name__})"
        ) from None
    return pages, facts


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the lines that begin or end page after page."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        edges.update({*lines[:2], *lines[-2:]})
    return {line for line, n in edges.items() if n >= max(FEWEST_REPEATED, len(pages) // 2)}


def _is_number(text: str) -> bool:
    """Tell whether this is a page's number: 3, - 3 -, Page 3 of 9."""
    return bool(NUMBER.fullmatch(text))


def _paragraphs(lines: Sequence[str], heads: set[str]) -> Iterator[str]:
    lengths = sorted(len(line) for line in lines if line) or [0]
    usual = lengths[len(lengths) * 4 // 5]
    text = ""
    for line in lines:
        is_short = len(line) < SHORT * usual
        is_title = not text and is_short and is_heading(line)
        if not line or line in heads or _is_number(line) or is_title:
            yield from filter(None, (text, line))
            text = ""
            continue
        text = _joined(text, line)
        if is_short and line.endswith(ENDS):
            yield text
            text = ""
    if text:
        yield text


def _joined(text: str, line: str) -> str:
    """Put a line after a text; a word that was cut at the end of a line becomes whole."""
    if re.search(r"[^\W\d_]-$", text) and line[:1].islower():
        return text[:-1] + line
    wide = re.search(r"[\u3000-\u9fff\uff00-\uffef]$", text)
    return text + line if wide or not text else f"{text} {line}"
