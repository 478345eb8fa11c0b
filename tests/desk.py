"""Articles of teachers, with their annotation sets, as importing them would leave them."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from build import NOW, SOURCE, herons
from people import make_user

from quizgame.domain.passages import Article, Passage, Source
from quizgame.domain.taxonomy import Category
from quizgame.formats import article_document
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services import annotations, articles, categories, users
from quizgame.services.annotations import ANNOTATOR, BLIND, EDITOR, GOLD

__all__ = ["ANNOTATOR", "BLIND", "EDITOR", "GOLD"]


def user_id(name: str) -> int:
    """The id of a user, who is made if there is none of that name."""
    try:
        found = users.find_by_name(name).id
        db.session.rollback()
        return found
    except users.NotFoundError:
        db.session.rollback()
        return make_user(name)


def store_article(
    owner: str | None, *passages: Passage, id_: str = "late-bus", source: Source = SOURCE
) -> int:
    """Store an article of a teacher, or of nobody; return the id of its row."""
    article = Article(id_, 1, source, passages or (herons("P0"), herons("P1", ())))
    owner_id = user_id(owner) if owner else None
    begin_write()
    version = ArticleVersion(
        public_id=id_,
        version=1,
        digest=sha256(article_document.write(article)).hexdigest(),
        document=article,
        stored_at=NOW,
        owner_id=owner_id,
        **articles.described(article),
    )
    db.session.add(version)
    db.session.commit()
    return version.id


def make_set(owner: str | None, *passages: Passage, purpose: str = GOLD, **more: object) -> str:
    """Store an article with one annotation set of its owner; return the public id of the set."""
    return add_set(store_article(owner, *passages, **more), owner or "marie", purpose)  # type: ignore[arg-type]


def add_set(version_id: int, name: str, purpose: str, now: datetime = NOW) -> str:
    """Give a user an annotation set of an article; return its public id."""
    id_ = user_id(name)
    begin_write()
    public_id = annotations.add_set(version_id, id_, purpose, now=now).public_id
    db.session.commit()
    return public_id


def share(name: str, role: str, article: str = "late-bus") -> None:
    """Let a colleague into an article."""
    id_ = user_id(name)
    begin_write()
    db.session.add(ArticleShare(article_public_id=article, user_id=id_, role=role, made_at=NOW))
    db.session.commit()


def own(label: str = "Weasel words", **changes: object) -> Category:
    """A category that a teacher made up."""
    values = {"layer": "bias", "family": "manipulative_wording", "definition": "Says little."}
    return Category(**{"id": "", "label": label, "question": "Who says so?", **values, **changes})


def make_category(name: str = "marie", is_shared: bool = False, **changes: object) -> str:
    """Give a user a category of their own; return its id."""
    id_ = user_id(name)
    return categories.add_category(id_, own(**changes), is_shared, now=NOW)
