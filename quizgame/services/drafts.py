"""Drafts of quiz sets: building them, checking them, publishing them."""

from __future__ import annotations

from sqlalchemy import select

from quizgame.domain.errors import N_, NotFoundError
from quizgame.models.base import db
from quizgame.models.drafts import Draft

NO_SUCH_DRAFT = N_("There is no such set, or it is not yours to change.")


def get_draft(user_id: int, public_id: str) -> Draft:
    """Return a draft of a user. Raises NotFoundError: a foreign one is as if it were not there."""
    query = select(Draft).filter_by(public_id=public_id, owner_id=user_id, removed_at=None)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFoundError(NO_SUCH_DRAFT)
    return found
