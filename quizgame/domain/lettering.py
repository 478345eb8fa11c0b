"""Letters that play tricks in names and titles: unseen ones, and ones that look like others.

Source: Unicode Technical Standard 39, Security Mechanisms: mixed-script detection (5.1), cut down
to the alphabets that share shapes with Latin.
"""

from __future__ import annotations

import re
from unicodedata import category, decomposition, name

from quizgame.domain.errors import N_

TRICKS = N_("Write each word in one alphabet, without invisible or dressed-up letters.")
ALIKE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET", "OSAGE"}
)
"""Alphabets with letters that look like another's: words are written in one of them."""
DRESSED = ("<font>", "<wide>", "<circle>", "<square>")
"""Letters that are others in costume, such as those of mathematics."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
WORD = re.compile(r"[^\W\d_]+")


def plays_tricks(text: str) -> bool:
    """Tell whether a name or title could pass for another one, or turn what stands around it."""
    return (
        any(_is_unseen(text, at) for at in range(len(text)))
        or any(decomposition(letter).startswith(DRESSED) for letter in text)
        or any(len(_alphabets(word)) > 1 for word in WORD.findall(text))
    )


def _is_unseen(text: str, at: int) -> bool:
    """Tell whether nothing is seen of a character; joiners may stand where scripts need them."""
    if category(text[at]) not in UNSEEN:
        return False
    if text[at] not in JOINERS or not 0 < at < len(text) - 1:
        return True
    return any(_may_be_joined(neighbour) is False for neighbour in (text[at - 1], text[at + 1]))


def _may_be_joined(character: str) -> bool:
    if character == "\ufe0f" or category(character) in {"So", "Sk", "Mn", "Mc"}:
        return True
    return character.isalpha() and not _alphabets(character)


def _alphabets(word: str) -> set[str]:
    """Return which of the alphabets that look alike a word is written in."""
    return {name(letter, "").split(" ", 1)[0] for letter in word} & ALIKE
