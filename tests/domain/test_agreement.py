import itertools
import random

import pytest

from quizgame.domain.agreement import (
    Reliability,
    interval,
    krippendorff,
    merged,
    nominal,
    span_f1,
)
from quizgame.domain.passages import Span

GOLD = [Span(10, 30), Span(60, 70), Span(120, 150)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param([(10, 30), (60, 70), (120, 150)], (1, 1, 1), id="T1a exact"),
        pytest.param([(15, 30), (60, 80), (200, 210)], (0.5, 0.5833, 0.5385), id="T1b"),
        pytest.param([(0, 250)], (0.24, 1, 0.3871), id="T1c everything"),
        pytest.param([], (0, 0, 0), id="T1d nothing"),
        pytest.param(
            [(10, 30), (60, 70), (120, 150), (151, 250)],
            (0.75, 1, 0.8571),
            id="T1e gold and one huge wrong mark",
        ),
    ],
)
def test_span_f1_is_that_of_semeval(marked, expected):
    assert span_f1([Span(*pair) for pair in marked], GOLD) == pytest.approx(expected, abs=5e-5)


def test_unmerged_marks_would_count_many_times_over():  # T2
    marked = [Span(10, 30)] * 10 + [Span(200, 210)]
    overlaps = [
        (max(0, min(s.stop, t.stop) - max(s.start, t.start)), s, t) for s in marked for t in GOLD
    ]
    precision = sum(shared / len(s) for shared, s, _ in overlaps) / len(marked)
    recall = sum(shared / len(t) for shared, _, t in overlaps) / len(GOLD)

    f1 = 2 * precision * recall / (precision + recall)

    assert (precision, recall, f1) == pytest.approx((0.9091, 3.3333, 1.4286), abs=5e-5)
    assert span_f1(marked, GOLD) == pytest.approx((0.5, 0.3333, 0.4), abs=5e-5)


def test_silence_agrees_with_a_key_that_holds_nothing():
    assert span_f1([], []) == (1, 1, 1)
    assert span_f1([Span(0, 3)], []) == (0, 0, 0)


def test_agreement_does_not_depend_on_the_order_of_marks():
    marked = [Span(60, 80), Span(200, 210), Span(15, 30)]

    assert span_f1(marked, GOLD) == span_f1(sorted(marked), GOLD[::-1])


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([(0, 3), (5, 8)], [(0, 3), (5, 8)]),
        ([(5, 8), (0, 6)], [(0, 8)]),
        ([(0, 3), (3, 5)], [(0, 5)]),
        ([(0, 9), (2, 4)], [(0, 9)]),
    ],
)
def test_spans_that_overlap_or_touch_are_joined(spans, joined):
    assert merged(Span(*pair) for pair in spans) == [Span(*pair) for pair in joined]


# Krippendorff's alpha

MISSING = None
A = [MISSING] * 5 + [3, 4, 1, 2, 1, 1, 3, 3, MISSING, 3]
B = [1, MISSING, 2, 1, 3, 3, 4, 3] + [MISSING] * 7
C = [MISSING, MISSING, 2, 1, 3, 4, 4, MISSING, 2, 1, 1, 3, 3, MISSING, 4]
PUBLISHED = list(zip(A, B, C, strict=True))
TWO = list(zip([1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0], [1, 1, 0, 0, 1, 1] + [0] * 6, strict=True))


@pytest.mark.parametrize(("difference", "alpha"), [(nominal, 0.6914), (interval, 0.8108)])
def test_alpha_is_that_of_the_published_data(difference, alpha):  # T13b
    measured = krippendorff(PUBLISHED, difference)

    assert round(measured.alpha, 4) == alpha
    assert measured.pairable == 26


def test_alpha_of_two_annotators():  # T13c
    measured = krippendorff(TWO)

    assert round(measured.observed, 4) == 0.8333
    assert round(measured.alpha, 4) == 0.6406
    assert (measured.units, measured.pairable) == (12, 24)


@pytest.mark.parametrize(
    "units", [[], [[]], [[1]], [[1, None], [None, 2]], [[None, None]]], ids=str
)
def test_without_a_pair_nothing_is_measured(units):
    assert krippendorff(units) == Reliability(0, 0, None, None)


@pytest.mark.parametrize("units", [[[1, 1]], [[0, 0], [0, 0, 0]], [["x", "x"], [None, "y"]]])
def test_without_variation_alpha_has_no_value(units):
    measured = krippendorff(units)

    assert measured.alpha is None
    assert measured.observed == 1


def test_all_who_agree_agree_fully():
    assert krippendorff([["a", "a"], ["b", "b"]]).alpha == 1


def some_units(seed):
    dice = random.Random(seed)
    judgements = [*range(dice.randint(2, 4)), None]
    return [dice.choices(judgements, k=dice.randint(2, 5)) for _ in range(dice.randint(1, 40))]


@pytest.mark.parametrize("seed", range(200))
def test_alpha_depends_neither_on_order_nor_on_names(seed):
    units = some_units(seed)
    measured = krippendorff(units)
    turned = [unit[::-1] for unit in units[::-1]]
    renamed = [[None if v is None else f"name {v}" for v in unit] for unit in units]

    for other in (krippendorff(turned), krippendorff(renamed)):
        assert (other.units, other.pairable) == (measured.units, measured.pairable)
        assert other.observed == pytest.approx(measured.observed)
        assert other.alpha == pytest.approx(measured.alpha)


@pytest.mark.parametrize("seed", range(200))
def test_alpha_is_never_above_1_and_missing_values_do_not_matter(seed):
    units = some_units(seed)
    measured = krippendorff(units)
    more = [[*unit, None] for unit in units] + [[None, 3], [None]]

    assert krippendorff(more) == measured
    if measured.alpha is not None:
        assert measured.alpha <= 1
        assert (measured.alpha == 1) == (measured.observed == 1)


@pytest.mark.parametrize("seed", range(100))
def test_alpha_is_that_of_the_pairs_one_by_one(seed):
    units = [[v for v in unit if v is not None] for unit in some_units(seed)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    apart = [
        (a != b) / (len(unit) - 1) for unit in units for a, b in itertools.permutations(unit, 2)
    ]
    chance = [a != b for a, b in itertools.permutations(values, 2)]

    measured = krippendorff(units)

    if any(chance):
        expected = sum(chance) / (len(values) - 1)
        assert measured.alpha == pytest.approx(1 - sum(apart) / expected)
    else:
        assert measured.alpha is None
