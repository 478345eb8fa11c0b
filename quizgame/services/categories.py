"""Categories of teachers beside the built-in ones, and the taxonomy that a teacher works with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select

from quizgame.domain.errors import N_, InputError, NotFoundError
from quizgame.domain.lettering import TRICKS, plays_tricks
from quizgame.domain.taxonomy import Category, Taxonomy
from quizgame.models.base import begin_write, db
from quizgame.models.categories import OwnCategory
from quizgame.models.users import User
from quizgame.services.credentials import new_id
from quizgame.services.taxonomy import get_taxonomy

PREFIX = "own-"
MOST = 200
NO_SUCH_CATEGORY = N_("There is no such category, or it is not yours to change.")
NO_LABEL = N_("Give the category a name.")
NO_FAMILY = N_("Choose a family of that layer: inside a family a wrong name is half right.")
NO_SUCH_NEIGHBOUR = N_("A category that it could be confused with is not in your list any more.")
SAME_LABEL = N_("You have a category of that name in that layer already.")
TOO_MANY = N_("That is the most categories one teacher can have. Remove some first.")


@dataclass(frozen=True, slots=True)
class OwnedCategory:
    """A category that a teacher may use: whose it is, and whether colleagues may use it too."""

    category: Category
    owner: str
    is_mine: bool
    is_shared: bool


def taxonomy_of(user_id: int, *, used: Collection[str] = ()) -> Taxonomy:
    """Return the taxonomy that a user annotates with: built-in, their own, and what is shared.

    What is `used` already is in it as well, removed or not: it keeps its name.
    """
    mine = or_(OwnCategory.owner_id == user_id, OwnCategory.is_shared)
    offered = mine & OwnCategory.removed_at.is_(None)
    own = [id_ for id_ in used if id_.startswith(PREFIX)]
    query = select(OwnCategory).where(or_(offered, OwnCategory.public_id.in_(own)))
    rows = db.session.scalars(query.order_by(OwnCategory.id))
    built_in = get_taxonomy()
    return replace(built_in, categories=built_in.categories + tuple(row.document for row in rows))


def own_categories(ids: Collection[str]) -> tuple[Category, ...]:
    """Return the categories of teachers that have those ids, whosever they are: sets name them."""
    own = [id_ for id_ in ids if id_.startswith(PREFIX)]
    query = select(OwnCategory.document).where(OwnCategory.public_id.in_(own))
    return tuple(db.session.scalars(query.order_by(OwnCategory.id))) if own else ()


def label(id_: str) -> str:
    """Return the name of a category of somebody, shared or not, removed or not; else its id."""
    query = select(OwnCategory).filter_by(public_id=id_)
    row = db.session.scalars(query).one_or_none() if id_.startswith(PREFIX) else None
    return row.document.label if row else id_


def categories_of(user_id: int) -> Sequence[OwnedCategory]:
    """Return a user's own categories, and those that colleagues share, by their names."""
    mine = or_(OwnCategory.owner_id == user_id, OwnCategory.is_shared)
    query = select(OwnCategory, User.display_name).join(User, User.id == OwnCategory.owner_id)
    rows = db.session.execute(query.where(mine, OwnCategory.removed_at.is_(None)))
    found = [
        OwnedCategory(row.document, owner, row.owner_id == user_id, row.is_shared)
        for row, owner in rows
    ]
    return sorted(found, key=lambda own: (not own.is_mine, own.category.label.casefold()))


def get_category(user_id: int, public_id: str) -> OwnCategory:
    """Return a category of a user. Raises NotFoundError: also for those that others share."""
    query = select(OwnCategory).filter_by(public_id=public_id, owner_id=user_id, removed_at=None)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFoundError(NO_SUCH_CATEGORY)
    return found


def add_category(user_id: int, category: Category, is_shared: bool, *, now: datetime) -> str:
    """Store a new category of a user; return the id that it is given. Raises InputError."""
    begin_write()
    count = select(func.count(OwnCategory.id)).filter_by(owner_id=user_id, removed_at=None)
    try:
        if (db.session.scalar(count) or 0) >= MOST:
            raise InputError(TOO_MANY)
        made = replace(_checked(user_id, category), id=f"{PREFIX}{new_id()}")
    except InputError:
        db.session.rollback()
        raise
    row = OwnCategory(
        public_id=made.id,
        owner_id=user_id,
        document=made,
        is_shared=is_shared,
        changed_at=now,
        removed_at=None,
    )
    db.session.add(row)
    db.session.commit()
    return made.id


def change_category(
    user_id: int, public_id: str, category: Category, is_shared: bool, *, now: datetime
) -> None:
    """Change a category of a user; its id stays, and with it what is annotated. InputError."""
    begin_write()
    row = get_category(user_id, public_id)
    try:
        row.document = replace(_checked(user_id, category, public_id), id=public_id)
    except InputError:
        db.session.rollback()
        raise
    row.is_shared = is_shared
    row.changed_at = now
    db.session.commit()


def remove_category(user_id: int, public_id: str, *, now: datetime) -> None:
    """Offer a category no more. What is annotated with it keeps its name."""
    begin_write()
    row = get_category(user_id, public_id)
    row.removed_at = now
    db.session.commit()


def _checked(user_id: int, category: Category, public_id: str = "") -> Category:
    taxonomy = taxonomy_of(user_id)
    families = {(c.layer, c.family) for c in get_taxonomy().categories}
    label_ = " ".join(category.label.split())
    others = [c for c in taxonomy.categories if c.id != public_id]
    if not label_:
        raise InputError(NO_LABEL)
    if plays_tricks(label_):
        raise InputError(TRICKS)
    if (category.layer, category.family) not in families:
        raise InputError(NO_FAMILY)
    if any(c.label.casefold() == label_.casefold() and c.layer == category.layer for c in others):
        raise InputError(SAME_LABEL)
    if not {c.id for c in others}.issuperset(category.confusable_with):
        raise InputError(NO_SUCH_NEIGHBOUR)
    return replace(category, label=label_)
