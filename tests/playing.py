"""Playing through the services, as the pages do: start, mark, save, lock."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from build import NOW
from flask import Flask
from sqlalchemy import select

from quizgame.domain.items import Response, hundredths, raw_sum
from quizgame.domain.passages import Span
from quizgame.domain.standings import bucket_of
from quizgame.models.base import db
from quizgame.models.leaderboards import Score, ScoreBucket
from quizgame.models.players import Player
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizSet
from quizgame.services import answers, leaderboards, players, plays

NOTHING: Response = {"marks": [], "nothing": True}


def new_player() -> int:
    return players.create_player(now=NOW)[0]


def start(player: int, quiz: str, now: Any = NOW) -> Play:
    """Start a set, or go on with it."""
    return plays.get_play(plays.start_play(player, quiz, now=now), player)


def marking(*places: tuple[int, int, int]) -> Response:
    """A response that marks stretches: passage, start, stop."""
    marks = [{"passage": p, "start": a, "stop": b, "name": ""} for p, a, b in places]
    return {"marks": marks, "nothing": not marks}


def marks(play: Play, number: int, *quotes: str) -> Response:
    """A response that marks those words of a round's first passage."""
    text = plays.get_quiz(play).rounds[number - 1].item.passages[0].text
    found = [Span(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return marking(*((0, span.start, span.stop) for span in found))


def save(play: Play, number: int, response: Response, rev: int = 1) -> int:
    return answers.save_answer(play, number, response, rev, now=NOW)


def lock(play: Play, number: int, response: Response = NOTHING, rev: int = 1) -> None:
    answers.lock_answer(play, number, response, rev, now=NOW)


def stored(play: Play) -> list[tuple[int, int, Response, bool]]:
    """Every answer of a play: number, rev, response, and whether it is locked."""
    db.session.rollback()
    rows = db.session.scalars(select(Answer).filter_by(play_id=play.id).order_by(Answer.number))
    return [(row.number, row.rev, row.response, row.locked_at is not None) for row in rows]


def at_once(app: Flask, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all jobs at the same moment, each in a thread and context of its own.

    Returns what each returned or raised, in the order of the jobs.
    """
    barrier = threading.Barrier(len(jobs))
    outcomes: list[Any] = [None] * len(jobs)

    def run(at: int, job: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                outcomes[at] = job()
            except Exception as error:
                outcomes[at] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def boards_again() -> dict[tuple[str, int], int]:
    """The raw points on every board, by board and player, computed from the answers alone."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    rows = db.session.execute(
        select(Play, QuizSet)
        .join(QuizSet)
        .join(Player, Player.id == Play.player_id)
        .where(Play.is_counting, Player.is_listed)
    ).all()
    for play, quiz in rows:
        points = [answer.points or 0.0 for answer in plays.answers_of(play)]
        if not points:
            continue
        for board in leaderboards.boards_of(
            play.quiz_id, quiz.is_ranked and not quiz.owner_id, play.week
        ):
            found[board, play.player_id] += hundredths(raw_sum(points))
    return dict(found)


def assert_boards_are_right() -> None:
    """Boards hold what the answers say, histograms what the boards say, places what is counted."""
    db.session.rollback()
    rows = db.session.scalars(select(Score)).all()
    assert {(row.board, row.player_id): row.points for row in rows} == boards_again()
    assert all(row.shown == max(0, row.points) for row in rows)
    counted = Counter((row.board, bucket_of(row.shown)) for row in rows)
    buckets = db.session.scalars(select(ScoreBucket)).all()
    assert {(b.board, b.bucket): b.players for b in buckets if b.players} == dict(counted)
    for row in rows:
        above = sum(other.board == row.board and other.shown > row.shown for other in rows)
        assert leaderboards.place(row.board, row.shown) == 1 + above
