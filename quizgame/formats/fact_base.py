"""An expert's fact base: a plain text, its annotations, true claims, clean passages, clashes.

The text is cut into passages at blank lines, the first block being P1. Annotations are anchored
by their exact words, which occurrence it is, and the text before and after. What the experts'
format does not know (how to check) is left empty, for an editor to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import (
    Annotation,
    Article,
    ContradictionPair,
    Evidence,
    Passage,
    Source,
    Span,
    Stet,
    cut,
)
from quizgame.formats._documents import decode
from quizgame.formats._format import About, Files, Format, Imported, is_pair, named
from quizgame.formats._json import looks_like

CLEARED = {"all layers": ("error", "bias"), "factual error": ("error",)}


class EvidenceEntry(msgspec.Struct):
    """A source, as the experts write it."""

    title: str
    author_or_publisher: str
    year: str
    locator: str | None = None
    url: str | None = None
    supports: str | None = None


class AnnotationEntry(msgspec.Struct):
    """One finding."""

    id: str
    passage: str
    exact: str
    prefix: str
    suffix: str
    occurrence: int
    layer: str
    category: str
    severity: int
    difficulty: int
    verdict: str
    why: str
    correction: str | None
    evidence: list[EvidenceEntry]
    confidence: str
    verified_here: bool
    related: tuple[str, ...]


class TrueClaim(msgspec.Struct):
    """A claim that holds."""

    id: str
    passage: str
    exact: str
    prefix: str
    suffix: str
    occurrence: int
    why_true: str
    evidence: list[EvidenceEntry]


class CleanPassage(msgspec.Struct):
    """A passage without a problem of some kind."""

    passage: str
    clean_of: str
    why_clean: str


class Clash(msgspec.Struct):
    """Two annotations that contradict each other."""

    id: str
    a: str
    b: str
    kind: str
    says: str


class FactBase(msgspec.Struct):
    """The whole file of annotations."""

    annotations: list[AnnotationEntry]
    true_claims: list[TrueClaim] = []
    clean_passages: list[CleanPassage] = []
    contradiction_pairs: list[Clash] = []


def read(text: bytes, annotations: bytes, id_: str, source: Source) -> Article:
    """Read a text and its fact base as one article.

    ContentError names an annotation that cannot be found in the text exactly where it says.
    """
    base = decode(annotations, FactBase, "annotations")
    try:
        plain = text.decode("utf-8")
    except UnicodeDecodeError:
        raise ContentError("text: it is not UTF-8") from None
    blocks = plain.replace("\r\n", "\n").strip("\n").split("\n\n")
    passages = {f"P{n}": cut(f"P{n}", block) for n, block in enumerate(blocks, start=1)}
    entries: list[Any] = [*base.annotations, *base.true_claims, *base.clean_passages]
    for entry in entries:
        if entry.passage not in passages:
            raise ContentError(f"annotations: there is no passage {entry.passage}")
    for cleared in base.clean_passages:
        if cleared.clean_of not in CLEARED:
            raise ContentError(f"{cleared.passage}: nothing is clean of {cleared.clean_of!r}")
    filled = tuple(_filled(passage, base) for passage in passages.values())
    pairs = tuple(
        ContradictionPair(c.id, c.a, c.b, c.kind, c.says) for c in base.contradiction_pairs
    )
    return Article(id_, 1, source, filled, pairs)


def recognises(files: Files) -> bool:
    """Tell whether this is a text with an expert's annotations."""
    marks = (b'"annotations"', b'"occurrence"', b'"verified_here"')
    return is_pair(files, ".json") and looks_like(files[named(files, ".json")[0]], *marks)


def read_files(files: Files, about: About) -> Imported:
    """Read a text (.txt) and its fact base (.json)."""
    if not is_pair(files, ".json"):
        raise ContentError("give one text (.txt) and its fact base (.json)")
    text, base = (files[named(files, suffix)[0]] for suffix in (".txt", ".json"))
    return Imported(read(text, base, about.id, about.source))


FORMAT = Format(
    title=N_("Fact base"),
    suffix=".json",
    mimetype="application/json",
    loses=N_("Nothing but how to check each thing, which it does not say."),
    recognises=recognises,
    read=read_files,
)


def _filled(passage: Passage, base: FactBase) -> Passage:
    annotations = [a for a in base.annotations if a.passage == passage.id]
    claims = [c for c in base.true_claims if c.passage == passage.id]
    cleared = [c for c in base.clean_passages if c.passage == passage.id]
    stets = [
        Stet(c.id, _place(passage, c), ("error",), c.why_true, _evidence(c.evidence))
        for c in claims
    ]
    stets += [
        Stet(f"{passage.id}-clean", Span(0, len(passage.text)), CLEARED[c.clean_of], c.why_clean)
        for c in cleared
    ]
    return replace(
        passage,
        annotations=tuple(_annotation(passage, a) for a in annotations),
        stets=tuple(stets),
    )


def _annotation(passage: Passage, entry: AnnotationEntry) -> Annotation:
    return Annotation(
        id=entry.id,
        span=_place(passage, entry),
        layer=entry.layer,
        category=entry.category,
        verdict=entry.verdict,
        severity=entry.severity,
        difficulty=entry.difficulty,
        why=entry.why,
        correction=entry.correction or "",
        check="",
        evidence=_evidence(entry.evidence),
        confidence=entry.confidence,
        verified=entry.verified_here,
        related=entry.related,
    )


def _place(passage: Passage, entry: Any) -> Span:
    """Find an entry's words: the occurrence it names, between the text it names."""
    start = -1
    for _ in range(entry.occurrence):
        start = passage.text.find(entry.exact, start + 1)
        if start < 0:
            raise ContentError(f"{entry.id}: {entry.exact!r} is not in {passage.id}")
    stop = start + len(entry.exact)
    before, after = passage.text[:start], passage.text[stop:]
    if not before.endswith(entry.prefix) or not after.startswith(entry.suffix):
        raise ContentError(f"{entry.id}: other text stands around {entry.exact!r}")
    return Span(start, stop)


def _evidence(entries: Sequence[EvidenceEntry]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            title=e.title,
            publisher=e.author_or_publisher,
            year=e.year,
            locator=e.locator or "",
            url=e.url or "",
            supports=e.supports or "",
        )
        for e in entries
    )
