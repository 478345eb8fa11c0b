"""Drafts of quiz sets: building them, checking them, publishing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from quizgame.domain.errors import N_, InputError, NotFoundError, StaleError
from quizgame.domain.lettering import TRICKS, plays_tricks
from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.domain.taxonomy import Taxonomy
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.models.drafts import Draft
from quizgame.services import quizzes
from quizgame.services.annotations import (
    NO_SUCH_ARTICLE,
    annotated,
    edited_by,
    get_version,
)
from quizgame.services.categories import taxonomy_of
from quizgame.services.credentials import new_id
from quizgame.services.linting import Findings, lint

NO_SUCH_DRAFT = N_("There is no such set, or it is not yours to change.")
CHANGED_MEANWHILE = N_("This set was changed meanwhile, in another tab or on another device.")
LEVELS = {
    "": N_("for everybody"),
    "11-14": N_("ages 11 to 14"),
    "14-18": N_("ages 14 to 18"),
    "adult": N_("adults"),
}
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC-SA 4.0", "CC0 1.0", "All rights reserved")
MOST = {"title": 200, "summary": 1000, "topic": 80, "licence": 80, "credit": 400, "language": 35}
MOST_ROUNDS = 60
MOST_MINUTES = 600
POSITION = 100
"""Where teachers' sets stand among the others: after this server's own."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said about a set, and who may find it."""

    title: str
    summary: str
    language: str
    minutes: int
    topic: str
    level: str
    licence: str
    credit: str
    is_listed: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made of: the article with its key, and the names there are."""

    version: int
    article: Article
    taxonomy: Taxonomy


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft, what it is made of, and what the linter says of it."""

    draft: Draft
    material: Material
    findings: Findings


def get_draft(user_id: int, public_id: str) -> Draft:
    """Return a draft of a user. Raises NotFoundError: a foreign one is as if it were not there."""
    query = select(Draft).filter_by(public_id=public_id, owner_id=user_id, removed_at=None)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFoundError(NO_SUCH_DRAFT)
    return found


def on_desk(user_id: int, public_id: str) -> Desk:
    """Return a draft of a user with what it is made of, linted. Raises NotFoundError."""
    draft = get_draft(user_id, public_id)
    material = material_of(user_id, draft)
    findings = lint(draft.document, material.article, material.taxonomy)
    return Desk(draft, material, findings)


def drafts_of(user_id: int) -> Sequence[tuple[Draft, int | None]]:
    """Return a user's drafts, the last changed first, each with its open version, if any."""
    open_ones = quizzes.open_versions(user_id)
    query = select(Draft).filter_by(owner_id=user_id, removed_at=None)
    found = db.session.scalars(query.order_by(Draft.changed_at.desc(), Draft.id.desc()))
    return [(draft, open_ones.get(draft.public_id)) for draft in found]


def articles_for(user_id: int) -> Sequence[tuple[str, str]]:
    """Return the articles of which a user may make a set: public id and title, their own first."""
    query = select(
        ArticleVersion.public_id, ArticleVersion.title, ArticleVersion.owner_id, ArticleVersion.id
    ).where(ArticleVersion.removed_at.is_(None))
    shared = edited_by(user_id)
    mine = (ArticleVersion.owner_id == user_id) | ArticleVersion.owner_id.is_(None)
    rows = db.session.execute(
        query.where(mine | ArticleVersion.public_id.in_(shared)).order_by(ArticleVersion.id)
    )
    newest = {row.public_id: row for row in rows}
    in_order = sorted(newest.values(), key=lambda row: (row.owner_id is None, -row.id))
    return [(row.public_id, row.title or row.public_id) for row in in_order]


def newest_version(user_id: int, article_public_id: str) -> ArticleVersion:
    """Return the newest version of an article that a user may use. Raises NotFoundError."""
    query = select(ArticleVersion.id).filter_by(public_id=article_public_id, removed_at=None)
    newest = (ArticleVersion.version.desc(), ArticleVersion.id.desc())
    id_ = db.session.scalar(query.order_by(*newest).limit(1))
    if id_ is None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    return get_version(user_id, id_)


def material_of(user_id: int, draft: Draft) -> Material:
    """Return what a draft is made of. NotFoundError if the article is there no more."""
    version = get_version(user_id, draft.article_id)
    return Material(version.id, annotated(version), taxonomy_of(user_id))


def newer_version(user_id: int, draft: Draft) -> ArticleVersion | None:
    """Return the newest version of a draft's article, if the draft is about an older one."""
    newest = newest_version(user_id, draft.document.article)
    return newest if newest.id != draft.article_id else None


def take_newer(user_id: int, public_id: str, rev: int, *, now: datetime) -> int:
    """Let a draft ask about the newest version of its article; return the rev."""
    newest = newest_version(user_id, get_draft(user_id, public_id).document.article).id

    def step(draft: Draft) -> None:
        draft.article_id = newest

    return change(user_id, public_id, rev, step, now)


def create(
    user_id: int, version_id: int, document: QuizDraft, *, now: datetime, **more: Any
) -> str:
    """Make a draft about a version of an article; return its id."""
    public_id = new_id()
    begin_write()
    db.session.add(added(user_id, version_id, replace(document, id=public_id), now=now, **more))
    db.session.commit()
    return public_id


def added(
    user_id: int, version_id: int, document: QuizDraft, *, now: datetime, **more: Any
) -> Draft:
    """Return a new draft of a user, private until they say otherwise."""
    told = {"topic": "", "level": "", "licence": "", "credit": "", "forked_from_id": None}
    return Draft(
        public_id=document.id,
        owner_id=user_id,
        article_id=version_id,
        rev=1,
        document=document,
        is_listed=False,
        is_shared=False,
        made_at=now,
        changed_at=now,
        **{**told, **more},
    )


def blank(article: Article) -> QuizDraft:
    """Return a set about an article that asks nothing yet."""
    title = article.source.title[: MOST["title"]]
    return QuizDraft("", title, "", article.id, article.source.language, 15, POSITION, ())


def save_facts(user_id: int, public_id: str, rev: int, facts: Facts, *, now: datetime) -> int:
    """Keep what is said about a set; return the rev. StaleError if it was changed meanwhile."""
    _check_facts(facts)

    def step(draft: Draft) -> None:
        document = ("title", "summary", "language", "minutes")
        said = {name: getattr(facts, name) for name in document}
        draft.document = replace(draft.document, **said)
        for name in ("topic", "level", "licence", "credit", "is_listed", "is_shared"):
            setattr(draft, name, getattr(facts, name))

    return change(user_id, public_id, rev, step, now)


def save_rounds(
    user_id: int, public_id: str, rev: int, rounds: Sequence[RoundDraft], *, now: datetime
) -> int:
    """Keep which rounds a set has; return the rev. StaleError if it was changed meanwhile."""
    if len(rounds) > MOST_ROUNDS:
        raise InputError(N_("A set has 60 rounds at most."))

    def step(draft: Draft) -> None:
        draft.document = replace(draft.document, rounds=tuple(rounds))

    return change(user_id, public_id, rev, step, now)


def _check_facts(facts: Facts) -> None:
    if not facts.title.strip():
        raise InputError(N_("Give the set a title."))
    if plays_tricks(facts.title):
        raise InputError(TRICKS)
    if any(len(getattr(facts, name)) > most for name, most in MOST.items()):
        raise InputError(N_("That is too long."))
    if not 1 <= facts.minutes <= MOST_MINUTES:
        raise InputError(N_("Say in minutes, from 1 to 600, how long the set takes."))
    if facts.level not in LEVELS:
        raise InputError(N_("Choose one of the levels in the list."))


def change(
    user_id: int, public_id: str, rev: int, step: Callable[[Draft], None], now: datetime
) -> int:
    """Take a step that changes a draft; return the rev. StaleError if it was changed meanwhile."""
    begin_write()
    query = select(Draft).filter_by(public_id=public_id, owner_id=user_id, removed_at=None)
    draft = db.session.scalars(query.with_for_update()).one_or_none()
    if draft is None or draft.rev != rev:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_DRAFT) if draft is None else StaleError(CHANGED_MEANWHILE)
    step(draft)
    draft.rev = rev + 1
    draft.changed_at = now
    db.session.commit()
    return rev + 1
