import pytest
from build import ranked_set
from playing import assert_boards_are_right, lock, marks, new_player, start, stored
from sqlalchemy import func, select, update

from quizgame.models.base import begin_write, db
from quizgame.models.leaderboards import Score
from quizgame.models.plays import Answer, Play
from quizgame.services import leaderboards, players, regrading


@pytest.fixture
def play(in_either):
    """A play on the board, with another one beside it."""
    noise = start(new_player(), ranked_set())
    lock(noise, 1, marks(noise, 1, "apple0"))
    play = start(new_player(), "ranked")
    lock(play, 1, marks(play, 1, "apple0", "apple1"))
    lock(play, 2, marks(play, 2, "apple2"))
    return play


def tamper(play, **values):
    begin_write()
    db.session.execute(update(Answer).filter_by(play_id=play.id, number=1).values(values))
    db.session.commit()


def test_fresh_plays_do_not_differ(play):
    assert regrading.differences() == []
    assert regrading.apply() == []


@pytest.mark.parametrize("values", [{"points": 5000.0}, {"ledger": []}, {"points": None}])
def test_an_answer_that_was_tampered_with_is_found_and_mended(play, values):
    before, points = stored(play), play.points
    tamper(play, **values)

    [difference] = regrading.differences()
    assert (difference.play, difference.rounds) == (play.public_id, (1,))
    assert difference.computed == points
    assert regrading.apply() == [difference]

    assert regrading.differences() == []
    assert (stored(play), play.points) == (before, points)
    assert_boards_are_right()


def test_a_total_that_was_tampered_with_is_found_and_mended_on_boards_too(play):
    points = play.points
    begin_write()
    db.session.execute(update(Play).filter_by(id=play.id).values(points=points + 7000))
    boards = leaderboards.boards_of(play.quiz_id, True, play.week)
    leaderboards.add_points(db.session.connection(), play.player_id, boards, 7000)
    db.session.commit()

    [difference] = regrading.apply()

    assert (difference.stored, difference.computed) == (points + 7000, points)
    assert play.points == points
    assert_boards_are_right()


def test_looking_changes_nothing(play):
    tamper(play, points=1.0)

    regrading.differences()

    assert db.session.scalar(select(Answer.points).filter_by(play_id=play.id, number=1)) == 1.0


def test_who_is_off_the_boards_stays_off(play):
    players.set_listed(play.player_id, False)
    tamper(play, points=1.0)
    begin_write()
    db.session.execute(update(Play).filter_by(id=play.id).values(points=1))
    db.session.commit()

    regrading.apply()

    query = select(func.count()).select_from(Score).filter_by(player_id=play.player_id)
    assert db.session.scalar(query) == 0
    assert_boards_are_right()


def test_practice_is_mended_and_stays_off_the_boards(play):
    practice = start(play.player_id, "ranked")
    lock(practice, 1, marks(practice, 1, "apple0"))
    tamper(practice, points=1.0)

    assert [d.play for d in regrading.apply()] == [practice.public_id]
    assert_boards_are_right()
