"""The schema: brought up to date by Alembic, without a file of settings."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import date
from pathlib import Path

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from quizgame.config import ConfigError
from quizgame.domain.errors import BusyError
from quizgame.paths import PACKAGE

MOST_LETTERS = 32
"""How long the name of a migration may be: Alembic keeps it in a column of that width."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision. ConfigError if the database cannot be reached."""
    _run(engine, lambda config: alembic.command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the schema down to a revision; "base" takes all tables away."""
    _run(engine, lambda config: alembic.command.downgrade(config, revision))


def check(engine: Engine) -> None:
    """Raise ConfigError unless the schema is the one this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with _connect(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != head:
        raise ConfigError(
            f"the database has schema {found or 'none'}, this program needs {head}: "
            "run `quizgame migrate`"
        )


def draft(engine: Engine, message: str, *, today: date) -> Path:
    """Write the migration that brings the schema to what the models say; return its file."""
    words = "_".join(re.findall(r"[a-z0-9]+", message.lower()))
    name = f"{today:%Y%m%d}_{words}"
    if not words or len(name) > MOST_LETTERS:
        raise ConfigError(f"{message!r} does not make a name: use a few plain words")
    _run(
        engine,
        lambda config: alembic.command.revision(config, message, autogenerate=True, rev_id=name),
    )
    return PACKAGE / "migrations" / "versions" / f"{name}.py"


def _run(engine: Engine, step: object) -> None:
    config = _config()
    with _connect(engine) as connection:
        config.attributes["connection"] = connection
        try:
            step(config)  # type: ignore[operator]
        except CommandError as error:
            raise ConfigError(f"the schema cannot be changed: {error}") from None
        connection.commit()


def _connect(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except (DatabaseError, BusyError) as error:
        reason = str(error.__cause__).strip().splitlines()[0]
        raise ConfigError(
            f"QUIZGAME_DATABASE_URL: the database does not answer ({reason})"
        ) from None


def _config() -> Config:
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(PACKAGE / "migrations").replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s")
    return config
