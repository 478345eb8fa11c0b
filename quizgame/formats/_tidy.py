"""Text of plain sources, made clean once: newlines, composed letters, no control characters."""

from __future__ import annotations

import re

from quizgame.domain.errors import ContentError
from quizgame.formats._texts import normal, without_nul

CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
TITLE_LENGTH = 160
SENTENCE_ENDS = ".!?。！？؟:;,，；："


def tidied(where: str, text: str) -> str:
    """Return a text without what nobody can see or type; ContentError if it cannot be stored."""
    plain = CONTROLS.sub("", BREAKS.sub("\n", without_nul(where, text)))
    try:
        plain.encode()
    except UnicodeEncodeError:
        raise ContentError(f"{where}: it holds half a character") from None
    return normal(plain).text


def one_line(text: str, most: int = 300) -> str:
    """Return what a field of one line can hold of a text."""
    return " ".join(CONTROLS.sub("", text.replace("\0", "")).split())[:most].strip()


def is_heading(text: str) -> bool:
    """Tell whether a paragraph could be a title: one short line that ends no sentence."""
    return "\n" not in text and len(text) <= TITLE_LENGTH and text[-1:] not in SENTENCE_ENDS
