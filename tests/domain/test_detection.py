"""Eye and Hand: T7 and T8 of scoring.md."""

import pytest

from quizgame.domain.detection import Detection, detect, is_cynicism, is_enough
from quizgame.domain.items import Tally

BEFORE = Tally(problems=300, hits=180, clean=300, accused=90)


@pytest.mark.parametrize(
    ("tally", "d_prime", "criterion"),
    [
        pytest.param(Tally(10, 8, 10, 3), 1.2206, -0.1375, id="T7a"),
        pytest.param(Tally(10, 6, 10, 3), 0.7027, 0.1215, id="T7b"),
        pytest.param(Tally(10, 8, 10, 5), 0.7479, -0.3739, id="T7c"),
        pytest.param(Tally(10, 10, 10, 10), 0, -1.6906, id="T7d mark all"),
        pytest.param(Tally(10, 0, 10, 0), 0, 1.6906, id="T7e mark none"),
        pytest.param(Tally(10, 10, 10, 0), 3.3812, 0, id="T7f perfect"),
        pytest.param(Tally(20, 16, 20, 6), 1.2888, -0.1472, id="T7g"),
        pytest.param(BEFORE, 0.7750, 0.1350, id="T8 before"),
        pytest.param(Tally(300, 240, 300, 150), 0.8381, -0.4190, id="T8 after A"),
        pytest.param(Tally(300, 240, 300, 75), 1.5099, -0.0831, id="T8 after B"),
    ],
)
def test_skill_and_boldness_are_told_apart(tally, d_prime, criterion):
    found = detect(tally)

    assert (found.d_prime, found.criterion) == pytest.approx((d_prime, criterion), abs=5e-5)


@pytest.mark.parametrize(
    ("tally", "error"),
    [
        (Tally(10, 8, 10, 3), 0.60),
        (Tally(10, 6, 10, 3), 0.58),  # 0.57496
        (Tally(10, 8, 10, 5), 0.59),
        (Tally(20, 16, 20, 6), 0.43),
    ],
)
def test_skill_has_an_error(tally, error):  # T7
    assert detect(tally).error == pytest.approx(error, abs=0.006)


def test_accusing_everything_more_raises_the_alarm():  # T8, after A
    assert is_cynicism(BEFORE, Tally(300, 240, 300, 150))


@pytest.mark.parametrize(
    "after",
    [Tally(300, 240, 300, 75), BEFORE, Tally(300, 150, 300, 60), Tally(300, 190, 300, 95)],
    ids=["B: a real gain", "no change", "more careful", "a little bolder"],
)
def test_no_alarm(after):
    assert not is_cynicism(BEFORE, after)


@pytest.mark.parametrize(
    ("tally", "enough"),
    [(Tally(20, 0, 20, 0), True), (Tally(19, 9, 40, 0), False), (Tally(40, 9, 19, 0), False)],
)
def test_nothing_is_said_below_twenty_problems_and_twenty_clean_segments(tally, enough):
    assert is_enough(tally) is enough


@pytest.mark.parametrize(
    ("d_prime", "eye"),
    [(1.5, "sharp"), (1.49, "steady"), (0.7, "steady"), (0.69, "learning"), (-1, "learning")],
)
def test_the_eye_has_bands(d_prime, eye):
    assert Detection(d_prime, 0, 1).eye == eye


@pytest.mark.parametrize(
    ("criterion", "hand"),
    [(-0.31, "quick"), (-0.3, "balanced"), (0.3, "balanced"), (0.31, "lenient")],
)
def test_the_hand_has_bands(criterion, hand):
    assert Detection(0, criterion, 1).hand == hand


def test_nobody_who_decided_nothing_breaks_it():
    assert detect(Tally()).d_prime == 0
