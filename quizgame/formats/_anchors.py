"""Finding a quoted stretch again: by the offsets given, in whichever unit, or by its words."""

from __future__ import annotations

import re
from bisect import bisect_left

from quizgame.domain.errors import ContentError

MOST_LOOKED_AT = 2_000_000_000
"""Characters that may be searched for quotes without a place: seconds, not minutes."""


def same_words(one: str, other: str) -> bool:
    """Tell whether two stretches differ in white space at most."""
    return one == other or _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\\n", "\n")).strip()


class Anchors:
    """A text in which quotes are looked up.

    Offsets are read as code points; where other words stand there, as UTF-16 units, which is
    what programs count that are written in JavaScript.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        wide = [at for at, character in enumerate(text) if character > "\uffff"]
        self._wide = [at + number for number, at in enumerate(wide)]
        self._left = MOST_LOOKED_AT

    @property
    def has_wide(self) -> bool:
        """Tell whether the two ways of counting differ in this text."""
        return bool(self._wide)

    def place(self, where: str, start: int, stop: int, quote: str) -> tuple[int, int]:
        """Return the stretch at which the quote stands; ContentError if it does not."""
        if not 0 <= start < stop <= 2 * len(self.text):
            raise ContentError(f"{where}: {start}-{stop} is not a stretch of the text")
        if same_words(self.text[start:stop], quote):
            return start, stop
        first, last = self._points(start), self._points(stop)
        if same_words(self.text[first:last], quote):
            return first, last
        stands = self.text[start:stop]
        raise ContentError(f"{where}: at {start} stands {stands[:80]!r}, not {quote[:80]!r}")

    def find(self, where: str, quote: str, prefix: str = "", suffix: str = "") -> tuple[int, int]:
        """Return the one place where the quote stands; ContentError if there is none, or more."""
        if not quote:
            raise ContentError(f"{where}: the quote is empty")
        self._left -= len(self.text)
        if self._left < 0:
            raise ContentError(f"{where}: too many quotes without a place for so long a text")
        around = prefix + quote + suffix
        at = self.text.find(around)
        if at < 0:
            raise ContentError(f"{where}: {around[:80]!r} is not in the text")
        if self.text.find(around, at + 1) >= 0:
            raise ContentError(
                f"{where}: {around[:80]!r} stands in several places; say where it starts and ends"
            )
        return at + len(prefix), at + len(prefix) + len(quote)

    def _points(self, units: int) -> int:
        return units - bisect_left(self._wide, units)
