"""Publishing a draft, and throwing it away with what was published of it."""

from __future__ import annotations

from datetime import datetime

from quizgame.domain.errors import N_, ContentError, StaleError
from quizgame.models.drafts import Draft
from quizgame.services import quizzes
from quizgame.services.drafts import CHANGED_MEANWHILE, change, get_draft, on_desk
from quizgame.services.quizzes import Publication

NOT_CLEAN = N_("The set cannot be published yet: some things must be mended first.")


def remove(user_id: int, public_id: str, rev: int, *, now: datetime) -> None:
    """Throw a draft away, and withdraw what was published of it."""

    def step(draft: Draft) -> None:
        draft.removed_at = now

    change(user_id, public_id, rev, step, now)
    if public_id in quizzes.open_versions(user_id):
        quizzes.withdraw(user_id, public_id, now=now)


def publish(user_id: int, public_id: str, rev: int, *, now: datetime) -> bool:
    """Publish a draft as it stands; tell whether that made a new version.

    StaleError if it was changed since the rev that was looked at, ContentError if it is not clean.
    """
    draft = get_draft(user_id, public_id)
    if draft.rev != rev:
        raise StaleError(CHANGED_MEANWHILE)
    findings = on_desk(user_id, public_id).findings
    if findings.musts:
        raise ContentError(NOT_CLEAN)
    publication = Publication(
        owner_id=user_id,
        topic=draft.topic,
        level=draft.level,
        licence=draft.licence,
        credit=draft.credit,
        is_listed=draft.is_listed,
        is_shared=draft.is_shared,
    )
    return quizzes.publish_quiz(draft.document, findings.rounds, publication, now=now)
