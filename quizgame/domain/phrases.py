"""Finding words and phrases of a list in a passage, in one go over its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from quizgame.domain import tokens
from quizgame.domain.passages import Passage, Span

VOWEL_SIGNS = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640])
SAME_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", **dict.fromkeys("’‘ʼ", "'")})
LONGEST_GAP = 3
SHORTEST_REST = 2


def folded(word: str) -> str:
    """Return a word as lists are searched by: without case, Arabic vowel signs and stretching.

    Letters that are often written for each other in Arabic (alef with and without hamza, yeh)
    count as the same, and so do straight and curly apostrophes.
    """
    return word.casefold().translate(VOWEL_SIGNS).translate(SAME_LETTERS)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of a list: of which rule, and at which words of the passage (half-open)."""

    rule: str
    first: int
    stop: int


@dataclass(frozen=True)
class Phrases:
    """Phrases by the rule that they belong to; those of the rule "" are passed over.

    A single word may begin or end with `*`, which stands for any letters. `clitics` are what may
    be written in front of a word without a space, as in Arabic. The longest phrase wins.
    """

    by_rule: Mapping[str, Sequence[str]]
    clitics: Sequence[str] = ()

    def find(self, passage: Passage) -> Iterator[Match]:
        """Yield the phrases in a passage, from its beginning, none overlapping another."""
        forms = [self._forms(passage.quote(word)) for word in passage.words]
        at = 0
        while at < len(forms):
            rule, length = self._longest(passage, forms, at)
            if rule:
                yield Match(rule, at, at + length)
            at += max(1, length)

    @cached_property
    def _singles(self) -> dict[str, str]:
        """The rules of single words."""
        return {words[0]: rule for words, rule in self._split() if len(words) == 1}

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], list[tuple[list[str], str]]]:
        """The longer phrases by their first two words, the longest first."""
        found: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        for words, rule in sorted(self._split(), key=lambda entry: -len(entry[0])):
            if len(words) > 1:
                found.setdefault((words[0], words[1]), []).append((words, rule))
        return found

    def _split(self) -> list[tuple[list[str], str]]:
        plain = [(p, rule) for rule, phrases in self.by_rule.items() for p in phrases]
        return [(split(phrase), rule) for phrase, rule in plain if "*" not in phrase]

    @cached_property
    def _stems(self) -> tuple[dict[str, str], dict[str, str], int]:
        """Beginnings of words, endings of words, and the length of the longest."""
        starred = [(p, rule) for rule, ps in self.by_rule.items() for p in ps if "*" in p]
        starts = {folded(p[:-1]): rule for p, rule in starred if p.endswith("*")}
        ends = {folded(p[1:]): rule for p, rule in starred if p.startswith("*")}
        return starts, ends, max(map(len, [*starts, *ends]), default=0)

    def _forms(self, word: str) -> tuple[str, ...]:
        """Return what a word may be in a list: as it stands, or without what is written before."""
        whole = folded(word)
        rests = [whole[len(c) :] for c in self.clitics if whole.startswith(c)]
        return (whole, *(rest for rest in rests if len(rest) >= SHORTEST_REST))

    def _longest(self, passage: Passage, forms: list[tuple[str, ...]], at: int) -> tuple[str, int]:
        best: tuple[str, int] = ("", 0)
        pairs = product(forms[at], forms[at + 1] if at + 1 < len(forms) else ())
        for pair in pairs:
            for words, rule in self._pairs.get(pair, ()):
                if len(words) > best[1] and _follows(passage, forms, at, words):
                    best = (rule, len(words))
        if best[1]:
            return best
        single = next((form for form in forms[at] if form in self._singles), None)
        return (self._singles[single], 1) if single else self._stem(forms[at])

    def _stem(self, forms: Sequence[str]) -> tuple[str, int]:
        starts, ends, longest = self._stems
        for form in forms:
            for length in range(min(longest, len(form)), 0, -1):
                rule = starts.get(form[:length]) or ends.get(form[-length:])
                if rule:
                    return rule, 1
        return "", 0


def split(phrase: str) -> list[str]:
    """Return the words of a phrase, as they are searched by."""
    return [folded(phrase[start:stop]) for start, stop in tokens.words(phrase)]


def span_of(passage: Passage, match: Match) -> Span:
    """Return where a match stands."""
    return Span(passage.words[match.first].start, passage.words[match.stop - 1].stop)


def _follows(passage: Passage, forms: list[tuple[str, ...]], at: int, words: Sequence[str]) -> bool:
    """Tell whether the words of a phrase stand one after the other, with but space between."""
    if at + len(words) > len(forms):
        return False
    for place, word in enumerate(words[1:], start=at + 1):
        if word not in forms[place]:
            return False
        gap = passage.text[passage.words[place - 1].stop : passage.words[place].start]
        if len(gap) > LONGEST_GAP or gap.strip():
            return False
    return True
