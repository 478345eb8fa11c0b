"""Categories of teachers beside the built-in ones, and the taxonomy that a teacher works with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import or_, select

from quizgame.domain.taxonomy import Category, Taxonomy
from quizgame.models.base import db
from quizgame.models.categories import OwnCategory
from quizgame.services.taxonomy import get_taxonomy


def own_categories(ids: Collection[str]) -> tuple[Category, ...]:
    """Return the categories of teachers that have those ids, whosever they are: sets name them."""
    unknown = set(ids) - {category.id for category in get_taxonomy().categories}
    if not unknown:
        return ()
    documents = db.session.scalars(select(OwnCategory.document).order_by(OwnCategory.id))
    return tuple(category for category in documents if category.id in unknown)


def taxonomy_of(user_id: int) -> Taxonomy:
    """Return the taxonomy that a user annotates with: built-in, their own, and what is shared."""
    mine = or_(OwnCategory.owner_id == user_id, OwnCategory.is_shared)
    query = select(OwnCategory).where(mine, OwnCategory.removed_at.is_(None))
    own = tuple(row.document for row in db.session.scalars(query.order_by(OwnCategory.id)))
    built_in = get_taxonomy()
    return replace(built_in, categories=built_in.categories + own)
