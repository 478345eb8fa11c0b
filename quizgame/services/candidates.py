"""What rounds an article could have: neighbouring passages that can be asked about together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgame.domain.items import Item
from quizgame.domain.passages import Article, Passage
from quizgame.domain.scores import Key
from quizgame.rounds import KINDS
from quizgame.services.balances import minutes_for
from quizgame.services.checks import LONGEST_ROUND, MOST_PASSAGES

GOOD_WORDS = (50, 220)
ONE_PRICE = {"find": 1.0, "charge": 1.0}


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring passages as one round of a kind.

    `loot` is what marking all of it would find, in units of weight; `fit` how good a round it
    makes by itself, from 0 to 1.
    """

    kind: str
    at: int
    ids: tuple[str, ...]
    words: int
    problems: int
    clean: int
    weight: float
    loot: float
    categories: frozenset[str]
    difficulties: tuple[int, ...]

    @property
    def passages(self) -> frozenset[str]:
        """Return the ids of its passages."""
        return frozenset(self.ids)

    @property
    def minutes(self) -> float:
        """Estimate how long it takes."""
        return minutes_for(self.words, len(self.difficulties))

    @property
    def fit(self) -> float:
        """Tell how good a round it makes: some of both, neither too short nor too long."""
        low, high = GOOD_WORDS
        length = 1.0 if low <= self.words <= high else 0.5
        if not self.problems:
            return 0.5 * length
        found = self.loot / self.weight if self.weight else 1.0
        share = self.clean / (self.problems + self.clean)
        pays = found > 0 and self.clean == 0
        return 0.0 if pays else length * (1.0 - abs(share - 0.5))


def kinds_that_mark() -> dict[str, str]:
    """Return the kinds that ask to mark, with the layers that they ask about."""
    return {id_: kind.layer for id_, kind in KINDS.items() if kind.layer}


def kinds_that_choose() -> list[str]:
    """Return the kinds that ask about one annotation."""
    return [id_ for id_, kind in KINDS.items() if not kind.layer]


def groups_of(article: Article, kind: str) -> list[Group]:
    """Cut an article into the groups that make the best rounds of a marking kind.

    Every passage is in one group at most. A passage that is too long is in none.
    """
    alone = measured(article, kind)
    best: list[tuple[float, tuple[Group, ...]]] = [(0.0, ())]
    for end in range(1, len(alone) + 1):
        choices = [best[end - 1]]
        for length in range(1, min(MOST_PASSAGES, end) + 1):
            group = _together(alone[end - length : end])
            if group.words <= LONGEST_ROUND and group.problems + group.clean:
                worth, before = best[end - length]
                choices.append((worth + length * group.fit, (*before, group)))
        best.append(max(choices, key=lambda choice: choice[0]))
    return [group for group in best[-1][1] if group.fit]


def measured(article: Article, kind: str) -> list[Group]:
    """Measure every passage of an article by itself, as a marking kind would ask about it."""
    return [_group(article, kind, at, passage) for at, passage in enumerate(article.passages)]


def _group(article: Article, kind: str, at: int, passage: Passage) -> Group:
    """Measure one passage."""
    item = Item(article.source, (passage,))
    round_kind = KINDS[kind]
    words = len(passage.words)
    key = round_kind.key(item) if words <= LONGEST_ROUND else None
    if not isinstance(key, Key):
        return Group(kind, at, (passage.id,), words, 0, 0, 0.0, 0.0, frozenset(), ())
    everything = round_kind.score(item, round_kind.blind(item)["mark all"], ONE_PRICE)
    asked = [a for a in passage.annotations if a.is_gold(round_kind.layer)]
    return Group(
        kind=kind,
        at=at,
        ids=(passage.id,),
        words=words,
        problems=len(key.problems()),
        clean=len(key.clean()),
        weight=sum(gold.weight for gold in key.golds),
        loot=sum(line.points for line in everything.ledger if line.points > 0),
        categories=frozenset(a.category for a in asked),
        difficulties=tuple(a.difficulty for a in asked),
    )


def _together(groups: Sequence[Group]) -> Group:
    return Group(
        kind=groups[0].kind,
        at=groups[0].at,
        ids=tuple(id_ for group in groups for id_ in group.ids),
        words=sum(group.words for group in groups),
        problems=sum(group.problems for group in groups),
        clean=sum(group.clean for group in groups),
        weight=sum(group.weight for group in groups),
        loot=sum(group.loot for group in groups),
        categories=frozenset().union(*(group.categories for group in groups)),
        difficulties=tuple(d for group in groups for d in group.difficulties),
    )
