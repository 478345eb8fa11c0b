"""T-28: a lost password, and what could go wrong about a new one."""

import pytest
from build import NOW
from people import OTHER_PASSWORD, PASSWORD, key_for_codes, make_user, public_id, signed_in
from playing import at_once
from sqlalchemy import select

from quizgame.domain.errors import InputError, NotFoundError, TooManyTriesError
from quizgame.models.base import db
from quizgame.models.users import UserLink
from quizgame.services import accounts, links, resets, second_steps, sessions, tries
from quizgame.services.accounts import Profile


def issue(name="marie"):
    return resets.issue(public_id(name), None, now=NOW)


def is_dead(token, now=NOW):
    """Tell whether a link neither shows its page nor sets a password."""
    for use in (
        lambda: resets.who(token, now=now),
        lambda: resets.set_password(token, OTHER_PASSWORD, now=now),
    ):
        try:
            use()
        except NotFoundError:
            continue
        return False
    return True


@pytest.mark.parametrize("token", ["", "x", "None", "%", "' OR 1=1 --", "\ud800", "x" * 9000])
def test_a_link_that_nobody_made_sets_nothing(in_app, token):
    make_user()
    issue()

    assert is_dead(token)


def test_a_link_sets_a_password_once_and_ends_all_sessions(in_either):
    make_user("marie")
    make_user("paul")
    token, before, noise = issue(), signed_in(), signed_in("paul")

    resets.set_password(token, OTHER_PASSWORD, now=NOW)

    assert is_dead(token)
    assert sessions.find(before, now=NOW) is None
    assert sessions.find(noise, now=NOW)
    assert signed_in(password=OTHER_PASSWORD)
    with pytest.raises(InputError):
        signed_in(password=PASSWORD)


def test_of_many_with_one_link_one_sets_the_password(in_either):
    make_user()
    token = issue()

    outcomes = at_once(in_either, [lambda: resets.set_password(token, OTHER_PASSWORD, now=NOW)] * 5)

    assert outcomes.count(None) == 1


def test_a_link_is_too_old_after_an_hour(in_app):
    make_user()

    assert is_dead(issue(), NOW + links.SOON)


def test_a_newer_link_makes_the_older_worthless(in_either):
    make_user()
    old, new = issue(), issue()

    assert is_dead(old)
    assert resets.who(new, now=NOW) == "marie"


def test_a_link_for_one_does_nothing_to_the_link_of_another(in_app):
    make_user("marie")
    make_user("paul")
    theirs = issue("paul")
    issue("marie")

    assert resets.who(theirs, now=NOW) == "paul"


def test_a_link_is_worthless_after_another_address_or_password(in_either):
    user = make_user("marie", email="marie@school.example")
    token = issue()
    changed = Profile("Marie", "marie@other.example", "")
    accounts.change_profile(user, changed, PASSWORD, now=NOW)
    assert is_dead(token)

    token, visit = issue(), sessions.find(signed_in(), now=NOW)
    accounts.change_password(visit, PASSWORD, OTHER_PASSWORD, now=NOW)
    assert is_dead(token)


def test_a_weak_password_leaves_the_link_good(in_app):
    make_user()
    token = issue()

    with pytest.raises(InputError):
        resets.set_password(token, "password12", now=NOW)
    resets.set_password(token, OTHER_PASSWORD, now=NOW)


def test_the_second_step_stays_after_a_reset(in_app):
    user = make_user()
    key_for_codes(user)

    resets.set_password(issue(), OTHER_PASSWORD, now=NOW)

    assert sessions.sign_in("marie", OTHER_PASSWORD, now=NOW)[1] is False
    assert second_steps.codes_left(user) == second_steps.CODES


def test_a_reset_ends_the_waiting_after_wrong_tries(in_app):
    make_user()
    for _ in range(tries.FREE):
        with pytest.raises(InputError):
            signed_in(password=OTHER_PASSWORD)

    resets.set_password(issue(), OTHER_PASSWORD, now=NOW)

    assert signed_in(password=OTHER_PASSWORD)


def test_asking_by_an_unknown_address_does_the_same_work_and_makes_nothing_that_works(in_either):
    make_user("marie", email="marie@school.example")

    known = resets.request("Marie@School.example", now=NOW)
    unknown = resets.request("nobody@school.example", now=NOW)

    assert resets.who(known, now=NOW) == "marie"
    assert unknown is None
    rows = db.session.scalars(select(UserLink)).all()
    assert sorted(row.purpose for row in rows) == [links.NOBODYS, links.RESET]


@pytest.mark.parametrize("email", ["marie@school.example", "nobody@school.example"])
def test_an_address_cannot_be_flooded_with_mail(in_app, email):
    make_user("marie", email="marie@school.example")
    for _ in range(tries.FREE):
        resets.request(email, now=NOW)

    with pytest.raises(TooManyTriesError):
        resets.request(email, now=NOW)


def test_tokens_are_kept_as_digests(in_app):
    make_user()
    token = issue()

    assert token not in str(db.session.execute(select(UserLink.__table__)).all())
