"""Bringing articles in from other programs, and taking articles and sets out to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.domain.items import Round
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Article
from quizgame.domain.taxonomy import Category
from quizgame.formats import (
    FORMATS,
    About,
    Asked,
    Exported,
    Files,
    Format,
    Imported,
    SetCopy,
    opened,
    recognised,
)
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import db
from quizgame.models.quizzes import QuizSet
from quizgame.rounds import KINDS
from quizgame.services.annotations import annotated
from quizgame.services.categories import own_categories
from quizgame.services.quizzes import tell
from quizgame.services.taxonomy import get_taxonomy

TOLD = ("title", "summary", "language", "minutes", "topic", "level", "licence", "credit")


def import_article(files: Files, about: About, format_id: str = "") -> Imported:
    """Read an article from files, or from one archive of them, without storing it.

    ContentError names the file and the line that cannot be read, or asks for the format.
    """
    inside = opened(files)
    read = get_format(format_id or _guessed(inside)).read
    if read is None:
        raise ContentError(f"articles cannot be read from the format {format_id}")
    return read(inside, about)


def export_article(article: Article, format_id: str, own: Sequence[Category] = ()) -> Exported:
    """Write an article in a format; `own` are categories beside the built-in. ContentError."""
    write = get_format(format_id).write
    if write is None:
        raise ContentError(f"articles cannot be written in the format {format_id}")
    built_in = get_taxonomy()
    return write(article, replace(built_in, categories=(*built_in.categories, *own)))


def export_stored(article: Article, format_id: str) -> Exported:
    """Write an article that is stored here, with what teachers call its categories."""
    used = {a.category for passage in article.passages for a in passage.annotations}
    return export_article(article, format_id, own_categories(used))


def export_quiz(quiz: QuizSet, format_id: str, say: Callable[[str], str] = str) -> Exported:
    """Write a published set, with its keys, in a format. Raises ContentError."""
    return export_copy(copy_of(quiz), format_id, say)


def export_copy(copy: SetCopy, format_id: str, say: Callable[[str], str] = str) -> Exported:
    """Write a set, published or not, in a format. Raises ContentError."""
    export = get_format(format_id).export
    if export is None:
        raise ContentError(f"sets cannot be written in the format {format_id}")
    return export(replace(copy, say=say))


def copy_of(quiz: QuizSet) -> SetCopy:
    """Return a published set as exporters see it."""
    said = tell(quiz)
    rounds = [Round(r.number, r.kind, r.item) for r in quiz.rounds]
    return copy_with(rounds, **{name: getattr(said, name) for name in TOLD}, id=quiz.public_id)


def copy_with(rounds: Sequence[Round], **told: Any) -> SetCopy:
    """Return rounds, and what is said about them, as exporters see them."""
    used = {option.id for round_ in rounds for option in round_.item.options}
    for round_ in rounds:
        used |= {a.category for passage in round_.item.passages for a in passage.annotations}
    own = own_categories(used)
    named = [*get_taxonomy().categories, *own]
    labels = {category.id: category.label for category in named if category.id in used}
    return SetCopy(rounds=tuple(map(_asked, rounds)), categories=own, labels=labels, **told)


def stored_article(public_id: str, version: int | None = None) -> Article:
    """Return an article with its key as it stands, whosever it is: the newest version, or that one.

    For who has the machine itself. Raises NotFoundError.
    """
    query = select(ArticleVersion).filter_by(public_id=public_id, removed_at=None)
    if version is not None:
        query = query.filter_by(version=version)
    newest = query.order_by(ArticleVersion.version.desc(), ArticleVersion.id.desc()).limit(1)
    row = db.session.scalars(newest).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no article {public_id}.")
    return annotated(row)


def get_format(id_: str) -> Format:
    """Return a format by its id. Raises ContentError, which tells the ids there are."""
    if id_ not in FORMATS:
        raise ContentError(f"there is no format {id_!r}; there are {', '.join(FORMATS)}")
    return FORMATS[id_]


def _guessed(files: Files) -> str:
    could_be = recognised(files)
    if len(could_be) == 1:
        return could_be[0]
    names = ", ".join(could_be) or ", ".join(id_ for id_, f in FORMATS.items() if f.read)
    raise ContentError(f"{', '.join(files)}: say which format this is: {names}")


def _asked(round_: Round) -> Asked:
    kind = KINDS[round_.kind]
    key = kind.key(round_.item)
    right = key.right if isinstance(key, Choice) else ""
    return Asked(round_.number, kind.title, kind.task, round_.item, kind.layer, right, round_.kind)
