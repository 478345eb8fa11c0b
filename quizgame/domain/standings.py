"""Places in a leaderboard: equal totals share one, and the next is skipped (1, 2, 2, 4)."""

from collections.abc import Sequence

BUCKET = 500
"""How many hundredths of a point one bucket of a board's histogram holds."""


def floored(total: int) -> int:
    """Return the total that is shown and ranked: never below 0."""
    return max(0, total)


def bucket_of(shown: int) -> int:
    """Return the bucket of the histogram in which a shown total is counted."""
    return shown // BUCKET


def places(totals: Sequence[int], first: int = 1) -> list[int]:
    """Return the place of each total, given in falling order; `first` is that of the first."""
    found: list[int] = []
    for at, total in enumerate(totals):
        tied = at > 0 and total == totals[at - 1]
        found.append(found[-1] if tied else first + at)
    return found
