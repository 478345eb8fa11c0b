"""Every step of a passage: who did what when, undoing and redoing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from quizgame.domain.errors import N_, InputError
from quizgame.domain.markup import Change, diff, markup_of
from quizgame.models.annotations import AnnotationSet, PassageRevision
from quizgame.models.base import db
from quizgame.services.annotations import Step, save, standing_at
from quizgame.services.markup import EDIT, Begun, names_of

UNDO, REDO, RESTORE = "undo", "redo", "restore"
ONE_STEP = timedelta(seconds=90)
NOTHING_TO_UNDO = N_("There is nothing to undo.")
NOTHING_TO_REDO = N_("There is nothing to redo.")
LATEST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a passage: what changed, by whom and when; rev 0 is how it was imported."""

    rev: int
    word: str
    who: str
    when: datetime | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Which revisions an undo and a redo would bring back; None where there is none."""

    undo: int | None
    redo: int | None


def revisions(set_id: int, number: int) -> Sequence[PassageRevision]:
    """Return the steps of a passage, the latest first."""
    query = select(PassageRevision).filter_by(set_id=set_id, number=number)
    return db.session.scalars(query.order_by(PassageRevision.rev.desc())).all()


def history(set_: AnnotationSet, number: int) -> list[Entry]:
    """Return the latest steps of a passage with what each changed, the latest first."""
    rows = revisions(set_.id, number)
    names = names_of({row.user_id for row in rows})
    first = markup_of(standing_at(set_, number, 0).passage)
    before = [*(row.markup for row in rows[1:]), first]
    return [
        Entry(row.rev, row.change, names[row.user_id], row.saved_at, diff(old, row.markup))
        for row, old in list(zip(rows, before, strict=False))[:LATEST]
    ]


def stack(set_: AnnotationSet, number: int) -> Stack:
    """Return what undo and redo would bring back: a straight line, derived from the steps.

    What somebody types into one find without a pause is undone at once.
    """
    undo, redo, last = [0], list[int](), None
    for row in reversed(revisions(set_.id, number)):
        if row.change == UNDO:
            redo.append(undo.pop())
        elif row.change == REDO:
            undo.append(redo.pop())
        else:
            if last is not None and _is_one_step(last, row):
                undo.pop()
            undo.append(row.rev)
            redo = []
        last = row
    return Stack(undo[-2] if len(undo) > 1 else None, redo[-1] if redo else None)


def _is_one_step(last: PassageRevision, row: PassageRevision) -> bool:
    is_typing = row.change.startswith(EDIT) and row.change == last.change
    return is_typing and row.user_id == last.user_id and row.saved_at - last.saved_at < ONE_STEP


def undo(begun: Begun, *, now: datetime) -> int:
    """Bring back what stood before the last step; return the new revision."""
    found = stack(begun.set_, begun.number).undo
    if found is None:
        raise InputError(NOTHING_TO_UNDO)
    return _restore(begun, found, UNDO, now)


def redo(begun: Begun, *, now: datetime) -> int:
    """Bring back what was undone last; return the new revision."""
    found = stack(begun.set_, begun.number).redo
    if found is None:
        raise InputError(NOTHING_TO_REDO)
    return _restore(begun, found, REDO, now)


def restore(begun: Begun, rev: int, *, now: datetime) -> int:
    """Bring back any revision; return the new one. Raises NotFoundError if there is none such."""
    return _restore(begun, rev, RESTORE, now)


def _restore(begun: Begun, restored: int, word: str, now: datetime) -> int:
    begun.check()
    markup = markup_of(standing_at(begun.set_, begun.number, restored).passage)
    step = Step(begun.number, begun.rev, markup, word, restored)
    return save(begun.set_.id, begun.user_id, step, now=now)
