"""Databases for tests: a file for SQLite, and one of its own on the PostgreSQL server."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from quizgame import create_app, database
from quizgame.config import read_settings
from quizgame.models.base import db
from quizgame.paths import resource
from quizgame.services import seeds

HINT = "is not set: `make test` and `sh .ci/services.sh pytest` start a server for the tests"

WITHOUT_SERVERS = dict.fromkeys(("QUIZGAME_TEST_POSTGRES", "QUIZGAME_TEST_REDIS"))
"""An environment for commands in this process: what only tests know is no setting."""


def service(name: str) -> str:
    """Where a server for tests is; the test is skipped if there is none."""
    url = os.environ.get(name, "")
    if not url:
        pytest.skip(f"{name} {HINT}")
    return url


@contextmanager
def fresh_postgres(template: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, a copy of a template; it is dropped again."""
    server = make_url(service("QUIZGAME_TEST_POSTGRES"))
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE {name} TEMPLATE "{template}"'))
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def make_app(folder: Path, **settings: str) -> Flask:
    """An app whose data are in that folder."""
    given = {f"QUIZGAME_{name}": value for name, value in settings.items()}
    return create_app(read_settings({"QUIZGAME_DATA_DIR": str(folder), **given}))


def plant(app: Flask, now: object) -> None:
    """Give an app its schema and the seeds."""
    with app.app_context():
        database.upgrade(db.engine)
        seeds.plant(resource("seeds"), now=now)
    close(app)


def close(app: Flask) -> None:
    """Let go of an app's connections."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
