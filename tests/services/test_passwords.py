"""What will do as a password, and what is kept of it."""

import pytest
from people import PASSWORD

from quizgame.domain.errors import InputError
from quizgame.services import passwords


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "at least 10"),
        ("heron-9-x", "at least 10"),
        ("👩‍👩‍👧" + "x" * 4, "at least 10"),
        ("x!" * 65, "at most 128"),
        ("password12", "easy to guess"),
        ("qwertyuiop", "easy to guess"),
        ("1234567890", "easy to guess"),
        ("PASSWORD1234", "easy to guess"),
        ("passwordpassword", "easy to guess"),
        ("p@ssw0rd123", "easy to guess"),
        ("aaaaaaaaaaaaaa", "easy to guess"),
        ("Marie.Curie@School.example", "Your own name"),
        ("marie.curie", "Your own name"),
        ("Marie Curie", "Your own name"),
        ("marie.curie1", "easy to guess"),
    ],
)
def test_a_weak_password_is_refused(password, told):
    with pytest.raises(InputError, match=told):
        passwords.refuse_weak(
            password, ["marie.curie", "Marie Curie", "marie.curie@school.example"]
        )


@pytest.mark.parametrize(
    "password", [PASSWORD, "x!" + "heron lake " * 11, "我喜歡讀書寫字吃飯睡", "é" * 5 + "😀 heron"]
)
def test_a_long_or_foreign_password_will_do(password):
    passwords.refuse_weak(password, ["marie"])


def test_a_right_password_is_right_and_no_other(in_app):
    kept = passwords.hash_password(PASSWORD)

    assert passwords.is_right(PASSWORD, kept)
    for wrong in ("", PASSWORD[:-1], PASSWORD.upper(), PASSWORD + " ", "\ud800", "x" * 100_000):
        assert not passwords.is_right(wrong, kept)


def test_accents_may_be_typed_on_any_keyboard():
    kept = passwords.hash_password("caf\u00e9 au lait noir")

    assert passwords.is_right("cafe\u0301 au lait noir", kept)


@pytest.mark.parametrize(
    "kept",
    [None, "", "x", "$argon2id$v=19$m=8,t=1,p=1$x$x", passwords.NOBODYS],
    ids=["none", "empty", "short", "cheap", "nobody"],
)
def test_nobodys_password_is_never_right(kept):
    assert not passwords.is_right(PASSWORD, kept)
    assert not passwords.is_right("", kept)


def test_nobodys_hash_costs_what_a_users_does():
    costs = [h.split("$")[1:4] for h in (passwords.NOBODYS, passwords.hash_password(PASSWORD))]

    assert costs[0] == costs[1] == ["argon2id", "v=19", "m=19456,t=2,p=1"]


def test_hashing_runs_where_the_server_says(monkeypatch):
    seen = []

    def elsewhere(function, args):
        seen.append(function.__name__)
        return function(*args)

    monkeypatch.setattr(passwords.WORKSHOP, "run", elsewhere)
    passwords.refuse_weak(PASSWORD, [])
    passwords.is_right(PASSWORD, passwords.hash_password(PASSWORD))

    assert seen == ["_score", "hash", "_verify"]
