"""Two people at one passage: both versions, and how one is made of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizgame.domain.errors import N_, InputError
from quizgame.domain.markup import Change, Markup, applied, diff, is_sound, markup_of, merged
from quizgame.domain.passages import Passage
from quizgame.models.annotations import PassageRevision
from quizgame.models.base import db
from quizgame.services.annotations import standing, standing_at
from quizgame.services.markup import Begun, change, names_of

MERGE = "merge"
UNSOUND = N_("That version does not fit the text of this passage.")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions that began at one: what a user made of it, and what others did.

    Of each of `changes`, `before` is theirs and `after` is mine. What only one side has touched
    is in `only_mine` or `only_theirs`, so that the choice is plain.
    """

    mine: Passage
    theirs: Passage
    rev: int
    others: tuple[str, ...]
    latest: datetime | None
    changes: tuple[Change, ...]
    only_mine: frozenset[str]
    only_theirs: frozenset[str]


def clash(begun: Begun, mine: Markup) -> Clash:
    """Return both versions where others have changed a passage since a revision."""
    start = standing_at(begun.set_, begun.number, begun.rev)
    stands = standing(begun.set_, begun.number)
    query = select(PassageRevision).filter_by(set_id=begun.set_.id, number=begun.number)
    since = db.session.scalars(query.where(PassageRevision.rev > begun.rev)).all()
    names = names_of({row.user_id for row in since})
    base, theirs = markup_of(start.passage), markup_of(stands.passage)
    my_keys = {change.key for change in diff(base, mine)}
    their_keys = {change.key for change in diff(base, theirs)}
    return Clash(
        mine=applied(start.passage, mine),
        theirs=stands.passage,
        rev=stands.rev,
        others=tuple(dict.fromkeys(names[row.user_id] for row in since)),
        latest=max((row.saved_at for row in since), default=None),
        changes=diff(theirs, mine),
        only_mine=frozenset(my_keys - their_keys),
        only_theirs=frozenset(their_keys - my_keys),
    )


def settle(begun: Begun, mine: Markup, taken: Collection[str], *, now: datetime) -> int:
    """End a clash: take mine at those keys, theirs elsewhere; return the new revision.

    Raises StaleError if somebody has changed the passage once more.
    """

    def edit(passage: Passage) -> Markup:
        markup = merged(markup_of(passage), mine, set(taken))
        if not is_sound(passage, markup):
            raise InputError(UNSOUND)
        return markup

    return change(begun, edit, MERGE, now=now)
