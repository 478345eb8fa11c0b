"""What stands on teachers' desks, put there row by row: for tests of what reads it."""

from __future__ import annotations

from dataclasses import replace

import build
import playing
from build import NOW
from people import make_user
from sqlalchemy import select, text, update

from quizgame.domain.errors import NotFoundError
from quizgame.domain.markup import markup_of
from quizgame.domain.taxonomy import Category
from quizgame.models.annotations import AnnotationSet, PassageRevision, SetRuling
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.models.categories import OwnCategory
from quizgame.models.drafts import Draft
from quizgame.models.quizzes import QuizSet
from quizgame.services import articles, quizzes, users
from quizgame.services.quizzes import Publication


def id_of(name: str) -> int:
    """The id of a user, who is made if there is none."""
    try:
        return users.find_by_name(name).id
    except NotFoundError:
        return make_user(name)


def article(owner: str, id_: str, title: str, version: int = 1) -> int:
    """Store a version of a teacher's article; return its id."""
    about = build.article(build.herons("P0"), id_=id_)
    about = replace(about, version=version, source=replace(about.source, title=title))
    owner_id = id_of(owner)
    begin_write()
    row = ArticleVersion(
        public_id=id_,
        version=version,
        digest=f"{id_}-{version}".ljust(64, "0"),
        document=about,
        stored_at=NOW,
        owner_id=owner_id,
        **articles.described(about),
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def share(id_: str, name: str, role: str) -> None:
    """Let a colleague into an article."""
    user_id = id_of(name)
    begin_write()
    db.session.add(ArticleShare(article_public_id=id_, user_id=user_id, role=role, made_at=NOW))
    db.session.commit()


def annotate(version_id: int, name: str, purpose: str) -> str:
    """Begin an annotation set, with one step and one ruling in it; return its public id."""
    user_id = id_of(name)
    begin_write()
    public_id = f"{purpose}-{version_id}-{name}"
    made = AnnotationSet(
        public_id=public_id,
        article_id=version_id,
        user_id=user_id,
        purpose=purpose,
        begun_at=NOW,
        finished_at=None,
    )
    db.session.add(made)
    db.session.flush()
    markup = markup_of(db.session.get_one(ArticleVersion, version_id).document.passages[0])
    step = {"number": 0, "markup": markup, "change": "marked", "restores": None, "saved_at": NOW}
    db.session.add(PassageRevision(set_id=made.id, rev=1, user_id=user_id, **step))
    ruling = SetRuling(set_id=made.id, key="superlative", ruling="accepted", ruled_at=NOW)
    db.session.add(ruling)
    db.session.commit()
    return public_id


def draft(owner: str, version_id: int, id_: str, title: str) -> None:
    """Store a draft."""
    owner_id = id_of(owner)
    begin_write()
    words = {"topic": "", "level": "", "licence": "", "credit": ""}
    document = build.draft(build.marking("P0"), id_=id_, title=title)
    flags = {"is_listed": False, "is_shared": False, "made_at": NOW, "changed_at": NOW}
    row = Draft(public_id=id_, owner_id=owner_id, article_id=version_id, rev=1, **words, **flags)
    row.document = document
    db.session.add(row)
    db.session.commit()


def publish(owner: str, id_: str, title: str, credit: str = "") -> str:
    """Publish a teacher's set of one round."""
    owner_id = id_of(owner)
    about = build.article(build.herons("P0"))
    plan = build.draft(build.marking("P0"), id_=id_, title=title)
    publication = Publication(owner_id=owner_id, credit=credit)
    quizzes.publish_quiz(plan, build.rounds(plan, about), publication, now=NOW)
    return id_


def category(owner: str, id_: str, label: str, is_shared: bool) -> None:
    """Store a category of a teacher's own."""
    owner_id = id_of(owner)
    begin_write()
    made = Category(
        id=id_,
        label=label,
        layer="bias",
        family="manipulative_wording",
        definition="Mine.",
        question="Is it mine?",
    )
    flags = {"is_shared": is_shared, "changed_at": NOW}
    db.session.add(OwnCategory(public_id=id_, owner_id=owner_id, document=made, **flags))
    db.session.commit()


def fill(name: str, other: str) -> int:
    """Put two articles, a draft and a set on a teacher's desk, and two of a colleague."""
    user_id = id_of(name)
    first = article(name, f"{name}-1", "First")
    article(name, f"{name}-2", "Second")
    draft(name, first, f"{name}-draft", f"Draft of {name}")
    publish(name, f"{name}-set", f"Set of {name}")
    for n, (title, role) in enumerate([("Blind", "annotator"), ("Edited", "editor")]):
        article(other, f"{other}-{n}", f"{title} by {name}")
        share(f"{other}-{n}", name, role)
    return user_id


def play(id_: str, *quotes: str, finished: bool = True, player: int = 0) -> int:
    """Play a set, marking those words in its first round; return who played."""
    player = player or playing.new_player()
    begun = playing.start(player, id_)
    if finished:
        playing.lock(begun, 1, playing.marks(begun, 1, *quotes))
    return player


def withdraw(id_: str) -> None:
    """Withdraw the open version of a set."""
    begin_write()
    db.session.execute(update(QuizSet).filter_by(public_id=id_).values(withdrawn_at=NOW))
    db.session.commit()


def remove(id_: str) -> None:
    """Remove an article, as its owner does."""
    begin_write()
    db.session.execute(update(ArticleVersion).filter_by(public_id=id_).values(removed_at=NOW))
    db.session.commit()


def spoil(table: str) -> None:
    """Let the documents of a table be none."""
    begin_write()
    db.session.execute(text(f"UPDATE {table} SET document = '[]'"))
    db.session.commit()


def count(table: str) -> int:
    """How many rows a table has."""
    from quizgame.models.base import Base

    rows = len(db.session.execute(select(Base.metadata.tables[table])).all())
    db.session.rollback()
    return rows
