"""The library of a server: sets that teachers share, to be searched, looked into and copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from quizgame.domain.errors import NotFoundError
from quizgame.formats import set_pack
from quizgame.models.base import db
from quizgame.models.quizzes import QuizSet
from quizgame.services import exchanges, packs, quizzes
from quizgame.services.quizzes import NO_SUCH_SET, Told, tell, told, told_query
from quizgame.services.taxonomy import get_taxonomy

PAGE = 24
LENGTHS = {"short": (0, 15), "lesson": (16, 45), "long": (46, 10_000)}
"""How long a set takes, in minutes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; "" is anything."""

    text: str = ""
    topic: str = ""
    technique: str = ""
    language: str = ""
    level: str = ""
    length: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, how many there are, and what else could be searched for."""

    sets: tuple[Told, ...]
    count: int
    topics: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    techniques: tuple[tuple[str, str], ...]


def search(user_id: int, wanted: Wanted) -> Found:
    """Return the open sets that a user may look into: this server's own, shared ones, theirs."""
    query = _matching(_visible(user_id), wanted)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    in_order = query.order_by(QuizSet.published_at.desc(), QuizSet.id.desc())
    rows = db.session.execute(in_order.offset((wanted.page - 1) * PAGE).limit(PAGE))
    every = _visible(user_id).with_only_columns(QuizSet.topic, QuizSet.language, QuizSet.techniques)
    topics, languages, techniques = set[str](), set[str](), set[str]()
    for row in db.session.execute(every):
        topics.add(row.topic)
        languages.add(row.language)
        techniques.update(row.techniques.split())
    taxonomy = get_taxonomy()
    named = sorted((taxonomy.label("categories", id_), id_) for id_ in techniques)
    return Found(
        sets=tuple(told(row) for row in rows),
        count=count,
        topics=tuple((name, name) for name in sorted(topics - {""})),
        languages=tuple((name, name) for name in sorted(languages - {""})),
        techniques=tuple((id_, label) for label, id_ in named),
    )


def get_set(user_id: int, public_id: str, version: int | None = None) -> QuizSet:
    """Return a set that a user may look into, with its keys: the open version, or another.

    Of their own sets they see every version; of others' the open one, and only if it is shared.
    Raises NotFoundError: what is not shared is as if it were not there.
    """
    query = select(QuizSet.id).filter_by(public_id=public_id)
    may_see_all = QuizSet.owner_id == user_id
    is_open = QuizSet.withdrawn_at.is_(None)
    which = is_open if version is None else QuizSet.version == version
    id_ = db.session.scalar(query.where(which, or_(may_see_all, is_open & QuizSet.is_shared)))
    if id_ is None:
        raise NotFoundError(NO_SUCH_SET)
    return quizzes.get_version(id_)


def fork(user_id: int, public_id: str, *, now: datetime) -> str:
    """Make a copy of a set a user's own draft; return its id. The copy says where it is from."""
    quiz = get_set(user_id, public_id)
    said = tell(quiz)
    pack = set_pack.pack_of(exchanges.copy_of(quiz))
    return packs.adopt(user_id, pack, credit_for(said), quiz.id, now=now)


def credit_for(said: Told) -> str:
    """Return the line that names what a copy is made from: title, author, licence, their credit."""
    by = f", {said.author}" if said.author else ""
    licence = f" ({said.licence})" if said.licence else ""
    before = f"; {said.credit}" if said.credit else ""
    return f"“{said.title}”{by}{licence}{before}"


def source_of(forked_from_id: int | None) -> Told | None:
    """Return what is said about the version that a draft was copied from, if it was."""
    if forked_from_id is None:
        return None
    row = db.session.execute(told_query().where(QuizSet.id == forked_from_id)).one_or_none()
    return told(row) if row else None


def _visible(user_id: int) -> Select[Sequence[object]]:
    may_see = or_(QuizSet.is_shared, QuizSet.owner_id == user_id)
    return told_query().where(QuizSet.withdrawn_at.is_(None), may_see)


def _matching(query: Select[Sequence[object]], wanted: Wanted) -> Select[Sequence[object]]:
    for word in wanted.text.split()[:8]:
        places = (QuizSet.title, QuizSet.summary, QuizSet.topic, QuizSet.credit)
        query = query.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    if wanted.topic:
        query = query.where(QuizSet.topic == wanted.topic)
    if wanted.language:
        query = query.where(QuizSet.language == wanted.language)
    if wanted.level:
        query = query.where(QuizSet.level == wanted.level)
    if wanted.technique:
        query = query.where(QuizSet.techniques.contains(f" {wanted.technique} ", autoescape=True))
    if wanted.length in LENGTHS:
        query = query.where(QuizSet.minutes.between(*LENGTHS[wanted.length]))
    return query
