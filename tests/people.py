"""Users for tests, and how they sign in."""

from __future__ import annotations

from datetime import datetime

import pyotp
from build import NOW
from page import Page, Visitor

from quizgame.models.base import begin_write, db
from quizgame.services import second_steps, sessions, users
from quizgame.services.users import ADMINISTRATOR, TEACHER, NewUser

PASSWORD = "kitten umbrella 9"
OTHER_PASSWORD = "lantern gravel 41"
PUBLIC = "http://127.0.0.1:5000"

__all__ = ["ADMINISTRATOR", "TEACHER"]


def person(name: str = "marie", password: str = PASSWORD, email: str = "") -> NewUser:
    """What somebody types who comes in."""
    return NewUser(name, name.capitalize(), email, password)


def make_user(name: str = "marie", role: str = TEACHER, email: str = "") -> int:
    """Make a user in the database that is open; return the id."""
    columns = users.checked(person(name, email=email))
    begin_write()
    user = users.add(columns, role, now=NOW)
    db.session.commit()
    return user.id


def public_id(name: str) -> str:
    """The id by which pages name a user."""
    found = users.find_by_name(name).public_id
    db.session.rollback()
    return found


def signed_in(name: str = "marie", password: str = PASSWORD, now: datetime = NOW) -> str:
    """Sign a user in by the services; return the token of the session."""
    token, is_in = sessions.sign_in(name, password, now=now)
    assert is_in
    return token


def key_for_codes(user_id: int, now: datetime = NOW) -> tuple[str, list[str]]:
    """Turn the second step of a user on; return the app's key, and the codes to recover with."""
    second_steps.start(user_id)
    waiting = second_steps.pending(user_id)
    assert waiting is not None
    return waiting[0], second_steps.confirm(user_id, code(waiting[0], now), now=now)


def code(key: str, now: datetime) -> str:
    """What an authenticator app shows."""
    return pyotp.TOTP(key).at(now)


def fill(visitor: Visitor, page: Page, action: str, **fields: str) -> Page:
    """Send the form of a page that goes to an address ending like that."""
    [form] = [f for f in page.select("form") if str(f["action"]).endswith(action)]
    sent = {str(i["name"]): str(i.get("value", "")) for i in form.select("input")}
    sent |= {str(s["name"]): selected(s) for s in form.select("select")}
    assert fields.keys() <= sent.keys()
    data = {**sent, **fields}
    return Page(visitor.client.post(str(form["action"]), data=data, follow_redirects=True))


def selected(select: object) -> str:
    option = select.select_one("option[selected]") or select.select_one("option")  # type: ignore[attr-defined]
    return str(option["value"])


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD, path: str = "/sign-in") -> Page:
    """Sign in by the page."""
    return fill(visitor, visitor.get(path), "/sign-in", name=name, password=password)
