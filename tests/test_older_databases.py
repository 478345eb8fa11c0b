"""R-14: an older database comes to today's schema with everything that is in it."""

import build
import pytest
from alembic.script import ScriptDirectory
from playing import NOTHING, assert_boards_are_right, lock, marks, new_player, start
from sqlalchemy import MetaData, select, text
from test_migrations import empty as empty  # noqa: PLC0414 - a fixture

from quizgame import database
from quizgame.models.base import Base, db
from quizgame.models.plays import Play
from quizgame.services import plays, quizzes

FIRST = "20261122_first_tables"
REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(database._config()).walk_revisions()))
]


def tables():
    """The tables as the database says they are."""
    found = MetaData()
    found.reflect(db.engine)
    found.remove(found.tables["alembic_version"])
    return found


def rows(names):
    """What stands in those columns of those tables, in order of their first."""
    with db.engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(query(table, columns))]
            for table, columns in names.items()
        }


def query(table, columns):
    table = Base.metadata.tables[table]
    keys = [*table.primary_key.columns]
    return select(*(table.columns[name] for name in columns)).order_by(*keys)


def go_back_with_what_was_played(revision):
    """Play at today's schema, then put all that an older one can hold into it."""
    database.upgrade(db.engine)
    play = start(new_player(), build.ranked_set())
    lock(play, 1, marks(play, 1, "apple0"))
    for _ in range(3):
        lock(start(new_player(), build.short_set()), 1)
    public_id, player = play.public_id, play.player_id
    kept = rows({name: table.columns.keys() for name, table in Base.metadata.tables.items()})
    db.session.remove()
    database.downgrade(db.engine, "base")
    database.upgrade(db.engine, revision)
    older = tables()
    names = {t.name: [c.name for c in t.columns] for t in older.sorted_tables}
    with db.engine.begin() as connection:
        for table in older.sorted_tables:
            today = Base.metadata.tables[table.name]
            for row in kept[table.name]:
                values = dict(zip(today.columns.keys(), row, strict=True))
                known = {name: values[name] for name in names[table.name]}
                connection.execute(today.insert().values(known))
        count_on(connection, older)
    return names, public_id, player


def count_on(connection, older):
    """Let PostgreSQL count on from the ids that were put in by hand."""
    if connection.dialect.name == "postgresql":
        for table in older.tables.values():
            if "id" in table.columns:
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                last = f"(SELECT max(id) FROM {table.name})"
                connection.execute(text(f"SELECT setval({sequence}, {last})"))


def test_the_first_revision_is_where_it_was():
    assert REVISIONS[0] == FIRST
    assert len(REVISIONS) > 3


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_database_comes_to_today_and_keeps_everything(empty, revision):
    names, public_id, player = go_back_with_what_was_played(revision)
    before = str(rows(names))
    assert before.count("'short'") == 1
    assert before.count("Item(") > 3

    database.upgrade(db.engine)

    assert str(rows(names)) == before
    assert_boards_are_right()
    play = plays.get_play(public_id, player)
    assert [r.number for r in plays.get_quiz(play).rounds] == [1, 2]
    lock(play, 2, NOTHING)
    assert_boards_are_right()
    assert {q.public_id for q in quizzes.open_quizzes()} == {"ranked", "short"}
    assert db.session.scalar(select(Play).filter_by(public_id=public_id)).finished_at


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_from_today_down_and_up_again_what_an_older_schema_holds_is_kept(empty, revision):
    names, *_ = go_back_with_what_was_played(revision)
    before = str(rows(names))

    database.upgrade(db.engine)
    database.downgrade(db.engine, revision)
    assert {t.name: [c.name for c in t.columns] for t in tables().sorted_tables} == names
    database.upgrade(db.engine)

    assert str(rows(names)) == before
