"""Annotators against each other, and imports against what they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quizgame.domain.passages import Span


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or touch, so that none is counted twice."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].stop:
            joined[-1] = Span(joined[-1].start, max(joined[-1].stop, span.stop))
        else:
            joined.append(span)
    return joined


def span_f1(marked: Iterable[Span], key: Iterable[Span]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of marked spans against a key, each 0 to 1.

    Both are merged first; unmerged, a span marked twice would count twice (recall above 1).
    For comparing annotators and imports. Never rank players with it: marking everything pays.

    Source: the span measure of SemEval-2020 Task 11 (Da San Martino et al., 2020).
    """
    submitted, gold = merged(marked), merged(key)
    if not submitted and not gold:
        return 1.0, 1.0, 1.0
    precision = _mean([sum(_overlap(s, t) for t in gold) / len(s) for s in submitted])
    recall = _mean([sum(_overlap(s, t) for s in submitted) / len(t) for t in gold])
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far annotators agree, and how far beyond chance.

    `units` are those that at least two annotators judged, `pairable` the judgements in them.
    `observed` is the share of pairs of judgements that are the same, 0 to 1; None without a pair.
    `alpha` is 1 where all agree, 0 at chance; None where it has no value: without a pair, or
    without variation (all judgements are the same, so that nothing can be told from chance).
    """

    units: int
    pairable: int
    observed: float | None
    alpha: float | None


def nominal(one: Any, other: Any) -> float:
    """Tell two names apart: 0 if they are the same, else 1."""
    return float(one != other)


def interval(one: float, other: float) -> float:
    """Return how far two numbers are apart, squared."""
    return float((one - other) ** 2)


def krippendorff(
    units: Iterable[Sequence[Any]], difference: Callable[[Any, Any], float] = nominal
) -> Reliability:
    """Return how far annotators agree about units: one judgement each, None where it is missing.

    Source: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): coincidences,
            in which a pair in a unit of m judgements weighs 1/(m-1).
    """
    judged = [Counter(v for v in unit if v is not None) for unit in units]
    judged = [counts for counts in judged if counts.total() > 1]
    totals: Counter[Any] = Counter()
    apart = unlike = 0.0
    for counts in judged:
        totals.update(counts)
        weight = 1 / (counts.total() - 1)
        if len(counts) > 1:
            apart += weight * _over_pairs(counts, difference)
            unlike += weight * _over_pairs(counts, nominal)
    n = totals.total()
    if not n:
        return Reliability(0, 0, None, None)
    expected = _over_pairs(totals, difference) / (n - 1)
    return Reliability(
        units=len(judged),
        pairable=n,
        observed=1 - unlike / n,
        alpha=1 - apart / expected if expected else None,
    )


def _over_pairs(counts: Counter[Any], difference: Callable[[Any, Any], float]) -> float:
    """Add up the differences of all ordered pairs of judgements."""
    return sum(
        number * other_number * difference(value, other)
        for value, number in counts.items()
        for other, other_number in counts.items()
        if value != other
    )
