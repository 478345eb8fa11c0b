"""Saving and locking answers: the hot path.

Few statements, built once; one commit, often shared. A unique index, not a look beforehand, decides
which of two answers at once is stored. An answer is acknowledged only after the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from quizgame.domain.errors import N_, ClosedError, NotFoundError, StaleError
from quizgame.domain.items import Response, Score, hundredths, raw_sum
from quizgame.models.base import Base
from quizgame.models.plays import Play
from quizgame.models.quizzes import QuizRound
from quizgame.services import leaderboards
from quizgame.services.plays import NO_SUCH_ROUND, get_quiz, rate
from quizgame.services.writing import write

LOCKED = N_("This round is locked already. Nothing was changed.")
CHANGED_ELSEWHERE = N_("This round was changed in another tab or on another device meanwhile.")

# Built once: putting a statement together costs more than running it.
answers, players, plays = (Base.metadata.tables[name] for name in ("answers", "players", "plays"))
THIS_PLAY = plays.c.id == bindparam("play")
TABLES = plays.join(players, players.c.id == plays.c.player_id)
HOLD = select(plays.c.id).select_from(TABLES).where(THIS_PLAY).with_for_update()
ROWS = (
    select(
        players.c.is_listed, answers.c.number, answers.c.rev, answers.c.locked_at, answers.c.points
    )
    .select_from(TABLES.outerjoin(answers, answers.c.play_id == plays.c.id))
    .where(THIS_PLAY)
)
RESPONSE = select(answers.c.response).where(
    answers.c.play_id == bindparam("play"), answers.c.number == bindparam("number")
)
ADD_UP = (
    update(plays)
    .where(THIS_PLAY)
    .values(points=bindparam("total"), finished_at=bindparam("finished"))
)


def save_answer(play: Play, number: int, response: Response, rev: int, *, now: datetime) -> int:
    """Store a response that its form has passed, as long as it is not locked; return its rev.

    The same response under the same rev is a retry and changes nothing. Raises NotFoundError
    before the round's turn, ClosedError once it is locked, StaleError if a newer one is stored.
    """
    round_ = _round_of(play, number)
    play_id, numbers = play.id, play.numbers
    values = {"rev": rev, "response": response, "saved_at": now}

    def save(connection: Connection) -> int:
        mine = _mine(_lock_rows(connection, play_id), numbers, number)
        if mine is not None and mine.locked_at is not None:
            raise ClosedError(LOCKED)
        if mine is not None and rev <= mine.rev:
            if rev == mine.rev and _response(connection, play_id, number) == response:
                return rev
            raise StaleError(CHANGED_ELSEWHERE)
        if not _store(connection, play_id, round_, values):
            raise StaleError(CHANGED_ELSEWHERE)
        return rev

    return write(save)


def lock_answer(play: Play, number: int, response: Response, rev: int, *, now: datetime) -> None:
    """Score a response that its form has passed, and store it for good.

    Points, total and boards are written in the same transaction. The same response again is a
    retry and changes nothing. Raises NotFoundError before the round's turn, ClosedError if another
    response is locked, StaleError if a newer one is stored.
    """
    round_, quiz = _round_of(play, number), get_quiz(play)
    score = rate(quiz, round_, response)
    play_id, player_id, numbers = play.id, play.player_id, play.numbers
    boards = (
        leaderboards.boards_of(quiz.id, quiz.counts_for_all, play.week) if play.is_counting else []
    )
    values = {"response": response, "saved_at": now, "locked_at": now, **_as_columns(score)}

    def lock(connection: Connection) -> None:
        rows = _lock_rows(connection, play_id)
        mine = _mine(rows, numbers, number)
        if mine is not None and mine.locked_at is not None:
            if _response(connection, play_id, number) == response:
                return
            raise ClosedError(LOCKED)
        is_stale = mine is not None and rev <= mine.rev
        if is_stale and _response(connection, play_id, number) != response:
            raise StaleError(CHANGED_ELSEWHERE)
        last = max(rev, mine.rev + 1 if mine is not None else rev)
        if not _store(connection, play_id, round_, {"rev": last, **values}):
            raise ClosedError(LOCKED)
        locked = {row.number: row.points for row in rows if row.locked_at is not None}
        before, after = _totals(numbers, locked, number, score)
        finished = now if len(locked) + 1 == len(numbers) else None
        connection.execute(ADD_UP, {"play": play_id, "total": after, "finished": finished})
        if boards and rows[0].is_listed:
            leaderboards.add_points(connection, player_id, boards, after - before)

    write(lock)


def _round_of(play: Play, number: int) -> QuizRound:
    if number not in play.numbers:
        raise NotFoundError(NO_SUCH_ROUND)
    return get_quiz(play).rounds[number - 1]


def _lock_rows(connection: Connection, play_id: int) -> Sequence[Any]:
    """Lock a play and its player, and return its answers beside them (one empty row if none)."""
    if connection.dialect.name == "postgresql":
        connection.execute(HOLD, {"play": play_id})
    return connection.execute(ROWS, {"play": play_id}).all()


def _mine(rows: Sequence[Any], numbers: Sequence[int], number: int) -> Any:
    """Return the row of a round's answer, if any; NotFoundError if it is not its turn."""
    locked = {row.number for row in rows if row.locked_at is not None}
    turn = next((n for n in numbers if n not in locked), None)
    if number != turn and number not in locked:
        raise NotFoundError(NO_SUCH_ROUND)
    return next((row for row in rows if row.number == number), None)


def _response(connection: Connection, play_id: int, number: int) -> Any:
    return connection.scalar(RESPONSE, {"play": play_id, "number": number})


def _store(connection: Connection, play_id: int, round_: QuizRound, values: dict[str, Any]) -> bool:
    """Insert or replace an answer; tell whether it was stored. A locked one never changes."""
    row = {"play_id": play_id, "round_id": round_.id, "number": round_.number, **values}
    return bool(connection.execute(_upsert(connection.dialect.name, tuple(values)), row).rowcount)


@cache
def _upsert(dialect: str, names: Sequence[str]) -> Any:
    insert = leaderboards.INSERTS[dialect](answers).inline()
    return insert.on_conflict_do_update(
        index_elements=["play_id", "number"],
        set_={name: insert.excluded[name] for name in names},
        where=answers.c.locked_at.is_(None) & (answers.c.rev < insert.excluded.rev),
    )


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
