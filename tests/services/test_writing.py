"""Writes that wait together share one commit, and nothing else."""

import sqlite3
import threading
import time

import pytest
from sqlalchemy import Engine, event, insert, select

from quizgame.domain.errors import BusyError, StaleError
from quizgame.models.base import Base, db
from quizgame.services import writing
from quizgame.services.writing import write

CROWD = 20
BUCKETS = Base.metadata.tables["score_buckets"]


def add(number):
    """Work that stores a row, and returns its number."""

    def work(connection):
        row = {"board": "crowd", "bucket": number, "players": 1}
        connection.execute(insert(BUCKETS), row)
        return number

    return work


def add_and_fail(number):
    """Work that stores a row, and then thinks better of it."""

    def work(connection):
        add(number)(connection)
        raise StaleError("too late")

    return work


def stored():
    db.session.rollback()
    query = select(BUCKETS.c.bucket).where(BUCKETS.c.board == "crowd")
    return sorted(db.session.scalars(query))


def commits_of(engine: Engine) -> list[object]:
    """The commits that an engine makes from now on."""
    found: list[object] = []
    event.listen(engine, "commit", found.append)
    return found


def together(app, works):
    """Write all works in one go: none begins before all of them wait. Returns what came of each."""
    writer = writing._writers.setdefault(db.engine, writing.Writer())
    outcomes = [None] * len(works)

    def run(at, work):
        with app.app_context():
            try:
                outcomes[at] = write(work)
            except Exception as error:
                outcomes[at] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    with writer._turn:
        for thread in threads:
            thread.start()
        while len(writer._waiting) < len(works):
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    return outcomes


def test_what_raises_stores_nothing(in_either):
    with pytest.raises(StaleError, match="too late"):
        write(add_and_fail(1))

    assert stored() == []
    assert write(add(1)) == 1
    assert stored() == [1]


def test_it_is_committed_when_write_returns(in_app):
    write(add(1))

    with sqlite3.connect(db.engine.url.database) as other:
        found = other.execute("SELECT bucket FROM score_buckets WHERE board = 'crowd'").fetchall()
    other.close()
    assert found == [(1,)]


def test_one_that_fails_takes_nobody_with_it(in_app):
    works = [add_and_fail(n) if n % 5 == 0 else add(n) for n in range(CROWD)]

    outcomes = together(in_app, works)

    assert [type(o) for o in outcomes[::5]] == [StaleError] * 4
    assert stored() == [n for n in range(CROWD) if n % 5]


def test_a_fault_of_the_database_is_only_his_who_caused_it(in_app):
    outcomes = together(in_app, [add(1), add(1), add(2)])

    assert sorted(isinstance(outcome, Exception) for outcome in outcomes) == [False, False, True]
    assert stored() == [1, 2]


def test_a_crowd_shares_a_commit(in_app):
    commits = commits_of(db.engine)

    outcomes = together(in_app, [add(n) for n in range(CROWD)])

    assert outcomes == stored() == list(range(CROWD))
    assert len(commits) == 1


def test_a_crowd_too_large_for_one_transaction_takes_several(in_app, monkeypatch):
    monkeypatch.setattr(writing, "MOST_TOGETHER", 8)
    commits = commits_of(db.engine)

    outcomes = together(in_app, [add(n) for n in range(CROWD)])

    assert outcomes == stored() == list(range(CROWD))
    assert len(commits) == 3


def test_a_commit_that_fails_is_acknowledged_to_nobody(in_app):
    def fail(connection):
        raise OSError("the disk is full")

    event.listen(db.engine, "commit", fail)
    outcomes = together(in_app, [add(n) for n in range(CROWD)])
    event.remove(db.engine, "commit", fail)

    assert {str(outcome) for outcome in outcomes} == {"the disk is full"}
    assert stored() == []
    assert write(add(1)) == 1


def test_a_line_that_is_too_long_is_told(in_app, monkeypatch):
    monkeypatch.setattr(writing, "MOST_WAITING", 0)

    with pytest.raises(BusyError, match="very busy"):
        write(add(1))
    assert stored() == []
