"""Articles, version by version, as documents."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.domain.passages import Article
from quizgame.models.base import Base, Document


class ArticleVersion(Base):
    """One version of an article; its text never changes."""

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("public_id", "version", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[Article] = mapped_column(Document(Article))
    stored_at: Mapped[datetime]
