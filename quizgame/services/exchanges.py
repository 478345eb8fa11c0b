"""Bringing articles in from other programs, and taking articles and sets out to them."""

from collections.abc import Callable

from sqlalchemy import select

from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.domain.items import Round
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Article
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
from quizgame.services.taxonomy import get_taxonomy


def import_article(files: Files, about: About, format_id: str = "") -> Imported:
    """Read an article from files, or from one archive of them, without storing it.

    ContentError names the file and the line that cannot be read, or asks for the format.
    """
    inside = opened(files)
    read = get_format(format_id or _guessed(inside)).read
    if read is None:
        raise ContentError(f"articles cannot be read from the format {format_id}")
    return read(inside, about)


def export_article(article: Article, format_id: str) -> Exported:
    """Write an article in a format. Raises ContentError."""
    write = get_format(format_id).write
    if write is None:
        raise ContentError(f"articles cannot be written in the format {format_id}")
    return write(article, get_taxonomy())


def export_quiz(quiz: QuizSet, format_id: str, say: Callable[[str], str] = str) -> Exported:
    """Write a published set, with its keys, in a format. Raises ContentError."""
    export = get_format(format_id).export
    if export is None:
        raise ContentError(f"sets cannot be written in the format {format_id}")
    rounds = tuple(_asked(Round(r.number, r.kind, r.item)) for r in quiz.rounds)
    return export(SetCopy(quiz.public_id, quiz.title, quiz.language, rounds, say))


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
    return Asked(round_.number, kind.title, kind.task, round_.item, kind.layer, right)
