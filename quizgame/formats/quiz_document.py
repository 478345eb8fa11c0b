"""A quiz set as a JSON document: which rounds, in which order, about which passages."""

import msgspec

from quizgame.domain.errors import ContentError
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.formats._documents import Count, decode, encode

NAME = "quizgame-set/1"


class RoundEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One round of the set."""

    kind: str
    passages: tuple[str, ...] = ()
    focus: str = ""
    options: tuple[str, ...] = ()
    reasons: str = ""


class QuizDocument(msgspec.Struct, forbid_unknown_fields=True):
    """The whole document."""

    format: str
    id: str
    title: str
    summary: str
    article: str
    language: str
    minutes: Count
    position: Count
    rounds: list[RoundEntry]


def read(data: bytes) -> QuizDraft:
    """Read a document; ContentError says where it does not fit."""
    document = decode(data, QuizDocument, "set")
    if document.format != NAME:
        raise ContentError(f"set: the format is {document.format!r}, not {NAME!r}")
    if not document.rounds:
        raise ContentError(f"{document.id}: there is no round in it")
    rounds = tuple(RoundDraft(**msgspec.structs.asdict(entry)) for entry in document.rounds)
    values = msgspec.structs.asdict(document) | {"rounds": rounds}
    del values["format"]
    return QuizDraft(**values)


def write(draft: QuizDraft) -> bytes:
    """Write a document that reads as the same draft."""
    rounds = [RoundEntry(r.kind, r.passages, r.focus, r.options, r.reasons) for r in draft.rounds]
    names = [name for name in QuizDocument.__struct_fields__ if name not in {"format", "rounds"}]
    values = {name: getattr(draft, name) for name in names}
    return encode(QuizDocument(format=NAME, rounds=rounds, **values))
