"""Marking without reading never pays: T5 and T6 of scoring.md."""

import itertools
import random
from statistics import fmean

import keys
import pytest

from quizgame.domain.agreement import span_f1
from quizgame.domain.passages import Span
from quizgame.domain.scores import marking_prices, score_marks

SEGMENTS = [(0, 12), (12, 25), (25, 40), (40, 52), (52, 66), (66, 80), (80, 92), (92, 105)]
GOLDS = [(3, 6), (28, 33), (55, 57), (70, 78)]
EIGHT = keys.key(SEGMENTS, GOLDS)


def points(key, *runs):
    return score_marks(key, keys.marks(*runs), marking_prices([key])).points


def some(dice, share, things):
    return [thing for thing in things if dice.random() < share]


@pytest.mark.parametrize(
    ("rate", "mean", "positive", "f1"),
    [(0.05, -42, 0.045, 0.07), (0.2, -75, 0, 0.18), (0.5, -64, 0, 0.25), (0.9, -55, 0, 0.27)],
)
def test_words_marked_by_chance_lose(rate, mean, positive, f1):  # T5
    dice = random.Random(5)
    draws = [some(dice, rate, [(w, w + 1) for w in range(105)]) for _ in range(4000)]

    scores = [points(EIGHT, *runs) for runs in draws]
    semeval = [
        span_f1([Span(*run) for run in runs], [Span(*gold) for gold in GOLDS])[2]
        for runs in draws[:800]
    ]

    assert fmean(scores) == pytest.approx(mean, abs=1)
    assert fmean(score > 0 for score in scores) == pytest.approx(positive, abs=0.012)
    assert fmean(semeval) == pytest.approx(f1, abs=0.02)


def random_set(dice):
    """4-10 segments of 3-20 words; 1 to n-1 of them with a gold span of weight 0.5 to 3."""
    ends = [0]
    for _ in range(dice.randint(4, 10)):
        ends.append(ends[-1] + dice.randint(3, 20))
    segments = list(itertools.pairwise(ends))
    golds = []
    for start, stop in sorted(dice.sample(segments, dice.randint(1, len(segments) - 1))):
        length = dice.randint(1, min(5, stop - start))
        first = dice.randint(start, stop - length)
        golds.append((first, first + length))
    weights = [dice.choice([0.5, 1, 2, 3]) for _ in golds]
    return segments, golds, keys.key(segments, golds, weights)


def plans(dice, segments):
    """Marks that treat every word, segment or boundary alike."""
    end = segments[-1][1]
    at = dice.randrange(20)
    return {
        "all": [(0, end)],
        "spray": [(w, w + 1) for w in (min(s + at, e - 1) for s, e in segments)],
        "boundaries": [(b - 2, b + 2) for b, _ in segments[1:]],
        "half the segments": some(dice, 0.5, segments),
        "30 % of words": some(dice, 0.3, [(w, w + 1) for w in range(end)]),
    }


def test_ten_thousand_random_sets_keep_the_law():  # T6
    dice = random.Random(6)
    earned = {}
    for _ in range(10_000):
        segments, golds, key = random_set(dice)
        assert points(key, *golds) == pytest.approx(100)
        assert points(key) == 0
        for plan, runs in plans(dice, segments).items():
            earned.setdefault(plan, []).append(points(key, *runs))

    for plan in ("all", "spray", "boundaries"):
        assert max(earned[plan]) <= 1e-9, plan
    means = {plan: fmean(scores) for plan, scores in earned.items()}
    assert means == pytest.approx(
        {
            "all": -54,
            "spray": -88,
            "boundaries": -75,
            "half the segments": -27,
            "30 % of words": -71,
        },
        abs=4,  # "means move with the generator; the zeros do not"
    )
