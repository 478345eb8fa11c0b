"""How users come in: by the link of the first start, or by an administrator's invitation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from quizgame.domain.errors import NotFoundError
from quizgame.models.base import begin_write, db
from quizgame.models.users import User, UserLink
from quizgame.services import links, users
from quizgame.services.users import ADMINISTRATOR, NewUser


def make_first_link(*, now: datetime) -> str | None:
    """Make the link by which the first teacher comes in, as administrator; None if somebody did.

    Any such link that was made before stops working.
    """
    begin_write()
    token = None
    if users.is_empty():
        token = _store_first(UserLink(purpose=links.FIRST, made_at=now))
    db.session.commit()
    return token


def make_rescue_link(*, now: datetime) -> str:
    """Make a link for one more administrator, whoever is there already: it works for an hour."""
    begin_write()
    token = _store_first(UserLink(purpose=links.FIRST, made_at=now, expires_at=now + links.SOON))
    db.session.commit()
    return token


def invite(made_by: int, role: str, email: str, *, now: datetime) -> str:
    """Invite somebody by a link that works once, within a week; return its token.

    InputError if the e-mail address cannot be one; none need be given.
    """
    invitation = UserLink(
        purpose=links.INVITATION,
        made_by_id=made_by,
        role=role,
        email=users.address(email),
        made_at=now,
        expires_at=now + links.INVITED,
    )
    begin_write()
    links.drop_old(now=now)
    token = links.store(invitation)
    db.session.commit()
    return token


def open_invitations(*, now: datetime) -> list[tuple[UserLink, str]]:
    """Return the invitations that nobody has taken up yet, each with who made it; newest first."""
    query = (
        select(UserLink, User.display_name)
        .join(User, User.id == UserLink.made_by_id)
        .where(UserLink.purpose == links.INVITATION, UserLink.expires_at > now)
        .order_by(UserLink.made_at.desc(), UserLink.id.desc())
    )
    return [(link, maker) for link, maker in db.session.execute(query)]


def revoke(public_id: str) -> None:
    """Withdraw an invitation. NotFoundError if there is none of that id, or it was taken up."""
    connection = begin_write()
    query = delete(UserLink).where(
        UserLink.public_id == public_id, UserLink.purpose == links.INVITATION
    )
    revoked = connection.execute(query)
    db.session.commit()
    if revoked.rowcount != 1:
        raise NotFoundError(links.NO_SUCH_LINK)


def accept(token: str, purpose: str, person: NewUser, *, now: datetime) -> int:
    """Let somebody in by a link, and return the id of the user they are from now on.

    NotFoundError if the link does not work, InputError if what they typed will not do. Of two who
    use one link at once, one comes in.
    """
    links.find(token, purpose, now=now)
    columns = users.checked(person)
    begin_write()
    link = links.find(token, purpose, now=now)
    role = link.role or ADMINISTRATOR
    links.spend(link.id)
    user = users.add(columns, role, now=now)
    db.session.commit()
    return user.id


def _store_first(link: UserLink) -> str:
    db.session.execute(delete(UserLink).where(UserLink.purpose == links.FIRST))
    return links.store(link)
