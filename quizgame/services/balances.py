"""What a set asks of its readers: how much, how hard, how varied, and how fair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgame.domain.errors import N_
from quizgame.domain.items import Prices, Round
from quizgame.domain.passages import Annotation
from quizgame.domain.scores import Key
from quizgame.rounds import KINDS
from quizgame.services.checks import CLEAN_SHARE, clean_share
from quizgame.services.quizzes import is_ranked

WORDS_A_MINUTE = 140
MINUTES_A_ROUND = 0.75
MINUTES_A_FINDING = 0.3
"""Reading an explanation and looking at its evidence, at the reveal."""
LABELS = ((2.0, N_("easy")), (3.3, N_("medium")), (6.0, N_("hard")))


@dataclass(frozen=True, slots=True)
class Measure:
    """What one round asks: stretches with a problem and without, words, minutes, difficulty."""

    problems: int
    clean: int
    words: int
    minutes: float
    difficulty: float
    categories: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the difficulty in a word."""
        return label_of(self.difficulty)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a whole set asks. `share` is that of clean stretches among all that are decided."""

    rounds: tuple[Measure, ...]
    problems: int
    clean: int
    share: float
    is_fair: bool
    is_ranked: bool
    words: int
    minutes: int
    difficulty: float
    techniques: tuple[tuple[str, int], ...]

    @property
    def label(self) -> str:
        """Return the difficulty in a word."""
        return label_of(self.difficulty)


def label_of(difficulty: float) -> str:
    """Return a difficulty from 1 to 5 in a word; nothing where nothing is asked."""
    if not difficulty:
        return N_("nothing to find")
    return next(label for most, label in LABELS if difficulty < most)


def asked_in(round_: Round) -> list[Annotation]:
    """Return the annotations that a round asks about."""
    focus, layer = round_.item.focus_annotation(), KINDS[round_.kind].layer
    if focus is not None:
        return [focus]
    found = [a for passage in round_.item.passages for a in passage.annotations]
    return [a for a in found if layer and a.is_gold(layer)]


def measure(round_: Round) -> Measure:
    """Measure a round that can be asked."""
    key = KINDS[round_.kind].key(round_.item)
    asked = asked_in(round_)
    words = sum(len(passage.words) for passage in round_.item.passages)
    return Measure(
        problems=len(key.problems()) if isinstance(key, Key) else 0,
        clean=len(key.clean()) if isinstance(key, Key) else 0,
        words=words,
        minutes=minutes_for(words, len(asked)),
        difficulty=_mean([a.difficulty for a in asked]),
        categories=tuple(sorted({a.category for a in asked})),
    )


def minutes_for(words: int, findings: int) -> float:
    """Estimate how long a round takes: reading, deciding, and looking at its reveal."""
    return words / WORDS_A_MINUTE + MINUTES_A_ROUND + MINUTES_A_FINDING * findings


def balance(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> Balance:
    """Measure a set whose rounds can all be asked."""
    measures = tuple(measure(round_) for round_ in rounds)
    asked = [annotation for round_ in rounds for annotation in asked_in(round_)]
    share = clean_share(prices)
    low, high = CLEAN_SHARE
    counts = Counter(annotation.category for annotation in asked)
    return Balance(
        rounds=measures,
        problems=sum(m.problems for m in measures),
        clean=sum(m.clean for m in measures),
        share=share,
        is_fair=low <= share <= high,
        is_ranked=is_ranked(dict(prices)),
        words=sum(m.words for m in measures),
        minutes=round(sum(m.minutes for m in measures)),
        difficulty=_mean([a.difficulty for a in asked]),
        techniques=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0
