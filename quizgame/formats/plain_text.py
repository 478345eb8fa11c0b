"""Plain text: paragraphs between blank lines; a short first one is taken for the title."""

from __future__ import annotations

from dataclasses import replace

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Source
from quizgame.formats._page_text import decoded_page
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal, few
from quizgame.formats._texts import BLANK
from quizgame.formats._tidy import is_heading, one_line, tidied
from quizgame.formats._tongues import guessed

NO_TEXT = N_("There is no text in it.")


def read(name: str, data: bytes, hints: Hints) -> Proposal:
    """Read a text. ContentError if there is none."""
    return proposed(tidied(name, decoded_page(name, data)), hints)


def proposed(text: str, hints: Hints) -> Proposal:
    """Make a proposal of a tidy text."""
    blocks = [Block(part.strip("\n")) for part in BLANK.split(text) if part.strip()]
    if not blocks:
        raise ContentError(NO_TEXT)
    title = ""
    if len(blocks) > 1 and is_heading(blocks[0].text.strip()):
        title = one_line(blocks[0].text)
        blocks[0] = replace(blocks[0], is_kept=False)
    language = guessed(text) or hints.language
    return Proposal(Source(title, "", "", language), few(blocks))


PLAIN = PlainFormat(N_("Plain text"), (".txt", ".text"), read)
