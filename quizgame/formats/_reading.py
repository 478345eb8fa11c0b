"""Reading files that strangers made, in a process of its own: it may fail, stall or swell alone.

Run as a program: a request comes in as MessagePack, a proposal or a sentence of refusal goes out.
What is plain becomes a proposal of blocks, what is annotated an article document.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace
from typing import Any

import msgspec

from quizgame.domain.errors import N_, ContentError, Sentence
from quizgame.domain.passages import Source
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats import FORMATS, PLAIN, article_document, opened, recognised, resegmented
from quizgame.formats._format import About
from quizgame.formats._proposal import Hints, Proposal
from quizgame.formats._texts import MOST_CHARACTERS

SECONDS = 5
MOST_DOCUMENT = 4_500_000
"""Bytes of an annotated article: what a proposal's form can send back."""
MEMORY = 800_000_000
UNKNOWN = N_(
    "This file cannot be read. A text, a Markdown text, a web page, a Word document, a PDF, or a "
    "format of annotated articles can."
)
TOO_MUCH = N_("There is too much in it: a text may have a million characters. Bring in a part.")
SAY_WHICH = N_("Say which format this is: ")


class Request(msgspec.Struct):
    """Files to be read, and what is known about them. `format_id` is empty if it is to be told."""

    files: dict[str, bytes]
    hints: Hints
    taxonomy: Taxonomy
    format_id: str = ""


class Reply(msgspec.Struct):
    """What came of it: a proposal, and its notes as words and values; or why there is none."""

    proposal: Proposal | None = None
    notes: list[tuple[str, dict[str, Any] | None]] = []
    refusal: str = ""

    def unpacked(self) -> Proposal | None:
        """Return the proposal with its notes."""
        notes = [words if v is None else Sentence(words, **v) for words, v in self.notes]
        return replace(self.proposal, notes=tuple(notes)) if self.proposal else None


def packed(proposal: Proposal) -> Reply:
    """Return what can be sent of a proposal."""
    notes: list[tuple[str, dict[str, Any] | None]] = [
        (n.words, n.values) if isinstance(n, Sentence) else (n, None) for n in proposal.notes
    ]
    return Reply(replace(proposal, notes=()), notes)


def proposal(request: Request) -> Proposal:
    """Read files: one plain source, or what is annotated. ContentError if it cannot be done."""
    inside = opened(request.files)
    plain = _plain(dict(inside))
    if request.format_id in PLAIN or (plain and not request.format_id):
        ((name, data),) = inside.items() if len(inside) == 1 else [("", b"")]
        found = PLAIN[request.format_id or plain].read(name, data, request.hints)
        if sum(len(block.text) for block in found.blocks) > MOST_CHARACTERS:
            raise ContentError(TOO_MUCH)
        return found
    could_be = [request.format_id] if request.format_id else recognised(inside)
    if len(could_be) != 1:
        titles = ", ".join(FORMATS[id_].title for id_ in could_be)
        raise ContentError(f"{SAY_WHICH}{titles}" if could_be else UNKNOWN)
    read = FORMATS[could_be[0]].read if could_be[0] in FORMATS else None
    if read is None:
        raise ContentError(UNKNOWN)
    name = next(iter(inside), "").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    source = Source(name[:300], "", "", request.hints.language or "en")
    imported = read(inside, About("import", source, request.taxonomy))
    article = resegmented(imported.article)
    document = article_document.write(article)
    if len(document) > MOST_DOCUMENT:
        raise ContentError(TOO_MUCH)
    return Proposal(article.source, notes=imported.notes, document=document.decode())


def _plain(files: dict[str, bytes]) -> str:
    """Return the id of the plain format that one file alone is in."""
    if len(files) != 1:
        return ""
    ((name, data),) = files.items()
    for id_, format_ in PLAIN.items():
        if name.lower().endswith(format_.suffixes):
            return id_
    return "pdf" if data.startswith(b"%PDF-") else ""


def main() -> None:
    """Answer one request, within bounds of time and memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    request: Any = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    try:
        reply = packed(proposal(request))
    except ContentError as error:
        reply = Reply(refusal=str(error))
    sys.stdout.buffer.write(msgspec.msgpack.encode(reply))


if __name__ == "__main__":
    main()
