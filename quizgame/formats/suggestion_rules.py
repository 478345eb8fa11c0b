"""The word lists of a language, by which places to look at are suggested, as a JSON document."""

from __future__ import annotations

import msgspec

from quizgame.domain.errors import ContentError
from quizgame.domain.hints import RULES
from quizgame.domain.phrases import Phrases, folded, split
from quizgame.domain.suggestions import Lexicon
from quizgame.formats._documents import decode

NAME = "quizgame-suggestions/1"
SOURCE = "source"


class WordLists(msgspec.Struct, forbid_unknown_fields=True):
    """The whole document.

    `rules` are phrases by the rule that they belong to, and `except` longer ones that look like
    them and mean something else. `sources` name where something is known from, `dates` stand
    beside numbers that claim nothing, `clitics` are written in front of words without a space.
    """

    format: str
    language: str
    rules: dict[str, list[str]]
    sources: list[str]
    dates: list[str]
    clitics: list[str]
    exceptions: list[str] = msgspec.field(name="except")


def read(data: bytes) -> tuple[str, Lexicon]:
    """Read the lists of a language, and which it is.

    ContentError names a rule that there is not, and a phrase that has no word or is there twice.
    """
    lists = decode(data, WordLists, "suggestions")
    if lists.format != NAME:
        raise ContentError(f"suggestions: the format is {lists.format!r}, not {NAME!r}")
    unknown = lists.rules.keys() - {rule.id for rule in RULES}
    if unknown:
        raise ContentError(f"suggestions {lists.language}: there is no rule {min(unknown)!r}")
    by_rule = {**lists.rules, "": lists.exceptions}
    _check(lists.language, [phrase for phrases in by_rule.values() for phrase in phrases])
    hearsay = [*lists.exceptions, *lists.rules.get("unattributed", ())]
    sources = [phrase for phrase in lists.sources if phrase not in hearsay]
    _check(lists.language, [*sources, *hearsay])
    return lists.language, Lexicon(
        phrases=Phrases(by_rule, lists.clitics),
        sources=Phrases({SOURCE: sources, "": hearsay}, lists.clitics),
        dates=frozenset(map(folded, lists.dates)),
    )


def _check(language: str, phrases: list[str]) -> None:
    seen = set()
    for phrase in phrases:
        words = tuple(split(phrase))
        told = (words, phrase.startswith("*"), phrase.endswith("*"))
        if not words or (any(told[1:]) and len(words) > 1):
            raise ContentError(f"suggestions {language}: {phrase!r} cannot be looked for")
        if told in seen:
            raise ContentError(f"suggestions {language}: {phrase!r} is there twice")
        seen.add(told)
