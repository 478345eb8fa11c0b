"""T-34: whoever guesses learns from the work done neither who is known nor how far they came.

How long it takes is measured by `tests/bench/sign_in.py`; here the work is counted.
"""

import pytest
from build import NOW
from people import OTHER_PASSWORD, PASSWORD, key_for_codes, make_user, public_id
from sqlalchemy import event

from quizgame.domain.errors import InputError
from quizgame.models.base import db
from quizgame.services import passwords, resets, sessions, users

NAMES = ("marie", "marie@school.example", "nobody", "no@school.example", "gone", "two.steps", "")


@pytest.fixture
def work(in_either, monkeypatch):
    """What is asked of the database and of the hasher, in order."""
    done = []

    def here(function, args):
        done.append((function.__name__, str(args[-1]).split("$")[1:4]))
        return function(*args)

    def note(connection, cursor, statement, *_):
        done.append(statement)

    monkeypatch.setattr(passwords.WORKSHOP, "run", here)
    event.listen(db.engine, "before_cursor_execute", note)
    yield done
    event.remove(db.engine, "before_cursor_execute", note)


def make_everybody():
    make_user("marie", email="marie@school.example")
    make_user("gone")
    users.deactivate(public_id("gone"))
    key_for_codes(make_user("two.steps"))


def done_for(work, step):
    db.session.remove()
    work.clear()
    step()
    db.session.remove()
    return list(work)


def kind(statement):
    """What a statement does: a row of tries is made or changed, whoever it counts for."""
    word = statement.split()[0]
    return "write" if word in {"INSERT", "UPDATE"} else word


def refused(name, password):
    with pytest.raises(InputError, match="do not go together"):
        sessions.sign_in(name, password, now=NOW)


def test_every_refused_sign_in_does_the_same_work(work):
    make_everybody()

    done = [done_for(work, lambda name=name: refused(name, OTHER_PASSWORD)) for name in NAMES]
    done.append(done_for(work, lambda: refused("gone", PASSWORD)))

    hashed = [[step for step in steps if isinstance(step, tuple)] for steps in done]
    assert hashed == [[("_verify", ["argon2id", "v=19", "m=19456,t=2,p=1"])]] * len(done)
    asked = {tuple(kind(step) for step in steps if isinstance(step, str)) for steps in done}
    assert len(asked) == 1
    assert "write" in asked.pop()


def test_asking_for_a_link_does_the_same_work_for_known_and_unknown(work):
    make_everybody()

    known = done_for(work, lambda: resets.request("marie@school.example", now=NOW))
    unknown = done_for(work, lambda: resets.request("nobody@school.example", now=NOW))

    more = [step for step in known if step.startswith("DELETE")]
    assert len(more) <= 2
    assert [s for s in known if s.startswith("INSERT")] == [
        s for s in unknown if s.startswith("INSERT")
    ]


def test_a_hash_of_other_costs_is_made_anew_at_a_sign_in_and_at_no_refusal(in_either, monkeypatch):
    user = make_user("marie")
    kept = db.session.get_one(users.User, user).password_hash
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    outdated = cheaper.hash(PASSWORD)
    db.session.get_one(users.User, user).password_hash = outdated
    db.session.commit()

    refused("marie", OTHER_PASSWORD)
    assert hash_of(user) == outdated
    sessions.sign_in("marie", PASSWORD, now=NOW)
    renewed = hash_of(user)

    assert renewed not in {outdated, kept}
    assert not passwords.is_outdated(renewed)
    sessions.sign_in("marie", PASSWORD, now=NOW)
    assert hash_of(user) == renewed


def test_a_hash_that_was_changed_meanwhile_is_left_alone(in_either, monkeypatch):
    user = make_user("marie")
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    keep(user, cheaper.hash(PASSWORD))
    changed = passwords.hash_password(OTHER_PASSWORD)
    hash_password = passwords.hash_password

    def changes_meanwhile(password):
        keep(user, changed)
        return hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", changes_meanwhile)
    sessions.sign_in("marie", PASSWORD, now=NOW)

    assert hash_of(user) == changed


def keep(user, kept):
    db.session.rollback()
    db.session.get_one(users.User, user).password_hash = kept
    db.session.commit()


def hash_of(user):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(users.User, user).password_hash
