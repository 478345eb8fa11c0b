"""What one round asks: an item with its key inside, and the question without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgame.domain.passages import Annotation, Passage, Source, Span

Response = dict[str, Any]
"""What was sent and passed its form, as plain JSON."""

Prices = Mapping[str, Any]
"""What the rounds of one pool pay and cost, as plain JSON; fixed when a set is published."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered: a name, and the family in which it can be half right."""

    id: str
    label: str
    family: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An item without its key: what a student may see before the answer."""

    source: Source
    passages: tuple[Passage, ...]
    options: tuple[Option, ...] = ()
    focus: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What one round asks, with the key in the annotations of its passages.

    Items are compared by identity: they are frozen, loaded once, and their keys are remembered.
    `options` are the names offered: to choose from, or as reasons for marks; empty if a marking
    round asks for no reasons. `focus` is the annotation that a choice round asks about.
    """

    source: Source
    passages: tuple[Passage, ...]
    options: tuple[Option, ...] = ()
    focus: str = ""

    def question(self) -> Question:
        """Return what a student may see: no annotation, and at most one bare span."""
        focus = self.focus_annotation()
        return Question(
            source=self.source,
            passages=tuple(passage.bare() for passage in self.passages),
            options=self.options,
            focus=focus.span if focus else None,
        )

    def focus_annotation(self) -> Annotation | None:
        """Return the annotation that the item asks about, if it is one."""
        if not self.focus:
            return None
        return self.passages[0].annotation(self.focus)


@dataclass(frozen=True, slots=True)
class Round:
    """An item in its place in a set."""

    number: int
    kind: str
    item: Item


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: what, about which annotation or segment, and its points.

    `what` is one of caught, missed, charge, right, near, wrong, unsure. `about` is an annotation's
    id, or "passage:segment" by position. `found` is the share credited for finding (q),
    `named` the credit for naming (t), where a reason was asked.
    """

    what: str
    about: str
    points: float
    found: float | None = None
    named: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a reader had to decide, and did: the counts behind Eye and Hand."""

    problems: int = 0
    hits: int = 0
    clean: int = 0
    accused: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.problems + other.problems,
            self.hits + other.hits,
            self.clean + other.clean,
            self.accused + other.accused,
        )


@dataclass(frozen=True, slots=True)
class Score:
    """What a response earned: a ledger whose lines add up, and a tally."""

    ledger: tuple[Line, ...]
    tally: Tally = Tally()

    @property
    def points(self) -> float:
        """The raw sum of the ledger, unrounded and without a floor."""
        return raw_sum([line.points for line in self.ledger])


def raw_sum(points: Sequence[float]) -> float:
    """Add points from the first to the last, so that the same lines give the same bits."""
    total = 0.0
    for value in points:
        total += value
    return total


def hundredths(points: float) -> int:
    """Round a raw total once, to the hundredths of a point that ranks compare."""
    return round(points * 100)


def shown(values: Sequence[float]) -> list[int]:
    """Round values to hundredths so that they still add up to their rounded sum.

    The largest remainders are rounded up first (Hamilton's method); equal ones from the left.
    """
    exact = [value * 100 for value in values]
    floors = [int(value // 1) for value in exact]
    short = hundredths(raw_sum(values)) - sum(floors)
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[: max(0, short)]:
        floors[i] += 1
    return floors
