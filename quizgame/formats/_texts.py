"""Texts as they come in: decoded, normalised once, cut into passages; offsets follow."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quizgame.domain import tokens
from quizgame.domain.errors import ContentError
from quizgame.domain.passages import Article

MOST_BYTES = 5_000_000
MOST_LINES = 200_000
MOST_CHARACTERS = 1_000_000
LONG = 2_500
"""Characters after which a block without a blank line is cut at line or sentence ends."""

BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
CHANGING = re.compile(r"^\ufeff|\r\n?|[\x20-\x7f]?[^\x00-\x7f]+")
MOST_MARKS = 30
"""Marks on one letter (Unicode's stream-safe text); sorting many more would take for ever."""
JOINING = ((0x1160, 0x11FF), (0x16D63, 0x16D6A))
"""Letters that may melt into the one before: Hangul vowels and finals, Kirat Rai vowels."""

Place = tuple[int, int]
"""Where something stands in a text: code points, half-open."""


def decoded(name: str, data: bytes) -> str:
    """Read a file's text; ContentError if it is too large, not UTF-8, or holds a NUL."""
    if len(data) > MOST_BYTES:
        raise ContentError(f"{name}: {len(data) / 1e6:.1f} MB are too many; 5 MB are the most")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{name}, line {line}: it is not UTF-8") from None
    return without_nul(name, text)


def without_nul(where: str, text: str) -> str:
    """Return the text; ContentError if there is a NUL in it, which no database can hold."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ContentError(f"{where}, line {line}: there is a NUL character")
    return text


def lines(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file that are not blank, each with where it stands."""
    text = decoded(name, data).removeprefix("\ufeff")
    if text.count("\n") > MOST_LINES:
        raise ContentError(f"{name}: there are more than {MOST_LINES:,} lines")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{name}, line {number}", line.rstrip("\r")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the raw text that reads otherwise in the normalised one."""

    start: int
    stop: int
    new_start: int
    new_stop: int


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as it came (`raw`) and with newlines as LF, letters as NFC, no byte order mark."""

    raw: str
    text: str
    changes: tuple[Change, ...]
    starts: tuple[int, ...]

    def place(self, start: int, stop: int) -> Place:
        """Return where a raw stretch stands now; one that cuts a letter gets the whole letter."""
        return self._moved(start, stops=0), self._moved(stop, stops=1)

    def _moved(self, at: int, *, stops: int) -> int:
        last = bisect_right(self.starts, at) - 1
        if last < 0:
            return at
        change = self.changes[last]
        if at >= change.stop:
            return at - change.stop + change.new_stop
        inside = (change.new_start, change.new_stop)
        return change.new_start if at == change.start else inside[stops]


def normal(raw: str) -> Normal:
    """Normalise a text once, and remember what has moved; ContentError if it is too long."""
    if len(raw) > MOST_CHARACTERS:
        raise ContentError(
            f"the text has {len(raw):,} characters; {MOST_CHARACTERS:,} are the most"
        )
    parts: list[str] = []
    changes: list[Change] = []
    at = length = 0
    for start, stop, new in _rewritten(raw):
        parts += (raw[at:start], new)
        new_start = length + start - at
        length = new_start + len(new)
        changes.append(Change(start, stop, new_start, length))
        at = stop
    parts.append(raw[at:])
    return Normal(raw, "".join(parts), tuple(changes), tuple(c.start for c in changes))


def _rewritten(raw: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches that change, with what they become. No stretch reaches into another."""
    for match in CHANGING.finditer(raw):
        run = match.group()
        if run.startswith("\r") or (run == "\ufeff" and match.start() == 0):
            yield match.start(), match.end(), "\n" if run.startswith("\r") else ""
            continue
        _check_marks(run)
        if not unicodedata.is_normalized("NFC", run):
            for start, stop in _letters(run):
                letter = run[start:stop]
                composed = unicodedata.normalize("NFC", letter)
                if composed != letter:
                    yield match.start() + start, match.start() + stop, composed


def _check_marks(run: str) -> None:
    piled = 0
    for character in run if len(run) > MOST_MARKS else "":
        piled = piled + 1 if unicodedata.combining(character) else 0
        if piled > MOST_MARKS:
            raise ContentError(f"a letter of the text has more than {MOST_MARKS} accents")


def _letters(run: str) -> Iterator[Place]:
    """Cut a run of characters before each that cannot melt into the one before it."""
    start = 0
    for at in range(1, len(run)):
        if not _may_melt(run[at]):
            yield start, at
            start = at
    yield start, len(run)


def _may_melt(character: str) -> bool:
    point = ord(character)
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark or any(first <= point <= last for first, last in JOINING)


def blocks(text: str) -> list[Place]:
    """Return where the passages of a text stand: between blank lines.

    A block too long for a round is cut at line ends, and a line too long at sentence ends.
    """
    edges = [0, *(edge for match in BLANK.finditer(text) for edge in match.span()), len(text)]
    return [
        place
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
        for block in _gathered(text, _line_ends(text, start, stop))
        for place in _gathered(text, _sentence_ends(text, *block))
    ]


def trimmed(text: str, start: int, stop: int) -> Place:
    """Leave out white space at both ends; the place is empty if there is nothing else."""
    words = text[start:stop]
    return start + len(words) - len(words.lstrip()), stop - len(words) + len(words.rstrip())


def _line_ends(text: str, start: int, stop: int) -> list[int]:
    inside = [match.end() for match in re.compile("\n").finditer(text, start, stop)]
    return [start, *(inside if stop - start > LONG else ()), stop]


def _sentence_ends(text: str, start: int, stop: int) -> list[int]:
    if stop - start <= LONG:
        return [start, stop]
    return [start, *(start + end for _, end in tokens.sentences(text[start:stop]))]


def _gathered(text: str, ends: list[int]) -> Iterator[Place]:
    """Put neighbouring pieces together again as long as they are not long; leave out blank ones."""
    start = ends[0]
    for end, after in zip(ends[1:], [*ends[2:], None], strict=True):
        if after is None or after - start > LONG:
            place = trimmed(text, start, end)
            if place[0] < place[1]:
                yield place
            start = end


def joined(article: Article) -> tuple[str, list[int]]:
    """Return an article as one text, with a blank line between passages, and where each begins."""
    starts, length = [], 0
    for passage in article.passages:
        starts.append(length)
        length += len(passage.text) + 2
    return "\n\n".join(passage.text for passage in article.passages), starts
