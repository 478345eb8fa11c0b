"""One commit for all who wait: how answers that arrive together are stored.

A commit waits for the disk, and SQLite commits one transaction at a time. So whoever comes first
leads: it runs the work of all who wait in one transaction, each in a savepoint, and commits once.
Nobody goes on before that, so nothing is acknowledged that is not stored. PostgreSQL lets commits
share the disk by itself; there each piece of work has a transaction of its own.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from quizgame.domain.errors import BusyError
from quizgame.models.base import BUSY, begin_write, db

T = TypeVar("T")
Work = Callable[[Connection], T]

MOST_WAITING = 5000
MOST_TOGETHER = 200


def write(work: Work[T]) -> T:
    """Run work in a transaction; return what it returned, once that is committed.

    If it raises, or the commit fails, nothing of it is stored. It gets a connection and must not
    use a session: it may be run by whoever leads. BusyError if too many wait already.
    """
    db.session.rollback()
    engine = db.engine
    if engine.dialect.name != "sqlite":
        return _alone(work)
    job = _writers.setdefault(engine, Writer()).write(work)
    if job.error is not None:
        raise job.error
    value: T = job.value
    return value


def _alone(work: Work[T]) -> T:
    connection = begin_write()
    try:
        value = work(connection)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return value


class Job:
    """Work that waits to be done, and then what came of it."""

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.value: Any = None
        self.error: Exception | None = None
        self.is_over = False

    def run(self, connection: Connection) -> None:
        """Do the work; if it raises, take back what it wrote, and nothing else."""
        driver: Any = connection.connection.driver_connection
        driver.execute("SAVEPOINT job")
        try:
            self.value = self.work(connection)
        except Exception as error:
            driver.execute("ROLLBACK TO job")
            self.error = error
        driver.execute("RELEASE job")


class Writer:
    """The line before the write lock of one database."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self._turn = threading.Lock()

    def write(self, work: Work[Any]) -> Job:
        """Wait until the work is done and committed, or has failed."""
        if len(self._waiting) >= MOST_WAITING:
            raise BusyError(BUSY)
        job = Job(work)
        self._waiting.append(job)
        time.sleep(0)  # who is about to ask comes along
        with self._turn:
            while not job.is_over:
                self._lead()
        return job

    def _lead(self) -> None:
        jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
        try:
            connection = begin_write()
            for job in jobs:
                job.run(connection)
            db.session.commit()
        except BaseException as error:
            for job in jobs:
                job.error = error if isinstance(error, Exception) else BusyError(BUSY)
            db.session.rollback()
            if not isinstance(error, Exception):
                raise
        finally:
            for job in jobs:
                job.is_over = True


_writers: WeakKeyDictionary[Engine, Writer] = WeakKeyDictionary()
