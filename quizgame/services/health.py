"""Whether the installation is well."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizgame.models.base import db


def report() -> dict[str, Any]:
    """Return version, schema revision and the state of the database: "ok" or "unreachable"."""
    state: dict[str, Any] = {"version": program_version(), "schema": None, "database": "ok"}
    try:
        state["schema"] = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        state["database"] = "unreachable"
    return state


def program_version() -> str:
    """Return the version of the program, in the wheel or in a checkout."""
    try:
        return version("quizgame")
    except PackageNotFoundError:
        return "checkout"
