"""Guessing is slowed down: a counter for each account, shared by all workers.

The other bucket, for where tries come from, is the web's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quizgame.domain.errors import N_, TooManyTriesError
from quizgame.models.base import begin_write, db
from quizgame.models.users import SignInTry
from quizgame.services.credentials import digest

FREE = 5
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(days=1)
WAIT = N_("Too many tries. Wait a few minutes, then try again.")


def key_of(user_id: int | None, typed: str) -> str:
    """Return the key of an account; names that nobody has share 65,536, so nothing piles up."""
    return f"user:{user_id}" if user_id is not None else f"name:{digest(typed)[:4]}"


def spend(key: str, *, now: datetime) -> None:
    """Count a try before it is judged, so that tries at the same moment count as well.

    TooManyTriesError while a try has to wait; such a try does not count, so nobody is locked out.
    """
    begin_write()
    row = db.session.get(SignInTry, key, with_for_update=True)
    if row is None:
        row = SignInTry(key=key, failures=0, tried_at=now)
        db.session.add(row)
    elif now - row.tried_at > FORGOTTEN:
        row.failures = 0
    left = row.tried_at + delay(row.failures) - now
    if left > timedelta(0):
        db.session.rollback()
        raise TooManyTriesError(WAIT, ceil(left.total_seconds()))
    row.failures += 1
    row.tried_at = now
    try:
        db.session.commit()
    except IntegrityError:  # the row was made by another try at the same moment
        db.session.rollback()
        raise TooManyTriesError(WAIT, 1) from None


def forgive(key: str) -> None:
    """Forget the tries of an account whose owner has proved who they are."""
    connection = begin_write()
    connection.execute(delete(SignInTry).where(SignInTry.key == key))
    db.session.commit()


def delay(failures: int) -> timedelta:
    """Return how long to wait after that many failures: nothing at first, then twice as long."""
    if failures < FREE:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE, 20)), LONGEST)
