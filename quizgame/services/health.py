"""Whether the installation is well."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizgame.domain.errors import BusyError
from quizgame.models.base import db
from quizgame.version import VERSION


def report() -> dict[str, Any]:
    """Return version, schema revision and the state of the database: "ok" or "unreachable"."""
    state: dict[str, Any] = {"version": VERSION, "schema": None, "database": "ok"}
    try:
        state["schema"] = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except (SQLAlchemyError, BusyError):
        db.session.rollback()
        state["database"] = "unreachable"
    return state
