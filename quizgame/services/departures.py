"""What happens to a teacher's works when they leave: told first, then done in one transaction.

What nobody else has a part in goes. What colleagues work on, and what classes play, may stay, but
not under the name of who left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from quizgame.domain.errors import N_
from quizgame.models.annotations import AnnotationSet, PassageRevision, SetRuling
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import db
from quizgame.models.categories import OwnCategory
from quizgame.models.drafts import Draft
from quizgame.models.quizzes import QuizSet
from quizgame.models.users import User
from quizgame.services.annotations import BLIND

LEAVE, WITHDRAW = "leave", "withdraw"
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        LEAVE: N_("They stay under nobody’s name, so that classes can go on with them."),
        WITHDRAW: N_("They are withdrawn: nobody can start them any more."),
    }
)
"""What can become of published sets."""
NOBODY = "…"
"""What stands in a credit where the name was."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How many of a user's works go, and how many stay, should they leave."""

    drafts: int
    private_articles: int
    shared_articles: int
    blind_sets: int
    private_categories: int
    shared_categories: int
    open_sets: int


def fate_of(user_id: int) -> Fate:
    """Tell what would happen to a user's works."""
    private, shared = _articles(user_id)
    mine = OwnCategory.owner_id == user_id, OwnCategory.removed_at.is_(None)
    return Fate(
        drafts=_count(Draft, Draft.owner_id == user_id, Draft.removed_at.is_(None)),
        private_articles=len(private),
        shared_articles=len(shared),
        blind_sets=_count(
            AnnotationSet, AnnotationSet.user_id == user_id, AnnotationSet.purpose == BLIND
        ),
        private_categories=_count(OwnCategory, *mine, OwnCategory.is_shared.is_(False)),
        shared_categories=_count(OwnCategory, *mine, OwnCategory.is_shared.is_(True)),
        open_sets=_count(QuizSet, QuizSet.owner_id == user_id, QuizSet.withdrawn_at.is_(None)),
    )


def clear(user: User, sets: str, *, now: datetime) -> None:
    """Remove the works of a user who leaves, inside the transaction that takes their name away.

    `sets` says what becomes of published sets: LEAVE or WITHDRAW.
    """
    db.session.execute(delete(Draft).where(Draft.owner_id == user.id))
    theirs = AnnotationSet.user_id == user.id, AnnotationSet.purpose == BLIND
    _drop_sets(*theirs)
    db.session.execute(delete(ArticleShare).where(ArticleShare.user_id == user.id))
    is_kept = _clear_articles(user.id)
    if sets == WITHDRAW:
        _withdraw(user.id, now)
    else:
        is_kept = is_kept or bool(_count(QuizSet, QuizSet.owner_id == user.id))
    _clear_categories(user.id, is_kept, now)
    _take_name_from_credits(user)


def _articles(user_id: int) -> tuple[list[str], list[str]]:
    """Return the ids of a user's articles in which nobody has a part, and of those that stay.

    Somebody has a part who was let in, or who builds a set of it.
    """
    own = select(ArticleVersion.public_id).filter_by(owner_id=user_id).distinct()
    ids = db.session.scalars(own.order_by(ArticleVersion.public_id)).all()
    let_in = (
        select(ArticleShare.article_public_id)
        .join(User, User.id == ArticleShare.user_id)
        .where(User.deleted_at.is_(None), ArticleShare.user_id != user_id)
        .join(ArticleVersion, ArticleVersion.public_id == ArticleShare.article_public_id)
        .where(ArticleVersion.removed_at.is_(None))
    )
    built = (
        select(ArticleVersion.public_id)
        .join(Draft, Draft.article_id == ArticleVersion.id)
        .where(Draft.owner_id != user_id)
    )
    used = set(db.session.scalars(let_in)) | set(db.session.scalars(built))
    return [id_ for id_ in ids if id_ not in used], [id_ for id_ in ids if id_ in used]


def _clear_articles(user_id: int) -> bool:
    """Remove the articles in which nobody else has a part; tell whether others stay."""
    lock = select(ArticleVersion.id).filter_by(owner_id=user_id).with_for_update()
    db.session.execute(lock).all()
    private, shared = _articles(user_id)
    for ids in _batches(private):
        versions = select(ArticleVersion.id).where(ArticleVersion.public_id.in_(ids))
        _drop_sets(AnnotationSet.article_id.in_(versions))
        db.session.execute(delete(ArticleShare).where(ArticleShare.article_public_id.in_(ids)))
        gone = ArticleVersion.public_id.in_(ids), ArticleVersion.owner_id == user_id
        db.session.execute(delete(ArticleVersion).where(*gone))
    return bool(shared)


def _drop_sets(*which: ColumnElement[bool]) -> None:
    """Remove annotation sets, with every step and ruling in them."""
    query = select(AnnotationSet.id).where(*which).with_for_update()
    for ids in _batches(db.session.scalars(query).all()):
        for table in (PassageRevision, SetRuling):
            db.session.execute(delete(table).where(table.set_id.in_(ids)))
        db.session.execute(delete(AnnotationSet).where(AnnotationSet.id.in_(ids)))


def _withdraw(user_id: int, now: datetime) -> None:
    mine = update(QuizSet).where(QuizSet.owner_id == user_id)
    db.session.execute(mine.values(is_listed=False, is_shared=False))
    db.session.execute(mine.where(QuizSet.withdrawn_at.is_(None)).values(withdrawn_at=now))


def _clear_categories(user_id: int, is_kept: bool, now: datetime) -> None:
    """Remove categories that are not shared; where works stay that may use them, only their use."""
    private = OwnCategory.owner_id == user_id, OwnCategory.is_shared.is_(False)
    if is_kept:
        offered = update(OwnCategory).where(*private, OwnCategory.removed_at.is_(None))
        db.session.execute(offered.values(removed_at=now))
    else:
        db.session.execute(delete(OwnCategory).where(*private))


def _take_name_from_credits(user: User) -> None:
    """Take the name of who leaves out of the credits of their sets, and of what was forked."""
    names = [name for name in (user.display_name, user.name) if name]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    for table in (QuizSet, Draft):
        query = select(table.id, table.credit).where(table.credit != "")
        for id_, credit in db.session.execute(query).all():
            without = pattern.sub(NOBODY, credit)
            if without != credit and _is_descended(table, id_, user.id):
                db.session.execute(update(table).where(table.id == id_).values(credit=without))


def _is_descended(table: type[QuizSet] | type[Draft], id_: int, user_id: int) -> bool:
    """Tell whether a set or draft is a user's own, or was forked, once or again, from theirs."""
    seen: set[int] = set()
    public_id, owner = db.session.execute(
        select(table.public_id, table.owner_id).where(table.id == id_)
    ).one()
    while owner != user_id:
        origin = select(Draft.forked_from_id).filter_by(public_id=public_id)
        before = db.session.scalar(origin)
        if before is None or before in seen:
            return False
        seen.add(before)
        query = select(QuizSet.public_id, QuizSet.owner_id).where(QuizSet.id == before)
        public_id, owner = db.session.execute(query).one()
    return True


def _count(table: Any, *which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*which)) or 0


def _batches(ids: Sequence[Any]) -> list[Sequence[Any]]:
    """Cut ids into pieces that a database takes in one statement."""
    return [ids[at : at + 500] for at in range(0, len(ids), 500)]
