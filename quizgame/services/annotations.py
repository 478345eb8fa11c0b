"""Annotation sets: who may see which, what stands in them, and every step that led there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from quizgame.domain.errors import N_, ClosedError, NotFoundError, StaleError
from quizgame.domain.markup import Markup, applied, markup_of
from quizgame.domain.passages import Article, Passage
from quizgame.models.annotations import AnnotationSet, PassageRevision
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services.credentials import new_id

GOLD, BLIND = "gold", "blind"
EDITOR, ANNOTATOR = "editor", "annotator"
NO_SUCH_ARTICLE = N_("There is no such article, or it is not yours to see.")
CHANGED_MEANWHILE = N_("Somebody has changed this passage meanwhile. Look at both versions.")
FINISHED = N_("You have said that you are finished. Reopen your annotations to change them.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a passage stands in a set: its text with what was found in it, and which step that is."""

    number: int
    rev: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Step:
    """A change to one passage: the revision it began at, and what is found in it now.

    `restores` is the revision that an undo or a redo brings back.
    """

    number: int
    rev: int
    markup: Markup
    change: str
    restores: int | None = None


def get_version(user_id: int, article_id: int) -> ArticleVersion:
    """Return a version of an article that a user owns or edits, or that is this server's own.

    Raises NotFoundError: a foreign version is not told from one that is not there.
    """
    row = db.session.get(ArticleVersion, article_id)
    if row is None or row.removed_at is not None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    if row.owner_id not in {None, user_id} and role_in(user_id, row.public_id) != EDITOR:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return row


def role_in(user_id: int, article_public_id: str) -> str:
    """Return what a user may do in an article of somebody else: EDITOR, ANNOTATOR or ""."""
    query = select(ArticleShare.role).filter_by(
        article_public_id=article_public_id, user_id=user_id
    )
    return db.session.scalar(query) or ""


def get_set(user_id: int, public_id: str) -> AnnotationSet:
    """Return an annotation set that a user may work on.

    The key is for the owner of the article and its editors, a blind set for its annotator alone.
    Raises NotFoundError.
    """
    found = db.session.scalars(select(AnnotationSet).filter_by(public_id=public_id)).one_or_none()
    if found is None or (found.purpose == BLIND and found.user_id != user_id):
        raise NotFoundError(NO_SUCH_ARTICLE)
    version = db.session.get_one(ArticleVersion, found.article_id)
    is_annotator = found.purpose == BLIND and role_in(user_id, version.public_id) == ANNOTATOR
    if version.removed_at is not None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    if found.purpose == GOLD and version.owner_id is None:
        raise NotFoundError(NO_SUCH_ARTICLE)  # the key of this server's own texts is its seeds'
    if not is_annotator:
        get_version(user_id, version.id)
    return found


def add_set(version_id: int, user_id: int, purpose: str, *, now: datetime) -> AnnotationSet:
    """Make an annotation set in the transaction that is open."""
    made = AnnotationSet(
        public_id=new_id(),
        article_id=version_id,
        user_id=user_id,
        purpose=purpose,
        begun_at=now,
        finished_at=None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def version_of(set_: AnnotationSet) -> ArticleVersion:
    """Return the version of the article that a set annotates."""
    return db.session.get_one(ArticleVersion, set_.article_id)


def finish(set_: AnnotationSet, *, now: datetime) -> None:
    """Note that a blind annotator is finished. The key of an article is never finished."""
    _set_finished(set_, now)


def reopen(set_: AnnotationSet) -> None:
    """Let a blind annotator go on."""
    _set_finished(set_, None)


def _set_finished(set_: AnnotationSet, when: datetime | None) -> None:
    id_ = set_.id
    begin_write()
    row = db.session.get_one(AnnotationSet, id_)
    if row.purpose != BLIND:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_ARTICLE)
    row.finished_at = when
    db.session.commit()


def standing(set_: AnnotationSet, number: int) -> Standing:
    """Return how one passage of a set stands. Raises NotFoundError."""
    return standing_at(set_, number, None)


def standing_at(set_: AnnotationSet, number: int, rev: int | None) -> Standing:
    """Return how one passage stood at a revision; as it stands now if that is None.

    Raises NotFoundError if there is no such passage, or no such revision.
    """
    passages = version_of(set_).document.passages
    if not 0 <= number < len(passages):
        raise NotFoundError(NO_SUCH_ARTICLE)
    passage = _blank(passages[number]) if set_.purpose == BLIND else passages[number]
    if rev == 0:
        return Standing(number, 0, passage)
    query = select(PassageRevision).filter_by(set_id=set_.id, number=number)
    if rev is not None:
        query = query.filter_by(rev=rev)
    row = db.session.scalars(query.order_by(PassageRevision.rev.desc()).limit(1)).one_or_none()
    if row is None:
        if rev is not None:
            raise NotFoundError(NO_SUCH_ARTICLE)
        return Standing(number, 0, passage)
    return Standing(number, row.rev, applied(passage, row.markup))


def standings(set_: AnnotationSet) -> list[Standing]:
    """Return how every passage of a set stands, in their order."""
    document = version_of(set_).document
    newest = _newest(set_.id)
    blank = [_blank(p) if set_.purpose == BLIND else p for p in document.passages]
    return [
        Standing(n, newest[n].rev, applied(passage, newest[n].markup))
        if n in newest
        else Standing(n, 0, passage)
        for n, passage in enumerate(blank)
    ]


def annotated(version: ArticleVersion) -> Article:
    """Return an article with its key, as it stands now."""
    key = db.session.scalars(
        select(AnnotationSet).filter_by(article_id=version.id, purpose=GOLD)
    ).one_or_none()
    if key is None:
        return version.document
    return replace(version.document, passages=tuple(s.passage for s in standings(key)))


def save(set_id: int, user_id: int, step: Step, *, now: datetime) -> int:
    """Store a passage's next step; return its revision.

    ClosedError if its annotator is finished. StaleError, and nothing is stored, if somebody has
    stored another one since the revision that it began at: nobody's work is overwritten.
    """
    begin_write()
    if db.session.get_one(AnnotationSet, set_id).finished_at is not None:
        db.session.rollback()
        raise ClosedError(FINISHED)
    newest = db.session.scalar(
        select(func.max(PassageRevision.rev)).filter_by(set_id=set_id, number=step.number)
    )
    if (newest or 0) != step.rev:
        db.session.rollback()
        raise StaleError(CHANGED_MEANWHILE)
    db.session.add(
        PassageRevision(
            set_id=set_id,
            number=step.number,
            rev=step.rev + 1,
            markup=step.markup,
            change=step.change,
            restores=step.restores,
            user_id=user_id,
            saved_at=now,
        )
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise StaleError(CHANGED_MEANWHILE) from None
    return step.rev + 1


def _newest(set_id: int) -> dict[int, PassageRevision]:
    last = (
        select(PassageRevision.number, func.max(PassageRevision.rev).label("rev"))
        .where(PassageRevision.set_id == set_id)
        .group_by(PassageRevision.number)
        .subquery()
    )
    query = (
        select(PassageRevision)
        .join(last, (PassageRevision.number == last.c.number) & (PassageRevision.rev == last.c.rev))
        .where(PassageRevision.set_id == set_id)
    )
    return {row.number: row for row in db.session.scalars(query)}


def _blank(passage: Passage) -> Passage:
    """Return a passage in which nothing has been found: a blind annotator begins with that."""
    return applied(passage, Markup(markup_of(passage).segments))
