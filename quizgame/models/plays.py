"""Plays and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizgame.models.base import Base
from quizgame.models.quizzes import QuizRound, QuizSet


class Play(Base):
    """One player's way through a quiz set.

    `numbers` are the rounds that it asks, in order: all of the set, or those to practise again.
    `points` is the raw total in hundredths, without a floor. The first play that a player starts
    of a set counts on boards; the database sees to it that there is only one. `week` is the ISO
    week, in the server's time zone, in which it was started.
    """

    __tablename__ = "plays"
    __table_args__ = (
        Index(
            "uq_plays_counting",
            "player_id",
            "quiz_id",
            unique=True,
            sqlite_where=text("is_counting"),
            postgresql_where=text("is_counting"),
        ),
        Index("ix_plays_player_id_started_at", "player_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    seed: Mapped[str] = mapped_column(String(32))
    numbers: Mapped[list[int]] = mapped_column(JSON)
    is_counting: Mapped[bool]
    week: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    points: Mapped[int] = mapped_column(default=0)

    quiz: Mapped[QuizSet] = relationship()
    answers: Mapped[list[Answer]] = relationship(order_by="Answer.number", viewonly=True)


class Answer(Base):
    """A response, from its first save on; score and ledger once it is locked.

    `points` is the unrounded sum of the ledger; the counts are those behind Eye and Hand.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("play_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    play_id: Mapped[int] = mapped_column(ForeignKey("plays.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    number: Mapped[int]
    rev: Mapped[int]
    response: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    points: Mapped[float | None]
    ledger: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    problems: Mapped[int] = mapped_column(default=0)
    hits: Mapped[int] = mapped_column(default=0)
    clean: Mapped[int] = mapped_column(default=0)
    accused: Mapped[int] = mapped_column(default=0)

    round: Mapped[QuizRound] = relationship(viewonly=True)
