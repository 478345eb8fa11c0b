"""Articles of teachers for tests, stored as an import would, with what was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import build
from build import NOW

from quizgame.domain.markup import markup_of
from quizgame.domain.passages import Annotation, Article, GreyZone
from quizgame.models.annotations import AnnotationSet
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services import agreements, annotations, articles, users
from quizgame.services.annotations import ANNOTATOR, GOLD, Step

TEXT = "Everybody knows the bus was late. The driver said so on Monday. Heroic riders waited."
LATER = NOW + timedelta(hours=1)


def bus(id_: str = "a" * 22, text: str = TEXT, language: str = "en", passages: int = 2) -> Article:
    """An article in which nothing is found yet."""
    source = replace(build.SOURCE, language=language)
    cut = tuple(build.passage(f"P{n}", text) for n in range(1, passages + 1))
    return Article(id_, 1, source, cut)


def store(owner_id: int, article: Article | None = None, now: datetime = NOW) -> str:
    """Store an article of a teacher, with a key that is begun; return the id of the article."""
    article = article or bus()
    begin_write()
    version = ArticleVersion(
        public_id=article.id,
        version=article.version,
        digest="0" * 64,
        document=article,
        stored_at=now,
        owner_id=owner_id,
        **articles.described(article),
    )
    db.session.add(version)
    db.session.flush()
    annotations.add_set(version.id, owner_id, GOLD, now=now)
    db.session.commit()
    return article.id


def key_of(article_id: str) -> AnnotationSet:
    """The key of an article's only version."""
    query = db.select(AnnotationSet).join(
        ArticleVersion, ArticleVersion.id == AnnotationSet.article_id
    )
    query = query.where(ArticleVersion.public_id == article_id, AnnotationSet.purpose == GOLD)
    return db.session.scalars(query).one()


def mark(
    set_: AnnotationSet,
    number: int,
    found: Sequence[Annotation],
    grey: Sequence[GreyZone] = (),
    now: datetime = NOW,
) -> None:
    """Let the annotator of a set find exactly that in a passage."""
    standing = annotations.standings(set_)[number]
    markup = replace(markup_of(standing.passage), annotations=tuple(found), grey=tuple(grey))
    step = Step(number, standing.rev, markup, "edited")
    annotations.save(set_.id, set_.user_id, step, now=now)


def blind(article_id: str, owner_id: int, name: str, found: Sequence[Annotation] = ()) -> str:
    """Let a colleague annotate the first passage blind, and hand it in; return the set's id."""
    agreements.invite(owner_id, article_id, name, ANNOTATOR, now=NOW)
    user_id = users.find_by_name(name).id
    set_id = agreements.begin(user_id, article_id, now=NOW)
    if found:
        mark(annotations.get_set(user_id, set_id), 0, found)
    annotations.finish(annotations.get_set(user_id, set_id), now=LATER)
    return set_id
