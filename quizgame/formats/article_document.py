"""An annotated article as a JSON document, in the terms of the W3C Web Annotation Data Model.

Every target has two selectors, a quote and a position, and they must agree: so a text that was
changed by hand is noticed, and other programs can find the place in their own copy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import (
    Annotation,
    Article,
    ContradictionPair,
    Evidence,
    GreyZone,
    Passage,
    Source,
    Span,
    Stet,
    cut,
)
from quizgame.formats._documents import Count, decode, encode, says
from quizgame.formats._format import Exported, Format, Imported, file_name

NAME = "quizgame-article/1"
CONTEXT = 20


class TextQuoteSelector(
    msgspec.Struct, tag="TextQuoteSelector", tag_field="type", forbid_unknown_fields=True
):
    """The words themselves, with some text before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class TextPositionSelector(
    msgspec.Struct, tag="TextPositionSelector", tag_field="type", forbid_unknown_fields=True
):
    """Where the words stand, in code points, half-open."""

    start: Count
    end: Count


class AnnotationEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One annotation: where, and what."""

    id: str
    selector: list[TextQuoteSelector | TextPositionSelector]
    layer: str
    category: str
    verdict: str
    severity: Count
    difficulty: Count
    why: str
    correction: str
    check: str
    evidence: tuple[Evidence, ...] = ()
    confidence: str = "high"
    verified: bool = True
    optional: bool = False
    agreement: float = 1.0
    related: tuple[str, ...] = ()
    marked_by: Count = 0
    annotators: Count = 0


class StetEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Why a stretch may stand."""

    id: str
    selector: list[TextQuoteSelector | TextPositionSelector]
    layers: tuple[str, ...]
    why: str
    evidence: tuple[Evidence, ...] = ()


class GreyEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch taken out of the key of one layer."""

    selector: list[TextQuoteSelector | TextPositionSelector]
    layer: str
    why: str


class PassageEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A passage; without segments or words they are found in its text."""

    id: str
    text: str
    segments: list[tuple[int, int]] = []
    words: list[tuple[int, int]] = []
    annotations: list[AnnotationEntry] = []
    stets: list[StetEntry] = []
    grey: list[GreyEntry] = []


class ArticleDocument(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The whole document. `version` counts the versions of the text."""

    format: str
    id: str
    version: Count
    source: Source
    passages: list[PassageEntry]
    pairs: tuple[ContradictionPair, ...] = ()


def read(data: bytes) -> Article:
    """Read a document; ContentError names the first place that does not hold together."""
    document = decode(data, ArticleDocument, "article")
    if document.format != NAME:
        raise ContentError(f"article: the format is {document.format!r}, not {NAME!r}")
    passages = tuple(_passage(entry) for entry in document.passages)
    for group in ([a.id for p in passages for a in p.annotations], [p.id for p in passages]):
        if twice := [id_ for id_, count in Counter(group).items() if count > 1]:
            raise ContentError(f"article: the id {twice[0]} is there twice")
    return Article(document.id, document.version, document.source, passages, document.pairs)


def write(article: Article) -> bytes:
    """Write a document that reads as the same article."""
    document = ArticleDocument(
        format=NAME,
        id=article.id,
        version=article.version,
        source=_said(article.source),
        passages=[_passage_entry(passage) for passage in article.passages],
        pairs=article.pairs,
    )
    return encode(document)


FORMAT = Format(
    title=N_("quizgame article"),
    suffix=".json",
    mimetype="application/json",
    loses="",
    recognises=lambda files: says(files, NAME),
    read=lambda files, _: Imported(read(b"".join(files.values()))),
    write=lambda article, _: Exported({file_name(article.id, ".json"): write(article)}),
)


def _passage(entry: PassageEntry) -> Passage:
    bare = cut(entry.id, entry.text)
    segments = _spans(entry, entry.segments) or bare.segments
    words = _spans(entry, entry.words) or bare.words
    if "".join(entry.text[s.start : s.stop] for s in segments) != entry.text:
        raise ContentError(f"{entry.id}: the segments do not cover the text")
    starts = [segment.start for segment in segments]
    if any(not segments[bisect_right(starts, word.start) - 1].holds(word) for word in words):
        raise ContentError(f"{entry.id}: the segments cut through a word")
    return Passage(
        id=entry.id,
        text=entry.text,
        segments=segments,
        words=words,
        annotations=tuple(_annotation(entry.text, a) for a in entry.annotations),
        stets=tuple(
            Stet(s.id, _span(entry.text, s.selector, s.id), s.layers, s.why, s.evidence)
            for s in entry.stets
        ),
        grey=tuple(
            GreyZone(_span(entry.text, g.selector, f"{entry.id} grey"), g.layer, g.why)
            for g in entry.grey
        ),
    )


def _spans(entry: PassageEntry, pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for start, stop in pairs:
        if not (spans[-1].stop if spans else 0) <= start < stop <= len(entry.text):
            raise ContentError(f"{entry.id}: {start}-{stop} is out of order or outside the text")
        spans.append(Span(start, stop))
    return tuple(spans)


def _annotation(text: str, entry: AnnotationEntry) -> Annotation:
    values = {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "selector"}
    return Annotation(span=_span(text, entry.selector, entry.id), **values)


def _span(text: str, selectors: Sequence[Any], id_: str) -> Span:
    """Read the span on which both selectors agree."""
    quotes = [s for s in selectors if isinstance(s, TextQuoteSelector)]
    positions = [s for s in selectors if isinstance(s, TextPositionSelector)]
    if len(quotes) != 1 or len(positions) != 1:
        raise ContentError(f"{id_}: give one quote selector and one position selector")
    quote, place = quotes[0], positions[0]
    if not 0 <= place.start < place.end <= len(text):
        raise ContentError(f"{id_}: {place.start}-{place.end} is outside the text")
    stands = text[place.start : place.end]
    if stands != quote.exact:
        raise ContentError(f"{id_}: at {place.start} stands {stands!r}, not {quote.exact!r}")
    before, after = text[: place.start], text[place.end :]
    if not before.endswith(quote.prefix) or not after.startswith(quote.suffix):
        raise ContentError(f"{id_}: prefix or suffix do not stand around {quote.exact!r}")
    return Span(place.start, place.end)


def _said(source: Source) -> Any:
    """Leave out a by-line that nobody knows, as documents did that were written before."""
    return {name: said for name, said in asdict(source).items() if said or name != "author"}


def _unless(spans: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Write spans only where reading the text would not find the same."""
    return [] if spans == found else [(span.start, span.stop) for span in spans]


def _selectors(text: str, span: Span) -> list[TextQuoteSelector | TextPositionSelector]:
    quote = TextQuoteSelector(
        exact=text[span.start : span.stop],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.stop : span.stop + CONTEXT],
    )
    return [quote, TextPositionSelector(span.start, span.stop)]


def _passage_entry(passage: Passage) -> PassageEntry:
    def where(span: Span) -> list[TextQuoteSelector | TextPositionSelector]:
        return _selectors(passage.text, span)

    found = cut(passage.id, passage.text)
    fields = [name for name in AnnotationEntry.__struct_fields__ if name != "selector"]
    return PassageEntry(
        id=passage.id,
        text=passage.text,
        segments=_unless(passage.segments, found.segments),
        words=_unless(passage.words, found.words),
        annotations=[
            AnnotationEntry(selector=where(a.span), **{name: getattr(a, name) for name in fields})
            for a in passage.annotations
        ],
        stets=[StetEntry(s.id, where(s.span), s.layers, s.why, s.evidence) for s in passage.stets],
        grey=[GreyEntry(where(g.span), g.layer, g.why) for g in passage.grey],
    )
