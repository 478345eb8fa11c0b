"""What other programs found in a text becomes annotations: placed, named, and honest.

Corpora rarely explain themselves, so an imported annotation has an empty why, correction and
check (the linter tells which), is not verified, and is of low confidence. Its verdict is the
weakest that its layer has: an opinion where wording pushes, without a source where a fact is
doubted ("it may still be true"). Severity 2 puts it into the key, where a teacher will see it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizgame.domain.errors import N_, ContentError, Sentence
from quizgame.domain.passages import Annotation, Article, Passage, Span, cut
from quizgame.formats._format import About, Imported
from quizgame.formats._names import Names
from quizgame.formats._texts import Normal, Place, blocks, trimmed

MOST_FINDS = 50_000
MOST_PASSAGES = 5_000
LONGEST_PASSAGE = 20_000
VERDICTS = {
    "bias": "opinion",
    "error": "unsupported",
    "artefact": "artefact",
    "contradiction": "contradiction",
    "omission": "missing_context",
}


@dataclass(frozen=True, slots=True)
class Find:
    """One annotation as a file gives it.

    `where` says where in the file, `start` and `stop` where in the raw text; `fields` are the
    fields of an Annotation that the file knows.
    """

    where: str
    start: int
    stop: int
    name: str
    layer: str = ""
    id: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


Placed = tuple[str, Place]
"""A passage to be: its id, and where it stands in the normalised text."""


def compose(  # noqa: PLR0913 - one call says all that differs between formats
    about: About,
    text: Normal,
    finds: Sequence[Find],
    *,
    notes: Iterable[str] = (),
    places: Sequence[Placed] = (),
    cutter: Callable[[str, str], Passage] = cut,
) -> Imported:
    """Make an article of a text and what was found in it.

    Without `places` the passages are the blocks of the text, P1, P2 and so on. A find that
    crosses the end of a passage is cut there; its parts are related. ContentError names the first
    find that stands nowhere.
    """
    if len(finds) > MOST_FINDS:
        raise ContentError(f"{len(finds):,} annotations are too many; {MOST_FINDS:,} are the most")
    places = places or [(f"P{n}", place) for n, place in enumerate(blocks(text.text), start=1)]
    _check_places(places)
    names = Names(about.taxonomy)
    stretches = [place for _, place in places]
    found: dict[int, list[Annotation]] = {}
    ids: set[str] = set()
    crossing = 0
    for number, find in enumerate(finds, start=1):
        parts = _parts(text, find, stretches, MOST_FINDS - len(ids))
        crossing += len(parts) > 1
        first = _annotation(find, find.id or f"A{number}", names)
        for at, annotation in _split(first, parts):
            if annotation.id in ids:
                raise ContentError(f"{find.where}: the id {annotation.id!r} is there twice")
            ids.add(annotation.id)
            found.setdefault(at, []).append(annotation)
    passages = []
    for at, (id_, (start, stop)) in about.watch(list(enumerate(places))):
        passage = cutter(id_, text.text[start:stop])
        passages.append(replace(passage, annotations=tuple(found.get(at, ()))))
    told = [*notes, *names.notes(), *_told_of(crossing)]
    return Imported(Article(about.id, 1, about.source, tuple(passages)), tuple(told))


def _check_places(places: Sequence[Placed]) -> None:
    if not places:
        raise ContentError("there is no text to import")
    if len(places) > MOST_PASSAGES:
        raise ContentError(f"{len(places):,} passages are too many; {MOST_PASSAGES:,} are the most")
    for id_, (start, stop) in places:
        if stop - start > LONGEST_PASSAGE:
            raise ContentError(
                f"passage {id_} has {stop - start:,} characters without an end of a sentence; "
                f"{LONGEST_PASSAGE:,} are the most"
            )
    twice = [id_ for id_, count in Counter(id_ for id_, _ in places).items() if count > 1]
    if twice:
        raise ContentError(f"the passage {twice[0]!r} is there twice")


def _parts(text: Normal, find: Find, places: Sequence[Place], most: int) -> list[tuple[int, Span]]:
    """Return the passages that a find covers, and where in each."""
    if not 0 <= find.start < find.stop <= len(text.raw):
        raise ContentError(
            f"{find.where}: {find.start}-{find.stop} is not a stretch of the text, "
            f"which has {len(text.raw)} characters"
        )
    start, stop = text.place(find.start, find.stop)
    parts: list[tuple[int, Span]] = []
    at = max(0, bisect_right(places, start, key=lambda place: place[0]) - 1)
    while at < len(places) and places[at][0] < stop:
        begin, end = places[at]
        first, last = trimmed(text.text, max(start, begin), min(stop, end))
        if first < last:
            parts.append((at, Span(first - begin, last - begin)))
        if len(parts) > most:
            raise ContentError(f"{find.where}: more than {MOST_FINDS:,} annotations after cutting")
        at += 1
    if not parts:
        raise ContentError(f"{find.where}: {find.start}-{find.stop} covers no text")
    return parts


def _annotation(find: Find, id_: str, names: Names) -> Annotation:
    category, layer = names.category(find.name, find.layer)
    values: dict[str, Any] = {
        "verdict": VERDICTS.get(layer, "contested"),
        "severity": 2,
        "difficulty": 3,
        "why": "",
        "correction": "",
        "check": "",
        "confidence": "low",
        "verified": False,
    }
    return Annotation(
        id=id_, span=Span(0, 1), layer=layer, category=category, **{**values, **find.fields}
    )


def _split(
    annotation: Annotation, parts: Sequence[tuple[int, Span]]
) -> Iterator[tuple[int, Annotation]]:
    ids = [annotation.id, *(f"{annotation.id}-{n}" for n in range(2, len(parts) + 1))]
    for id_, (at, span) in zip(ids, parts, strict=True):
        others = tuple(other for other in (ids if len(ids) < 10 else ids[:1]) if other != id_)
        yield at, replace(annotation, id=id_, span=span, related=annotation.related + others)


def _told_of(crossing: int) -> Iterator[str]:
    if crossing:
        yield Sentence(N_("cut where a passage ends: annotations (%(count)d)"), count=crossing)
