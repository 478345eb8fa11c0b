"""How Alembic runs here: on the connection that it is given, in one transaction."""

from typing import Any

from alembic import context
from sqlalchemy import TextClause

from quizgame.models import articles, leaderboards, players, plays, quizzes, users  # noqa: F401
from quizgame.models.base import Base


def is_comparable(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave alone an index that runs backwards: SQLite does not tell, so it would always differ."""
    if kind != "index" or other is None:
        return True
    return not any(
        isinstance(part, TextClause) for part in [*thing.expressions, *other.expressions]
    )


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=is_comparable,
)
with context.begin_transaction():
    context.run_migrations()
