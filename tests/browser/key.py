"""What is right in the seed sets, as the browser would mark it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sets

from quizgame.domain.items import Item, Round
from quizgame.domain.scores import Word
from quizgame.rounds import KINDS
from quizgame.rounds._marking import word_value

SETS = ("starter", "mixed-dozen", "spot-the-error", "find-the-bias")


@dataclass(frozen=True)
class Run:
    """Words that stand together in one stretch: the values of their boxes, and where they start.

    `index` counts all words of the round, from 0; `reason` is what is wrong with them.
    """

    values: tuple[str, ...]
    index: int
    quote: str
    reason: str = ""


def rounds(quiz: str) -> tuple[Round, ...]:
    return sets.quiz(quiz)


def problems(round_: Round) -> list[Run]:
    """The words to be found, as the runs in which they are marked."""
    golds = KINDS[round_.kind].key(round_.item).golds
    reasons = {word: min(gold.names) for gold in golds for word in gold.words}
    return list(_runs(round_.item, sorted(reasons), reasons))


def fair(round_: Round) -> list[Run]:
    """The stretches that have nothing wrong with them."""
    clean = KINDS[round_.kind].key(round_.item).clean()
    return [run for s in clean for run in _runs(round_.item, sorted(s.words), {})]


def met(round_: Round) -> set[str]:
    """What a reveal of the round tells about: the ids of its problems."""
    return {gold.id for gold in KINDS[round_.kind].key(round_.item).golds}


def name(round_: Round) -> str:
    """The right name in a naming round."""
    return str(KINDS[round_.kind].key(round_.item).right)


def stamp(round_: Round) -> str:
    """What the reveal stamps on a perfect answer."""
    if round_.kind == "name_the_technique":
        return "Right"
    count = len(KINDS[round_.kind].key(round_.item).golds)
    return f"Caught {count} of {count}" if count else "Clean copy"


def _runs(item: Item, words: list[Word], reasons: dict[Word, str]) -> Iterator[Run]:
    before = [0]
    for passage in item.passages:
        before.append(before[-1] + len(passage.words))
    run: list[Word] = []
    for word, after in zip(words, [*words, (-1, -1)][1:], strict=True):
        run.append(word)
        number, at = word
        passage = item.passages[number]
        spans = passage.words
        goes_on = after == (number, at + 1) and passage.segment_of(spans[at]) == (
            passage.segment_of(spans[at + 1])
        )
        if not goes_on:
            first, last = spans[run[0][1]], spans[at]
            yield Run(
                tuple(word_value(n, item.passages[n].words[i]) for n, i in run),
                before[number] + run[0][1],
                passage.text[first.start : last.stop],
                reasons.get(run[0], ""),
            )
            run = []
