"""Sets in the making, for tests: made by the services, or by the pages."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import build
import sets
from build import NOW
from flask import Flask
from page import Page, Visitor
from sqlalchemy import select

from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.formats import article_document
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.models.drafts import Draft
from quizgame.services import drafts, proposals, publications, users
from quizgame.services.articles import described
from quizgame.services.drafts import Facts

FACTS = Facts("Herons", "About herons.", "en", 10, "birds", "11-14", "CC BY 4.0", "", False, False)


def store(user_id: int | None, article: Article) -> ArticleVersion:
    """Store an article as a user's own, with its key in it."""
    begin_write()
    row = ArticleVersion(
        public_id=article.id,
        version=article.version,
        digest=sha256(article_document.write(article)).hexdigest(),
        document=article,
        stored_at=NOW,
        owner_id=user_id,
        **described(article),
    )
    db.session.add(row)
    db.session.commit()
    return row


def marsh(id_: str = "marsh", **told: str) -> Article:
    """An article with errors and slants in six passages, and as many clean sentences."""
    passages = [
        build.herons(f"P{n}", layer="error" if n % 2 else "bias", **_named(n), **told)
        for n in range(1, 7)
    ]
    return build.article(*passages, id_=id_)


def _named(number: int) -> dict[str, str]:
    if number % 2:
        return {"category": "factual_error"}
    names = ("loaded_language", "flag_waving", "slogans")
    return {"category": names[number // 2 - 1], "verdict": "one_sided"}


ROUNDS = (
    RoundDraft("spot_the_error", ("P1",)),
    RoundDraft("find_the_bias", ("P2",)),
    RoundDraft("spot_the_error", ("P3",)),
)


def draft_of(
    user_id: int, article: Article | None = None, rounds: tuple[RoundDraft, ...] = ROUNDS
) -> str:
    """Make a draft with those rounds about an article of a user; return its id."""
    version = store(user_id, article or marsh())
    draft_id = proposals.begin(user_id, version, 0, now=NOW)
    drafts.save_rounds(user_id, draft_id, 1, rounds, now=NOW)
    return draft_id


def set_of(user_id: int, article: Article | None = None, **facts: bool) -> str:
    """Publish a set of a user, found by its link only unless told otherwise; return its id."""
    draft_id = draft_of(user_id, article)
    told = {**{name: getattr(FACTS, name) for name in FACTS.__slots__}, **facts}
    drafts.save_facts(user_id, draft_id, 2, Facts(**told), now=NOW)
    publications.publish(user_id, draft_id, 3, now=NOW)
    return draft_id


def seed_version() -> ArticleVersion:
    """The article of the seeds as it is stored."""
    return drafts.newest_version(0, sets.seed_article().id)


def id_of(app: Flask, name: str = "marie") -> int:
    """The id of a user."""
    with app.app_context():
        return users.find_by_name(name).id


def document(app: Flask, draft_id: str) -> QuizDraft:
    """The rounds of a draft, and what is said about it."""
    with app.app_context():
        found = db.session.scalars(select(Draft).filter_by(public_id=draft_id)).one()
        return found.document


def facts(**changes: str) -> dict[str, str]:
    """The form of what is said about a set, filled in."""
    typed = {"title": "Herons", "summary": "Birds.", "language": "en", "minutes": "9"}
    typed |= {"topic": "birds", "level": "11-14", "licence": "CC BY 4.0", "own_licence": ""}
    typed |= {"credit": "", "listed": "no", "shared": "no", "rev": "2"}
    return {**typed, **changes}


def fill_round(visitor: Visitor, page: Page, **fields: Any) -> Page:
    """Send the first form of a page that changes something, with lists where it takes them."""
    form = page.select_one('main form[method="post"]')
    assert form is not None
    hidden = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
    data = {**hidden, **fields}
    return Page(visitor.client.post(str(form["action"]), data=data, follow_redirects=True))
