"""What a teacher has made on this server, all of it, as plain JSON: to take along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select

from quizgame.formats import article_document, quiz_document
from quizgame.models.annotations import AnnotationSet, PassageRevision, SetRuling
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import db
from quizgame.models.categories import OwnCategory
from quizgame.models.drafts import Draft
from quizgame.models.plays import Play
from quizgame.models.quizzes import QuizSet
from quizgame.services.annotations import annotated


def belongings(user_id: int) -> dict[str, Any]:
    """Return what a user has made, documents included. Of colleagues it tells nothing."""
    return {
        "articles": list(_articles(user_id)),
        "shares": list(_shares(user_id)),
        "annotation_sets": list(_annotation_sets(user_id)),
        "steps": list(_steps(user_id)),
        "categories": list(_categories(user_id)),
        "drafts": list(_drafts(user_id)),
        "published_sets": list(_sets(user_id)),
    }


def _articles(user_id: int) -> Iterator[dict[str, Any]]:
    """Yield all versions of own articles, each with the key as it stands."""
    query = select(ArticleVersion).filter_by(owner_id=user_id).order_by(ArticleVersion.id)
    for row in db.session.scalars(query):
        yield {
            "version": row.version,
            "stored_at": _when(row.stored_at),
            "removed_at": _when(row.removed_at),
            "document": json.loads(article_document.write(annotated(row))),
        }


def _shares(user_id: int) -> Iterator[dict[str, Any]]:
    """Yield who may work on what, without names: own articles first, then those of colleagues."""
    own = select(ArticleVersion.public_id).filter_by(owner_id=user_id)
    is_own = ArticleShare.article_public_id.in_(own)
    mine = is_own | (ArticleShare.user_id == user_id)
    query = select(ArticleShare, is_own).where(mine).order_by(is_own.desc(), ArticleShare.id)
    for row, given in db.session.execute(query):
        yield {
            "article": row.article_public_id,
            "given_by": "you" if given else "a colleague",
            "role": row.role,
            "made_at": _when(row.made_at),
        }


def _annotation_sets(user_id: int) -> Iterator[dict[str, Any]]:
    """Yield the annotation sets that a user began, with the rulings on suggestions in them."""
    query = (
        select(AnnotationSet, ArticleVersion.public_id, ArticleVersion.version)
        .join(ArticleVersion, ArticleVersion.id == AnnotationSet.article_id)
        .where(AnnotationSet.user_id == user_id)
        .order_by(AnnotationSet.id)
    )
    for row, article, version in db.session.execute(query):
        rulings = select(SetRuling).filter_by(set_id=row.id).order_by(SetRuling.id)
        yield {
            "id": row.public_id,
            "article": article,
            "version": version,
            "purpose": row.purpose,
            "begun_at": _when(row.begun_at),
            "finished_at": _when(row.finished_at),
            "rulings": [
                {"key": ruling.key, "ruling": ruling.ruling, "ruled_at": _when(ruling.ruled_at)}
                for ruling in db.session.scalars(rulings)
            ],
        }


def _steps(user_id: int) -> Iterator[dict[str, Any]]:
    """Yield every step of annotating that a user took, in their own and in shared sets."""
    query = (
        select(PassageRevision, AnnotationSet.public_id)
        .join(AnnotationSet, AnnotationSet.id == PassageRevision.set_id)
        .where(PassageRevision.user_id == user_id)
        .order_by(PassageRevision.id)
    )
    for row, set_id in db.session.execute(query):
        yield {
            "set": set_id,
            "passage": row.number,
            "rev": row.rev,
            "change": row.change,
            "saved_at": _when(row.saved_at),
            "markup": msgspec.to_builtins(row.markup),
        }


def _categories(user_id: int) -> Iterator[dict[str, Any]]:
    query = select(OwnCategory).filter_by(owner_id=user_id).order_by(OwnCategory.id)
    for row in db.session.scalars(query):
        yield {
            "id": row.public_id,
            "is_shared": row.is_shared,
            "changed_at": _when(row.changed_at),
            "removed_at": _when(row.removed_at),
            "document": msgspec.to_builtins(row.document),
        }


def _drafts(user_id: int) -> Iterator[dict[str, Any]]:
    query = select(Draft).filter_by(owner_id=user_id).order_by(Draft.id)
    for row in db.session.scalars(query):
        yield {
            "id": row.public_id,
            **_told(row),
            "made_at": _when(row.made_at),
            "changed_at": _when(row.changed_at),
            "removed_at": _when(row.removed_at),
            "document": json.loads(quiz_document.write(row.document)),
        }


def _sets(user_id: int) -> Iterator[dict[str, Any]]:
    """Yield every version of every set that a user published, with keys and prices."""
    query = select(QuizSet).filter_by(owner_id=user_id).order_by(QuizSet.id)
    plays = select(Play.quiz_id, func.count()).group_by(Play.quiz_id)
    ours = plays.where(Play.quiz_id.in_(query.with_only_columns(QuizSet.id).order_by(None)))
    counted = {id_: number for id_, number in db.session.execute(ours)}  # noqa: C416 - rows
    for row in db.session.scalars(query):
        yield {
            "id": row.public_id,
            "version": row.version,
            "title": row.title,
            "summary": row.summary,
            "language": row.language,
            "minutes": row.minutes,
            **_told(row),
            "published_at": _when(row.published_at),
            "withdrawn_at": _when(row.withdrawn_at),
            "plays": counted.get(row.id, 0),
            "prices": row.prices,
            "rounds": [
                {"number": r.number, "kind": r.kind, "item": msgspec.to_builtins(r.item)}
                for r in row.rounds
            ],
        }


def _told(row: Draft | QuizSet) -> dict[str, Any]:
    names = ("topic", "level", "licence", "credit", "is_listed", "is_shared")
    return {name: getattr(row, name) for name in names}


def _when(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
