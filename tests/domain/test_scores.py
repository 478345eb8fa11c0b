"""The fair price by the worked numbers of scoring.md 6.2, T3 and T4."""

import random
from itertools import combinations, product

import keys
import pytest

from quizgame.domain.agreement import span_f1
from quizgame.domain.passages import Span
from quizgame.domain.scores import location_credit, marking_prices, score_marks

SEGMENTS = [(0, 12), (12, 25), (25, 40), (40, 52), (52, 66), (66, 80), (80, 92), (92, 105)]
GOLDS = [(3, 6), (28, 33), (55, 57), (70, 78)]
PROBLEMS = [(0, 12), (25, 40), (52, 66), (66, 80)]
T3B = [(3, 6), (27, 34), (55, 57)]


def every_second(start, stop):
    return [(at, at + 1) for at in range(start, stop, 2)]


def points(key, marks):
    return score_marks(key, marks, marking_prices([key])).points


@pytest.mark.parametrize(
    ("runs", "credits", "score"),
    [
        pytest.param(GOLDS, (1, 1, 1, 1), 100.0, id="T3a exact"),
        pytest.param(T3B, (1, 0.833, 1, 0), 70.8, id="T3b"),
        pytest.param([*T3B, (84, 86)], (1, 0.833, 1, 0), 45.8, id="T3c"),
        pytest.param(PROBLEMS, (0.4, 0.5, 0.25, 0.727), 46.9, id="T3d gold sentences"),
        pytest.param([(3, 6)], (1, 0, 0, 0), 25.0, id="T3e one sure mark"),
        pytest.param([(0, 105)], (0.4, 0.5, 0.25, 0.727), -53.1, id="T3f everything"),
        pytest.param(every_second(0, 105), (0.222, 0.5, 0.222, 0.5), -63.9, id="T3g even words"),
        pytest.param([(s, s + 1) for s, _ in SEGMENTS], (0, 0, 0, 0), -100.0, id="T3h firsts"),
        pytest.param([], (0, 0, 0, 0), 0.0, id="T3i nothing"),
        pytest.param(
            [(s + 3, s + 4) for s, _ in SEGMENTS], (0.333, 0.2, 0.5, 0), -74.2, id="T3k spray"
        ),
        pytest.param([(3, 6), (70, 82)], (1, 0, 0, 0.889), 22.2, id="T3l spills two words"),
        pytest.param([(3, 6), (70, 83)], (1, 0, 0, 0.889), 22.2, id="T3m spills three words"),
        pytest.param(
            [run for stretch in PROBLEMS for run in every_second(*stretch)],
            (0.222, 0.308, 0.222, 0.5),
            31.3,
            id="T3n every second word of the gold sentences",
        ),
    ],
)
def test_finds_pay_and_charges_cost(runs, credits, score):
    key = keys.key(SEGMENTS, GOLDS)

    scored = score_marks(key, keys.marks(*runs), marking_prices([key]))

    found = [line.found for line in scored.ledger if line.what != "charge"]
    assert found == pytest.approx(credits, abs=5e-4)
    assert scored.points == pytest.approx(score, abs=0.05)


@pytest.mark.parametrize(
    ("runs", "score"), [([(3, 6), (70, 78)], 75.0), ([(3, 6), (55, 57)], 25.0)]
)
def test_a_heavy_problem_pays_more(runs, score):  # T3j
    key = keys.key(SEGMENTS, GOLDS, weights=[1, 1, 1, 5])

    assert points(key, keys.marks(*runs)) == pytest.approx(score)


def test_spilling_over_every_other_boundary_does_not_pay_in_any_order():  # T3o
    segments = [(4 * n, 4 * n + 4) for n in range(8)]
    marks = keys.marks(*[(4 * n - 2, 4 * n + 2) for n in (1, 3, 5, 7)])
    orders = list(combinations(range(8), 4))

    scores = [points(keys.key(segments, [segments[n] for n in order]), marks) for order in orders]

    assert len(scores) == 70
    assert sum(scores) / 70 == pytest.approx(-50.0)


def test_gold_across_two_segments_does_not_pay_guesses():  # T3p
    segments = [(0, 10), (10, 20), (20, 30), (30, 40)]
    key = keys.key(segments, [(0, 20)])
    markings = list(product([False, True], repeat=4))

    scores = [
        points(key, keys.marks(*[s for s, chosen in zip(segments, marking, strict=True) if chosen]))
        for marking in markings
    ]

    assert len(scores) == 16
    assert sum(scores) / 16 == pytest.approx(0.0, abs=1e-9)


def test_short_clean_segments_do_not_pay_guesses():  # T3q
    golds = [(22 * n, 22 * n + 20) for n in range(4)]
    key = keys.key(sorted([*golds, *[(stop, stop + 2) for _, stop in golds]]), golds)
    dice = random.Random(3)

    scores = [
        points(key, keys.marks(*[(w, w + 1) for w in range(88) if dice.random() < 0.5]))
        for _ in range(2000)
    ]

    assert sum(scores) / 2000 == pytest.approx(-25, abs=1.5)


def test_words_of_overlapping_gold_are_not_held_against_each_other():  # T3r
    key = keys.key([(0, 10), (10, 20)], [(0, 6), (3, 9)])

    assert points(key, keys.marks((0, 6), (3, 9))) == pytest.approx(100)


def test_marking_all_of_a_dense_text_does_not_pay():  # T4
    segments, golds = [(0, 10), (10, 20), (20, 30), (30, 40)], [(0, 9), (10, 20), (20, 28)]
    key = keys.key(segments, golds)
    right = sum(stop - start for start, stop in golds)

    h5p = max(right - (40 - right), 0) / right
    semeval = span_f1([Span(0, 40)], [Span(*gold) for gold in golds])[2]

    assert (h5p, semeval) == pytest.approx((0.519, 0.806), abs=5e-4)
    assert points(key, keys.marks((0, 40))) == pytest.approx(-5.5, abs=0.05)


def test_the_price_list_is_the_worked_example():
    key = keys.key([(n, n + 1) for n in range(45)], [(n, n + 1) for n in range(20)])
    thirteen_found_and_four_charged = keys.marks((0, 13), (20, 24))

    prices = marking_prices([key])

    assert (prices["find"], prices["charge"]) == (5, 4)
    assert score_marks(key, thirteen_found_and_four_charged, prices).points == pytest.approx(49)


def test_credit_is_never_above_the_share_found():
    key = keys.key([(0, 10), (10, 20)], [(0, 20)])

    credit = location_credit(key, key.golds[0], keys.words((0, 10)))

    assert credit == 0.5  # plain Dice would be 2/3
