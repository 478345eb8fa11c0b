"""A new password for somebody who has lost theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from quizgame.models.base import begin_write, db
from quizgame.models.users import User, UserLink
from quizgame.services import links, passwords, sessions, tries, users


def issue(public_id: str, made_by: int | None, *, now: datetime) -> str:
    """Make a link by which a user can set a password, once, within the hour; return its token.

    NotFoundError if there is no such user. Links made for them before stop working.
    """
    begin_write()
    user = users.get_user(public_id)
    token = _store(user.id, made_by, now)
    db.session.commit()
    return token


def request(email: str, *, now: datetime) -> str | None:
    """Make a link for whoever has that address; return its token, or None if nobody has it.

    The work is the same for both. TooManyTriesError if the address was asked for often.
    """
    word = email.strip().casefold()
    tries.spend(f"mail:{tries.key_of(None, word)}", now=now)
    query = select(User.id).where(User.email == word, User.is_active)
    user_id = db.session.scalar(query)
    begin_write()
    token = _store(user_id, None, now)
    db.session.commit()
    return token if user_id is not None else None


def who(token: str, *, now: datetime) -> str:
    """Return the name of the user whom a link is for. NotFoundError if it does not work."""
    link = links.find(token, links.RESET, now=now)
    query = select(User.name).where(User.id == link.user_id, User.is_active)
    return db.session.scalars(query).one()


def set_password(token: str, password: str, *, now: datetime) -> None:
    """Set a password by a link, and end all sessions of its user: they sign in with the new one.

    NotFoundError if the link does not work, InputError if the password will not do.
    """
    link = links.find(token, links.RESET, now=now)
    link_id, user_id = link.id, link.user_id
    assert user_id is not None
    user = db.session.get_one(User, user_id)
    passwords.refuse_weak(password, [user.name, user.display_name, user.email or ""])
    kept = passwords.hash_password(password)
    begin_write()
    links.spend(link_id)
    db.session.execute(update(User).where(User.id == user_id).values(password_hash=kept))
    sessions.drop(user_id)
    db.session.commit()
    tries.forgive(tries.key_of(user_id, ""))


def _store(user_id: int | None, made_by: int | None, now: datetime) -> str:
    links.drop_old(now=now)
    if user_id is not None:
        links.drop(links.RESET, user_id=user_id)
    expires = now + links.SOON
    purpose = links.RESET if user_id is not None else links.NOBODYS
    return links.store(
        UserLink(
            purpose=purpose, user_id=user_id, made_by_id=made_by, made_at=now, expires_at=expires
        )
    )
