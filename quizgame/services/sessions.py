"""Sessions: signing in, which browsers are signed in, and when that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from quizgame.domain.errors import N_, InputError, NotFoundError
from quizgame.models.base import begin_write, db
from quizgame.models.users import User, UserLink, UserSession
from quizgame.services import links, passwords, second_steps, tries
from quizgame.services.credentials import digest, new_id, new_token

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
"""How exact "last seen" is: a write at every look would be a waste."""

NOT_TOGETHER = N_("This name and password do not go together. Check both.")
WRONG_PASSWORD = N_("That is not your password.")
NO_SUCH_SESSION = N_("This session has ended already.")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is signed in in a browser, and by which session."""

    session_id: int
    user_id: int
    role: str
    display_name: str
    language: str


def sign_in(typed: str, password: str, *, now: datetime) -> tuple[str, bool]:
    """Check a name or e-mail address and a password.

    Returns a token, and whether it is that of a session; if not, the second step is still to come.
    InputError, always the same, if they do not go together; TooManyTriesError if it has to wait.
    """
    query = select(User.id, User.password_hash, User.is_active, User.totp_secret)
    word = typed.strip().casefold()
    row = db.session.execute(query.where(or_(User.name == word, User.email == word))).one_or_none()
    key = tries.key_of(row.id if row else None, word)
    tries.spend(key, now=now)
    is_right = passwords.is_right(password, row.password_hash if row else None)
    if row is None or not is_right or not row.is_active:
        raise InputError(NOT_TOGETHER)
    tries.forgive(key)
    if passwords.is_outdated(row.password_hash):
        _hash_again(row.id, row.password_hash, password)
    if row.totp_secret is None:
        return begin(row.id, now=now), True
    begin_write()
    links.drop_old(now=now)
    expires = now + links.AT_ONCE
    step = UserLink(purpose=links.CODE, user_id=row.id, made_at=now, expires_at=expires)
    token = links.store(step)
    db.session.commit()
    return token, False


def _hash_again(user_id: int, outdated: str, password: str) -> None:
    """Keep a right password at the costs of today, unless it has been changed meanwhile."""
    kept = passwords.hash_password(password)
    connection = begin_write()
    same = (User.id == user_id) & (User.password_hash == outdated)
    connection.execute(update(User).where(same).values(password_hash=kept))
    db.session.commit()


def take_second_step(token: str, code: str, *, now: datetime) -> str:
    """Check the code of a user whose password was right; return the token of their new session.

    NotFoundError if the password is too long ago, InputError if the code is wrong or was used.
    """
    link = links.find(token, links.CODE, now=now)
    link_id, user_id = link.id, link.user_id
    assert user_id is not None
    second_steps.check_code(user_id, code, now=now)
    begin_write()
    links.spend(link_id)
    db.session.commit()
    return begin(user_id, now=now)


def begin(user_id: int, *, now: datetime) -> str:
    """Begin a session; return its token, which is always a new one."""
    token = new_token()
    begin_write()
    db.session.execute(delete(UserSession).where(_is_over(now)))
    session = UserSession(
        public_id=new_id(),
        token_digest=digest(token),
        user_id=user_id,
        begun_at=now,
        seen_at=now,
    )
    db.session.add(session)
    db.session.commit()
    return token


def find(token: str, *, now: datetime) -> Visit | None:
    """Return who holds a token, unless that session is over; note that they were seen."""
    query = (
        select(UserSession.id, UserSession.seen_at, User)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_digest == digest(token), ~_is_over(now), User.is_active)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    session_id, seen_at, user = row
    visit = Visit(session_id, user.id, user.role, user.display_name, user.language)
    if now - seen_at >= SEEN_EVERY:
        connection = begin_write()
        seen = update(UserSession).where(UserSession.id == session_id).values(seen_at=now)
        connection.execute(seen)
        db.session.commit()
    return visit


def sessions_of(user_id: int, *, now: datetime) -> list[UserSession]:
    """Return the sessions of a user, the last seen first."""
    query = select(UserSession).where(UserSession.user_id == user_id, ~_is_over(now))
    return list(db.session.scalars(query.order_by(UserSession.seen_at.desc(), UserSession.id)))


def end(user_id: int, public_id: str) -> None:
    """End one session of a user. NotFoundError if there is no such session of theirs."""
    connection = begin_write()
    query = delete(UserSession).where(
        UserSession.user_id == user_id, UserSession.public_id == public_id
    )
    ended = connection.execute(query)
    db.session.commit()
    if ended.rowcount != 1:
        raise NotFoundError(NO_SUCH_SESSION)


def sign_out(token: str) -> None:
    """End the session of a token, if there is one."""
    connection = begin_write()
    connection.execute(delete(UserSession).where(UserSession.token_digest == digest(token)))
    db.session.commit()


def sign_out_everywhere(user_id: int) -> None:
    """End all sessions of a user."""
    begin_write()
    drop(user_id)
    db.session.commit()


def drop(user_id: int, *, but: int | None = None) -> None:
    """End the sessions of a user but one, and sign-ins half done, inside a transaction."""
    db.session.execute(
        delete(UserSession).where(UserSession.user_id == user_id, UserSession.id != (but or 0))
    )
    links.drop(links.CODE, user_id=user_id)


def prove(user_id: int, password: str, *, now: datetime) -> None:
    """Raise InputError unless that is the password of a user; guessing is slowed down."""
    query = select(User.password_hash).where(User.id == user_id)
    kept = db.session.scalar(query)
    key = tries.key_of(user_id, "")
    tries.spend(key, now=now)
    if not passwords.is_right(password, kept):
        raise InputError(WRONG_PASSWORD)
    tries.forgive(key)


def _is_over(now: datetime):  # type: ignore[no-untyped-def]
    return or_(UserSession.seen_at <= now - IDLE, UserSession.begun_at <= now - ABSOLUTE)
