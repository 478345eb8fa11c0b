"""Signing in, being signed in, and when that ends."""

from datetime import timedelta

import pytest
from build import NOW
from people import OTHER_PASSWORD, PASSWORD, make_user, public_id, signed_in
from playing import at_once
from sqlalchemy import select

from quizgame.domain.errors import InputError, NotFoundError, TooManyTriesError
from quizgame.models.base import db
from quizgame.models.users import SignInTry, UserSession
from quizgame.services import accounts, sessions, tries, users

SECOND = timedelta(seconds=1)


def wrong(name="marie", now=NOW, password=OTHER_PASSWORD):
    """What signing in with a wrong password comes to, in words."""
    try:
        sessions.sign_in(name, password, now=now)
    except (InputError, TooManyTriesError) as error:
        return str(error)
    return ""


def test_unknown_and_known_names_are_refused_alike(in_either):
    make_user("marie", email="marie@school.example")
    make_user("gone")
    users.deactivate(public_id("gone"))
    names = (
        "marie",
        "marie@school.example",
        "nobody",
        "no@school.example",
        "",
        "x" * 5000,
        "😀",
    )

    told = {wrong(name) for name in names} | {wrong("gone", password=PASSWORD)}

    assert told == {sessions.NOT_TOGETHER}


@pytest.mark.parametrize("name", ["marie", "nobody"])
def test_a_thousand_tries_are_slowed_down_whether_or_not_there_is_such_a_user(in_app, name):
    make_user("marie")
    told = [wrong(name, NOW + n * SECOND) for n in range(1000)]

    assert told[: tries.FREE] == [sessions.NOT_TOGETHER] * tries.FREE
    assert told.count(sessions.NOT_TOGETHER) < 17
    assert set(told) == {sessions.NOT_TOGETHER, tries.WAIT}


def test_waiting_is_told_in_seconds_and_does_not_grow_by_asking(in_app):
    make_user()
    for _ in range(tries.FREE):
        wrong(now=NOW)
    left = []
    for n in range(3):
        with pytest.raises(TooManyTriesError) as told:
            sessions.sign_in("marie", PASSWORD, now=NOW + n * SECOND / 2)
        left.append(told.value.seconds)
        if n == 1:
            break

    assert left == [1, 1]
    assert signed_in(now=NOW + 2 * SECOND)


def test_nobody_is_locked_out_for_longer_than_five_minutes(in_app):
    make_user()
    now = NOW
    for _ in range(40):
        wrong(now=now)
        now += tries.LONGEST

    assert signed_in(now=now)


def test_tries_at_the_same_moment_all_count(in_either):
    make_user()

    outcomes = at_once(in_either, [lambda: wrong(now=NOW)] * 16)

    assert 1 <= outcomes.count(sessions.NOT_TOGETHER) <= tries.FREE


def test_a_right_password_clears_the_count(in_either):
    make_user()
    for _ in range(tries.FREE - 1):
        wrong()
    signed_in()

    assert [wrong() for _ in range(tries.FREE)] == [sessions.NOT_TOGETHER] * tries.FREE


def test_guessing_one_account_does_not_slow_another(in_app):
    make_user("marie")
    make_user("paul")
    for _ in range(50):
        wrong("marie")

    assert signed_in("paul")


def test_names_that_nobody_has_do_not_pile_up_or_stay_readable(in_app):
    for n in range(20):
        wrong(f"secret-typed-in-the-wrong-field-{n}")

    keys = db.session.scalars(select(SignInTry.key)).all()

    assert all(len(key) == len("name:ffff") for key in keys)


def test_name_and_address_sign_in_however_they_are_written(in_either):
    user = make_user("marie", email="marie@school.example")

    for typed in ("marie", " MARIE ", "Marie@School.example"):
        visit = sessions.find(signed_in(typed), now=NOW)
        assert visit is not None
        assert visit.user_id == user


@pytest.mark.parametrize(
    ("seen_after", "asked_after", "is_over"),
    [
        ([], timedelta(hours=12) - SECOND, False),
        ([], timedelta(hours=12), True),
        ([timedelta(hours=11)], timedelta(hours=22), False),
        ([timedelta(hours=11)], timedelta(hours=23), True),
        ([timedelta(hours=11) * n for n in range(66)], timedelta(days=30) - SECOND, False),
        ([timedelta(hours=11) * n for n in range(66)], timedelta(days=30), True),
    ],
)
def test_a_session_ends_when_it_is_idle_and_after_thirty_days(
    in_app, seen_after, asked_after, is_over
):
    make_user()
    token = signed_in()
    for after in seen_after:
        assert sessions.find(token, now=NOW + after)

    assert (sessions.find(token, now=NOW + asked_after) is None) == is_over


def test_a_session_that_is_over_is_cleared_away(in_app):
    make_user()
    signed_in()
    signed_in(now=NOW + timedelta(days=2))

    assert len(db.session.scalars(select(UserSession)).all()) == 1


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800", "x" * 9000])
def test_a_token_that_nobody_holds_finds_nobody(in_app, token):
    make_user()
    signed_in()

    assert sessions.find(token, now=NOW) is None


def test_tokens_are_kept_as_digests_and_nothing_says_from_where(in_app):
    make_user()
    token = signed_in()

    row = db.session.execute(select(UserSession.__table__)).one()

    assert token not in str(row)
    assert set(row._mapping) == {
        "id",
        "public_id",
        "token_digest",
        "user_id",
        "begun_at",
        "seen_at",
    }


def test_another_password_ends_all_other_sessions(in_either):
    make_user("marie")
    make_user("paul")
    mine, other, noise = signed_in(), signed_in(), signed_in("paul")
    visit = sessions.find(mine, now=NOW)

    accounts.change_password(visit, PASSWORD, OTHER_PASSWORD, now=NOW)

    assert [sessions.find(t, now=NOW) is None for t in (mine, other, noise)] == [False, True, False]
    assert signed_in(password=OTHER_PASSWORD)


def test_everywhere_is_everywhere_but_not_elsewhere(in_either):
    user = make_user("marie")
    make_user("paul")
    mine, noise = [signed_in(), signed_in()], signed_in("paul")

    sessions.sign_out_everywhere(user)

    assert [sessions.find(token, now=NOW) for token in mine] == [None, None]
    assert sessions.find(noise, now=NOW)


def test_nobody_ends_a_session_of_somebody_else(in_app):
    marie, paul = make_user("marie"), make_user("paul")
    token = signed_in("paul")
    [theirs] = sessions.sessions_of(paul, now=NOW)
    public = theirs.public_id

    with pytest.raises(NotFoundError):
        sessions.end(marie, public)
    assert sessions.find(token, now=NOW)
    sessions.end(paul, public)
    assert sessions.find(token, now=NOW) is None
