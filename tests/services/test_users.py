import pytest
from build import NOW
from people import ADMINISTRATOR, PASSWORD, TEACHER, make_user, person, public_id, signed_in
from playing import at_once
from sqlalchemy import select

from quizgame.domain.errors import ClosedError, InputError, NotFoundError
from quizgame.models.base import db
from quizgame.models.users import User
from quizgame.services import resets, sessions, users
from quizgame.services.users import NewUser


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "-ab",
        "ab-",
        "a b",
        "marie@x",
        "m\u0430rie",
        "marie\u200b",
        "a" * 41,
        "../x",
        "\ud800x",
    ],
)
def test_a_user_name_is_plain_letters(in_app, name):
    with pytest.raises(InputError, match="3 to 40 letters"):
        users.checked(person(name))


@pytest.mark.parametrize(
    "shown", ["\u202eeiram", "a\u200bb", "x" * 81, "a\x00b", "a\u2066b", "\ud800"]
)
def test_a_shown_name_plays_no_tricks(in_app, shown):
    with pytest.raises(InputError, match=r"at most 80|one alphabet"):
        users.checked(NewUser("marie", shown, "", PASSWORD))


@pytest.mark.parametrize(
    "email",
    ["marie", "@x.example", "a@b", "a b@x.example", "a@x.example\nBcc: b@x.example", "a@@x.example",
     "a@x.example,b@x.example", "<a@x.example>", "a@" + "x" * 250 + ".org", "a\u202e@x.example"],
)  # fmt: skip
def test_an_address_is_one_address(in_app, email):
    with pytest.raises(InputError, match="not an e-mail"):
        users.address(email)


def test_names_and_addresses_are_of_one_user_however_they_are_written(in_either):
    make_user("marie", email="Marie@School.example")

    for twin in (person("MARIE"), person("other", email="marie@school.EXAMPLE")):
        columns = users.checked(twin)
        with pytest.raises(InputError, match="taken"):
            users.add(columns, TEACHER, now=NOW)


def test_many_users_may_have_no_address(in_either):
    assert make_user("marie") != make_user("paul")


@pytest.mark.parametrize("change", [users.deactivate, lambda id_: users.change_role(id_, TEACHER)])
def test_the_last_administrator_stays_one(in_either, change):
    make_user("marie")
    make_user("ada", ADMINISTRATOR)

    with pytest.raises(ClosedError, match="last administrator"):
        change(public_id("ada"))


def test_of_two_administrators_who_put_each_other_out_one_stays(in_either):
    for name in ("ada", "eve"):
        make_user(name, ADMINISTRATOR)
    ids = [public_id(name) for name in ("ada", "eve")]

    outcomes = at_once(in_either, [lambda id_=id_: users.deactivate(id_) for id_ in ids])

    assert sum(isinstance(outcome, ClosedError) for outcome in outcomes) == 1


def test_who_is_not_let_in_is_out_at_once_and_cannot_come_back(in_either):
    make_user("marie", email="marie@school.example")
    token, reset = signed_in(), resets.issue(public_id("marie"), None, now=NOW)

    users.deactivate(public_id("marie"))

    assert sessions.find(token, now=NOW) is None
    with pytest.raises(InputError, match="do not go together"):
        signed_in()
    with pytest.raises(NotFoundError):
        resets.set_password(reset, PASSWORD, now=NOW)
    users.activate(public_id("marie"))
    assert signed_in()


def test_another_role_needs_another_session(in_either):
    make_user("ada", ADMINISTRATOR)
    make_user("marie")
    old, bystander = signed_in(), signed_in("ada")

    users.change_role(public_id("marie"), ADMINISTRATOR)

    assert sessions.find(old, now=NOW) is None
    assert sessions.find(bystander, now=NOW)
    new = sessions.find(signed_in(), now=NOW)
    assert new is not None
    assert new.role == ADMINISTRATOR


def test_an_id_that_nobody_has_finds_nobody(in_app):
    make_user()

    for unknown in ("", "1", "marie", "%", "x" * 5000):
        with pytest.raises(NotFoundError):
            users.get_user(unknown)


def test_a_password_is_kept_as_an_argon2id_hash_only(in_app):
    make_user()

    row = db.session.execute(select(User.__table__)).one()

    assert "$argon2id$" in str(row)
    assert PASSWORD not in str(row)
