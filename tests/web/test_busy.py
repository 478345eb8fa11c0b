"""R-10: while somebody else holds the database for too long, a page says so and nothing is lost."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from probing import contents, play_id, post
from sqlalchemy import event

from quizgame.models.base import db


@contextmanager
def locked(app):
    """Another connection holds the write lock; ours do not wait long for it."""
    with app.app_context():
        path = db.engine.url.database
        event.listen(db.engine, "checkout", lambda c, *_: c.execute("PRAGMA busy_timeout=20"))
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.execute("ROLLBACK")


def forms(play):
    answer = {"rev": "1", "nothing": "1"}
    return [
        ("/plays", {"quiz": "mixed-dozen"}),
        (f"/plays/{play}/rounds/1", {**answer, "do": "save"}),
        (f"/plays/{play}/rounds/1", {**answer, "do": "lock"}),
        ("/desk/name", {}),
        ("/desk/listed", {"listed": "no"}),
        ("/desk/code", {}),
        ("/desk/move", {"code": "AAAA-AAAA"}),
    ]


def test_a_busy_database_is_told_with_when_to_try_again(app, student):
    play = play_id(student)
    before = contents(app)

    with locked(app):
        for path, fields in forms(play):
            answer = post(student.client, path, **fields)
            assert answer.status_code == 503, path
            assert int(answer.headers["Retry-After"]) > 0
            assert "very busy just now" in answer.text
            assert "Nothing was changed" in answer.text
        assert contents(app) == before

    for path, fields in forms(play):
        assert post(student.client, path, **fields).status_code in {200, 303, 422}


def test_a_script_is_told_as_well(app, student):
    play = play_id(student)
    fields = {"rev": "1", "nothing": "1", "do": "save"}

    with locked(app):
        json = {"Accept": "application/json"}
        answer = post(student.client, f"/plays/{play}/rounds/1", headers=json, **fields)

    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "very busy" in answer.json["error"]


@pytest.mark.parametrize("path", ["/", "/quizzes/starter", "/leaderboards/all", "/guide", "/desk"])
def test_reading_goes_on(app, student, path):
    play_id(student)

    with locked(app):
        assert student.get(path).status == 200
