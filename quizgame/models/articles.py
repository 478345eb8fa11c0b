"""Articles, version by version, as documents; and who may work on those of a teacher."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizgame.domain.passages import Article
from quizgame.models.base import Base, Document


class ArticleVersion(Base):
    """One version of an article; its text never changes.

    Those without an owner are this server's own, from its seeds. (`owner_id` is no foreign key:
    SQLite could not take it away again without rewriting the table, and rows of users stay.)
    `text_digest` is that of the passages' texts, by which duplicates are noticed. The document of
    a teacher's article holds the text as imported; what was found since stands in annotation sets.
    """

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("public_id", "version", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[Article] = mapped_column(Document(Article), deferred=True)
    stored_at: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(300), server_default=text("''"))
    language: Mapped[str] = mapped_column(String(35), server_default=text("''"))
    words: Mapped[int] = mapped_column(server_default=text("0"))
    text_digest: Mapped[str] = mapped_column(String(64), index=True, server_default=text("''"))
    removed_at: Mapped[datetime | None]


class ArticleShare(Base):
    """A colleague whom the owner of an article lets in: to edit the key with them, or to annotate.

    It holds for all versions. `role` is "editor" or "annotator"; an annotator never sees the key.
    """

    __tablename__ = "article_shares"
    __table_args__ = (UniqueConstraint("article_public_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_public_id: Mapped[str] = mapped_column(String(80))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]
