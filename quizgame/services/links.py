"""One-time links: made, found and spent inside the transactions of those who use them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from quizgame.domain.errors import N_, NotFoundError
from quizgame.models.base import db
from quizgame.models.users import UserLink
from quizgame.services.credentials import digest, new_id, new_token

FIRST = "first"
INVITATION = "invitation"
RESET = "reset"
CODE = "code"
"""Between password and second step of a sign-in."""
NOBODYS = "nobodys"
"""Of an address that nobody has: kept so that asking takes as long, and good for nothing."""

INVITED = timedelta(days=7)
SOON = timedelta(minutes=60)
AT_ONCE = timedelta(minutes=10)

NO_SUCH_LINK = N_(
    "This link does not work: it was used, withdrawn, or is too old. Ask for a new one."
)


def store(link: UserLink) -> str:
    """Keep a new link; return its token, which is told once and kept nowhere."""
    token = new_token()
    link.public_id, link.token_digest = new_id(), digest(token)
    db.session.add(link)
    return token


def find(token: str, purpose: str, *, now: datetime) -> UserLink:
    """Return the link of that token. NotFoundError unless it is for that, and still works."""
    query = select(UserLink).where(
        UserLink.token_digest == digest(token),
        UserLink.purpose == purpose,
        or_(UserLink.expires_at.is_(None), UserLink.expires_at > now),
    )
    link = db.session.scalar(query)
    if link is None:
        raise NotFoundError(NO_SUCH_LINK)
    return link


def spend(link_id: int) -> None:
    """Use a link up. NotFoundError if somebody else just did."""
    query = delete(UserLink).where(UserLink.id == link_id)
    if db.session.connection().execute(query).rowcount != 1:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_LINK)


def drop(*purposes: str, user_id: int) -> None:
    """Make the links of a user for those purposes worthless."""
    query = delete(UserLink).where(UserLink.user_id == user_id, UserLink.purpose.in_(purposes))
    db.session.connection().execute(query)


def drop_old(*, now: datetime) -> None:
    """Clear away what no longer works."""
    query = delete(UserLink).where(UserLink.expires_at <= now)
    db.session.connection().execute(query)
