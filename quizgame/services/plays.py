"""Plays: starting a set, whose turn it is, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, select

from quizgame.domain.errors import N_, NotFoundError
from quizgame.domain.items import Option, Response, Score, hundredths
from quizgame.models.base import Base, begin_write, db
from quizgame.models.players import Player
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizRound, QuizSet
from quizgame.rounds import KINDS
from quizgame.services import leaderboards, quizzes

NO_SUCH_PLAY = N_("There is no such play on this device.")
NO_SUCH_ROUND = N_("There is no such round, or it is not its turn yet.")

# Built once: putting a statement together costs more than running it.
ANSWERS = Base.metadata.tables["answers"]
THEIRS = select(Play).where(
    Play.public_id == bindparam("play"), Play.player_id == bindparam("player")
)
STORED = select(Answer).where(
    Answer.play_id == bindparam("play"), Answer.number == bindparam("number")
)
LOCKED_NUMBERS = select(ANSWERS.c.number).where(
    ANSWERS.c.play_id == bindparam("play"), ANSWERS.c.locked_at.is_not(None)
)


def start_play(player_id: int, quiz_public_id: str, *, now: datetime) -> str:
    """Start a play of a set, or go on with the one that is under way; return its public id.

    The first one counts on boards, later ones are practice. `now` is in the server's time zone.
    Raises NotFoundError if there is no such set.
    """
    quiz = quizzes.get_quiz(quiz_public_id)
    begin_write()
    # one start of a player at a time: on PostgreSQL two clicks at once would not see each other
    db.session.get_one(Player, player_id, with_for_update=True)
    under_way = db.session.scalar(
        select(Play.public_id)
        .where(Play.player_id == player_id, Play.quiz_id == quiz.id, Play.finished_at.is_(None))
        .order_by(Play.is_counting.desc(), Play.started_at.desc())
        .limit(1)
    )
    if under_way:
        db.session.rollback()
        return under_way
    is_first = not db.session.scalar(
        select(func.count()).where(Play.player_id == player_id, Play.quiz_id == quiz.id)
    )
    numbers = [round_.number for round_ in quiz.rounds]
    return _insert_play(player_id, quiz, numbers, is_first, now)


def practise_again(play: Play, *, now: datetime) -> str:
    """Start a practice play of the rounds that were missed or not seen; return its public id.

    Raises NotFoundError if there is none: everything was perfect.
    """
    numbers = to_practise(play)
    if not numbers:
        raise NotFoundError(N_("There is nothing to practise again: all rounds were perfect."))
    player_id, quiz = play.player_id, get_quiz(play)
    begin_write()
    return _insert_play(player_id, quiz, numbers, False, now)


def _insert_play(
    player_id: int, quiz: QuizSet, numbers: list[int], is_counting: bool, now: datetime
) -> str:
    play = Play(
        public_id=secrets.token_urlsafe(12),
        player_id=player_id,
        quiz_id=quiz.id,
        seed=secrets.token_hex(8),
        numbers=numbers,
        is_counting=is_counting,
        week=leaderboards.week_of(now),
        started_at=now,
    )
    public_id = play.public_id
    db.session.add(play)
    db.session.commit()
    return public_id


def get_play(public_id: str, player_id: int | None) -> Play:
    """Return a play of that player. Raises NotFoundError, whoever else's it may be."""
    if player_id is None:
        raise NotFoundError(NO_SUCH_PLAY)
    play = db.session.scalars(THEIRS, {"play": public_id, "player": player_id}).one_or_none()
    if play is None:
        raise NotFoundError(NO_SUCH_PLAY)
    return play


def get_quiz(play: Play) -> QuizSet:
    """Return the version of the set that a play is about."""
    return quizzes.get_version(play.quiz_id)


def current_number(play: Play) -> int | None:
    """Return the number of the round whose turn it is; None once all are locked."""
    locked = set(db.session.scalars(LOCKED_NUMBERS, {"play": play.id}))
    return next((number for number in play.numbers if number not in locked), None)


def get_round(play: Play, number: int) -> QuizRound:
    """Return a round that is locked or whose turn it is.

    Raises NotFoundError for any other, so that nobody learns about a round before its turn.
    """
    current = current_number(play)
    if number in play.numbers:
        is_past = current is None or play.numbers.index(number) <= play.numbers.index(current)
        if is_past:
            return get_quiz(play).rounds[number - 1]
    raise NotFoundError(NO_SUCH_ROUND)


def find_answer(play: Play, number: int) -> Answer | None:
    """Return what is stored for a round so far."""
    return db.session.scalars(STORED, {"play": play.id, "number": number}).one_or_none()


def get_answer(play: Play, number: int) -> Answer:
    """Return a locked answer. Raises NotFoundError before that: no answer, no key."""
    answer = find_answer(play, number)
    if answer is None or answer.locked_at is None:
        raise NotFoundError(NO_SUCH_ROUND)
    return answer


def answers_of(play: Play) -> Sequence[Answer]:
    """Return the locked answers of a play, in the order of its rounds."""
    answers = db.session.scalars(
        select(Answer).where(Answer.play_id == play.id, Answer.locked_at.is_not(None))
    )
    return sorted(answers, key=lambda answer: play.numbers.index(answer.number))


def plays_of(player_id: int) -> Sequence[Play]:
    """Return the latest plays of a player, the newest first."""
    return db.session.scalars(
        select(Play).filter_by(player_id=player_id).order_by(Play.started_at.desc()).limit(50)
    ).all()


def plays_of_set(player_id: int, quiz_id: int) -> Sequence[Play]:
    """Return the plays of a player about one version of a set, the first one first."""
    query = select(Play).filter_by(player_id=player_id, quiz_id=quiz_id).order_by(Play.started_at)
    return db.session.scalars(query).all()


def annotations_met(player_id: int) -> set[str]:
    """Return the annotations that a player has seen revealed: those in their ledgers."""
    ledgers = db.session.scalars(
        select(Answer.ledger)
        .join(Play, Play.id == Answer.play_id)
        .where(Play.player_id == player_id, Answer.locked_at.is_not(None))
        .order_by(Answer.id.desc())
        .limit(500)
    )
    return {line["about"] for ledger in ledgers for line in ledger or ()}


def shuffled(play: Play, number: int, options: Sequence[Option]) -> list[Option]:
    """Return the options of a round in this play's own order, always the same."""

    def rank(option: Option) -> bytes:
        return sha256(f"{play.seed}/{number}/{option.id}".encode()).digest()

    return sorted(options, key=rank)


def rate(quiz: QuizSet, round_: QuizRound, response: Response) -> Score:
    """Score a response to a round from the frozen item and the frozen prices alone."""
    kind = KINDS[round_.kind]
    return kind.score(round_.item, response, quiz.prices[kind.pool.name])


def to_practise(play: Play) -> list[int]:
    """Return the rounds of a play's set that its player has not seen, or never got perfect yet."""
    quiz = get_quiz(play)
    best = db.session.execute(
        select(Answer.number, func.max(Answer.points))
        .join(Play, Play.id == Answer.play_id)
        .where(Play.player_id == play.player_id, Play.quiz_id == play.quiz_id)
        .where(Answer.points.is_not(None))
        .group_by(Answer.number)
    )
    earned = {number: points or 0.0 for number, points in best}
    numbers = []
    for round_ in quiz.rounds:
        perfect = rate(quiz, round_, KINDS[round_.kind].best(round_.item)).points
        if hundredths(earned.get(round_.number, perfect - 1)) < hundredths(perfect):
            numbers.append(round_.number)
    return numbers
