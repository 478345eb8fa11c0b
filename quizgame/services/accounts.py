"""One's own account: profile, password, everything that is kept, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from quizgame.models.base import begin_write, db
from quizgame.models.users import SignInTry, User, UserLink
from quizgame.services import departures, links, passwords, second_steps, sessions, tries, users
from quizgame.services.belongings import belongings
from quizgame.services.credentials import new_id


@dataclass(frozen=True, slots=True)
class Profile:
    """What a user says of themselves; "" stands for no address, and for the browser's language."""

    display_name: str
    email: str
    language: str


def get_account(user_id: int) -> User:
    """Return the user who is signed in."""
    return db.session.get_one(User, user_id)


def change_profile(user_id: int, profile: Profile, password: str, *, now: datetime) -> None:
    """Keep another profile. Another e-mail address asks for the password: resets are sent there.

    InputError if something will not do, or the password is wrong.
    """
    shown, email = users.shown_name(profile.display_name), users.address(profile.email)
    is_new = email != db.session.get_one(User, user_id).email
    if is_new:
        sessions.prove(user_id, password, now=now)
    begin_write()
    user = db.session.get_one(User, user_id)
    user.display_name, user.email, user.language = shown, email, profile.language
    users.flush_unless_taken()
    if is_new:
        links.drop(links.RESET, user_id=user_id)
    db.session.commit()


def change_password(visit: sessions.Visit, old: str, new: str, *, now: datetime) -> None:
    """Change a password, and end all other sessions and links of the user.

    InputError if the old one is wrong or the new one will not do.
    """
    sessions.prove(visit.user_id, old, now=now)
    user = db.session.get_one(User, visit.user_id)
    passwords.refuse_weak(new, [user.name, user.display_name, user.email or ""])
    kept = passwords.hash_password(new)
    begin_write()
    db.session.execute(update(User).where(User.id == visit.user_id).values(password_hash=kept))
    sessions.drop(visit.user_id, but=visit.session_id)
    links.drop(links.RESET, user_id=visit.user_id)
    db.session.commit()


def export(user_id: int, *, now: datetime) -> dict[str, Any]:
    """Return everything that is kept about a user, without secrets, as plain JSON."""
    user = db.session.get_one(User, user_id)
    made = select(UserLink).where(UserLink.made_by_id == user_id, UserLink.expires_at > now)
    return {
        "format": "quizgame-account/1",
        "exported_at": now.isoformat(),
        "user": {
            "id": user.public_id,
            "name": user.name,
            "display_name": user.display_name,
            "email": user.email,
            "language": user.language,
            "role": user.role,
            "created_at": user.created_at.isoformat(),
            "has_second_step": user.totp_secret is not None,
            "recovery_codes_left": second_steps.codes_left(user_id),
        },
        "sessions": [
            {"begun_at": s.begun_at.isoformat(), "seen_at": s.seen_at.isoformat()}
            for s in sessions.sessions_of(user_id, now=now)
        ],
        "links_made_for_others": [
            {"purpose": link.purpose, "made_at": link.made_at.isoformat(), "email": link.email}
            for link in db.session.scalars(made.order_by(UserLink.id))
        ],
        **belongings(user_id),
    }


def delete_account(
    user_id: int, password: str, sets: str = departures.LEAVE, *, now: datetime
) -> None:
    """Take a user's name, address, password, sessions, links and private works away.

    The bare row stays: what they shared keeps pointing at it. `sets` says what becomes of their
    published sets, as `departures` has it. InputError if the password is wrong, ClosedError if
    nobody else could administer.
    """
    sessions.prove(user_id, password, now=now)
    begin_write()
    user = db.session.get_one(User, user_id)
    users.keep_an_administrator(user)
    departures.clear(user, sets, now=now)
    sessions.drop(user_id)
    second_steps.drop(user_id)
    mine = (UserLink.user_id == user_id) | (UserLink.made_by_id == user_id)
    db.session.execute(delete(UserLink).where(mine))
    keys = [tries.key_of(user_id, ""), f"code:{user_id}"]
    db.session.execute(delete(SignInTry).where(SignInTry.key.in_(keys)))
    db.session.refresh(user)
    user.name, user.email, user.display_name = f"~{new_id()}", None, ""
    user.password_hash, user.language, user.is_active = "", "", False
    user.deleted_at = now
    db.session.commit()
