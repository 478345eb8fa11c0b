"""Signs that say something without words: quotation marks, blanks, dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgame.domain.passages import Passage, Span

QUOTES = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", '"': '"', "＂": "＂"}
"""What opens a quotation, and what closes it. Single marks are left out: apostrophes look alike."""
BLANKS = re.compile(
    r"[█▓▒■▮▇]+|\*{3,}|[□○〇]{2,}|[×╳]{2,}|_{3,}"
    r"|[\[(［（【]\s?(?:…+|\.{3,})\s?[\])］）】]"
)
DOTS = ".…"
CLOSERS = "\"'”’»)]」』）"
UNSPACED_FROM = "⺀"
"""From here on scripts are written without spaces (nearly all of them)."""


def quotations(text: str) -> list[Span]:
    """Return what stands in quotation marks, without the marks; a quotation ends with its lines."""
    found = []
    start, closers = -1, ""
    for at, character in enumerate(text):
        if start < 0 and character in QUOTES:
            start, closers = at + 1, QUOTES[character]
        elif start >= 0 and character in closers:
            if at > start:
                found.append(Span(start, at))
            start = -1
        elif character == "\n" and text[at - 1 : at] == "\n":
            start = -1
    return found


def blanks(passage: Passage) -> Iterator[Span]:
    """Yield signs that stand for removed words, with the letters that they are glued to.

    A line of nothing but such signs parts two sections of a text, and is none.
    """
    text = passage.text
    starts = {word.start: word.stop for word in passage.words}
    stops = {word.stop: word.start for word in passage.words}
    for match in BLANKS.finditer(text):
        start, stop = match.span()
        if _is_rule(text, start, stop):
            continue
        if text[start] in "*_":
            start = _glued(text, start, stops.get(start, start))
            stop = _glued(text, stop, starts.get(stop, stop))
        yield Span(start, stop)


def cut_off(passage: Passage) -> Span | None:
    """Return the dots that a passage ends in, with the word before them; None if it does not."""
    text = passage.text.rstrip()
    bare = text.rstrip(DOTS)
    is_cut = text.endswith(("…", "...")) and bare and bare[-1] not in "[(［（【"
    if not is_cut:
        return None
    last = [word for word in passage.words[-1:] if word.stop <= len(bare)]
    return Span(last[0].start if last else len(bare), len(text))


def closing_mark(text: str, span: Span, marks: str) -> int | None:
    """Return where the mark stands that a sentence ends with, if it is one of those."""
    at = span.stop - 1
    while at >= span.start and (text[at].isspace() or text[at] in CLOSERS):
        at -= 1
    return at if at >= span.start and text[at] in marks else None


def _glued(text: str, at: int, to: int) -> int:
    """Extend a place over the word that touches it; of scripts without spaces, over none."""
    first = min(at, to)
    return to if text[first : first + 1] < UNSPACED_FROM else at


def _is_rule(text: str, start: int, stop: int) -> bool:
    before = text[max(0, start - 2) : start].strip(" \t")
    after = text[stop : stop + 2].strip(" \t")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))
