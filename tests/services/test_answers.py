import pytest
from build import ranked_set, short_set
from playing import (
    NOTHING,
    assert_boards_are_right,
    at_once,
    lock,
    marks,
    new_player,
    save,
    start,
    stored,
)
from sqlalchemy import func, select

from quizgame.domain.errors import ClosedError, NotFoundError, StaleError
from quizgame.models.base import db
from quizgame.models.plays import Answer, Play
from quizgame.services import plays

CROWD = 50


@pytest.fixture
def play(in_either):
    return start(new_player(), short_set())


@pytest.fixture
def ranked(in_either):
    return start(new_player(), ranked_set())


@pytest.mark.parametrize("number", [2, 3, 0, 4])
def test_only_the_round_whose_turn_it_is_takes_an_answer(play, number):
    for attempt in (save, lock):
        with pytest.raises(NotFoundError, match="not its turn"):
            attempt(play, number, NOTHING)
    assert stored(play) == []


def test_a_locked_round_takes_no_other_answer(play):
    lock(play, 1, NOTHING)
    before = stored(play), play.points

    for attempt, rev in ((save, 2), (lock, 2), (save, 1), (lock, 1)):
        with pytest.raises(ClosedError, match="locked already"):
            attempt(play, 1, marks(play, 1, "apple0"), rev)
    assert (stored(play), play.points) == before


def test_a_locked_round_is_not_even_saved_again(play):
    lock(play, 1, NOTHING)

    with pytest.raises(ClosedError):
        save(play, 1, NOTHING, 1)


def test_an_older_answer_does_not_replace_a_newer_one(play):
    save(play, 1, marks(play, 1, "apple0"), rev=5)

    for attempt in (save, lock):
        with pytest.raises(StaleError, match="another tab"):
            attempt(play, 1, NOTHING, 4)
    assert stored(play) == [(1, 5, marks(play, 1, "apple0"), False)]


def test_another_answer_under_the_same_rev_is_stale(play):
    save(play, 1, marks(play, 1, "apple0"), rev=1)

    with pytest.raises(StaleError):
        save(play, 1, NOTHING, 1)


def test_a_retry_changes_nothing(play):
    for _ in range(3):
        assert save(play, 1, marks(play, 1, "apple0"), 1) == 1
    for _ in range(3):
        lock(play, 1, marks(play, 1, "apple0"), 1)

    assert [row[:2] for row in stored(play)] == [(1, 2)]
    assert play.points == sum_of(play)


def test_what_is_saved_earns_nothing_until_it_is_locked(ranked):
    save(ranked, 1, marks(ranked, 1, "apple0"))
    assert ranked.points == 0

    lock(ranked, 1, marks(ranked, 1, "apple0"), 2)

    assert ranked.points == round(100 * 100 * 2 / 24)


def test_a_lock_may_come_without_a_save(play):
    lock(play, 1, marks(play, 1, "apple0"), rev=7)

    assert stored(play) == [(1, 7, marks(play, 1, "apple0"), True)]


def test_what_was_saved_of_other_plays_stays(play):
    other = start(new_player(), "short")
    save(other, 1, marks(other, 1, "apple2"))

    save(play, 1, NOTHING)
    lock(play, 1, NOTHING, 2)

    assert stored(other) == [(1, 1, marks(other, 1, "apple2"), False)]


def test_the_total_is_the_sum_of_the_ledgers(ranked):
    lock(ranked, 1, marks(ranked, 1, "apple0", "apple1", "apple2"))
    lock(ranked, 2, marks(ranked, 2, "apple1", "apple3", "apple5"))

    assert ranked.points == sum_of(ranked)
    assert_boards_are_right()


def test_a_total_below_zero_is_kept_as_it_is(ranked):
    lock(ranked, 1, marks(ranked, 1, "apple1"))

    assert ranked.points == round(-100 * 100 * 2 / 24)
    assert_boards_are_right()


def test_of_equal_locks_at_once_all_are_told_yes_and_one_counts(in_either, ranked):
    public_id, player = ranked.public_id, ranked.player_id
    response = marks(ranked, 1, "apple0")

    def attempt():
        lock(plays.get_play(public_id, player), 1, response)

    assert at_once(in_either, [attempt] * CROWD) == [None] * CROWD
    assert stored(ranked) == [(1, 1, response, True)]
    assert ranked.points == round(100 * 100 * 2 / 24)
    assert_boards_are_right()


def test_of_different_locks_at_once_one_counts(in_either, ranked):
    public_id, player = ranked.public_id, ranked.player_id
    responses = [marks(ranked, 1, f"apple{n % 24}") for n in range(24)]

    def attempt(response):
        lock(plays.get_play(public_id, player), 1, response)

    jobs = [lambda r=response: attempt(r) for response in responses * 2]
    outcomes = at_once(in_either, jobs)

    [(_, _, winner, is_locked)] = stored(ranked)
    told_yes = {responses.index(winner), responses.index(winner) + 24}
    assert is_locked
    assert {at for at, told in enumerate(outcomes) if told is None} == told_yes
    assert all(isinstance(told, ClosedError) for told in outcomes if told is not None)
    assert ranked.points == sum_of(ranked)
    assert_boards_are_right()


def test_of_saves_at_once_the_newest_stays(in_either, play):
    public_id, player = play.public_id, play.player_id
    responses = [marks(play, 1, f"apple{n % 4}") for n in range(CROWD)]

    def attempt(rev):
        return save(plays.get_play(public_id, player), 1, responses[rev - 1], rev)

    outcomes = at_once(in_either, [lambda rev=rev: attempt(rev) for rev in range(1, CROWD + 1)])

    assert stored(play) == [(1, CROWD, responses[-1], False)]
    assert outcomes[-1] == CROWD
    assert all(told == rev or isinstance(told, StaleError) for rev, told in enumerate(outcomes, 1))


def test_saves_and_locks_at_once_leave_one_locked_answer(in_either, ranked):
    public_id, player = ranked.public_id, ranked.player_id
    response = marks(ranked, 1, "apple0")

    def attempt(job, rev):
        job(plays.get_play(public_id, player), 1, response, rev)

    jobs = [lambda n=n: attempt(lock if n % 2 else save, 1 + n) for n in range(CROWD)]
    outcomes = at_once(in_either, jobs)

    assert all(told is None or isinstance(told, ClosedError | StaleError) for told in outcomes)
    assert [(row[0], row[3]) for row in stored(ranked)] == [(1, True)]
    assert ranked.points == sum_of(ranked)
    assert_boards_are_right()


def test_players_who_lock_at_once_do_not_lose_each_others_places(in_either):
    ranked_set()
    crowd = [new_player() for _ in range(20)]
    ids = [(start(player, "ranked").public_id, player) for player in crowd]

    def attempt(public_id, player):
        play = plays.get_play(public_id, player)
        lock(play, 1, marks(play, 1, "apple0"))

    assert at_once(in_either, [lambda p=pair: attempt(*p) for pair in ids]) == [None] * 20
    assert_boards_are_right()
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 20


def sum_of(play):
    """The total by another way: unrounded points of the stored answers, rounded once."""
    db.session.rollback()
    rows = db.session.scalars(select(Answer.points).join(Play).where(Play.id == play.id))
    return round(100 * sum(points or 0.0 for points in rows))
