"""Create the tables in which teachers annotate articles and build sets."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_add_annotations"
down_revision = "20261122_add_owners"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "drafts",
    "categories",
    "set_rulings",
    "passage_revisions",
    "annotation_sets",
    "article_shares",
)


def upgrade() -> None:
    _create_article_shares()
    _create_annotation_sets()
    _create_passage_revisions()
    _create_set_rulings()
    _create_categories()
    _create_drafts()


def _create_article_shares() -> None:
    op.create_table(
        "article_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_public_id", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_article_shares_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article_shares"),
        sa.UniqueConstraint(
            "article_public_id", "user_id", name="uq_article_shares_article_public_id_user_id"
        ),
    )
    op.create_index("ix_article_shares_user_id", "article_shares", ["user_id"])


def _create_annotation_sets() -> None:
    op.create_table(
        "annotation_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_annotation_sets_article_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_annotation_sets_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_annotation_sets"),
        sa.UniqueConstraint("public_id", name="uq_annotation_sets_public_id"),
        sa.UniqueConstraint(
            "article_id", "user_id", "purpose", name="uq_annotation_sets_article_id_user_id_purpose"
        ),
    )
    op.create_index("ix_annotation_sets_user_id", "annotation_sets", ["user_id"])
    op.create_index(
        "uq_annotation_sets_gold",
        "annotation_sets",
        ["article_id"],
        unique=True,
        sqlite_where=sa.text("purpose = 'gold'"),
        postgresql_where=sa.text("purpose = 'gold'"),
    )


def _create_passage_revisions() -> None:
    op.create_table(
        "passage_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("markup", sa.JSON(), nullable=False),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["annotation_sets.id"], name="fk_passage_revisions_set_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_passage_revisions_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_passage_revisions"),
        sa.UniqueConstraint(
            "set_id", "number", "rev", name="uq_passage_revisions_set_id_number_rev"
        ),
    )
    op.create_index("ix_passage_revisions_user_id", "passage_revisions", ["user_id"])


def _create_set_rulings() -> None:
    op.create_table(
        "set_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("ruling", sa.String(length=10), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["annotation_sets.id"], name="fk_set_rulings_set_id"),
        sa.PrimaryKeyConstraint("id", name="pk_set_rulings"),
        sa.UniqueConstraint("set_id", "key", name="uq_set_rulings_set_id_key"),
    )


def _create_categories() -> None:
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_categories_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sa.UniqueConstraint("public_id", name="uq_categories_public_id"),
    )
    op.create_index("ix_categories_owner_id", "categories", ["owner_id"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("licence", sa.String(length=80), nullable=False),
        sa.Column("credit", sa.String(length=400), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("forked_from_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_drafts_owner_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_drafts_article_id"),
        sa.ForeignKeyConstraint(
            ["forked_from_id"], ["quizzes.id"], name="fk_drafts_forked_from_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("public_id", name="uq_drafts_public_id"),
    )
    for name in ("owner_id", "article_id", "forked_from_id"):
        op.create_index(f"ix_drafts_{name}", "drafts", [name])


def downgrade() -> None:
    for name in NEW_TABLES:
        op.drop_table(name)
