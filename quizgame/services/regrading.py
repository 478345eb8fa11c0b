"""Computing stored answers again: from response, frozen item and frozen prices alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from quizgame.domain.items import hundredths, raw_sum
from quizgame.models.base import begin_write, db
from quizgame.models.players import Player
from quizgame.models.plays import Answer, Play
from quizgame.services import leaderboards
from quizgame.services.plays import get_quiz, rate

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A play whose total, or a ledger in it, comes out differently. Points in hundredths."""

    play: str
    player: str
    stored: int
    computed: int
    rounds: tuple[int, ...]

    def __str__(self) -> str:
        where = ", ".join(str(number) for number in self.rounds) or "none"
        return (
            f"{self.play} ({self.player}): {self.stored / 100:.2f} -> {self.computed / 100:.2f}"
            f" (ledgers that differ: {where})"
        )


def differences() -> list[Difference]:
    """Return the plays that would change, and change nothing."""
    return [difference for play in _plays() if (difference := _difference(play))]


def apply() -> list[Difference]:
    """Store what was computed where it differs, boards included; return what changed."""
    changed = differences()
    for difference in changed:
        _mend(difference.play)
    return changed


def _plays() -> Iterator[Play]:
    last = 0
    while True:
        batch = db.session.scalars(
            select(Play).where(Play.id > last).order_by(Play.id).limit(BATCH)
        ).all()
        if not batch:
            return
        yield from batch
        last = batch[-1].id


def _difference(play: Play) -> Difference | None:
    quiz = get_quiz(play)
    points, rounds = [], []
    for answer in _locked(play):
        score = rate(quiz, quiz.rounds[answer.number - 1], answer.response)
        points.append(score.points)
        ledger = msgspec.to_builtins(list(score.ledger))
        if answer.ledger != ledger or answer.points != score.points:
            rounds.append(answer.number)
    computed = hundredths(raw_sum(points))
    if computed == play.points and not rounds:
        return None
    player = db.session.get_one(Player, play.player_id)
    return Difference(play.public_id, player.name, play.points, computed, tuple(rounds))


def _mend(public_id: str) -> None:
    begin_write()
    play = db.session.scalars(select(Play).filter_by(public_id=public_id).with_for_update()).one()
    player = db.session.get_one(Player, play.player_id, with_for_update=True)
    quiz = get_quiz(play)
    points = []
    for answer in _locked(play):
        score = rate(quiz, quiz.rounds[answer.number - 1], answer.response)
        answer.points, answer.ledger = score.points, msgspec.to_builtins(list(score.ledger))
        answer.problems, answer.hits = score.tally.problems, score.tally.hits
        answer.clean, answer.accused = score.tally.clean, score.tally.accused
        points.append(score.points)
    change = hundredths(raw_sum(points)) - play.points
    play.points += change
    db.session.flush()
    if play.is_counting and player.is_listed and points:
        boards = leaderboards.boards_of(quiz.id, quiz.counts_for_all, play.week)
        leaderboards.add_points(db.session.connection(), player.id, boards, change)
    db.session.commit()


def _locked(play: Play) -> list[Answer]:
    answers = db.session.scalars(
        select(Answer).where(Answer.play_id == play.id, Answer.locked_at.is_not(None))
    )
    return sorted(answers, key=lambda answer: play.numbers.index(answer.number))
