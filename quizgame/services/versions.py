"""New versions of an article: its text changes, what was found in it is carried over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from quizgame.domain import carrying
from quizgame.domain.carrying import Finding, Place
from quizgame.domain.errors import N_, InputError, NotFoundError, StaleError
from quizgame.domain.markup import markup_of
from quizgame.domain.passages import Article
from quizgame.formats import About, composed
from quizgame.models.annotations import SetRuling
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services.annotations import (
    GOLD,
    NO_SUCH_ARTICLE,
    Step,
    add_set,
    annotated,
    save,
    standings,
)
from quizgame.services.articles import get_own, key_of, new_version
from quizgame.services.imports import CUTTING, EMPTY
from quizgame.services.taxonomy import get_taxonomy

NOTHING_DIFFERS = N_("Nothing differs from the newest version, so there is no new one.")
CHANGED_MEANWHILE = N_("There is a newer version of this article meanwhile. Begin with that one.")
NOT_THERE = N_("Choose one of the places, or leave it out.")
PLACED, DROPPED = "placed", "dropped"


@dataclass(frozen=True, slots=True)
class Loose:
    """Something that needs a hand: where it could stand in the new version, word by word."""

    finding: Finding
    places: tuple[Place, ...]


def text_of(row: ArticleVersion) -> str:
    """Return the text of a version, with a blank line between passages."""
    return "\n\n".join(passage.text for passage in row.document.passages)


def add_version(user_id: int, public_id: str, version: int, text: str, *, now: datetime) -> int:
    """Store another text of an article as its next version; return its number.

    `version` is the one that the text was changed from. Raises NotFoundError, InputError if
    nothing differs or nothing is left, StaleError if there is a newer version already.
    """
    row = get_own(user_id, public_id)
    if row.version != version:
        raise StaleError(CHANGED_MEANWHILE)
    if not text.strip():
        raise InputError(EMPTY)
    about = About(public_id, row.document.source, get_taxonomy())
    whole = {passage.text for passage in row.document.passages}
    bare: Article = CUTTING.run(composed, (text, about, whole))
    if [p.text for p in bare.passages] == [p.text for p in row.document.passages]:
        raise InputError(NOTHING_DIFFERS)
    begin_write()
    newest = get_own(user_id, public_id)
    db.session.refresh(newest, with_for_update=True)
    if newest.version != version:
        db.session.rollback()
        raise StaleError(CHANGED_MEANWHILE)
    article, _ = carrying.carried(annotated(newest), replace(bare, version=version + 1))
    made = new_version(article, user_id, now=now)
    add_set(made.id, user_id, GOLD, now=now)
    db.session.commit()
    return version + 1


def loose(row: ArticleVersion) -> list[Loose]:
    """Return what was found in the version before, and has no place in this one yet."""
    older = db.session.scalars(
        select(ArticleVersion)
        .filter_by(public_id=row.public_id, version=row.version - 1, removed_at=None)
        .order_by(ArticleVersion.id.desc())
        .limit(1)
    ).one_or_none()
    key = key_of(row)
    if older is None or key is None:
        return []
    bare = replace(row.document, passages=tuple(p.bare() for p in row.document.passages))
    _, found = carrying.carried(annotated(older), bare)
    ruled = set(db.session.scalars(select(SetRuling.key).filter_by(set_id=key.id)))
    return [
        Loose(finding, tuple(carrying.places(finding, bare)))
        for finding in found
        if ruling_key(finding) not in ruled
    ]


def place(
    user_id: int, row: ArticleVersion, key: str, chosen: Place | None, *, now: datetime
) -> None:
    """Give something its place in a version, or leave it out for good.

    Raises NotFoundError if it needs no hand, InputError if its words do not stand there, StaleError
    if the passage is changed at the same time.
    """
    needs = next((item for item in loose(row) if ruling_key(item.finding) == key), None)
    set_ = key_of(row)
    if needs is None or set_ is None:
        raise NotFoundError(NO_SUCH_ARTICLE)
    if chosen is not None:
        if chosen not in needs.places:
            raise InputError(NOT_THERE)
        standing = standings(set_)[chosen.number]
        passage = carrying.placed(standing.passage, needs.finding.thing, chosen.span)
        step = Step(chosen.number, standing.rev, markup_of(passage), "placed")
        save(set_.id, user_id, step, now=now)
    begin_write()
    ruling = PLACED if chosen else DROPPED
    db.session.add(SetRuling(set_id=set_.id, key=key, ruling=ruling, ruled_at=now))
    db.session.commit()


def ruling_key(finding: Finding) -> str:
    """Return the key under which it is kept that somebody has decided."""
    return f"carry:{sha256(finding.key.encode()).hexdigest()[:40]}"
