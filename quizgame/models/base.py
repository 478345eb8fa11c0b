"""The database: base of all tables, types that columns share, and how SQLite is opened."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

import msgspec
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Engine, MetaData, event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlalchemy.types import TypeDecorator

from quizgame.domain.errors import N_, BusyError

BUSY = N_("The game is very busy just now. Nothing was changed; try again in a moment.")
SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
WRITES = "quizgame_writes"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "cache_size=-65536",
    "mmap_size=268435456",
)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite drops zones: they are put back. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A domain value that is read and written whole, as JSON."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: type[Any]) -> None:
        self.shape = shape
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Store plain JSON."""
        return msgspec.to_builtins(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the domain value."""
        return msgspec.convert(value, self.shape)


class Base(DeclarativeBase):
    """What all tables share: types by annotation, and names for every constraint."""

    registry = registry(type_annotation_map={datetime: UTCDateTime, dict[str, Any]: JSON})
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, record: Any) -> None:
    """Open SQLite so that an acknowledged answer survives, and writers wait for each other."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write.

    A read transaction that turns into a write fails at once with "database is locked",
    whatever the busy timeout.
    """
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(Engine, "handle_error")
def _tell_busy(context: ExceptionContext) -> None:
    """Raise BusyError where the database is locked for too long, or is gone.

    PostgreSQL's driver calls all such an operational error; SQLite's calls other things so as well.
    """
    error = context.original_exception
    if isinstance(error, sqlite3.Error):
        is_busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in SQLITE_BUSY
    else:
        is_busy = isinstance(context.sqlalchemy_exception, OperationalError)
    if is_busy:
        raise BusyError(BUSY) from error


class BusyPool(QueuePool):
    """Connections to the database. Where all stay in use for too long, somebody is told so."""

    def connect(self) -> PoolProxiedConnection:
        """Lend a connection. Raises BusyError."""
        try:
            return super().connect()
        except PoolTimeoutError:
            raise BusyError(BUSY) from None


def begin_write() -> Connection:
    """Start the transaction of a service that writes, and return its connection.

    What was read before is given up, so that the service decides on what it reads now.
    """
    db.session.rollback()
    return db.session.connection(execution_options={WRITES: True})
