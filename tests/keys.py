"""Keys and marks by word numbers alone, as the worked examples of scoring.md give them."""

from collections.abc import Sequence
from typing import Any

from quizgame.domain.scores import Gold, Key, Mark, Segment

Run = tuple[int, int]


def words(*runs: Run) -> frozenset[tuple[int, int]]:
    """Runs of word numbers, half-open, as words of the first passage."""
    return frozenset((0, at) for start, stop in runs for at in range(start, stop))


def key(
    segments: Sequence[Run], golds: Sequence[Run], weights: Sequence[float] = (), **fields: Any
) -> Key:
    """A key of segments and gold runs, each of weight 1 if no weights are given."""
    heavy = weights or [1.0] * len(golds)
    return Key(
        tuple(Segment(f"0:{n}", words(run)) for n, run in enumerate(segments)),
        tuple(
            Gold(f"g{n}", words(run), weight)
            for n, (run, weight) in enumerate(zip(golds, heavy, strict=True))
        ),
        **fields,
    )


def marks(*runs: Run, name: str = "") -> list[Mark]:
    """Marks of runs of word numbers, all for the same reason."""
    return [Mark(words(run), name) for run in runs]
