from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from build import NOW, ranked_set, short_set
from playing import NOTHING, assert_boards_are_right, lock, marking, marks, new_player, start
from sqlalchemy import func, select

from quizgame.domain.errors import QuizgameError
from quizgame.models.base import begin_write, db
from quizgame.models.leaderboards import Score, ScoreBucket
from quizgame.services import leaderboards, players, plays, quizzes

LATER = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)


def board(quiz, week=""):
    return leaderboards.board_name(str(quizzes.get_quiz(quiz).id), week)


def shown_on(name, player=None):
    return [(s.place, s.shown) for s in leaderboards.get_board(name, player).standings]


def crowd(name, totals):
    """Players with those totals on a board; returns their ids."""
    ids = [new_player() for _ in totals]
    for player, total in zip(ids, totals, strict=True):
        leaderboards.add_points(begin_write(), player, [name], total)
        db.session.commit()
    return ids


def walk(name):
    """Every page of a board, by its cursors."""
    pages, cursor = [], ""
    while cursor is not None:
        page = leaderboards.get_board(name, None, cursor)
        pages.append(page.standings)
        cursor = page.after
    return pages


@pytest.mark.parametrize(
    ("moment", "zone", "week"),
    [
        ("2026-11-22T23:30", "UTC", "2026-W47"),  # a Sunday
        ("2026-11-22T23:30", "Europe/Berlin", "2026-W48"),  # Monday there
        ("2026-11-23T00:30", "America/New_York", "2026-W47"),
        ("2027-01-03T12:00", "UTC", "2026-W53"),  # ISO years do not end with December
        ("2024-12-30T12:00", "UTC", "2025-W01"),
    ],
)
def test_weeks_are_iso_weeks_in_the_time_zone_given(moment, zone, week):
    then = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))

    assert leaderboards.week_of(then) == week


@pytest.mark.parametrize("seed", range(4))
def test_boards_are_what_the_answers_say_whatever_happens(in_either, seed):
    chance = Random(seed)
    names = [ranked_set("first"), ranked_set("second"), short_set("third", count=2)]
    people = [new_player() for _ in range(8)]
    for step in range(60):
        player = chance.choice(people)
        now = chance.choice((NOW, LATER))
        if chance.random() < 0.15:
            players.set_listed(player, chance.random() < 0.5)
            continue
        try:
            play = start(player, chance.choice(names), now)
            answer(play, chance)
        except QuizgameError:
            pytest.fail(f"step {step} of seed {seed} was refused")

    assert_boards_are_right()


def answer(play, chance):
    number = plays.current_number(play)
    segments = plays.get_quiz(play).rounds[number - 1].item.passages[0].words
    chosen = sorted(chance.sample(segments, chance.randint(0, 6)))
    lock(play, number, marking(*((0, word.start, word.stop) for word in chosen)))


def test_only_the_first_play_counts(in_either):
    player, quiz = new_player(), ranked_set()
    first = start(player, quiz)
    lock(first, 1, marks(first, 1, "apple0"))
    lock(first, 2)
    second = start(player, quiz)
    lock(second, 1, marks(second, 1, "apple0", "apple2", "apple4"))

    assert not second.is_counting
    assert shown_on(board(quiz)) == [(1, first.points)]
    assert shown_on(leaderboards.ALL_SETS) == [(1, first.points)]


def test_a_play_stands_on_the_board_with_what_it_has_so_far(in_app):
    play = start(new_player(), ranked_set())
    assert shown_on(board("ranked")) == []

    lock(play, 1, NOTHING)

    assert shown_on(board("ranked")) == [(1, 0)]


def test_practice_sets_stay_off_the_board_of_all_sets(in_app):
    play = start(new_player(), short_set())
    lock(play, 1, marks(play, 1, "apple0"))

    assert shown_on(board("short")) == [(1, play.points)]
    assert shown_on(leaderboards.ALL_SETS) == []


def test_the_board_of_all_sets_adds_raw_totals_and_floors_once(in_app):
    player = new_player()
    good, bad = start(player, ranked_set("good")), start(player, ranked_set("bad"))
    lock(good, 1, marks(good, 1, "apple0", "apple2"))
    lock(bad, 1, marks(bad, 1, "apple1"))

    assert good.points > 0 > bad.points
    assert shown_on(board("bad")) == [(1, 0)]
    assert shown_on(leaderboards.ALL_SETS) == [(1, good.points + bad.points)]

    lock(bad, 2, marks(bad, 2, "apple1", "apple3", "apple5", "apple7"))
    assert good.points + bad.points < 0
    assert shown_on(leaderboards.ALL_SETS) == [(1, 0)]


def test_a_week_holds_the_plays_started_in_it(in_app):
    ranked_set()
    early, late = new_player(), new_player()
    for player, now in ((early, NOW), (late, LATER)):
        play = start(player, "ranked", now)
        lock(play, 1, marks(play, 1, "apple0"))

    points = round(100 * 100 * 2 / 24)
    assert shown_on(board("ranked")) == [(1, points), (1, points)]
    for scope in (board("ranked"), leaderboards.ALL_SETS):
        for now in (NOW, LATER):
            week = leaderboards.board_name(scope, leaderboards.week_of(now))
            assert shown_on(week) == [(1, points)]


def test_leaving_takes_a_player_off_every_board_and_entering_puts_them_back(in_either):
    noise = start(new_player(), ranked_set())
    lock(noise, 1, marks(noise, 1, "apple0"))
    play = start(new_player(), "ranked")
    lock(play, 1, marks(play, 1, "apple0", "apple2"))
    before = shown_on(board("ranked")), shown_on(leaderboards.ALL_SETS)

    players.set_listed(play.player_id, False)
    assert shown_on(board("ranked")) == [(1, noise.points)]
    assert leaderboards.get_board(board("ranked"), play.player_id).you is None
    lock(play, 2, marks(play, 2, "apple1"))
    assert_boards_are_right()

    players.set_listed(play.player_id, True)
    assert_boards_are_right()
    assert before != (shown_on(board("ranked")), shown_on(leaderboards.ALL_SETS))


def test_leaving_twice_and_entering_twice_is_once(in_app):
    play = start(new_player(), ranked_set())
    lock(play, 1, marks(play, 1, "apple0"))

    for is_listed in (False, False, True, True):
        players.set_listed(play.player_id, is_listed)
        assert_boards_are_right()


def test_equal_totals_share_a_place_and_the_next_is_skipped(in_app):
    crowd("x", [300, 500, 500, -20, 0, 700])

    assert shown_on("x") == [(1, 700), (2, 500), (2, 500), (4, 300), (5, 0), (5, 0)]


def test_pages_hold_everybody_once_and_ties_run_across_them(in_either):
    totals = [1000] * 30 + [999] * 45 + [400] * 60 + [0] * 20
    Random(7).shuffle(totals)
    crowd("x", totals)
    crowd("noise", [5000] * 3)

    pages = walk("x")

    assert [len(page) for page in pages] == [50, 50, 50, 5]
    standings = [standing for page in pages for standing in page]
    assert [s.shown for s in standings] == sorted(totals, reverse=True)
    assert [s.place for s in standings] == [1] * 30 + [31] * 45 + [76] * 60 + [136] * 20
    assert leaderboards.get_board("x", None).players == len(totals)


def test_a_board_of_just_one_page_has_no_next(in_app):
    crowd("x", [1] * leaderboards.PAGE)

    assert leaderboards.get_board("x", None).after is None


def test_everybody_is_on_the_page_around_them(in_app):
    ids = crowd("x", [100 * (n // 9) for n in range(130)])
    order = db.session.scalars(
        select(Score.player_id).filter_by(board="x").order_by(Score.shown.desc(), Score.player_id)
    ).all()

    for player in ids:
        page = leaderboards.get_board("x", player, leaderboards.around("x", player))
        [at] = [n for n, standing in enumerate(page.standings) if standing.is_you]
        assert at == min(order.index(player), leaderboards.PAGE // 2 - 1)
        assert page.standings[at] == page.you


def test_around_nobody_is_the_first_page(in_app):
    crowd("x", [1, 2, 3])

    assert leaderboards.around("x", new_player()) == ""


@pytest.mark.parametrize(
    "cursor", ["x", "5", "5-", "-5", "1-2-3", "٣-٤", "9" * 30 + "-1", f"1-{2**31}", "1e3-1", " 1-1"]
)
def test_a_cursor_that_is_none_shows_the_first_page(in_either, cursor):
    crowd("x", [1, 2])

    assert len(leaderboards.get_board("x", None, cursor).standings) == 2


@pytest.mark.parametrize("seed", range(3))
def test_places_by_histogram_are_places_by_counting(in_either, seed):
    chance = Random(seed)
    top = chance.choice((50, 3000, 160_000))
    crowd("x", [chance.randint(-top, top) for _ in range(40)])
    crowd("y", [chance.randint(-top, top) for _ in range(5)])

    for row in db.session.scalars(select(Score)).all():
        above = db.session.scalar(
            select(func.count()).where(Score.board == row.board, Score.shown > row.shown)
        )
        assert leaderboards.place(row.board, row.shown) == above + 1


def test_a_row_that_moves_leaves_its_bucket(in_app):
    [player] = crowd("x", [400])
    for points in (200, 2000, -5000, 10):
        leaderboards.add_points(begin_write(), player, ["x"], points)
        db.session.commit()

    counted = {b.bucket: b.players for b in db.session.scalars(select(ScoreBucket)).all()}
    assert {bucket: n for bucket, n in counted.items() if n} == {0: 1}
