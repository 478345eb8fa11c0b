"""What was found in one version of a text, found again in the next: by exact words, or not at all.

Nothing is guessed: a look-alike that is taken for the place is worse than a place that somebody
has to show (product.md §5.1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizgame.domain.markup import applied, markup_of
from quizgame.domain.passages import Annotation, Article, GreyZone, Passage, Span, Stet

AROUND = 32
"""Characters before and after a quote that have to be the same."""
MOST_PLACES = 12
MOST_LOOKED_AT = 100_000_000
"""Characters that are searched; what is left then is for somebody to place."""

Thing = Annotation | Stet | GreyZone


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a passage of the older version, with the words around it."""

    key: str
    thing: Thing
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the newer version: which passage, and where in it."""

    number: int
    span: Span


def carried(old: Article, new: Article) -> tuple[Article, list[Finding]]:
    """Bring what was found in an older version into a new one; return also what has no place yet.

    A passage that has not changed is taken over as it is. Elsewhere the quote with what stands
    around it has to be there exactly once, in both versions.
    """
    olds, news = [p.text for p in old.passages], [p.text for p in new.passages]
    once = {text for text, count in Counter(news).items() if count == 1}
    where = {text: n for n, text in enumerate(news) if text in once}
    before = Counter(olds)
    passages = list(new.passages)
    loose: list[Finding] = []
    left = MOST_LOOKED_AT
    for passage in old.passages:
        number = where.get(passage.text)
        if number is not None and before[passage.text] == 1:
            passages[number] = applied(passages[number], markup_of(passage))
            continue
        for finding in findings(passage):
            left -= sum(map(len, olds)) + sum(map(len, news))
            place = _certain(finding, olds, news) if left > 0 else None
            if place is None:
                loose.append(finding)
            else:
                passages[place.number] = placed(passages[place.number], finding.thing, place.span)
    kept = {a.id for passage in passages for a in passage.annotations}
    pairs = tuple(pair for pair in old.pairs if {pair.first, pair.second} <= kept)
    return replace(new, passages=tuple(passages), pairs=pairs), loose


def findings(passage: Passage) -> Iterator[Finding]:
    """Yield all that was found in a passage, with its words."""
    things: tuple[Thing, ...] = (*passage.annotations, *passage.stets, *passage.grey)
    for thing in things:
        span = thing.span
        yield Finding(
            key=_key(passage, thing),
            thing=thing,
            quote=passage.quote(span),
            prefix=passage.text[max(0, span.start - AROUND) : span.start],
            suffix=passage.text[span.stop : span.stop + AROUND],
        )


def places(finding: Finding, article: Article) -> list[Place]:
    """Return where the very words of a finding stand in an article."""
    found: list[Place] = []
    for number, passage in enumerate(article.passages):
        at = passage.text.find(finding.quote)
        while at >= 0 and len(found) < MOST_PLACES:
            found.append(Place(number, Span(at, at + len(finding.quote))))
            at = passage.text.find(finding.quote, at + 1)
    return found


def placed(passage: Passage, thing: Thing, span: Span) -> Passage:
    """Return a passage in which something is found at a place."""
    moved: Any = replace(thing, span=span)
    if isinstance(thing, Annotation):
        return replace(passage, annotations=(*passage.annotations, moved))
    if isinstance(thing, Stet):
        return replace(passage, stets=(*passage.stets, moved))
    return replace(passage, grey=(*passage.grey, moved))


def _certain(finding: Finding, olds: Sequence[str], news: Sequence[str]) -> Place | None:
    whole = finding.prefix + finding.quote + finding.suffix
    if sum(_count(text, whole) for text in olds) != 1:
        return None
    found = [(n, text.find(whole)) for n, text in enumerate(news) if whole in text]
    if len(found) != 1 or _count(news[found[0][0]], whole) != 1:
        return None
    number, at = found[0]
    start = at + len(finding.prefix)
    return Place(number, Span(start, start + len(finding.quote)))


def _count(text: str, words: str) -> int:
    """Count up to two places, overlapping ones as well."""
    first = text.find(words)
    return 0 if first < 0 else 1 + (text.find(words, first + 1) >= 0)


def _key(passage: Passage, thing: Thing) -> str:
    if isinstance(thing, GreyZone):
        return f"grey {passage.id} {thing.span.start}-{thing.span.stop} {thing.layer}"
    return f"{type(thing).__name__.lower()} {thing.id}"
