"""Annotation sets: what somebody finds in a version of an article, with every step kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.domain.markup import Markup
from quizgame.models.base import Base, Document


class AnnotationSet(Base):
    """The annotations of one version of an article: the key ("gold"), or one annotator's ("blind").

    A version has one key, which owner and editors share, and one blind set for each annotator.
    """

    __tablename__ = "annotation_sets"
    __table_args__ = (
        UniqueConstraint("article_id", "user_id", "purpose"),
        Index(
            "uq_annotation_sets_gold",
            "article_id",
            unique=True,
            sqlite_where=text("purpose = 'gold'"),
            postgresql_where=text("purpose = 'gold'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(8))
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class PassageRevision(Base):
    """What a passage looked like after one step. The highest `rev` is how it stands.

    A passage without a revision stands as it does in the article's document (rev 0). `restores` is
    the revision that an undo or a redo brought back; `change` says in a word what the step was.
    """

    __tablename__ = "passage_revisions"
    __table_args__ = (UniqueConstraint("set_id", "number", "rev"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("annotation_sets.id"))
    number: Mapped[int]
    rev: Mapped[int]
    markup: Mapped[Markup] = mapped_column(Document(Markup))
    change: Mapped[str] = mapped_column(String(40))
    restores: Mapped[int | None]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    saved_at: Mapped[datetime]


class SetRuling(Base):
    """A suggestion, or a difference of annotators, that was ruled on: it is not made again."""

    __tablename__ = "set_rulings"
    __table_args__ = (UniqueConstraint("set_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("annotation_sets.id"))
    key: Mapped[str] = mapped_column(String(64))
    ruling: Mapped[str] = mapped_column(String(10))
    ruled_at: Mapped[datetime]
