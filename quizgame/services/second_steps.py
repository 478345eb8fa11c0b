"""The second step of signing in: codes of an authenticator app, and codes to recover with."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update

from quizgame.domain.errors import N_, ClosedError, InputError
from quizgame.models.base import begin_write, db
from quizgame.models.users import RecoveryCode, User
from quizgame.services import tries
from quizgame.services.credentials import ALPHABET, digest

ISSUER = "quizgame"
CODES = 10
CODE_LENGTH = 16
STEP = 30
WRONG_CODE = N_("This code is wrong, or was used already. Wait for the next one.")
NOT_STARTED = N_("Start again: there is no key to confirm.")
ON_ALREADY = N_("The second step is on already.")


def start(user_id: int) -> None:
    """Make a key for an authenticator app; it counts for nothing until a code confirms it.

    ClosedError if the second step is on: whoever holds the browser could swap the app.
    """
    begin_write()
    user = db.session.get_one(User, user_id)
    if user.totp_secret is not None:
        db.session.rollback()
        raise ClosedError(ON_ALREADY)
    user.totp_pending = pyotp.random_base32()
    db.session.commit()


def pending(user_id: int) -> tuple[str, str] | None:
    """Return the key that waits for its first code, and its address for a QR code."""
    query = select(User.totp_pending, User.name).where(User.id == user_id)
    key, name = db.session.execute(query).one()
    return (key, pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)) if key else None


def confirm(user_id: int, code: str, *, now: datetime) -> list[str]:
    """Turn the second step on with a first code of the app; return the codes to recover with."""
    begin_write()
    user = db.session.get_one(User, user_id, with_for_update=True)
    step = _step(user.totp_pending, code, now) if user.totp_pending else None
    if step is None:
        words = WRONG_CODE if user.totp_pending else NOT_STARTED
        db.session.rollback()
        raise InputError(words)
    user.totp_secret, user.totp_pending, user.totp_step = user.totp_pending, None, step
    codes = _renew_codes(user_id)
    db.session.commit()
    return codes


def renew_codes(user_id: int) -> list[str]:
    """Replace the codes to recover with, and return the new ones: told once, kept as digests."""
    begin_write()
    codes = _renew_codes(user_id)
    db.session.commit()
    return codes


def codes_left(user_id: int) -> int:
    """Count the codes to recover with that were not used."""
    query = select(func.count()).where(RecoveryCode.user_id == user_id)
    return db.session.scalar(query) or 0


def turn_off(user_id: int) -> None:
    """Sign in with the password alone from now on."""
    begin_write()
    drop(user_id)
    db.session.commit()


def drop(user_id: int) -> None:
    """Take the second step away, inside a transaction."""
    values = {"totp_secret": None, "totp_pending": None}
    db.session.execute(update(User).where(User.id == user_id).values(values))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def check_code(user_id: int, code: str, *, now: datetime) -> None:
    """Use up a code of the app, or one to recover with. InputError if it is neither or was used."""
    key = f"code:{user_id}"
    tries.spend(key, now=now)
    secret = db.session.scalar(select(User.totp_secret).where(User.id == user_id))
    step = _step(secret, code, now) if secret else None
    connection = begin_write()
    if step is not None:
        newer = update(User).where(User.id == user_id, User.totp_step < step)
        used = connection.execute(newer.values(totp_step=step))
    else:
        mine = delete(RecoveryCode).where(RecoveryCode.user_id == user_id)
        used = connection.execute(mine.where(RecoveryCode.digest == digest(_bare(code))))
    db.session.commit()
    if used.rowcount != 1:
        raise InputError(WRONG_CODE)
    tries.forgive(key)


def _step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half-minute whose code that is: this one, or one before or after it."""
    bare = _bare(code)
    this = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    matches = [
        n for n in (this - 1, this, this + 1) if secrets.compare_digest(totp.at(n * STEP), bare)
    ]
    return matches[-1] if matches else None


def _bare(code: str) -> str:
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum())


def _renew_codes(user_id: int) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=user_id, digest=digest(code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes]
