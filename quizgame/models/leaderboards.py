"""Leaderboards: a score row by board and player, and how many stand in each bucket of points."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.models.base import Base


class Score(Base):
    """What a player has on a board, in hundredths: `points` raw, `shown` floored at 0."""

    __tablename__ = "scores"

    board: Mapped[str] = mapped_column(String(60), primary_key=True)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"), primary_key=True)
    points: Mapped[int]
    shown: Mapped[int]

    __table_args__ = (
        Index("ix_scores_board_shown", "board", text("shown DESC"), "player_id"),
        Index("ix_scores_player_id", "player_id"),
    )


class ScoreBucket(Base):
    """How many players of a board stand in one bucket of points."""

    __tablename__ = "score_buckets"

    board: Mapped[str] = mapped_column(String(60), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    players: Mapped[int]
