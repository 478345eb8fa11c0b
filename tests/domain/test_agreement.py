import pytest

from quizgame.domain.agreement import merged, span_f1
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
