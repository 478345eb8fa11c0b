"""Annotators against each other, and imports against what they came from."""

from collections.abc import Iterable, Sequence

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
