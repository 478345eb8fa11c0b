"""Saving and locking answers: the hot path.

Few statements, one commit; a unique index, not a look beforehand, decides which of two answers at
once is stored. An answer is acknowledged only after the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

import msgspec
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from quizgame.domain.errors import N_, ClosedError, NotFoundError, StaleError
from quizgame.domain.items import Response, Score, hundredths, raw_sum
from quizgame.models.base import begin_write, db
from quizgame.models.players import Player
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizRound
from quizgame.services import leaderboards
from quizgame.services.plays import NO_SUCH_ROUND, get_quiz, rate

LOCKED = N_("This round is locked already. Nothing was changed.")
CHANGED_ELSEWHERE = N_("This round was changed in another tab or on another device meanwhile.")


def save_answer(play: Play, number: int, response: Response, rev: int, *, now: datetime) -> int:
    """Store a response that its form has passed, as long as it is not locked; return its rev.

    The same response under the same rev is a retry and changes nothing. Raises NotFoundError
    before the round's turn, ClosedError once it is locked, StaleError if a newer one is stored.
    """
    round_ = _round_of(play, number)
    play_id, numbers = play.id, play.numbers
    connection = begin_write()
    rows = _lock_rows(connection, play_id)
    mine = _mine(rows, numbers, number)
    if mine is not None and mine.locked_at is not None:
        _refuse(ClosedError(LOCKED))
    if mine is not None and rev <= mine.rev:
        if rev == mine.rev and _response(connection, play_id, number) == response:
            db.session.rollback()
            return rev
        _refuse(StaleError(CHANGED_ELSEWHERE))
    values = {"rev": rev, "response": response, "saved_at": now}
    if not _store(connection, play_id, round_, values):
        _refuse(StaleError(CHANGED_ELSEWHERE))
    db.session.commit()
    return rev


def lock_answer(play: Play, number: int, response: Response, rev: int, *, now: datetime) -> None:
    """Score a response that its form has passed, and store it for good.

    Points, total and boards are written in the same transaction. The same response again is a
    retry and changes nothing. Raises NotFoundError before the round's turn, ClosedError if another
    response is locked, StaleError if a newer one is stored.
    """
    round_, quiz = _round_of(play, number), get_quiz(play)
    score = rate(quiz, round_, response)
    play_id, player_id, numbers = play.id, play.player_id, play.numbers
    is_counting, week = play.is_counting, play.week
    connection = begin_write()
    rows = _lock_rows(connection, play_id)
    mine = _mine(rows, numbers, number)
    if mine is not None and mine.locked_at is not None:
        if _response(connection, play_id, number) == response:
            db.session.rollback()
            return
        _refuse(ClosedError(LOCKED))
    if mine is not None and rev < mine.rev:
        _refuse(StaleError(CHANGED_ELSEWHERE))
    rev = max(rev, mine.rev + 1 if mine is not None else rev)
    values = {"rev": rev, "response": response, "saved_at": now, "locked_at": now}
    if not _store(connection, play_id, round_, values | _as_columns(score)):
        _refuse(ClosedError(LOCKED))
    locked = {row.number: row.points for row in rows if row.locked_at is not None}
    before, after = _totals(numbers, locked, number, score)
    is_last = len(locked) + 1 == len(numbers)
    connection.execute(
        update(Play)
        .where(Play.id == play_id)
        .values(points=after, finished_at=now if is_last else None)
    )
    if is_counting and rows[0].is_listed:
        boards = leaderboards.boards_of(quiz.id, quiz.is_ranked, week)
        leaderboards.add_points(connection, player_id, boards, after - before)
    db.session.commit()


def _round_of(play: Play, number: int) -> QuizRound:
    if number not in play.numbers:
        raise NotFoundError(NO_SUCH_ROUND)
    return get_quiz(play).rounds[number - 1]


def _lock_rows(connection: Connection, play_id: int) -> Sequence[Any]:
    """Lock a play and its player, and return its answers beside them (one empty row if none)."""
    columns = (Player.is_listed, Answer.number, Answer.rev, Answer.locked_at, Answer.points)
    if connection.dialect.name == "postgresql":
        lock = select(Play.id).join(Player, Player.id == Play.player_id).where(Play.id == play_id)
        connection.execute(lock.with_for_update())
    return connection.execute(
        select(*columns)
        .select_from(Play)
        .join(Player, Player.id == Play.player_id)
        .outerjoin(Answer, Answer.play_id == Play.id)
        .where(Play.id == play_id)
    ).all()


def _mine(rows: Sequence[Any], numbers: Sequence[int], number: int) -> Any:
    """Return the row of a round's answer, if any; NotFoundError if it is not its turn."""
    locked = {row.number for row in rows if row.locked_at is not None}
    turn = next((n for n in numbers if n not in locked), None)
    if number != turn and number not in locked:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_ROUND)
    return next((row for row in rows if row.number == number), None)


def _response(connection: Connection, play_id: int, number: int) -> Any:
    query = select(Answer.response).where(Answer.play_id == play_id, Answer.number == number)
    return connection.scalar(query)


def _refuse(error: Exception) -> NoReturn:
    db.session.rollback()
    raise error


def _store(connection: Connection, play_id: int, round_: QuizRound, values: dict[str, Any]) -> bool:
    """Insert or replace an answer; tell whether it was stored. A locked one never changes."""
    is_postgresql = connection.dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgresql else sqlite.insert)(Answer)
    row = {"play_id": play_id, "round_id": round_.id, "number": round_.number, **values}
    stored = connection.execute(
        insert.values(row).on_conflict_do_update(
            index_elements=["play_id", "number"],
            set_={name: insert.excluded[name] for name in values},
            where=Answer.locked_at.is_(None) & (Answer.rev < insert.excluded.rev),
        )
    )
    return bool(stored.rowcount)


def _as_columns(score: Score) -> dict[str, Any]:
    tally = score.tally
    return {
        "points": score.points,
        "ledger": msgspec.to_builtins(score.ledger),
        "problems": tally.problems,
        "hits": tally.hits,
        "clean": tally.clean,
        "accused": tally.accused,
    }


def _totals(
    numbers: Sequence[int], locked: dict[int, float], number: int, score: Score
) -> tuple[int, int]:
    """Return a play's raw total before and after an answer, each rounded once."""
    before = [locked[n] for n in numbers if n in locked]
    after = [score.points if n == number else locked[n] for n in numbers if n in {*locked, number}]
    return hundredths(raw_sum(before)), hundredths(raw_sum(after))
