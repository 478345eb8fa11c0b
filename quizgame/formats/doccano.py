"""doccano's JSON lines: each line a text with its spans.

Spans are triples under "label" or "labels" ([start, end, name]), or objects under "entities"
(start_offset, end_offset, label), as different versions write them. Offsets are code points; the
words themselves are not in the file, so nothing can be checked against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizgame.domain.errors import N_, ContentError, Sentence
from quizgame.formats._finds import Find, compose
from quizgame.formats._format import About, Files, Format, Imported, left_out, named
from quizgame.formats._json import listing, looks_like, mapping, offset, parsed, words
from quizgame.formats._texts import lines, normal

SUFFIXES = (".jsonl", ".json")
TEXTS = ("text", "data")
SPANS = ("label", "labels", "entities")
GAP = "\n\n"


def recognises(files: Files) -> bool:
    """Tell whether this is one file whose first line is a text with spans."""
    if len(files) != 1 or not named(files, *SUFFIXES):
        return False
    (data,) = files.values()
    is_lines = bool(named(files, ".jsonl")) or data.lstrip()[:1] == b"{"
    first = data.lstrip().split(b"\n", 1)[0]
    return is_lines and any(looks_like(first, f'"{name}"'.encode()) for name in SPANS)


def read(files: Files, about: About) -> Imported:
    """Read all lines as one article; each begins a passage."""
    if len(files) != 1:
        raise ContentError("give one file of JSON lines")
    ((name, data),) = files.items()
    texts: list[str] = []
    finds: list[Find] = []
    length = others = 0
    for where, line in lines(name, data):
        entry = mapping(where, parsed(where, line))
        text = _text(where, entry)
        finds += _finds(where, entry, length, len(text))
        others += len(listing(entry.get("relations")))
        texts.append(text)
        length += len(text) + len(GAP)
    raw = GAP.join(texts)
    notes = [*left_out(N_("left out: relations (%(count)d)"), others)]
    if finds and any(character > "\uffff" for character in raw):
        notes.append(
            Sentence(N_("offsets were read as characters; check the annotations after an emoji"))
        )
    return compose(about, normal(raw), finds, notes=notes)


FORMAT = Format(
    title=N_("doccano (JSON lines)"),
    suffix=".jsonl",
    mimetype="application/jsonl",
    loses=N_("Relations and comments are left out."),
    recognises=recognises,
    read=read,
)


def _text(where: str, entry: dict[str, Any]) -> str:
    text = next((entry[name] for name in TEXTS if entry.get(name)), None)
    if text is None:
        raise ContentError(f"{where}: there is no text")
    return words(where, text)


def _finds(where: str, entry: dict[str, Any], begin: int, length: int) -> Iterator[Find]:
    for name in SPANS:
        for span in listing(entry.get(name)):
            start, stop, label = _span(where, span)
            if not 0 <= start < stop <= length:
                raise ContentError(f"{where}: {start}-{stop} is not a stretch of its text")
            yield Find(where, begin + start, begin + stop, label)


def _span(where: str, span: Any) -> tuple[int, int, str]:
    if isinstance(span, dict):
        values = [span.get("start_offset"), span.get("end_offset"), span.get("label")]
    else:
        values = listing(span)
    if len(values) != 3:
        raise ContentError(f"{where}: a span is its start, its end and its name")
    return offset(where, values[0]), offset(where, values[1]), words(where, values[2])
