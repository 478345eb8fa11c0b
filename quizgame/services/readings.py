"""What each annotator of an article found by themselves, before anybody compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Row, select

from quizgame.domain.comparison import KEY, Reading
from quizgame.domain.markup import Markup, applied
from quizgame.domain.passages import Passage
from quizgame.models.annotations import AnnotationSet, PassageRevision
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import db
from quizgame.models.users import User
from quizgame.services.annotations import BLIND, EDITOR, GOLD

ADJUDICATED = "adjudicated"
"""What a step of the key is called that rules on what annotators see differently."""

Steps = Sequence[Row[int, int, int, str]]
"""Id, passage, revision and change, in the order of revisions."""


def key_set(version: ArticleVersion) -> AnnotationSet | None:
    """Return the annotation set that holds the key of a version, if it is begun."""
    query = select(AnnotationSet).filter_by(article_id=version.id, purpose=GOLD)
    return db.session.scalars(query).one_or_none()


def blind_sets(version_id: int) -> Sequence[AnnotationSet]:
    """Return the blind sets of a version, the oldest first."""
    query = select(AnnotationSet).filter_by(article_id=version_id, purpose=BLIND)
    return db.session.scalars(query.order_by(AnnotationSet.id)).all()


def readings(version: ArticleVersion) -> tuple[list[Reading], list[str]]:
    """Return the key and every finished blind set, each with the name of its annotator.

    The key is read as it stood before anybody ruled on differences, a blind set as it was handed
    in; so what is done afterwards does not make annotators agree. The name of the key is "".
    """
    key, passages = key_set(version), version.document.passages
    if key is not None:
        passages = _as_found(key, passages, _before_rulings)
    took_part = any(p.annotations or p.grey or p.stets for p in passages)
    found, names = [Reading(KEY, passages, took_part)], [""]
    blank = tuple(applied(p, Markup(p.segments)) for p in version.document.passages)
    for set_ in blind_sets(version.id):
        if set_.finished_at is not None and not _has_seen_key(version, set_):
            found.append(Reading(set_.public_id, _as_found(set_, blank, list)))
            names.append(db.session.get_one(User, set_.user_id).display_name)
    return found, names


def _has_seen_key(version: ArticleVersion, set_: AnnotationSet) -> bool:
    """Tell whether a set was handed in by somebody who was already let into the key."""
    query = select(ArticleShare.id).where(
        ArticleShare.article_public_id == version.public_id,
        ArticleShare.user_id == set_.user_id,
        ArticleShare.role == EDITOR,
        ArticleShare.made_at <= set_.finished_at,
    )
    return db.session.scalar(query) is not None


def _as_found(
    set_: AnnotationSet, blank: tuple[Passage, ...], choose: Callable[[Steps], Steps]
) -> tuple[Passage, ...]:
    """Return the passages as the last of the chosen steps left each; without one, as they began."""
    told = (PassageRevision.id, PassageRevision.number, PassageRevision.rev, PassageRevision.change)
    query = select(*told).where(PassageRevision.set_id == set_.id).order_by(PassageRevision.rev)
    if set_.purpose == BLIND:
        query = query.where(PassageRevision.saved_at <= set_.finished_at)
    last = {step.number: step.id for step in choose(db.session.execute(query).all())}
    rows = db.session.scalars(select(PassageRevision).where(PassageRevision.id.in_(last.values())))
    markups = {row.number: row.markup for row in rows}
    return tuple(
        applied(passage, markups[number]) if number in markups else passage
        for number, passage in enumerate(blank)
    )


def _before_rulings(steps: Steps) -> Steps:
    """Leave out the steps of each passage from the first ruling on."""
    ruled: set[int] = set()
    kept = []
    for step in steps:
        if step.change == ADJUDICATED:
            ruled.add(step.number)
        if step.number not in ruled:
            kept.append(step)
    return kept
