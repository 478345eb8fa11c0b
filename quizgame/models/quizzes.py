"""Published quiz sets: rounds with their own copy of what they ask, and frozen prices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizgame.domain.items import Item
from quizgame.models.base import Base, Document


class QuizSet(Base):
    """Rounds in order. A new version is a new row; the old one is withdrawn, not changed."""

    __tablename__ = "quizzes"
    __table_args__ = (
        UniqueConstraint("public_id", "version"),
        Index(
            "uq_quizzes_open",
            "public_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(35))
    minutes: Mapped[int]
    position: Mapped[int]
    is_ranked: Mapped[bool]
    prices: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    rounds: Mapped[list[QuizRound]] = relationship(order_by="QuizRound.number")


class QuizRound(Base):
    """One round of a set, with the frozen item."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    item: Mapped[Item] = mapped_column(Document(Item))
