"""Drafts of quiz sets: what teachers build before they publish it, and go on building after."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.domain.quizzes import QuizDraft
from quizgame.models.base import Base, Document


class Draft(Base):
    """A set in the making. Every publication of it is a version of the set with the same public id.

    `is_listed` lets students find the set, `is_shared` lets colleagues look into it and fork it;
    without either it is played by its link. `rev` counts the saves, so that no save undoes another.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    rev: Mapped[int]
    document: Mapped[QuizDraft] = mapped_column(Document(QuizDraft))
    topic: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(20))
    licence: Mapped[str] = mapped_column(String(80))
    credit: Mapped[str] = mapped_column(String(400))
    is_listed: Mapped[bool]
    is_shared: Mapped[bool]
    forked_from_id: Mapped[int | None] = mapped_column(ForeignKey("quizzes.id"), index=True)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
