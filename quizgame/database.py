"""The schema: brought up to date by Alembic, without a file of settings."""

from __future__ import annotations

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from quizgame.config import ConfigError
from quizgame.domain.errors import BusyError
from quizgame.paths import PACKAGE


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


def _run(engine: Engine, step: object) -> None:
    config = _config()
    with _connect(engine) as connection:
        config.attributes["connection"] = connection
        step(config)  # type: ignore[operator]
        connection.commit()


def _connect(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except (OperationalError, BusyError) as error:
        reason = str(error.__cause__).strip().splitlines()[0]
        raise ConfigError(
            f"QUIZGAME_DATABASE_URL: the database does not answer ({reason})"
        ) from None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations").replace("%", "%%"))
    return config
