from datetime import timedelta

import pytest
from build import NOW
from playing import at_once, new_player
from sqlalchemy import select

from quizgame.domain.errors import NotFoundError
from quizgame.models.base import db
from quizgame.models.players import Player
from quizgame.services import players


def test_a_code_that_nobody_made_moves_nobody(in_app):
    new_player()

    for code in ("", "AAAA-AAAA", "None", "%", "' OR 1=1 --", "A" * 5000):
        with pytest.raises(NotFoundError, match="No device is waiting"):
            players.move_here(code, now=NOW)


def test_a_code_dies_after_a_quarter_of_an_hour(in_app):
    code = players.make_code(new_player(), now=NOW)

    with pytest.raises(NotFoundError):
        players.move_here(code, now=NOW + players.CODE_LIFE)


def test_a_code_works_once_and_the_old_device_loses_the_player(in_either):
    player, old = players.create_player(now=NOW)
    code = players.make_code(player, now=NOW)

    new = players.move_here(code, now=NOW + timedelta(minutes=14))

    assert players.find_player_id(new) == player
    assert players.find_player_id(old) is None
    with pytest.raises(NotFoundError):
        players.move_here(code, now=NOW)


def test_of_two_devices_with_one_code_one_gets_the_player(in_either):
    player = new_player()
    code = players.make_code(player, now=NOW)

    found = at_once(in_either, [lambda: players.move_here(code, now=NOW)] * 12)

    tokens = [token for token in found if isinstance(token, str)]
    assert len(tokens) == 1
    assert all(isinstance(f, NotFoundError) for f in found if f not in tokens)
    assert players.find_player_id(tokens[0]) == player


def test_a_new_code_replaces_the_one_before(in_app):
    player = new_player()
    old, new = (players.make_code(player, now=NOW) for _ in range(2))

    with pytest.raises(NotFoundError):
        players.move_here(old, now=NOW)
    assert players.move_here(new, now=NOW)


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_a_code_may_be_typed_carelessly(in_app, change):
    code = players.make_code(new_player(), now=NOW)

    assert players.move_here(change(code), now=NOW)


def test_a_code_is_eight_letters_that_nobody_mixes_up(in_app):
    codes = {players.make_code(new_player(), now=NOW) for _ in range(20)}

    assert len(codes) == 20
    for code in codes:
        assert [len(part) for part in code.split("-")] == [4, 4]
        assert not set(code) & set("01OIL")


def test_tokens_and_codes_are_kept_as_digests_only(in_app):
    player, token = players.create_player(now=NOW)
    code = players.make_code(player, now=NOW).replace("-", "")

    row = db.session.execute(select(Player.__table__).where(Player.id == player)).one()

    assert token not in str(row)
    assert code not in str(row)
    assert len(token) >= 32  # 24 random bytes


def test_names_come_from_the_list_only(in_app):
    words = players._words()["en"]
    for _ in range(50):
        adjective, _, animal = players.get_player(new_player()).name.partition(" ")
        assert adjective in words["adjectives"]
        assert animal in words["animals"]


def test_a_new_name_is_another_one(in_app):
    player = new_player()

    for _ in range(20):
        before = players.get_player(player).name
        assert players.rename(player) != before


def test_a_token_that_nobody_holds_finds_nobody(in_app):
    new_player()

    assert players.find_player_id("") is None
    assert players.find_player_id("x" * 5000) is None
