import pytest

from quizgame.domain.standings import BUCKET, bucket_of, floored, places


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([], []),
        ([5], [1]),
        ([9, 7, 7, 5], [1, 2, 2, 4]),
        ([9, 9, 9], [1, 1, 1]),
        ([9, 9, 5, 0, 0], [1, 1, 3, 4, 4]),
    ],
)
def test_equal_totals_share_a_place_and_the_next_is_skipped(totals, expected):
    assert places(totals) == expected


def test_places_go_on_from_page_to_page():
    assert places([7, 7, 5], first=51) == [51, 51, 53]


def test_a_total_never_shows_below_nought():
    assert [floored(total) for total in (-1, 0, 1)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("shown", "bucket"), [(0, 0), (BUCKET - 1, 0), (BUCKET, 1), (10 * BUCKET + 3, 10)]
)
def test_a_total_is_counted_in_one_bucket(shown, bucket):
    assert bucket_of(shown) == bucket
