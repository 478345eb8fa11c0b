"""Changing what is found in a passage, by whoever has seen how it stands."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizgame.domain.errors import InputError, StaleError
from quizgame.domain.markup import (
    TAKEN,
    Find,
    Markup,
    key_of,
    markup_of,
    put,
)
from quizgame.domain.passages import Passage
from quizgame.models.annotations import AnnotationSet
from quizgame.models.base import db
from quizgame.models.users import User
from quizgame.services.annotations import (
    CHANGED_MEANWHILE,
    Step,
    save,
    standing,
    standings,
)

Edit = Callable[[Passage], Markup]
EDIT = "edit "
"""How the steps begin that follow each other while somebody types about one find."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody is at work on: a passage of a set, at the revision that they saw."""

    set_: AnnotationSet
    user_id: int
    number: int
    rev: int

    def check(self) -> Passage:
        """Return the passage; StaleError if it does not stand at that revision any more."""
        stands = standing(self.set_, self.number)
        if stands.rev != self.rev:
            raise StaleError(CHANGED_MEANWHILE)
        return stands.passage


def change(begun: Begun, edit: Edit, word: str, *, now: datetime) -> int:
    """Carry out a change, and return the new revision; one that changes nothing is no step.

    Raises StaleError as `save` does, and whatever `edit` raises.
    """
    passage = begun.check()
    markup = edit(passage)
    if markup == markup_of(passage):
        return begun.rev
    step = Step(begun.number, begun.rev, markup, word[:40])
    return save(begun.set_.id, begun.user_id, step, now=now)


def new_find_id() -> str:
    """Make an id for a find: short, for it is shown, and long enough never to come twice."""
    return f"a{secrets.token_hex(6)}"


def may_be_new(id_: str) -> bool:
    """Tell whether an id is one that could have been made here."""
    return re.fullmatch(r"a[0-9a-f]{12}", id_) is not None


def adder(set_: AnnotationSet, find: Find, old_key: str = "") -> Edit:
    """Return the change that puts a find into a passage.

    Its id is unique in the article: InputError if another passage has it already.
    """

    def edit(passage: Passage) -> Markup:
        if (old_key or key_of(find)) not in markup_of(passage).finds:
            others = [s.passage for s in standings(set_) if s.passage.id != passage.id]
            if any(key_of(find) in markup_of(other).finds for other in others):
                raise InputError(TAKEN)
        return put(passage, find, old_key)

    return edit


def names_of(ids: Collection[int]) -> dict[int, str]:
    """Return the names of users by their ids."""
    users = db.session.scalars(select(User).where(User.id.in_(ids)))
    return {user.id: user.display_name for user in users}
