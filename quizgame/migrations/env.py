"""How Alembic runs here: on the connection that it is given, in one transaction."""

from alembic import context

from quizgame.models import articles, leaderboards, players, plays, quizzes  # noqa: F401
from quizgame.models.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
