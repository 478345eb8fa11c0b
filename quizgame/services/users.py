"""Users: who there is, who may do what, and who may come in no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from quizgame.domain.errors import N_, ClosedError, InputError, NotFoundError
from quizgame.domain.lettering import TRICKS, plays_tricks
from quizgame.models.base import begin_write, db
from quizgame.models.users import User
from quizgame.services import links, passwords, second_steps, sessions
from quizgame.services.credentials import new_id

ADMINISTRATOR = "administrator"
TEACHER = "teacher"
ROLES: Mapping[str, str] = MappingProxyType(
    {TEACHER: N_("teacher"), ADMINISTRATOR: N_("administrator")}
)

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.[^\s@<>\"(),:;\\\[\]]+")
MOST_SHOWN = 80

NO_SUCH_USER = N_("There is no such user.")
ODD_NAME = N_("A user name has 3 to 40 letters a-z, figures, dots and hyphens.")
ODD_SHOWN = N_("Write the name that others see in at most 80 characters.")
ODD_EMAIL = N_("This is not an e-mail address.")
TAKEN = N_("This user name or e-mail address is taken.")
LAST_ADMINISTRATOR = N_("This is the last administrator. Make another one first.")


@dataclass(frozen=True, slots=True)
class NewUser:
    """What somebody says of themselves when they come in."""

    name: str
    display_name: str
    email: str
    password: str


def get_user(public_id: str) -> User:
    """Return a user who has not left. NotFoundError if there is none of that id."""
    query = select(User).where(User.public_id == public_id, User.deleted_at.is_(None))
    user = db.session.scalar(query)
    if user is None:
        raise NotFoundError(NO_SUCH_USER)
    return user


def find_by_name(typed: str) -> User:
    """Return the user of a name or e-mail address. NotFoundError if there is none."""
    word = typed.strip().casefold()
    query = select(User).where((User.name == word) | (User.email == word))
    user = db.session.scalar(query.where(User.deleted_at.is_(None)))
    if user is None:
        raise NotFoundError(NO_SUCH_USER)
    return user


def all_users() -> list[User]:
    """Return everybody who has not left, by name."""
    return list(
        db.session.scalars(select(User).where(User.deleted_at.is_(None)).order_by(User.name))
    )


def is_empty() -> bool:
    """Tell whether nobody ever came in."""
    return db.session.scalar(select(func.count()).select_from(User)) == 0


def checked(person: NewUser) -> dict[str, Any]:
    """Return the columns of a new user, hash included. InputError if something will not do."""
    name = person.name.strip().casefold()
    if not NAME.fullmatch(name):
        raise InputError(ODD_NAME)
    shown, email = shown_name(person.display_name or name), address(person.email)
    passwords.refuse_weak(person.password, [name, shown, email or ""])
    return {
        "name": name,
        "display_name": shown,
        "email": email,
        "password_hash": passwords.hash_password(person.password),
    }


def add(columns: Mapping[str, Any], role: str, *, now: datetime) -> User:
    """Add a user inside a transaction. InputError if the name or address is taken."""
    user = User(
        **columns,
        public_id=new_id(),
        role=role,
        language="",
        is_active=True,
        created_at=now,
        totp_step=0,
    )
    db.session.add(user)
    flush_unless_taken()
    return user


def flush_unless_taken() -> None:
    """Write what has changed. InputError, and nothing changed, if a name or address is taken."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise InputError(TAKEN) from None


def shown_name(typed: str) -> str:
    """Return the name that others see. InputError if it is none, or would play tricks on them."""
    shown = " ".join(normalize("NFC", typed).split())
    if not 1 <= len(shown) <= MOST_SHOWN:
        raise InputError(ODD_SHOWN)
    if plays_tricks(shown):
        raise InputError(TRICKS)
    return shown


def address(typed: str) -> str | None:
    """Return an e-mail address, or None if none was given. InputError if it cannot be one."""
    email = normalize("NFC", typed).strip().casefold()
    if email and (len(email) > 254 or not EMAIL.fullmatch(email) or not email.isprintable()):
        raise InputError(ODD_EMAIL)
    return email or None


def change_role(public_id: str, role: str) -> None:
    """Give a user another role; they sign in anew, so no old session has new rights.

    ClosedError if that would leave nobody to administer.
    """
    begin_write()
    user = get_user(public_id)
    if user.role != role:
        if role != ADMINISTRATOR:
            keep_an_administrator(user)
        user.role = role
        sessions.drop(user.id)
    db.session.commit()


def deactivate(public_id: str) -> None:
    """Let a user in no more, from now on; everything of theirs is kept."""
    begin_write()
    user = get_user(public_id)
    keep_an_administrator(user)
    user.is_active = False
    sessions.drop(user.id)
    links.drop(links.RESET, user_id=user.id)
    db.session.commit()


def activate(public_id: str) -> None:
    """Let a user in again."""
    begin_write()
    get_user(public_id).is_active = True
    db.session.commit()


def take_second_step_away(public_id: str) -> None:
    """Let a user who has lost their phone and codes sign in with the password alone."""
    begin_write()
    user = get_user(public_id)
    second_steps.drop(user.id)
    sessions.drop(user.id)
    db.session.commit()


def keep_an_administrator(leaving: User) -> None:
    """Raise ClosedError if without that user nobody could administer; inside a transaction."""
    if leaving.role != ADMINISTRATOR:
        return
    query = select(User.id).where(User.role == ADMINISTRATOR, User.is_active).with_for_update()
    if set(db.session.scalars(query)) <= {leaving.id}:
        db.session.rollback()
        raise ClosedError(LAST_ADMINISTRATOR)
