"""W3C Web Annotations as JSON-LD, beside the text that they are about (.txt).

Positions are code points, as the model's Text Position Selector asks; a quote that stands
elsewhere is looked for where a program counting in UTF-16 would see it. What the model has no word
for travels in one property, "quizgame".

Source: W3C Web Annotation Data Model (2017).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import msgspec

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Annotation, Article, Evidence
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats._anchors import Anchors
from quizgame.formats._documents import Count, encode
from quizgame.formats._finds import Find, compose
from quizgame.formats._format import (
    About,
    Exported,
    Files,
    Format,
    Imported,
    file_name,
    is_pair,
    left_out,
    named,
)
from quizgame.formats._json import listing, looks_like, mapping, offset, parsed, words
from quizgame.formats._texts import decoded, joined, normal

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = "quizgame"
URN = "urn:quizgame:"
AROUND = 32
SUFFIXES = (".jsonld", ".json")
NAMING = {"classifying", "tagging", "identifying"}


class Extra(msgspec.Struct, omit_defaults=True):
    """What the model has no word for."""

    layer: str = ""
    verdict: str | None = None
    severity: Count | None = None
    difficulty: Count | None = None
    check: str | None = None
    confidence: str | None = None
    verified: bool | None = None
    optional: bool | None = None
    agreement: float | None = None
    related: tuple[str, ...] | None = None
    marked_by: Count = 0
    annotators: Count = 0
    evidence: tuple[Evidence, ...] | None = None


def recognises(files: Files) -> bool:
    """Tell whether this is a text with annotations in the W3C's vocabulary."""
    is_ours = is_pair(files, *SUFFIXES)
    return is_ours and looks_like(files[named(files, *SUFFIXES)[0]], b"anno.jsonld")


def read(files: Files, about: About) -> Imported:
    """Read a text and its annotations, singly, in a list, or in a collection with its pages."""
    texts, tables = named(files, ".txt"), named(files, *SUFFIXES)
    if len(texts) != 1 or len(tables) != 1:
        raise ContentError("give one text (.txt) and its annotations (.jsonld or .json)")
    raw = decoded(texts[0], files[texts[0]])
    anchors = Anchors(raw)
    finds: list[Find] = []
    elsewhere = 0
    for number, entry in enumerate(_entries(parsed(tables[0], files[tables[0]])), start=1):
        where = f"{tables[0]}, annotation {number}"
        annotation = mapping(where, entry)
        for target in listing(annotation.get("target")):
            if _is_elsewhere(target, texts[0]):
                elsewhere += 1
            else:
                finds.append(_find(where, annotation, target, anchors))
    notes = left_out(N_("left out: targets in other texts (%(count)d)"), elsewhere)
    return compose(about, normal(raw), finds, notes=notes)


def write(article: Article, taxonomy: Taxonomy) -> Exported:
    """Write the text, and its annotations as one collection."""
    text, starts = joined(article)
    source = file_name(article.id, ".txt")
    items = [
        _item(article, annotation, text, start, source)
        for start, passage in zip(starts, article.passages, strict=True)
        for annotation in passage.annotations
    ]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": [CONTEXT, {OWN: {"@id": f"{URN}annotation", "@type": "@json"}}],
        "id": f"{URN}{quote(article.id, safe='')}",
        "type": "AnnotationCollection",
        "label": article.source.title,
        "total": len(items),
        "first": page,
    }
    name = file_name(article.id, ".jsonld")
    return Exported({source: text.encode(), name: encode(collection)})


FORMAT = Format(
    title=N_("W3C Web Annotation (JSON-LD)"),
    suffix=".jsonld",
    mimetype="application/ld+json",
    loses=N_(
        "Annotations stay whole. Why clean text may stand, grey zones, pairs that contradict each "
        "other, and own cuts of passages, sentences and words are left out."
    ),
    recognises=recognises,
    read=read,
    write=write,
)


def _entries(document: Any) -> list[Any]:
    if not isinstance(document, dict):
        return listing(document)
    if "items" in document:
        return listing(document["items"])
    if "first" in document:
        page = document["first"]
        if not isinstance(page, dict):
            raise ContentError("the collection's pages are elsewhere; give a file that holds them")
        return listing(page.get("items"))
    return [document]


def _is_elsewhere(target: Any, text: str) -> bool:
    """Tell whether a target names another text file than the one at hand."""
    source = target.get("source") if isinstance(target, dict) else None
    name = source.rsplit("/", 1)[-1] if isinstance(source, str) else ""
    return name.lower().endswith(".txt") and unquote(name) not in (text, text.rsplit("/", 1)[-1])


def _find(where: str, annotation: dict[str, Any], target: Any, anchors: Anchors) -> Find:
    start, stop = _place(where, mapping(where, target), anchors)
    try:
        extra = msgspec.convert(annotation.get(OWN, {}), Extra)
    except msgspec.ValidationError as error:
        raise ContentError(f"{where}: {error}") from None
    name, fields = _said(where, annotation.get("body"))
    given = msgspec.structs.asdict(extra)
    layer = given.pop("layer")
    fields |= {key: value for key, value in given.items() if value is not None}
    id_ = words(where, annotation.get("id"))
    id_ = unquote(id_.rsplit(":", 1)[-1]) if id_.startswith(URN) else ""
    return Find(where, start, stop, name, layer, id_, fields)


def _place(where: str, target: dict[str, Any], anchors: Anchors) -> tuple[int, int]:
    chosen = {
        selector.get("type"): selector
        for selector in listing(target.get("selector"))
        if isinstance(selector, dict)
    }
    text, position = chosen.get("TextQuoteSelector"), chosen.get("TextPositionSelector")
    exact = words(where, text.get("exact")) if text else ""
    if position:
        start, stop = offset(where, position.get("start")), offset(where, position.get("end"))
        return anchors.place(where, start, stop, exact) if text else (start, stop)
    if text:
        around = (words(where, text.get(name)) for name in ("prefix", "suffix"))
        return anchors.find(where, exact, *around)
    raise ContentError(f"{where}: there is neither a quote nor a position to find it by")


def _said(where: str, bodies: Any) -> tuple[str, dict[str, Any]]:
    """Read what an annotation says: the category, and what there is to read about it."""
    name, fields = "", {}
    for body in listing(bodies):
        value = {"value": body} if isinstance(body, str) else mapping(where, body)
        purpose = words(where, value.get("purpose"))
        told = words(where, value.get("value"))
        if purpose in NAMING:
            told = told or words(where, value.get("source") or value.get("id"))
            name = name or told.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
        elif purpose == "editing":
            fields["correction"] = told
        elif told:
            fields["why"] = f"{fields['why']} {told}" if "why" in fields else told
    return name, fields


def _item(
    article: Article, annotation: Annotation, text: str, start: int, source: str
) -> dict[str, Any]:
    first, last = start + annotation.span.start, start + annotation.span.stop
    extra = {name: getattr(annotation, name) for name in Extra.__struct_fields__}
    said = {"classifying": annotation.category, "describing": annotation.why}
    said["editing"] = annotation.correction
    return {
        "id": f"{URN}{quote(article.id, safe='')}:{quote(annotation.id, safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": purpose, "value": value}
            for purpose, value in said.items()
            if value
        ],
        "target": {
            "source": quote(source),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[first:last],
                    "prefix": text[max(0, first - AROUND) : first],
                    "suffix": text[last : last + AROUND],
                },
                {"type": "TextPositionSelector", "start": first, "end": last},
            ],
        },
        OWN: Extra(**extra),
    }
