"""One's own account: profile, export, leaving."""

import json

import pytest
from build import NOW
from people import ADMINISTRATOR, OTHER_PASSWORD, PASSWORD, make_user, public_id, signed_in
from sqlalchemy import select

from quizgame.domain.errors import ClosedError, InputError, NotFoundError, TooManyTriesError
from quizgame.models.base import Base, db
from quizgame.models.users import User
from quizgame.services import accounts, invitations, resets, sessions, tries, users
from quizgame.services.accounts import Profile


def everything():
    """Every row about users, as text."""
    tables = [t for t in Base.metadata.sorted_tables if "user" in t.name or "code" in t.name]
    return "\n".join(str(db.session.execute(table.select()).all()) for table in tables)


def test_another_address_asks_for_the_password(in_either):
    user = make_user("marie", email="marie@school.example")

    for address in ("thief@evil.example", ""):
        for password in ("", OTHER_PASSWORD):
            with pytest.raises(InputError, match="not your password"):
                accounts.change_profile(user, Profile("Marie", address, ""), password, now=NOW)
    accounts.change_profile(user, Profile("Marie C.", "MARIE@school.example", "en"), "", now=NOW)
    kept = accounts.get_account(user)
    assert (kept.display_name, kept.email, kept.language) == (
        "Marie C.",
        "marie@school.example",
        "en",
    )


def test_an_address_of_somebody_else_is_taken(in_either):
    make_user("paul", email="paul@school.example")
    user = make_user("marie")

    with pytest.raises(InputError, match="taken"):
        accounts.change_profile(
            user, Profile("Marie", "paul@school.example", ""), PASSWORD, now=NOW
        )
    assert accounts.get_account(user).email is None


def test_the_old_password_cannot_be_guessed_from_inside(in_app):
    user = make_user()
    for _ in range(tries.FREE):
        with pytest.raises(InputError):
            sessions.prove(user, OTHER_PASSWORD, now=NOW)

    with pytest.raises(TooManyTriesError):
        sessions.prove(user, PASSWORD, now=NOW)


def test_the_export_has_everything_but_secrets(in_app):
    user = make_user("marie", email="marie@school.example")
    token = signed_in()
    invited = invitations.invite(user, "teacher", "paul@school.example", now=NOW)

    told = json.dumps(accounts.export(user, now=NOW))

    for kept in (
        "marie@school.example",
        "Marie",
        "teacher",
        NOW.isoformat(),
        "paul@school.example",
    ):
        assert kept in told
    for secret in (token, invited, "argon2", "digest"):
        assert secret not in told


def test_the_export_tells_nothing_of_others(in_app):
    user = make_user("marie")
    make_user("paul", email="paul@school.example")
    signed_in("paul")

    told = accounts.export(user, now=NOW)

    assert "paul" not in json.dumps(told)
    assert told["sessions"] == []


def test_leaving_asks_for_the_password_and_for_somebody_who_administers(in_either):
    ada = make_user("ada", ADMINISTRATOR)

    with pytest.raises(InputError):
        accounts.delete_account(ada, OTHER_PASSWORD, now=NOW)
    with pytest.raises(ClosedError, match="last administrator"):
        accounts.delete_account(ada, PASSWORD, now=NOW)
    assert signed_in("ada")


def test_who_left_is_a_row_without_a_name(in_either):
    make_user("ada", ADMINISTRATOR)
    user = make_user("marie", email="marie@school.example")
    id_, token = public_id("marie"), signed_in()
    resets.issue(id_, None, now=NOW)

    accounts.delete_account(user, PASSWORD, now=NOW)

    assert "marie" not in everything().casefold()
    assert sessions.find(token, now=NOW) is None
    assert db.session.get_one(User, user).deleted_at == NOW
    assert [u.name for u in users.all_users()] == ["ada"]
    with pytest.raises(NotFoundError):
        users.get_user(id_)
    with pytest.raises(InputError):
        signed_in()


def test_a_name_is_free_again_after_its_user_left(in_app):
    make_user("ada", ADMINISTRATOR)
    accounts.delete_account(make_user("marie"), PASSWORD, now=NOW)

    assert make_user("marie")


def test_after_everybody_left_the_first_link_does_not_come_back(in_app):
    make_user("marie")
    accounts.delete_account(users.find_by_name("marie").id, PASSWORD, now=NOW)

    assert len(db.session.scalars(select(User)).all()) == 1
    assert invitations.make_first_link(now=NOW) is None
