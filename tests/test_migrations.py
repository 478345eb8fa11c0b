"""R-14: the schema goes up, down and up again on both databases, with data in it."""

from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules

import build
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from databases import close, fresh_postgres, make_app
from playing import assert_boards_are_right, lock, marks, new_player, start
from sqlalchemy import JSON, func, inspect, select, text

from quizgame import database, models
from quizgame.config import ConfigError
from quizgame.models.base import Base, Document, UTCDateTime, begin_write, db

for module in iter_modules(models.__path__, "quizgame.models."):
    import_module(module.name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """An app on a database without a schema, its context open."""
    with address(request.param, tmp_path) as url:
        app = make_app(tmp_path, DATABASE_URL=url)
        with app.app_context():
            yield app
        close(app)


@contextmanager
def address(kind, folder):
    if kind == "sqlite":
        yield f"sqlite:///{folder}/quizgame.sqlite3"
    else:
        with fresh_postgres() as url:
            yield url


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def play():
    """Publish a set and play it, and put a row into every table that nothing is in yet."""
    play = start(new_player(), build.ranked_set())
    lock(play, 1, marks(play, 1, "apple0"))
    lock(play, 2, marks(play, 2, "apple1"))
    begin_write()
    for table in Base.metadata.sorted_tables:
        if not db.session.scalar(select(func.count()).select_from(table)):
            asked = [
                c for c in table.columns if not c.nullable and c is not table.autoincrement_column
            ]
            db.session.execute(table.insert().values({c.name: filling(c) for c in asked}))
    db.session.commit()


def filling(column):
    """A value for a column: that of the row it points to, else any of its type."""
    for key in column.foreign_keys:
        return db.session.scalar(select(key.column).limit(1))
    if isinstance(column.type, JSON | Document):
        return {}
    if isinstance(column.type, UTCDateTime):
        return build.NOW
    return column.type.python_type(1)


def counts():
    found = {
        name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in sorted(tables())
    }
    db.session.rollback()
    return found


def test_the_schema_goes_up_down_and_up_with_data_in_it(empty):
    database.upgrade(db.engine)
    assert tables() == set(Base.metadata.tables)
    play()
    assert min(counts().values()) > 0

    database.downgrade(db.engine, "base")
    assert tables() == set()

    database.upgrade(db.engine)
    assert set(counts().values()) == {0}
    play()
    assert_boards_are_right()


def test_going_up_again_keeps_what_is_there(empty):
    database.upgrade(db.engine)
    play()
    before = counts()

    database.upgrade(db.engine)

    assert counts() == before


def differences():
    """What Alembic would still migrate; an index that falls it cannot read back from SQLite."""

    def is_read_back(thing, name, *_):
        return name != "ix_scores_board_shown" or db.engine.dialect.name != "sqlite"

    options = {"compare_type": True, "compare_server_default": True, "include_object": is_read_back}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return [difference[0] for difference in compare_metadata(context, Base.metadata)]


def test_models_and_migrations_say_the_same(empty):
    database.upgrade(db.engine)

    assert differences() == []


def test_a_column_that_no_migration_makes_is_noticed(empty):
    database.upgrade(db.engine)
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE players DROP COLUMN name"))

    assert differences() == ["add_column"]


def test_the_index_of_a_board_falls(in_app):
    query = text("SELECT sql FROM sqlite_master WHERE name = 'ix_scores_board_shown'")

    assert "(board, shown DESC, player_id)" in db.session.scalar(query)


def test_a_database_without_a_schema_stops_the_program_with_what_to_do(empty):
    with pytest.raises(ConfigError, match=r"has schema none, .* run `quizgame migrate`"):
        database.check(db.engine)


def test_an_old_schema_stops_the_program_and_a_new_one_does_not(empty):
    database.upgrade(db.engine)
    database.check(db.engine)
    database.downgrade(db.engine, "base")

    with pytest.raises(ConfigError, match="run `quizgame migrate`"):
        database.check(db.engine)


def test_a_schema_from_the_future_stops_the_program(empty):
    database.upgrade(db.engine)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2199_later'"))

    for step in (database.check, database.upgrade):
        with pytest.raises(ConfigError, match="2199_later"):
            step(db.engine)


def test_a_migration_that_breaks_leaves_the_old_schema(empty):
    database.upgrade(db.engine)
    play()
    before = counts()

    def breaks(config):
        connection = config.attributes["connection"]
        connection.execute(text("DROP TABLE answers"))
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        database._run(db.engine, breaks)

    assert counts() == before


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_sqlite_is_opened_so_that_answers_survive(in_app, pragma, value):
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == value
    with db.engine.connect() as another:
        assert another.scalar(text(f"PRAGMA {pragma}")) == value
