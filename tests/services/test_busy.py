"""What happens while somebody else holds the database's write lock."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
from build import short_set
from playing import NOTHING, at_once, lock, new_player, save, start, stored
from sqlalchemy import event, text

from quizgame.domain.errors import BusyError
from quizgame.models.base import db
from quizgame.services import plays

HOLD = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@contextmanager
def lock_held(seconds):
    """Another process holds the write lock for a while."""
    path = db.engine.url.database
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, path, str(seconds)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "held\n"
        yield
        holder.kill()


def be_impatient(milliseconds=50):
    """Wait for locks only so long, on every connection from now on."""

    def hurry(connection, *_):
        connection.execute(f"PRAGMA busy_timeout={milliseconds}")

    event.listen(db.engine, "checkout", hurry)
    db.session.remove()


def test_savers_wait_for_another_process_and_all_are_served(in_app):
    short_set()
    crowd = [new_player() for _ in range(20)]
    ids = [(start(player, "short").public_id, player) for player in crowd]

    def attempt(public_id, player):
        return save(plays.get_play(public_id, player), 1, NOTHING)

    with lock_held(1):
        outcomes = at_once(in_app, [lambda p=pair: attempt(*p) for pair in ids])

    assert outcomes == [1] * 20


def test_a_lock_held_for_too_long_is_told_and_changes_nothing(in_app):
    play = start(new_player(), short_set())
    be_impatient()

    with lock_held(60):
        for attempt in (save, lock):
            with pytest.raises(BusyError, match="very busy"):
                attempt(play, 1, NOTHING)
            db.session.remove()
        play = plays.get_play(play.public_id, play.player_id)
        assert stored(play) == []

    save(play, 1, NOTHING)
    assert stored(play) == [(1, 1, NOTHING, False)]


def test_reading_goes_on_while_the_lock_is_held(in_app):
    play = start(new_player(), short_set())
    be_impatient()

    with lock_held(60):
        assert plays.get_play(play.public_id, play.player_id).numbers == [1, 2, 3]


def test_a_fault_of_ours_is_not_called_busy(in_either):
    with pytest.raises(Exception, match="no_such_table") as caught:
        db.session.execute(text("SELECT * FROM no_such_table"))

    assert not isinstance(caught.value, BusyError)


def test_a_connection_that_went_away_is_busy_and_the_next_one_works(in_either):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server that could go away")
    kill = text("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(BusyError):
        db.session.execute(kill)

    db.session.remove()
    assert db.session.scalar(text("SELECT 1")) == 1


def test_a_row_that_stays_locked_is_busy(in_either):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite locks no single rows")
    play = start(new_player(), short_set())
    play_id = play.id
    db.session.rollback()

    with db.engine.begin() as holder:
        holder.execute(text("SELECT 1 FROM plays WHERE id = :id FOR UPDATE"), {"id": play_id})
        db.session.execute(text("SET lock_timeout = '50ms'"))
        query = text("SELECT 1 FROM plays WHERE id = :id FOR UPDATE")
        with pytest.raises(BusyError):
            db.session.execute(query, {"id": play_id})


def test_connections_that_are_all_in_use_are_told_as_busy(app, student):
    with app.app_context():
        db.engine.pool._timeout = 0.01
        held = [db.engine.connect() for _ in range(15)]

    answer = student.client.get("/quizzes")

    assert answer.status_code == 503
    assert "very busy just now" in answer.text
    for connection in held:
        connection.close()
    assert student.client.get("/quizzes").status_code == 200
