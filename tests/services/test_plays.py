from datetime import timedelta

import pytest
from build import NOW, ranked_set, short_set
from playing import NOTHING, at_once, lock, marks, new_player, start

from quizgame.domain.errors import NotFoundError
from quizgame.models.base import db
from quizgame.services import plays


@pytest.fixture
def play(in_either):
    return start(new_player(), short_set())


def finish(play):
    for number in play.numbers:
        lock(play, number)


def test_a_set_that_is_not_there_cannot_be_started(in_app):
    with pytest.raises(NotFoundError, match="no such set"):
        plays.start_play(new_player(), "nowhere", now=NOW)


def test_starting_again_goes_on_with_the_play_under_way(play):
    lock(play, 1)

    assert start(play.player_id, "short").public_id == play.public_id


def test_the_second_play_is_practice(play):
    finish(play)

    second = start(play.player_id, "short")

    assert play.is_counting
    assert second.public_id != play.public_id
    assert not second.is_counting


def test_a_play_started_first_counts_even_if_practice_is_newer(play):
    later = NOW + timedelta(days=1)
    plays.practise_again(play, now=later)

    assert start(play.player_id, "short", later).public_id == play.public_id


def test_of_starts_at_once_one_counts(in_either):
    quiz = short_set()
    for _ in range(6):
        player = new_player()
        found = at_once(in_either, [lambda p=player: plays.start_play(p, quiz, now=NOW)] * 12)

        assert len(set(found)) == 1
        db.session.rollback()  # to see what the others stored
        assert [play.is_counting for play in plays.plays_of(player)] == [True]


def test_a_crowd_that_comes_before_anything_is_read_is_served(in_either):
    quiz = short_set()
    crowd = [new_player() for _ in range(24)]

    jobs = [lambda p=player: plays.start_play(p, quiz, now=NOW) for player in crowd]

    assert {type(found) for found in at_once(in_either, jobs)} == {str}


def test_a_play_is_nobody_elses(play):
    new_player()

    for stranger in (new_player(), None):
        with pytest.raises(NotFoundError, match="no such play"):
            plays.get_play(play.public_id, stranger)


@pytest.mark.parametrize("number", [0, -1, 2, 3, 4, 10**30])
def test_a_round_is_hidden_before_its_turn(play, number):
    with pytest.raises(NotFoundError, match="not its turn"):
        plays.get_round(play, number)


def test_a_round_shows_from_its_turn_on(play):
    lock(play, 1)

    assert [plays.get_round(play, number).number for number in (1, 2)] == [1, 2]
    assert plays.current_number(play) == 2


def test_nothing_is_revealed_before_the_lock(play):
    with pytest.raises(NotFoundError):
        plays.get_answer(play, 1)


def test_a_play_is_finished_with_its_last_lock(play):
    lock(play, 1)
    lock(play, 2)
    assert play.finished_at is None

    lock(play, 3)

    assert play.finished_at == NOW
    assert plays.current_number(play) is None


def test_practising_again_asks_what_was_not_perfect(play):
    lock(play, 1, marks(play, 1, "apple0", "apple2"))
    lock(play, 2, marks(play, 2, "apple0"))
    lock(play, 3)

    again = plays.get_play(plays.practise_again(play, now=NOW), play.player_id)

    assert again.numbers == [2, 3]
    assert not again.is_counting


def test_there_is_nothing_to_practise_after_a_perfect_play(play):
    for number in play.numbers:
        lock(play, number, marks(play, number, "apple0", "apple2"))

    with pytest.raises(NotFoundError, match="all rounds were perfect"):
        plays.practise_again(play, now=NOW)


def test_options_keep_one_order_in_a_play_and_differ_between_plays(in_app):
    ranked_set()
    options = plays.get_quiz(start(new_player(), "mixed-dozen")).rounds[0].item.options
    orders = set()
    for _ in range(12):
        play = start(new_player(), "mixed-dozen")
        order = [option.id for option in plays.shuffled(play, 1, options)]
        assert order == [option.id for option in plays.shuffled(play, 1, options)]
        orders.add(tuple(order))

    assert not options or len(orders) > 1


def test_lists_of_plays_hold_the_players_own(play):
    start(new_player(), "short")
    lock(play, 1, NOTHING)

    assert [p.id for p in plays.plays_of(play.player_id)] == [play.id]
    assert [p.id for p in plays.plays_of_set(play.player_id, play.quiz_id)] == [play.id]
