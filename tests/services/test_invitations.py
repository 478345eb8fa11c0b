"""The link of the first start, and invitations."""

from datetime import timedelta

import pytest
from build import NOW
from people import ADMINISTRATOR, OTHER_PASSWORD, TEACHER, make_user, person, signed_in
from playing import at_once
from sqlalchemy import select

from quizgame.domain.errors import InputError, NotFoundError
from quizgame.models.base import db
from quizgame.models.users import User, UserLink
from quizgame.services import invitations, links, resets, users


def invite(role=TEACHER, now=NOW):
    """Make an invitation, by an administrator who is made for that."""
    try:
        admin = users.find_by_name("ada").id
    except NotFoundError:
        admin = make_user("ada", ADMINISTRATOR)
    return invitations.invite(admin, role, "", now=now)


def role_of(user_id):
    return db.session.get_one(User, user_id).role


def test_there_is_no_way_in_without_a_link(in_app):
    make_user("ada", ADMINISTRATOR)

    for token in ("", "x", "None", "%", "' OR 1=1 --", "\ud800", "x" * 9000):
        for purpose in (links.FIRST, links.INVITATION):
            with pytest.raises(NotFoundError):
                invitations.accept(token, purpose, person(), now=NOW)


def test_the_first_link_makes_one_administrator(in_either):
    token = invitations.make_first_link(now=NOW)

    assert role_of(invitations.accept(token, links.FIRST, person(), now=NOW)) == ADMINISTRATOR
    with pytest.raises(NotFoundError):
        invitations.accept(token, links.FIRST, person("paul"), now=NOW)
    assert invitations.make_first_link(now=NOW) is None


def test_each_start_makes_another_first_link(in_either):
    old, new = (invitations.make_first_link(now=NOW) for _ in range(2))

    with pytest.raises(NotFoundError):
        invitations.accept(old, links.FIRST, person(), now=NOW)
    assert invitations.accept(new, links.FIRST, person(), now=NOW + timedelta(days=900))


def test_of_many_with_the_first_link_one_comes_in(in_either):
    token = invitations.make_first_link(now=NOW)

    found = at_once(
        in_either,
        [
            lambda n=n: invitations.accept(token, links.FIRST, person(f"user{n}"), now=NOW)
            for n in range(6)
        ],
    )

    assert sum(isinstance(outcome, int) for outcome in found) == 1
    assert len(users.all_users()) == 1


def test_a_rescue_link_makes_one_more_administrator_within_the_hour(in_app):
    make_user("ada", ADMINISTRATOR)
    late, good = (invitations.make_rescue_link(now=NOW) for _ in range(2))

    for token, now in ((late, NOW), (good, NOW + links.SOON)):
        with pytest.raises(NotFoundError):
            invitations.accept(token, links.FIRST, person(), now=now)
    assert role_of(invitations.accept(good, links.FIRST, person(), now=NOW)) == ADMINISTRATOR


@pytest.mark.parametrize("role", [TEACHER, ADMINISTRATOR])
def test_an_invitation_lets_one_in_with_the_role_it_says(in_either, role):
    token = invite(role)

    assert role_of(invitations.accept(token, links.INVITATION, person(), now=NOW)) == role
    with pytest.raises(NotFoundError):
        invitations.accept(token, links.INVITATION, person("paul"), now=NOW)


def test_an_invitation_ends_after_a_week(in_app):
    token = invite()

    with pytest.raises(NotFoundError):
        invitations.accept(token, links.INVITATION, person(), now=NOW + links.INVITED)
    assert invitations.open_invitations(now=NOW + links.INVITED) == []


def test_a_withdrawn_invitation_works_no_more(in_either):
    token, other = invite(), invite()
    [_, (mine, maker)] = invitations.open_invitations(now=NOW)
    assert maker == "Ada"

    invitations.revoke(mine.public_id)

    with pytest.raises(NotFoundError):
        invitations.accept(token, links.INVITATION, person(), now=NOW)
    assert invitations.accept(other, links.INVITATION, person(), now=NOW)


def test_only_invitations_can_be_withdrawn(in_app):
    make_user("ada", ADMINISTRATOR)
    resets.issue(users.find_by_name("ada").public_id, None, now=NOW)
    reset = db.session.scalars(select(UserLink)).one().public_id

    with pytest.raises(NotFoundError):
        invitations.revoke(reset)


def test_a_link_is_for_its_purpose_only(in_app):
    first = invitations.make_first_link(now=NOW)
    invited = invite()
    reset = resets.issue(users.find_by_name("ada").public_id, None, now=NOW)

    for token, purpose in [
        (first, links.INVITATION),
        (invited, links.FIRST),
        (reset, links.FIRST),
        (reset, links.INVITATION),
    ]:
        with pytest.raises(NotFoundError):
            invitations.accept(token, purpose, person(), now=NOW)
    for token in (first, invited):
        with pytest.raises(NotFoundError):
            resets.set_password(token, OTHER_PASSWORD, now=NOW)


def test_what_will_not_do_leaves_the_link_good(in_either):
    token = invite()

    for odd in (person(password="short"), person("ada"), person(email="x")):
        with pytest.raises(InputError):
            invitations.accept(token, links.INVITATION, odd, now=NOW)
    invitations.accept(token, links.INVITATION, person(), now=NOW)
    assert signed_in()


def test_tokens_of_links_are_kept_as_digests(in_app):
    token = invite()

    assert token not in str(db.session.execute(select(UserLink.__table__)).all())
    assert len(token) >= 43  # 256 bits
