"""How Alembic runs here: on the connection that it is given, in one transaction."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from alembic import context
from sqlalchemy import TextClause

from quizgame import models
from quizgame.models.base import Base, Document, UTCDateTime

for module in iter_modules(models.__path__, f"{models.__name__}."):
    import_module(module.name)


def is_comparable(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave alone an index that runs backwards: SQLite does not tell, so it would always differ."""
    if kind != "index" or other is None:
        return True
    return not any(
        isinstance(part, TextClause) for part in [*thing.expressions, *other.expressions]
    )


def written(kind: str, thing: Any, drafting: Any) -> str | Literal[False]:
    """Write our own types as what they are in the database: a migration knows no models."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Document):
        return "sa.JSON()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=is_comparable,
    render_item=written,
)
with context.begin_transaction():
    context.run_migrations()
