"""Passages of a text in a known language: their segments are what a segmenter calls sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

import sentencex  # type: ignore[import-untyped]

from quizgame.domain.passages import Article, Passage, Span, cut
from quizgame.formats._finds import compose
from quizgame.formats._format import About
from quizgame.formats._texts import BLANK, Place, blocks, normal, trimmed

LONGEST = 20_000
QUOTES = "\"'“”‘’«»„‹›「」『』()[]{}（）【】"
MOST_QUOTES = 400
"""The segmenter's time grows with the square of the marks that come in pairs."""


def composed(text: str, about: About, whole: Collection[str] = ()) -> Article:
    """Make an article of a text: a passage between blank lines, a segment for each sentence.

    Passages longer than a round are cut, but for those that are among the `whole` ones.
    ContentError if there is no text, or too much of it.
    """
    plain = normal(text)
    places = [place for block in _between_blanks(plain.text, whole) for place in block]
    named = [(f"P{number}", place) for number, place in enumerate(places, start=1)]
    cutter = partial(segmented, language=about.source.language)
    return compose(about, plain, (), places=named, cutter=cutter).article


def segmented(id_: str, text: str, language: str) -> Passage:
    """Make a passage of a text, with the sentences of its language as segments."""
    return _again(cut(id_, text), language)


def resegmented(article: Article) -> Article:
    """Give the passages of an article the sentences of its language, unless it has its own.

    Passages whose segments are not those that are found without a segmenter keep them.
    """
    language = article.source.language
    return replace(article, passages=tuple(_again(p, language) for p in article.passages))


def _between_blanks(text: str, whole: Collection[str]) -> Iterator[list[Place]]:
    edges = [0, *(edge for match in BLANK.finditer(text) for edge in match.span()), len(text)]
    for pair in zip(edges[::2], edges[1::2], strict=True):
        start, stop = trimmed(text, *pair)
        if text[start:stop] in whole:
            yield [(start, stop)]
        elif start < stop:
            yield [(start + first, start + last) for first, last in blocks(text[start:stop])]


def _again(passage: Passage, language: str) -> Passage:
    if passage.segments != cut(passage.id, passage.text).segments:
        return passage
    stops = _stops(passage.text, language)
    return replace(passage, segments=_covering(passage, stops)) if stops else passage


def _stops(text: str, language: str) -> list[int]:
    """Return where sentences end; nothing if the segmenter cannot be asked."""
    if len(text) > LONGEST or sum(map(text.count, QUOTES)) > MOST_QUOTES:
        return []
    pieces = list(sentencex.segment(language.partition("-")[0].lower() or "en", text))
    if "".join(pieces) != text:
        return []
    stops, at = [], 0
    for piece in pieces:
        at += len(piece)
        stops.append(at)
    return stops


def _covering(passage: Passage, stops: list[int]) -> tuple[Span, ...]:
    """Return segments that cover the text, cut through no word, and hold at least one each."""
    starts = [word.start for word in passage.words]
    inside = {at for word in passage.words for at in range(word.start + 1, word.stop)}
    edges = [0]
    for stop in [*stops[:-1], len(passage.text)]:
        has_word = bisect_left(starts, edges[-1]) < bisect_left(starts, stop)
        if stop in inside:
            continue
        if has_word or len(edges) == 1:
            edges.append(stop)
        else:
            edges[-1] = stop
    return tuple(Span(*pair) for pair in pairwise(edges))
