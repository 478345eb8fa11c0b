"""Choosing one of several names without paying guesses.

Names stand in families: the right name earns 1, another of its family ½, any other 0. What a
blind choice would earn on average is taken off, so that guessing earns nothing (scoring.md 6.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizgame.domain.items import Line, Option, Prices, Score

POINTS_A_ROUND = 100
FAMILY_CREDIT = 0.5


@dataclass(frozen=True, slots=True)
class Names:
    """The names on offer, with their families."""

    families: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, options: Iterable[Option]) -> Names:
        """Read the names from options; an option without a family is one of its own."""
        return cls(tuple((option.id, option.family or option.id) for option in options))

    def closeness(self, name: str, right: str) -> float:
        """Return 1 for the right name, ½ for its family, 0 for any other."""
        if name == right:
            return 1.0
        families = dict(self.families)
        is_near = name in families and families[name] == families.get(right)
        return FAMILY_CREDIT if is_near else 0.0

    def blind(self, right: str) -> float:
        """Return what a name drawn at random would earn where that one is right."""
        credit = sum(self.closeness(name, right) for name, _ in self.families)
        return credit / len(self.families)

    def credit(self, name: str, right: str) -> float:
        """Return t: 1 for the right name, 0 for what guessing earns, below 0 for a wrong one.

        A name that is not on offer at all earns nothing and costs nothing.
        """
        if right not in dict(self.families) or name not in dict(self.families):
            return 0.0
        return corrected(self.closeness(name, right), self.blind(right))


def corrected(credit: float, blind: float) -> float:
    """Take off a credit what a blind choice would earn, so that 1 stays 1.

    Where a blind choice is always right, choosing earns nothing.
    """
    return (credit - blind) / (1 - blind) if blind < 1 else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A round that asks for one name: the names on offer, and the right one."""

    names: Names
    right: str


def choice_prices(choices: Sequence[Choice]) -> Prices:
    """Price the choice rounds of a set: by key, so that no name pays when always chosen.

    Returns `right`, what each key pays when it is named, and `blind`, the largest share that
    always choosing one name would earn (weighted by what the rounds pay, over the rounds that
    offer it): that share is taken off every credit. Where all rounds offer the same k names this
    is scoring.md's V/(k·N) and e. `practice` is true where nothing can be priced: one key only,
    or a name that is never offered where it is wrong.
    """
    counts = Counter(choice.right for choice in choices)
    pool = POINTS_A_ROUND * len(choices)
    right = {name: pool / (len(counts) * n) for name, n in sorted(counts.items())}
    blind = max((_always(name, choices, right) for name in _offered(choices)), default=1.0)
    blind = max(blind, _at_random(choices, right))
    practice = len(counts) < 2 or blind >= 1
    return {
        "right": dict.fromkeys(right, 0.0) if practice else right,
        "blind": 0.0 if practice else blind,
        "practice": practice,
    }


def _offered(choices: Sequence[Choice]) -> list[str]:
    return sorted({name for choice in choices for name, _ in choice.names.families})


def _always(name: str, choices: Sequence[Choice], right: dict[str, float]) -> float:
    """Return the mean credit of always choosing a name where it is offered."""
    offered = [choice for choice in choices if name in dict(choice.names.families)]
    paid = sum(right[choice.right] for choice in offered)
    earned = sum(right[c.right] * c.names.closeness(name, c.right) for c in offered)
    return earned / paid


def _at_random(choices: Sequence[Choice], right: dict[str, float]) -> float:
    paid = sum(right[choice.right] for choice in choices)
    earned = sum(right[c.right] * c.names.blind(c.right) for c in choices)
    return earned / paid if paid else 1.0


def score_choice(choice: Choice, name: str, about: str, prices: Prices) -> Score:
    """Score a chosen name; the empty name means "unsure", which is free."""
    if not name:
        return Score((Line("unsure", about, 0.0),))
    closeness = choice.names.closeness(name, choice.right)
    what = {1.0: "right", FAMILY_CREDIT: "near"}.get(closeness, "wrong")
    pays = prices["right"].get(choice.right, 0.0)
    credit = corrected(closeness, prices["blind"])
    return Score((Line(what, about, pays * credit, named=credit),))
