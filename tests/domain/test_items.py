"""Items and their questions; points as they are shown."""

import msgspec
import pytest
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.items import Line, Score, Tally, hundredths, raw_sum, shown

POINTS = st.lists(st.floats(-500, 500, allow_nan=False), max_size=40)


@given(POINTS)
def test_shown_lines_add_up_to_the_rounded_total(values):
    assert sum(shown(values)) == hundredths(raw_sum(values))


@given(POINTS)
def test_no_shown_line_is_off_by_a_hundredth(values):
    for value, line in zip(values, shown(values), strict=True):
        assert abs(value * 100 - line) < 1 + 1e-6


def test_the_largest_remainders_are_rounded_up_and_of_equal_ones_the_leftmost():
    assert shown([100 / 3, 100 / 3, 100 / 3]) == [3334, 3333, 3333]
    assert shown([0.001, 0.009]) == [0, 1]
    assert shown([-100 / 3, 100 / 3]) == [-3333, 3333]
    assert shown([]) == []


def test_a_total_is_rounded_once():
    lines = [0.004] * 5

    assert hundredths(raw_sum(lines)) == 2
    assert sum(hundredths(points) for points in lines) == 0


def test_a_score_is_the_sum_of_its_ledger_below_zero_too():
    score = Score((Line("caught", "A1", 12.5), Line("charge", "0:1", -30)))

    assert score.points == -17.5


def test_tallies_add_up():
    assert Tally(1, 1, 2, 0) + Tally(3, 0, 1, 1) == Tally(4, 1, 3, 1)


@pytest.mark.parametrize("name", ["find_the_bias", "name_the_technique"])
def test_a_question_holds_nothing_of_the_key(name):
    (round_, *_) = sets.quiz(name)

    told = msgspec.to_builtins(round_.item.question())

    (passage,) = told["passages"]
    assert not passage["annotations"]
    assert not passage["stets"]
    assert not passage["grey"]
    assert set(told["focus"]) == {"start", "stop"}
    assert "E1" not in str(told)
    assert "B1" not in str(told)
    assert "Ask a heron" not in str(told)


def test_a_question_without_a_focus_has_none():
    assert sets.item(sets.passage("It rained.")).question().focus is None
