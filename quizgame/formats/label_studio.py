"""Label Studio's JSON export: tasks with a text and what annotators marked in it.

Of several annotators' work on a task the ground truth is read, else the first that was not
cancelled. Offsets are checked against the words that stand beside them; where those are missing
(texts loaded by address) they are believed. The short form (JSON-MIN) is read as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quizgame.domain.errors import N_, ContentError
from quizgame.formats._anchors import Anchors
from quizgame.formats._finds import Find, compose
from quizgame.formats._format import About, Files, Format, Imported, left_out, named
from quizgame.formats._json import listing, looks_like, mapping, offset, parsed, words
from quizgame.formats._texts import normal

GAP = "\n\n"
TEXT = "text"


@dataclass(slots=True)
class Reading:
    """What has been read of an export so far."""

    texts: list[str] = field(default_factory=list)
    finds: list[Find] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    length: int = 0

    def add(self, text: str) -> int:
        """Add a text; return where it begins."""
        begin = self.length
        self.texts.append(text)
        self.length += len(text) + len(GAP)
        return begin


def recognises(files: Files) -> bool:
    """Tell whether this is one JSON file of tasks with results."""
    if len(files) != 1 or not named(files, ".json"):
        return False
    (data,) = files.values()
    is_full = looks_like(data, b'"result"', b'"data"')
    return is_full or looks_like(data, b'"annotation_id"', b'"text"')


def read(files: Files, about: About) -> Imported:
    """Read all tasks as one article; each begins a passage."""
    if len(files) != 1:
        raise ContentError("give one file of tasks (.json)")
    ((name, data),) = files.items()
    reading = Reading()
    for number, task in enumerate(listing(parsed(name, data)), start=1):
        _read_task(f"{name}, task {number}", task, reading)
    notes = [n for what, count in reading.others.items() for n in left_out(what, count)]
    return compose(about, normal(GAP.join(reading.texts)), reading.finds, notes=notes)


FORMAT = Format(
    title=N_("Label Studio (JSON)"),
    suffix=".json",
    mimetype="application/json",
    loses=N_("Relations, choices, predictions and other annotators' work are left out."),
    recognises=recognises,
    read=read,
)


def _read_task(where: str, task: Any, reading: Reading) -> None:
    entry = mapping(where, task)
    data = mapping(where, entry.get("data", entry))
    text = _text(where, data)
    begin = reading.add(text)
    anchors = Anchors(text)
    for number, (type_, value) in enumerate(_results(where, entry, reading.others), start=1):
        place = f"{where}, result {number}"
        names = _labels(value, type_)
        if names is None:
            reading.others[N_("left out: results that mark no text (%(count)d)")] += 1
            continue
        start, stop = _place(place, value, anchors)
        for name in names:
            reading.finds.append(Find(place, begin + start, begin + stop, words(place, name)))


def _text(where: str, data: dict[str, Any]) -> str:
    texts = [value for value in data.values() if isinstance(value, str)]
    text = data.get(TEXT) or (texts[0] if len(texts) == 1 else None)
    if not text:
        raise ContentError(f"{where}: there is no text in its data")
    return words(where, text)


def _results(
    where: str, entry: dict[str, Any], others: Counter[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield type and value of each result, of one annotator."""
    if "data" not in entry:
        for value in listing(entry.get("label")):
            yield "labels", mapping(where, value)
        return
    others[N_("left out: predictions (%(count)d)")] += len(listing(entry.get("predictions")))
    works = [mapping(where, work) for work in listing(entry.get("annotations"))]
    works = [work for work in works if not work.get("was_cancelled")]
    works.sort(key=lambda work: not work.get("ground_truth"))
    others[N_("left out: other annotators' versions (%(count)d)")] += max(0, len(works) - 1)
    for result in listing(works[0].get("result")) if works else ():
        made = mapping(where, result)
        if "value" in made:
            yield words(where, made.get("type")), mapping(where, made["value"])
        else:
            others[N_("left out: relations (%(count)d)")] += 1


def _labels(value: dict[str, Any], type_: str) -> list[Any] | None:
    """Return the names that a result gives a stretch of text; None if it marks none."""
    names = value.get(type_) or value.get("labels") or value.get("hypertextlabels")
    return listing(names) if names and "start" in value else None


def _place(where: str, value: dict[str, Any], anchors: Anchors) -> tuple[int, int]:
    if isinstance(value["start"], str) and not value["start"].isdecimal():
        raise ContentError(f"{where}: it marks HTML; export a project of plain texts")
    start, stop = offset(where, value["start"]), offset(where, value.get("end"))
    marked = words(where, value.get("text"))
    if marked:
        return anchors.place(where, start, stop, marked)
    if not 0 <= start < stop <= len(anchors.text):
        raise ContentError(f"{where}: {start}-{stop} is not a stretch of its text")
    return start, stop
