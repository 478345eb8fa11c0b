"""Leaderboards: one standings query, by board: a set or all sets, for ever or one week.

It reads a score row by board and player, written in the answer's own transaction. How many stand
in each bucket of points is counted beside it, so that a place costs the same at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from quizgame.domain.standings import BUCKET, bucket_of, floored, places
from quizgame.models.base import Base, db
from quizgame.models.leaderboards import Score, ScoreBucket
from quizgame.models.players import Player
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizSet

PAGE = 50
ALL_SETS = "all"

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
SCORES, BUCKETS = (Base.metadata.tables[name] for name in ("scores", "score_buckets"))
THEIR_BOARDS = SCORES.c.board.in_(bindparam("boards", expanding=True))
OWN = select(SCORES).where(SCORES.c.player_id == bindparam("player"), THEIR_BOARDS)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board. `shown` is in hundredths of a point."""

    place: int
    name: str
    shown: int
    is_you: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a board, and where the one who asks stands, if at all.

    `after` is the cursor of the next page and None on the last one.
    """

    standings: tuple[Standing, ...]
    players: int
    you: Standing | None
    after: str | None


def board_name(scope: str, week: str = "") -> str:
    """Return the name of a board: a set's id or ALL_SETS, and an ISO week or none."""
    return f"{scope}@{week}" if week else scope


def week_of(moment: datetime) -> str:
    """Return the ISO week of a moment, in the time zone that it is given in: "2026-W47"."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"


def boards_of(quiz_id: int, counts_for_all: bool, week: str) -> list[str]:
    """Return the boards on which a play counts: the set's, and perhaps those of all sets."""
    scopes = [str(quiz_id), ALL_SETS] if counts_for_all else [str(quiz_id)]
    return sorted(board_name(scope, when) for scope in scopes for when in ("", week))


def add_points(connection: Connection, player_id: int, boards: Sequence[str], points: int) -> None:
    """Add raw hundredths to a player's rows on some boards, in the transaction that is open.

    The caller holds the lock on the player, so that no two additions read the same total.
    """
    _add(connection, player_id, dict.fromkeys(boards, points))


def _add(connection: Connection, player_id: int, points: dict[str, int]) -> None:
    found = connection.execute(OWN, {"player": player_id, "boards": list(points)})
    before = {row.board: row for row in found}
    rows, buckets = [], []
    for board in sorted(points):
        old = before.get(board)
        total = points[board] + (old.points if old else 0)
        rows.append(
            {"board": board, "player_id": player_id, "points": total, "shown": floored(total)}
        )
        bucket = bucket_of(floored(total))
        if old is None or bucket_of(old.shown) != bucket:
            buckets.append({"board": board, "bucket": bucket, "players": 1})
            if old is not None:
                buckets.append({"board": board, "bucket": bucket_of(old.shown), "players": -1})
    connection.execute(_upsert_scores(connection.dialect.name), rows)
    _count(connection, buckets)


def enter(player_id: int) -> None:
    """Put a player on all boards where a play of theirs counts, in the open transaction."""
    plays = db.session.execute(
        select(Play.quiz_id, Play.points, Play.week, QuizSet.is_ranked, QuizSet.owner_id)
        .join(QuizSet)
        .where(Play.player_id == player_id, Play.is_counting)
        .where(
            select(Answer.id).where(Answer.play_id == Play.id, Answer.points.is_not(None)).exists()
        )
    )
    points: dict[str, int] = {}
    for play in plays:
        counts_for_all = play.is_ranked and play.owner_id is None
        for board in boards_of(play.quiz_id, counts_for_all, play.week):
            points[board] = points.get(board, 0) + play.points
    if points:
        _add(db.session.connection(), player_id, points)


def leave(player_id: int) -> None:
    """Take a player off all boards, in the open transaction."""
    connection = db.session.connection()
    rows = connection.execute(
        delete(Score).where(Score.player_id == player_id).returning(Score.board, Score.shown)
    )
    _count(
        connection,
        [{"board": row.board, "bucket": bucket_of(row.shown), "players": -1} for row in rows.all()],
    )


def get_board(name: str, player_id: int | None, cursor: str = "") -> Board:
    """Return a page of a board, from a cursor on: "", or "points-player" of the row before it.

    Players with equal points share a place. The cost does not grow with the answers stored, and
    hardly with the players.
    """
    query = (
        select(Score.player_id, Score.shown, Player.name)
        .join(Player, Player.id == Score.player_id)
        .where(Score.board == name)
        .order_by(Score.shown.desc(), Score.player_id)
        .limit(PAGE + 1)
    )
    after = _read_cursor(cursor)
    if after:
        # an index range: fewer points, or as many and a later player
        shown, last = after
        query = query.where(Score.shown <= shown).where(
            (Score.shown < shown) | (Score.player_id > last)
        )
    rows = db.session.execute(query).all()
    page = rows[:PAGE]
    ranks = _places_on(name, [row.shown for row in page])
    standings = tuple(
        Standing(rank, row.name, row.shown, row.player_id == player_id)
        for rank, row in zip(ranks, page, strict=True)
    )
    more = f"{page[-1].shown}-{page[-1].player_id}" if len(rows) > PAGE else None
    return Board(standings, _players(name), _you(name, player_id), more)


def around(name: str, player_id: int) -> str:
    """Return the cursor of the page that has a player in its middle, or "" for the first."""
    mine = db.session.scalar(
        select(Score.shown).where(Score.board == name, Score.player_id == player_id)
    )
    if mine is None:
        return ""
    above = db.session.execute(
        select(Score.shown, Score.player_id)
        .where(Score.board == name)
        .where((Score.shown > mine) | ((Score.shown == mine) & (Score.player_id < player_id)))
        .order_by(Score.shown, Score.player_id.desc())
        .limit(PAGE // 2)
    ).all()
    if len(above) < PAGE // 2:
        return ""
    return f"{above[-1].shown}-{above[-1].player_id}"


def place(name: str, shown: int) -> int:
    """Return the place of a total on a board: one more than the players who have more."""
    bucket = bucket_of(shown)
    above = db.session.scalar(
        select(func.coalesce(func.sum(ScoreBucket.players), 0)).where(
            ScoreBucket.board == name, ScoreBucket.bucket > bucket
        )
    )
    beside = db.session.scalar(
        select(func.count()).where(
            Score.board == name, Score.shown > shown, Score.shown < (bucket + 1) * BUCKET
        )
    )
    return 1 + int(above or 0) + int(beside or 0)


def _places_on(name: str, totals: Sequence[int]) -> list[int]:
    """Give places to a page, which may begin in the middle of a tie."""
    if not totals:
        return []
    tied = sum(total == totals[0] for total in totals)
    rest = totals[tied:]
    return [place(name, totals[0])] * tied + (places(rest, place(name, rest[0])) if rest else [])


def _read_cursor(cursor: str) -> tuple[int, int] | None:
    shown, _, player = cursor.partition("-")
    if not (shown.isascii() and shown.isdecimal() and player.isascii() and player.isdecimal()):
        return None
    values = int(shown[:12]), int(player[:12])
    return values if max(values) < 2**31 else None


def _you(name: str, player_id: int | None) -> Standing | None:
    if player_id is None:
        return None
    row = db.session.execute(
        select(Score.shown, Player.name)
        .join(Player, Player.id == Score.player_id)
        .where(Score.board == name, Score.player_id == player_id)
    ).one_or_none()
    return Standing(place(name, row.shown), row.name, row.shown, True) if row else None


def _players(name: str) -> int:
    query = select(func.sum(ScoreBucket.players)).where(ScoreBucket.board == name)
    return int(db.session.scalar(query) or 0)


def _count(connection: Connection, buckets: Sequence[dict[str, Any]]) -> None:
    """Count players into buckets, always in the same order, so that two writers never cross."""
    in_order = sorted(buckets, key=lambda b: (b["board"], b["bucket"]))
    if in_order:
        connection.execute(_upsert_buckets(connection.dialect.name), in_order)


@cache
def _upsert_scores(dialect: str) -> Any:
    insert = INSERTS[dialect](SCORES)
    values = {name: insert.excluded[name] for name in ("points", "shown")}
    return insert.on_conflict_do_update(index_elements=["board", "player_id"], set_=values)


@cache
def _upsert_buckets(dialect: str) -> Any:
    insert = INSERTS[dialect](BUCKETS)
    values = {"players": BUCKETS.c.players + insert.excluded.players}
    return insert.on_conflict_do_update(index_elements=["board", "bucket"], set_=values)
