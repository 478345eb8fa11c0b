"""Bringing articles in: proposed to a teacher, who edits and then keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

import msgspec

from quizgame.domain import tokens
from quizgame.domain.errors import N_, InputError
from quizgame.domain.passages import Article, Source
from quizgame.formats import (
    About,
    Files,
    Hints,
    Proposal,
    article_document,
    composed,
    resegmented,
)
from quizgame.formats._reading import Reply, Request
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services.annotations import GOLD, add_set
from quizgame.services.articles import checked_source, new_version
from quizgame.services.credentials import new_id
from quizgame.services.passwords import Workshop
from quizgame.services.taxonomy import get_taxonomy

PATIENCE = 15.0
"""Seconds that reading may take, waiting for the processor included."""
AT_ONCE = 2
WORDS = 110
"""How long a passage becomes when short paragraphs are put together."""
TOO_HARD = N_("This takes too long to read, or too much memory. Paste its text instead.")
EMPTY = N_("Nothing is left of the text. Keep at least one paragraph.")

CUTTING = Workshop()
"""Where long texts are cut into words: in a thread of the server, so that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a teacher leaves it: kept or not, a passage's first or one that goes on."""

    text: str
    is_kept: bool = True
    begins: bool = True


def propose(files: Files, hints: Hints, format_id: str = "") -> Proposal:
    """Read files into a proposal; nothing is stored. InputError says why it cannot be done.

    They are read in a process of their own, which is given up when it takes too long.
    """
    request = Request(dict(files), hints, get_taxonomy(), format_id)
    with _turns():
        reply = _answered(msgspec.msgpack.encode(request))
    proposal = reply.unpacked() if reply else None
    if proposal is None:
        raise InputError(reply.refusal if reply else TOO_HARD)
    return proposal


def gathered(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Put short paragraphs that follow each other together to passages of a fair length."""
    found: list[Paragraph] = []
    length = WORDS
    for paragraph in paragraphs:
        begins = length >= WORDS
        found.append(replace(paragraph, begins=begins or not paragraph.is_kept))
        if paragraph.is_kept:
            count = len(tokens.words(paragraph.text))
            length = count if begins else length + count
    return found


def text_of(paragraphs: Sequence[Paragraph]) -> str:
    """Return the text that is kept, with a blank line before each passage."""
    kept = [p for p in paragraphs if p.is_kept and p.text.strip()]
    return "".join(("\n\n" if p.begins else "\n") + p.text.strip() for p in kept).strip()


def composed_of(source: Source, text: str) -> Article:
    """Make an article of a text, with passages, sentences and words. InputError if it is empty."""
    if not text.strip():
        raise InputError(EMPTY)
    article: Article = CUTTING.run(composed, (text, About("import", source, get_taxonomy())))
    return article


def of_document(source: Source, document: str) -> Article:
    """Make an article of what was read with its annotations. Raises ContentError."""
    article: Article = CUTTING.run(article_document.read, (document.encode(),))
    return CUTTING.run(resegmented, (replace(article, source=source),))  # type: ignore[no-any-return]


def keep(user_id: int, article: Article, *, now: datetime) -> str:
    """Store an article as a user's own, with the set that its key grows in; return its id.

    InputError if what is said about it will not do.
    """
    public_id = new_id()
    kept = replace(article, id=public_id, version=1, source=checked_source(article.source))
    begin_write()
    row: ArticleVersion = new_version(kept, user_id, now=now)
    add_set(row.id, user_id, GOLD, now=now)
    db.session.commit()
    return public_id


@cache
def _turns() -> BoundedSemaphore:
    """Return what lets only some in at once.

    It is made when first asked for, in the server's worker: there, who waits lets others go on.
    """
    return BoundedSemaphore(AT_ONCE)


def _answered(request: bytes) -> Reply | None:
    """Ask the process that reads; None if it fails or takes too long."""
    path = os.pathsep.join(filter(None, sys.path))
    environment = {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "quizgame.formats._reading"],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=PATIENCE,
            check=True,
        )
        return msgspec.msgpack.decode(done.stdout, type=Reply)
    except (subprocess.SubprocessError, msgspec.DecodeError, OSError):
        return None
