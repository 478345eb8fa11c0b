"""A passage as its annotators see it: every find drawn and numbered, overlapping ones as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgame.domain.markup import Find, markup_of
from quizgame.domain.passages import Annotation, GreyZone, Passage, Span

LANES = 4
STET, GREY = "stet", "grey"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a find is drawn: its number in the text, the style of its line, and on which lane.

    `look` is the layer of an annotation, "stet" or "grey"; `layers` are those it belongs to.
    """

    number: int
    key: str
    look: str
    layers: tuple[str, ...]
    lane: int
    find: Find


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or what stands between words, with the finds that it is in and that begin at it."""

    text: str
    word: Span | None
    signs: tuple[Sign, ...]
    begins: tuple[Sign, ...] = ()

    @property
    def drawn(self) -> tuple[Sign, ...]:
        """Return the signs whose lines are drawn: one a lane, however many finds overlap."""
        return tuple({sign.lane: sign for sign in reversed(self.signs)}.values())[::-1]


def signs_of(passage: Passage) -> tuple[Sign, ...]:
    """Return the numbered signs of what was found in a passage, in the order of the text."""
    finds = sorted(markup_of(passage).finds.items(), key=lambda item: (item[1].span, item[0]))
    ends: list[int] = []
    signs = []
    for number, (key, find) in enumerate(finds, start=1):
        free = (lane for lane, end in enumerate(ends) if end <= find.span.start)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [find.span.stop]
        look, layers = _look(find)
        signs.append(Sign(number, key, look, layers, min(lane, LANES - 1), find))
    return tuple(signs)


def of_layer(signs: Sequence[Sign], layer: str) -> tuple[Sign, ...]:
    """Return the signs that belong to a layer; all of them if none is named."""
    return tuple(sign for sign in signs if not layer or layer in sign.layers)


def pieces(passage: Passage, segment: Span, signs: Sequence[Sign]) -> list[Piece]:
    """Split a segment into words and what stands between them, with what is found there."""
    found: list[Piece] = []
    started = {sign.key: _first_word(passage, sign.find.span) for sign in signs}
    near = [sign for sign in signs if sign.find.span.touches(segment)]
    for text, word in passage.pieces(segment):
        inside = tuple(sign for sign in near if word and word.touches(sign.find.span))
        begins = tuple(sign for sign in inside if started[sign.key] == word)
        found.append(Piece(text, word, inside, begins))
    return [_joined(found, at) for at in range(len(found))]


def _joined(found: list[Piece], at: int) -> Piece:
    """Give a gap the finds that stand on both of its sides."""
    piece = found[at]
    if piece.word is not None or not 0 < at < len(found) - 1:
        return piece
    return replace(piece, signs=tuple(s for s in found[at - 1].signs if s in found[at + 1].signs))


def _first_word(passage: Passage, span: Span) -> Span | None:
    return next((word for word in passage.words if word.touches(span)), None)


def _look(find: Find) -> tuple[str, tuple[str, ...]]:
    if isinstance(find, Annotation):
        return find.layer, (find.layer,)
    if isinstance(find, GreyZone):
        return GREY, (find.layer,)
    return STET, find.layers


def tally(passage: Passage) -> dict[str, int]:
    """Count what was found in a passage, by how it is drawn."""
    counts: dict[str, int] = {}
    for sign in signs_of(passage):
        counts[sign.look] = counts.get(sign.look, 0) + 1
    return counts


def untouched(passage: Passage, layer: str = "") -> int:
    """Count the segments in which nothing was found; where a layer is named, nothing of it."""
    found = [a.span for a in passage.annotations if not layer or a.layer == layer]
    return sum(not any(s.touches(span) for span in found) for s in passage.segments)
