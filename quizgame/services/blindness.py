"""Readers who do not read: what a plan that treats all words alike earns, and what a habit does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from quizgame.domain.items import Item, Prices, Response, Round
from quizgame.domain.scores import Key
from quizgame.rounds import KINDS


def blind_totals(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> dict[str, float]:
    """Return what each blind plan earns over a whole set; a round that cannot follow it is 0."""
    totals: dict[str, float] = defaultdict(float)
    for round_ in rounds:
        kind = KINDS[round_.kind]
        for plan, response in kind.blind(round_.item).items():
            score = kind.score(round_.item, response, prices[kind.pool.name])
            totals[plan] += score.points
    return dict(totals)


def habits(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> dict[str, float]:
    """Return what habits of the author would earn: the longest, first or last sentence."""
    choose: dict[str, Callable[[Key], str]] = {
        "longest": lambda key: max(key.segments, key=lambda s: len(s.words)).id,
        "first": lambda key: key.segments[0].id,
        "last": lambda key: key.segments[-1].id,
    }
    totals: dict[str, float] = {}
    for habit, pick in choose.items():
        total = 0.0
        for round_ in rounds:
            kind = KINDS[round_.kind]
            key = kind.key(round_.item)
            if isinstance(key, Key) and key.segments:
                response = _mark_segment(round_.item, pick(key))
                total += kind.score(round_.item, response, prices[kind.pool.name]).points
        totals[habit] = total
    return totals


def _mark_segment(item: Item, segment_id: str) -> Response:
    passage, _, at = segment_id.partition(":")
    segment = item.passages[int(passage)].segments[int(at)]
    mark = {"passage": int(passage), "start": segment.start, "stop": segment.stop, "name": ""}
    return {"marks": [mark], "nothing": False}
