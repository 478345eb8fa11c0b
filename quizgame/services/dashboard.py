"""What a teacher may want to go on with. A card that cannot be read takes none along."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from quizgame.domain.items import hundredths
from quizgame.models.annotations import AnnotationSet
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import db
from quizgame.models.drafts import Draft
from quizgame.models.plays import Play
from quizgame.models.quizzes import QuizSet
from quizgame.models.users import User
from quizgame.rounds import KINDS
from quizgame.services.annotations import BLIND, EDITOR
from quizgame.services.plays import rate
from quizgame.services.quizzes import get_version

MOST = 6
"""How many lines a card shows; the rest is a click away."""


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of a card, how many there are in all, and whether it could be read."""

    lines: Sequence[Any] = ()
    total: int = 0
    is_well: bool = True


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as it was last stored. `owner` is named in cards of other people's articles.

    `set_id` is the blind set in which somebody annotates it, if they have begun.
    """

    public_id: str
    title: str
    language: str
    words: int
    stored_at: datetime
    owner: str = ""
    may_edit: bool = True
    set_id: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft, and when it was last worked on; a published one goes on being one."""

    public_id: str
    title: str
    rounds: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SetLine:
    """A published set: how often it was started, and the mean share of its points (0 to 1).

    The share is that of first plays that were finished, in all versions; None if there are none.
    """

    public_id: str
    title: str
    version: int
    is_open: bool
    plays: int
    share: float | None


def cards_of(user_id: int) -> dict[str, Card]:
    """Return the cards of a user by name. One that cannot be read says so; the others stand."""
    readers = {"articles": articles, "invited": invited, "drafts": drafts, "sets": sets}
    return {name: _read(name, reader, user_id) for name, reader in readers.items()}


def _read(name: str, reader: Callable[[int], Card], user_id: int) -> Card:
    try:
        return reader(user_id)
    except Exception:
        db.session.rollback()
        logging.getLogger(__name__).exception("the card %s cannot be read", name)
        return Card(is_well=False)


def articles(user_id: int) -> Card:
    """Return a user's own articles, the last stored first."""
    mine = _newest().where(ArticleVersion.owner_id == user_id)
    rows = db.session.execute(mine.order_by(ArticleVersion.id.desc()).limit(MOST))
    total = select(func.count()).select_from(mine.subquery())
    return Card([ArticleLine(*row) for row in rows], db.session.scalar(total) or 0)


def invited(user_id: int) -> Card:
    """Return the articles of colleagues in which a user may annotate, the last shared first."""
    shared = (
        _newest()
        .join(ArticleShare, ArticleShare.article_public_id == ArticleVersion.public_id)
        .join(User, User.id == ArticleVersion.owner_id)
        .where(ArticleShare.user_id == user_id, ArticleVersion.owner_id != user_id)
        .order_by(ArticleShare.id.desc())
        .add_columns(User.display_name, ArticleShare.role, _blind_set(user_id))
    )
    rows = db.session.execute(shared).all()
    return Card([_invited_line(row) for row in rows[:MOST]], len(rows))


def _invited_line(row: Any) -> ArticleLine:
    owner, role, set_id = row[5:]
    line = ArticleLine(*row[:5])
    return replace(line, owner=owner, may_edit=role == EDITOR, set_id=set_id or "")


def drafts(user_id: int) -> Card:
    """Return a user's drafts, the last changed first."""
    mine = select(Draft).where(Draft.owner_id == user_id, Draft.removed_at.is_(None))
    rows = db.session.scalars(mine.order_by(Draft.changed_at.desc(), Draft.id.desc()).limit(MOST))
    lines = [
        DraftLine(row.public_id, row.document.title, len(row.document.rounds), row.changed_at)
        for row in rows
    ]
    total = select(func.count()).select_from(mine.with_only_columns(Draft.id).subquery())
    return Card(lines, db.session.scalar(total) or 0)


def sets(user_id: int) -> Card:
    """Return the newest versions of the sets that a user published, the last published first."""
    last = func.max(QuizSet.version).label("version")
    newest = select(QuizSet.public_id, last).where(QuizSet.owner_id == user_id)
    newest = newest.group_by(QuizSet.public_id)
    ids = newest.subquery()
    same = (QuizSet.public_id == ids.c.public_id) & (QuizSet.version == ids.c.version)
    columns = QuizSet.public_id, QuizSet.title, QuizSet.version, QuizSet.withdrawn_at.is_(None)
    query = select(*columns).join(ids, same).order_by(QuizSet.id.desc()).limit(MOST)
    rows = db.session.execute(query).all()
    told = _played([row[0] for row in rows])
    lines = [SetLine(*row, *told.get(row[0], (0, None))) for row in rows]
    total = select(func.count()).select_from(ids)
    return Card(lines, db.session.scalar(total) or 0)


def _newest() -> Any:
    """Return the query for the newest versions of all articles that are not removed."""
    last = (
        select(func.max(ArticleVersion.id))
        .where(ArticleVersion.removed_at.is_(None))
        .group_by(ArticleVersion.public_id)
    )
    return select(
        ArticleVersion.public_id,
        ArticleVersion.title,
        ArticleVersion.language,
        ArticleVersion.words,
        ArticleVersion.stored_at,
    ).where(ArticleVersion.id.in_(last))


def _blind_set(user_id: int) -> Any:
    theirs = (AnnotationSet.user_id == user_id) & (AnnotationSet.purpose == BLIND)
    return (
        select(AnnotationSet.public_id)
        .where(AnnotationSet.article_id == ArticleVersion.id, theirs)
        .scalar_subquery()
    )


def _played(public_ids: Iterable[str]) -> dict[str, tuple[int, float | None]]:
    """Return, by set, how often it was started, and the mean share of its points."""
    done = Play.is_counting & Play.finished_at.is_not(None)
    floored = case((or_(~done, Play.points < 0), 0), else_=Play.points)
    query = (
        select(
            QuizSet.public_id,
            QuizSet.id,
            func.count(Play.id),
            func.sum(case((done, 1), else_=0)),
            func.sum(floored),
        )
        .join(Play, Play.quiz_id == QuizSet.id)
        .where(QuizSet.public_id.in_(list(public_ids)))
        .group_by(QuizSet.public_id, QuizSet.id)
    )
    told: dict[str, tuple[int, int, float]] = {}
    for public_id, id_, plays, finished, points in db.session.execute(query):
        before = told.get(public_id, (0, 0, 0.0))
        share = points / max(1, perfect(id_))
        told[public_id] = (before[0] + plays, before[1] + finished, before[2] + share)
    return {id_: (n, share / done if done else None) for id_, (n, done, share) in told.items()}


def perfect(quiz_id: int) -> int:
    """Return what a perfect play of a version of a set earns, in hundredths of points."""
    quiz = get_version(quiz_id)
    best = ((round_, KINDS[round_.kind].best(round_.item)) for round_ in quiz.rounds)
    return sum(hundredths(rate(quiz, round_, response).points) for round_, response in best)
