"""Categories of teachers beside the built-in ones, and the taxonomy that a teacher works with."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import or_, select

from quizgame.domain.taxonomy import Taxonomy
from quizgame.models.base import db
from quizgame.models.categories import OwnCategory
from quizgame.services.taxonomy import get_taxonomy


def taxonomy_of(user_id: int) -> Taxonomy:
    """Return the taxonomy that a user annotates with: built-in, their own, and what is shared."""
    mine = or_(OwnCategory.owner_id == user_id, OwnCategory.is_shared)
    query = select(OwnCategory).where(mine, OwnCategory.removed_at.is_(None))
    own = tuple(row.document for row in db.session.scalars(query.order_by(OwnCategory.id)))
    built_in = get_taxonomy()
    return replace(built_in, categories=built_in.categories + own)
