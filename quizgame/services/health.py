"""Whether the installation is well."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizgame.domain.errors import BusyError
from quizgame.models.base import db
from quizgame.version import VERSION

ENOUGH = 1_000_000_000
"""Bytes: below that somebody should make room."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the installation is, for who administers it. `free` is in bytes, None if not known."""

    version: str
    schema: str
    database: str
    is_reached: bool
    free: int | None

    @property
    def is_well(self) -> bool:
        """Tell whether nobody has to do anything."""
        return self.is_reached and self.free is not None and self.free >= ENOUGH


def look(folder: Path) -> Health:
    """Look after the installation whose data are in that folder."""
    state = report()
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = None
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    return Health(
        version=state["version"],
        schema=str(state["schema"] or ""),
        database=names.get(db.engine.dialect.name, db.engine.dialect.name),
        is_reached=state["database"] == "ok",
        free=free,
    )


def report() -> dict[str, Any]:
    """Return version, schema revision and the state of the database: "ok" or "unreachable"."""
    state: dict[str, Any] = {"version": VERSION, "schema": None, "database": "ok"}
    try:
        state["schema"] = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except (SQLAlchemyError, BusyError):
        db.session.rollback()
        state["database"] = "unreachable"
    return state
