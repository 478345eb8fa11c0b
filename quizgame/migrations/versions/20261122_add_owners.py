"""Give articles and sets owners, and columns to list and search them by."""

import json
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261122_add_owners"
down_revision = "20261122_add_users"
branch_labels = None
depends_on = None

ARTICLES = sa.table(
    "articles",
    sa.column("id", sa.Integer),
    sa.column("document", sa.JSON),
    sa.column("title", sa.String),
    sa.column("language", sa.String),
    sa.column("words", sa.Integer),
    sa.column("text_digest", sa.String),
)
OF_ARTICLES: tuple[sa.Column[Any], ...] = (
    sa.Column("owner_id", sa.Integer(), nullable=True),
    sa.Column("title", sa.String(300), nullable=False, server_default=sa.text("''")),
    sa.Column("language", sa.String(35), nullable=False, server_default=sa.text("''")),
    sa.Column("words", sa.Integer(), nullable=False, server_default=sa.text("0")),
    sa.Column("text_digest", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
)
OF_QUIZZES: tuple[sa.Column[Any], ...] = (
    sa.Column("owner_id", sa.Integer(), nullable=True),
    sa.Column("topic", sa.String(80), nullable=False, server_default=sa.text("''")),
    sa.Column("level", sa.String(20), nullable=False, server_default=sa.text("''")),
    sa.Column("licence", sa.String(80), nullable=False, server_default=sa.text("''")),
    sa.Column("credit", sa.String(400), nullable=False, server_default=sa.text("''")),
    sa.Column("techniques", sa.Text(), nullable=False, server_default=sa.text("''")),
    sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.true()),
)


def upgrade() -> None:
    for table, columns in (("articles", OF_ARTICLES), ("quizzes", OF_QUIZZES)):
        for column in columns:
            op.add_column(table, column._copy())
        op.create_index(f"ix_{table}_owner_id", table, ["owner_id"])
    op.create_index("ix_articles_text_digest", "articles", ["text_digest"])
    connection = op.get_bind()
    for row in connection.execute(sa.select(ARTICLES.c.id, ARTICLES.c.document)).all():
        connection.execute(
            sa.update(ARTICLES).where(ARTICLES.c.id == row.id).values(_told_by(row.document))
        )


def _told_by(document: dict[str, Any]) -> dict[str, Any]:
    """Return the new columns of a row, from its document."""
    source, passages = document.get("source", {}), document.get("passages", [])
    texts = json.dumps([passage["text"] for passage in passages], ensure_ascii=False)
    return {
        "title": source.get("title", "")[:300],
        "language": source.get("language", ""),
        "words": sum(len(passage["words"]) for passage in passages),
        "text_digest": sha256(texts.encode()).hexdigest(),
    }


def downgrade() -> None:
    op.drop_index("ix_articles_text_digest", "articles")
    for table, columns in (("articles", OF_ARTICLES), ("quizzes", OF_QUIZZES)):
        op.drop_index(f"ix_{table}_owner_id", table)
        for column in columns:
            op.drop_column(table, column.name)
