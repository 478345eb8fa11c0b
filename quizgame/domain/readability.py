"""How hard a text is to read, as far as that can be told from its words and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgame.domain.passages import Passage

LONG_WORD = 6
FEWEST_WORDS = 100
"""Below that, a single sentence decides."""
LIX_LANGUAGES = ("da", "de", "en", "es", "fi", "fr", "it", "nb", "nn", "no", "pt", "ru", "sv")
BANDS = (30, 40, 50, 60)
BANDED = ("da", "en", "nb", "nn", "no", "sv")
"""Languages in which the bands were set or checked; elsewhere only like compares with like."""


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text. `lix` is None where the measure means nothing; so is `band` (0 to 4)."""

    words: int
    sentences: int
    lix: int | None
    band: int | None

    @property
    def words_a_sentence(self) -> float:
        """How long a sentence is on average, in words."""
        return self.words / max(1, self.sentences)


def readability(passages: Sequence[Passage], language: str) -> Readability:
    """Count words and sentences, and tell LIX: words a sentence plus the percentage of long words.

    LIX was made for Swedish, and found to order newspapers of eleven European languages sensibly;
    it says nothing about scripts without spaces, nor about languages that nobody has tried.

    Units:  words of more than six letters are long.
    Source: Björnsson, Läsbarhet (1968); Björnsson, Readability of newspapers in 11 languages,
            Reading Research Quarterly 18 (1983); Anderson, Lix and Rix, Journal of Reading 26
            (1983).
    """
    words = sum(len(passage.words) for passage in passages)
    sentences = sum(len(passage.segments) for passage in passages)
    tongue = language.partition("-")[0].lower()
    if tongue not in LIX_LANGUAGES or words < FEWEST_WORDS:
        return Readability(words, sentences, None, None)
    long = sum(len(word) > LONG_WORD for passage in passages for word in passage.words)
    lix = round(words / sentences + 100 * long / words)
    band = sum(lix >= edge for edge in BANDS) if tongue in BANDED else None
    return Readability(words, sentences, lix, band)
