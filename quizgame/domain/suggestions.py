"""Places in a passage where plain rules suggest a second look: never a verdict.

What they cannot see: irony, what is left out, what surrounds the text, and whether it is true.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizgame.domain.hints import RULES, Rule
from quizgame.domain.passages import Passage, Span
from quizgame.domain.phrases import Phrases, folded, span_of
from quizgame.domain.typography import (
    UNSPACED_FROM,
    blanks,
    closing_mark,
    cut_off,
    quotations,
)

BY_ID = {rule.id: rule for rule in RULES}
MOST_QUOTED = 3
MOST_QUOTED_UNSPACED = 6
YEARS = range(1400, 2101)
PERCENT = "%％٪‰"
ENDS = ".!?。！？؟"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of a language.

    `sources` are words that name where something is known from; `dates` stand beside numbers
    that are days, hours or pages, and no claims.
    """

    phrases: Phrases
    sources: Phrases
    dates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that a rule points to."""

    rule: Rule
    span: Span


@dataclass(slots=True)
class _Text:
    """A passage with what several rules ask about."""

    passage: Passage
    lexicon: Lexicon | None
    quoted: list[Span] = field(init=False)
    sourced: set[int] = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.quoted = quotations(self.passage.text)
        self.starts = [segment.start for segment in self.passage.segments]
        found = self.lexicon.sources.find(self.passage) if self.lexicon else ()
        self.sourced = {self.segment(self.passage.words[match.first].start) for match in found}
        self.sourced |= {self.segment(at) for at in _references(self.passage)}

    def segment(self, at: int) -> int:
        """Return the place of the segment in which a character stands."""
        return max(0, bisect_right(self.starts, at) - 1)

    def is_quoted(self, span: Span) -> bool:
        """Tell whether a stretch begins inside quotation marks."""
        at = bisect_right(self.quoted, span.start, key=lambda quote: quote.start)
        return at > 0 and span.start < self.quoted[at - 1].stop


def suggest(passage: Passage, lexicon: Lexicon | None) -> list[Suggestion]:
    """Return what the rules point to, in the order of the text.

    Without a lexicon only those rules speak that need no words. Takes time in proportion to the
    length of the text, whatever stands in it.
    """
    text = _Text(passage, lexicon)
    found = [Suggestion(BY_ID[rule], span) for rule, span in _found(text)]
    kept = [s for s in found if not (s.rule.outside_quotes and text.is_quoted(s.span))]
    return sorted(kept, key=lambda s: (s.span, s.rule.id))


def _found(text: _Text) -> Iterator[tuple[str, Span]]:
    passage = text.passage
    if text.lexicon:
        for match in text.lexicon.phrases.find(passage):
            yield match.rule, span_of(passage, match)
        yield from _numbers(text, text.lexicon)
    yield from _signs(text)


def _signs(text: _Text) -> Iterator[tuple[str, Span]]:
    """Yield what is told by signs, whatever the language."""
    passage = text.passage
    for segment in passage.segments:
        for rule, marks in (("rhetorical_questions", "?？؟"), ("exclamations", "!！")):
            at = closing_mark(passage.text, segment, marks)
            if at is not None and not text.is_quoted(Span(at, at + 1)):
                yield rule, _trimmed(passage.text, segment)
    for quote in text.quoted:
        if _is_scare(text, quote):
            yield "scare_quotes", _trimmed(passage.text, quote)
    yield from (("redactions", span) for span in blanks(passage))
    if end := cut_off(passage):
        yield "cut_off", end


def _numbers(text: _Text, lexicon: Lexicon) -> Iterator[tuple[str, Span]]:
    """Yield the first number of each sentence that names no source, nor does the one before."""
    told: set[int] = set()
    words = text.passage.words
    for place, word in enumerate(words):
        segment = text.segment(word.start)
        if segment in told or {segment, segment - 1} & text.sourced:
            continue
        sign = text.passage.text[word.stop : word.stop + 1]
        is_share = bool(sign) and sign in PERCENT
        if not _is_number(text.passage.quote(word), is_share=is_share):
            continue
        beside = (*words[max(0, place - 1) : place], *words[place + 1 : place + 2])
        if not lexicon.dates.isdisjoint(folded(text.passage.quote(w)) for w in beside):
            continue
        told.add(segment)
        yield "numbers", Span(word.start, word.stop + is_share)


def _is_number(word: str, *, is_share: bool) -> bool:
    """Tell whether a word is a number that claims something: no year, no hour, no small count."""
    digits = word.translate({ord(c): None for c in ".,٫٬"})
    if not digits.isdecimal() or len(digits) > 30:
        return False
    if is_share:
        return True
    is_year = len(word) == 4 and digits == word and int(word) in YEARS
    return len(digits) > 1 and not is_year


def _references(passage: Passage) -> Iterator[int]:
    """Yield where a sentence shows a source without words: a link, or a number in brackets."""
    for word in passage.words:
        before = passage.text[max(0, word.start - 1) : word.start]
        after = passage.text[word.stop : word.stop + 3]
        is_note = before == "[" and after[:1] == "]" and passage.quote(word).isdecimal()
        if is_note or after == "://":
            yield word.start


def _is_scare(text: _Text, span: Span) -> bool:
    """Tell whether a quotation is but a word or three, in a sentence that names no speaker."""
    passage = text.passage
    quote = passage.quote(span)
    if len(quote) > 60 or any(end in quote for end in ENDS):
        return False
    if text.segment(span.start) in text.sourced:
        return False
    first = bisect_left(passage.words, span.start, key=lambda word: word.start)
    words = passage.words[first : first + MOST_QUOTED_UNSPACED + 1]
    inside = [word for word in words if span.holds(word)]
    is_unspaced = bool(inside) and passage.text[inside[0].start] >= UNSPACED_FROM
    return 0 < len(inside) <= (MOST_QUOTED_UNSPACED if is_unspaced else MOST_QUOTED)


def _trimmed(text: str, span: Span) -> Span:
    quote = text[span.start : span.stop]
    start = span.start + len(quote) - len(quote.lstrip())
    return Span(start, start + len(quote.strip()))
