"""Published quiz sets: rounds with their own copy of what they ask, and frozen prices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizgame.domain.items import Item
from quizgame.models.base import Base, Document


class QuizSet(Base):
    """Rounds in order. A new version is a new row; the old one is withdrawn, not changed.

    A set without an owner is this server's own, from its seeds. Students find it if it is listed;
    colleagues look into it and fork it if it is shared. `techniques` are the categories in its key,
    each between spaces.
    """

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
    owner_id: Mapped[int | None] = mapped_column(index=True)
    topic: Mapped[str] = mapped_column(String(80), server_default=text("''"))
    level: Mapped[str] = mapped_column(String(20), server_default=text("''"))
    licence: Mapped[str] = mapped_column(String(80), server_default=text("''"))
    credit: Mapped[str] = mapped_column(String(400), server_default=text("''"))
    techniques: Mapped[str] = mapped_column(Text, server_default=text("''"))
    is_listed: Mapped[bool] = mapped_column(server_default=true())
    is_shared: Mapped[bool] = mapped_column(server_default=true())

    rounds: Mapped[list[QuizRound]] = relationship(order_by="QuizRound.number")

    @property
    def counts_for_all(self) -> bool:
        """Tell whether its plays count on the boards of all sets: those of teachers do not."""
        return self.is_ranked and self.owner_id is None


class QuizRound(Base):
    """One round of a set, with the frozen item."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    item: Mapped[Item] = mapped_column(Document(Item))
