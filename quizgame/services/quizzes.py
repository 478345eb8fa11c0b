"""Publishing quiz sets, and finding them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Select, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from quizgame.domain.errors import N_, NotFoundError, StaleError
from quizgame.domain.items import Prices, Round
from quizgame.domain.quizzes import QuizDraft
from quizgame.models.base import begin_write, db
from quizgame.models.quizzes import QuizRound, QuizSet
from quizgame.models.users import User
from quizgame.rounds import KINDS, price

NEWER_FIELDS = frozenset({"marked_by", "annotators"})
PUBLISHED_MEANWHILE = N_("This set was published in the same moment. Look at it first.")
NO_SUCH_SET = N_("There is no such set. It may have been withdrawn.")


@dataclass(frozen=True, slots=True)
class Publication:
    """Whose set it is, what is said about it, and who may find it.

    A set without an owner is this server's own. Students find it if it is listed; colleagues look
    into it, and fork it, if it is shared.
    """

    owner_id: int | None = None
    topic: str = ""
    level: str = ""
    licence: str = ""
    credit: str = ""
    is_listed: bool = True
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a version of a set, apart from its rounds."""

    id: int
    public_id: str
    version: int
    title: str
    summary: str
    language: str
    minutes: int
    is_ranked: bool
    published_at: datetime
    withdrawn_at: datetime | None
    owner_id: int | None
    topic: str
    level: str
    licence: str
    credit: str
    techniques: str
    is_listed: bool
    is_shared: bool
    author: str


OWN = Publication()
"""How this server's own sets are published."""


def publish_quiz(
    draft: QuizDraft, rounds: Sequence[Round], publication: Publication = OWN, *, now: datetime
) -> bool:
    """Publish a set: freeze its rounds and prices as a new version, and withdraw the old one.

    If the open version asks the very same, only what is said about it changes: returns False.
    StaleError if somebody else publishes it in the same moment.
    """
    prices = price(rounds)
    frozen = [(r.number, r.kind, _without_blanks(msgspec.to_builtins(r.item))) for r in rounds]
    digest = sha256(msgspec.json.encode([draft, frozen, prices])).hexdigest()
    told = {**asdict(publication), "techniques": techniques(rounds)}
    begin_write()
    open_one = db.session.scalars(_open().filter_by(public_id=draft.id)).one_or_none()
    if open_one and open_one.digest == digest:
        for name, value in told.items():
            setattr(open_one, name, value)
        db.session.commit()
        return False
    last = db.session.scalar(select(func.max(QuizSet.version)).filter_by(public_id=draft.id))
    if open_one:
        open_one.withdrawn_at = now
        db.session.flush()
    quiz = _version(draft, rounds, digest, now)
    quiz.version, quiz.prices, quiz.is_ranked = (last or 0) + 1, dict(prices), is_ranked(prices)
    for name, value in told.items():
        setattr(quiz, name, value)
    db.session.add(quiz)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise StaleError(PUBLISHED_MEANWHILE) from None
    return True


def _version(draft: QuizDraft, rounds: Sequence[Round], digest: str, now: datetime) -> QuizSet:
    quiz = QuizSet(
        public_id=draft.id,
        digest=digest,
        title=draft.title,
        summary=draft.summary,
        language=draft.language,
        minutes=draft.minutes,
        position=draft.position,
        published_at=now,
    )
    quiz.rounds = [QuizRound(number=r.number, kind=r.kind, item=r.item) for r in rounds]
    return quiz


def _without_blanks(value: Any) -> Any:
    """Leave out what annotations did not have when the first sets were published, where empty.

    So the digest of a set stays what it was, and an upgrade publishes nothing anew.
    """
    if isinstance(value, dict):
        return {k: _without_blanks(v) for k, v in value.items() if v or k not in NEWER_FIELDS}
    if isinstance(value, list | tuple):
        return [_without_blanks(entry) for entry in value]
    return value


def techniques(rounds: Sequence[Round]) -> str:
    """Return the categories that the keys of some rounds hold, each between spaces."""
    found = set()
    for round_ in rounds:
        focus, layer = round_.item.focus_annotation(), KINDS[round_.kind].layer
        annotations = [a for passage in round_.item.passages for a in passage.annotations]
        asked = [focus] if focus else [a for a in annotations if layer and a.is_gold(layer)]
        found |= {annotation.category for annotation in asked}
    return f" {' '.join(sorted(found))} "


def is_ranked(prices: dict[str, Prices]) -> bool:
    """Tell whether a set with those prices is long enough to rank anybody."""
    marking = prices.get("marking", {})
    can_be_priced = not any(pool.get("practice") for pool in prices.values())
    return bool(marking.get("ranked")) and can_be_priced


def withdraw(owner_id: int, public_id: str, *, now: datetime) -> None:
    """Take the open version of a user's set back: nobody starts it any more.

    Who plays it already plays it to the end. Raises NotFoundError.
    """
    begin_write()
    query = _open().filter_by(public_id=public_id, owner_id=owner_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        db.session.rollback()
        raise NotFoundError(NO_SUCH_SET)
    found.withdrawn_at = now
    db.session.commit()


def versions_of(owner_id: int, public_id: str) -> Sequence[Told]:
    """Return the versions of a user's set, the newest first, without their rounds."""
    query = told_query().where(QuizSet.public_id == public_id, QuizSet.owner_id == owner_id)
    return [told(row) for row in db.session.execute(query.order_by(QuizSet.version.desc()))]


def open_versions(owner_id: int) -> dict[str, int]:
    """Return the numbers of the open versions of a user's sets, by the sets' ids."""
    query = _open().filter_by(owner_id=owner_id)
    rows = db.session.execute(query.with_only_columns(QuizSet.public_id, QuizSet.version))
    return {row.public_id: row.version for row in rows}


def told(row: Any) -> Told:
    """Return what is said about a set now: the rounds of a version stay, this may change."""
    values = dict(zip((field.name for field in fields(Told)), row, strict=True))
    return Told(**values)


def tell(quiz: QuizSet) -> Told:
    """Return what is said about a version now, whoever read it before."""
    return told(db.session.execute(told_query().where(QuizSet.id == quiz.id)).one())


def open_quizzes() -> Sequence[QuizSet]:
    """Return the sets that students find, in their order on the landing page."""
    query = (
        _open()
        .where(QuizSet.is_listed)
        .order_by(QuizSet.position, QuizSet.title)
        .with_only_columns(QuizSet.id)
    )
    return [get_version(id_) for id_ in db.session.scalars(query)]


def get_quiz(public_id: str) -> QuizSet:
    """Return the open version of a set, with its rounds. Raises NotFoundError."""
    id_ = db.session.scalar(_open().filter_by(public_id=public_id).with_only_columns(QuizSet.id))
    if id_ is None:
        raise NotFoundError(NO_SUCH_SET)
    return get_version(id_)


def get_version(id_: int) -> QuizSet:
    """Return one version of a set with its rounds, open or withdrawn.

    A version never changes, so it is read once and shared; it belongs to no session.
    """
    return _load_version(str(db.engine.url), id_)


@lru_cache(maxsize=256)
def _load_version(database: str, id_: int) -> QuizSet:
    # on the connection at hand: where the pool is spent, waiting for another would never end
    with Session(db.session.connection()) as session:
        quiz = session.get_one(QuizSet, id_, options=[selectinload(QuizSet.rounds)])
        session.expunge_all()
    return quiz


def told_query() -> Select[Any]:
    """Select what is said about sets. An author who left, or goes by no name, is not named."""
    columns = [getattr(QuizSet, field.name) for field in fields(Told) if field.name != "author"]
    author = case((User.deleted_at.is_(None), func.coalesce(User.display_name, "")), else_="")
    return select(*columns, author).outerjoin(User, User.id == QuizSet.owner_id)


def _open() -> Select[QuizSet]:
    return select(QuizSet).where(QuizSet.withdrawn_at.is_(None))
