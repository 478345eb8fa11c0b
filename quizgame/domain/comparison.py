"""Annotators side by side: what each marked, unit by unit, and how far they agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizgame.domain.agreement import Reliability, krippendorff
from quizgame.domain.passages import Passage, Span

DEBATABLE = 0.5
"""Below this alpha a layer is debatable, and should not be ranked (scoring.md 6.8)."""

KEY = "key"
"""The id of the reading that is the key, and comes first."""

Judgement = frozenset[str] | None
"""The categories that somebody gave to a unit; None if they left it open (a grey zone)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as one annotator read it. The first of several is the key.

    A key in which nobody has marked anything yet took no part: it counts as not judged.
    """

    id: str
    passages: tuple[Passage, ...]
    took_part: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """How far annotators agree about a layer, or about one category of it.

    `segments` and `words` are about what is marked at all; `named` asks in addition whether
    segments were given the same categories, and is None in the row of a category.
    `marked` counts the segments that each annotator marked, in their order.
    """

    layer: str
    category: str
    segments: Reliability
    words: Reliability
    named: Reliability | None
    marked: tuple[int, ...]

    @property
    def is_debatable(self) -> bool:
        """Tell whether annotators agree too little about the segments for a ranking."""
        return self.segments.alpha is not None and self.segments.alpha < DEBATABLE


def compare(readings: Sequence[Reading]) -> list[Row]:
    """Return a row for each layer in which somebody marked anything, then for its categories.

    Units: the segments of the first reading, and words. A unit counts as marked if a word of it
           is; a unit that an annotator left open as a grey zone counts as not judged.
    """
    rows = []
    for layer, categories in used(readings).items():
        words = _judgements(readings, layer)
        segments = _by_segment(readings[0].passages, words)
        rows.append(_row(layer, "", segments, words))
        for category in sorted(categories):
            of_it = [_only(judged, category) for judged in (segments, words)]
            rows.append(_row(layer, category, of_it[0], of_it[1]))
    return rows


def used(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """Return the layers and categories that anybody marked, in the order of their first use."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        for passage in reading.passages:
            for annotation in passage.annotations:
                found.setdefault(annotation.layer, set()).add(annotation.category)
    return found


def word_range(passage: Passage, span: Span) -> range:
    """Return which words of a passage a span touches, by their places."""
    first = bisect_left(passage.words, span.start + 1, key=lambda word: word.stop)
    last = bisect_left(passage.words, span.stop, key=lambda word: word.start)
    return range(first, max(first, last))


Units = list[list[list[Judgement]]]
"""By passage, then by unit, then by annotator."""


def _judgements(readings: Sequence[Reading], layer: str) -> Units:
    return [
        [list(unit) for unit in zip(*copies, strict=True)]
        for copies in zip(*(_of_reading(reading, layer) for reading in readings), strict=True)
    ]


def _of_reading(reading: Reading, layer: str) -> Iterator[list[Judgement]]:
    for passage in reading.passages:
        yield _of_passage(passage, layer) if reading.took_part else [None] * len(passage.words)


def _of_passage(passage: Passage, layer: str) -> list[Judgement]:
    judged: list[Judgement] = [frozenset()] * len(passage.words)
    for zone in passage.grey:
        if zone.layer == layer:
            for at in word_range(passage, zone.span):
                judged[at] = None
    for annotation in passage.annotations:
        if annotation.layer == layer:
            for at in word_range(passage, annotation.span):
                judged[at] = (judged[at] or frozenset()) | {annotation.category}
    return judged


def _by_segment(passages: Sequence[Passage], words: Units) -> Units:
    return [
        [_joined(judged[r.start : r.stop]) for r in _segments(passage) if r]
        for passage, judged in zip(passages, words, strict=True)
    ]


def _segments(passage: Passage) -> Iterator[range]:
    for segment in passage.segments:
        yield word_range(passage, segment)


def _joined(units: list[list[Judgement]]) -> list[Judgement]:
    """Join the words of a segment: one that is marked marks it, one left open leaves it open."""
    joined: list[Judgement] = []
    for judged in zip(*units, strict=True):
        marked = frozenset[str]().union(*(j for j in judged if j))
        joined.append(None if not marked and None in judged else marked)
    return joined


def _only(judged: Units, category: str) -> Units:
    wanted = frozenset({category})
    return [
        [[None if j is None else j & wanted for j in unit] for unit in passage]
        for passage in judged
    ]


def _row(layer: str, category: str, segments: Units, words: Units) -> Row:
    of_segments = [unit for passage in segments for unit in passage]
    of_words = [unit for passage in words for unit in passage]
    return Row(
        layer=layer,
        category=category,
        segments=krippendorff(_as_marked(of_segments)),
        words=krippendorff(_as_marked(of_words)),
        named=None if category else krippendorff(of_segments),
        marked=tuple(sum(map(bool, column)) for column in zip(*of_segments, strict=True)),
    )


def _as_marked(units: list[list[Judgement]]) -> Iterator[list[bool | None]]:
    for unit in units:
        yield [None if judged is None else bool(judged) for judged in unit]
