"""A round on paper: its text in numbered lines, and its key by those numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from quizgame.domain.items import Item, Option
from quizgame.domain.passages import Annotation, Passage, Span, Stet

LINE = 76
"""How wide a line is, in narrow characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text as printed; `focus` is the part of it that the round asks about."""

    number: int
    text: str
    focus: tuple[int, int] | None = None

    @property
    def parts(self) -> tuple[str, str, str]:
        """Return what stands before, in and after the focus."""
        start, stop = self.focus or (len(self.text), len(self.text))
        return self.text[:start], self.text[start:stop], self.text[stop:]


@dataclass(frozen=True, slots=True)
class Solution:
    """One thing to be found: on which line it begins, its words, and what is known of it."""

    line: int
    quote: str
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Fair:
    """Words that may stand: on which line, and why."""

    line: int
    quote: str
    stet: Stet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A round on paper. `right` is the option that is right, where there is one."""

    number: int
    title: str
    task: str
    item: Item
    passages: tuple[tuple[Line, ...], ...]
    solutions: tuple[Solution, ...]
    fair: tuple[Fair, ...]
    right: Option | None = None


def sheet(number: int, title: tuple[str, str], item: Item, layer: str, right: str) -> Sheet:
    """Put a round on paper; the title has the task beside it."""
    passages: list[tuple[Line, ...]] = []
    solutions, fair = [], []
    first, focus = 1, item.focus_annotation()
    for at, passage in enumerate(item.passages):
        spans = list(lines(passage.text))
        shown = focus.span if focus is not None and at == 0 else None
        printed = tuple(_line(passage, n, s, shown) for n, s in enumerate(spans, start=first))
        for annotation in passage.annotations:
            if annotation is focus or (layer and annotation.is_gold(layer)):
                line = first + _place(spans, annotation.span)
                solutions.append(Solution(line, passage.quote(annotation.span), annotation))
        for stet in passage.stets:
            if layer in stet.layers:
                line = first + _place(spans, stet.span)
                fair.append(Fair(line, passage.quote(stet.span), stet))
        passages.append(printed)
        first += len(printed)
    option = next((option for option in item.options if option.id == right), None)
    by_line = sorted(solutions, key=lambda s: (s.line, s.annotation.span))
    return Sheet(number, *title, item, tuple(passages), tuple(by_line), tuple(fair), option)


def lines(text: str, width: int = LINE) -> Iterator[Span]:
    """Break a text into lines that are not wider than that, between words where there are any."""
    start, space, wide = 0, 0, 0
    at = 0
    while at < len(text):
        character = text[at]
        wide += 2 if east_asian_width(character) in "WF" else 1
        if character == "\n" or wide > width:
            stop = space if space > start else max(at, start + 1)
            stop = at + 1 if character == "\n" else stop
            yield Span(start, stop)
            start = space = at = stop
            wide = 0
            continue
        if character.isspace():
            space = at + 1
        at += 1
    if start < len(text):
        yield Span(start, len(text))


def _line(passage: Passage, number: int, span: Span, focus: Span | None) -> Line:
    text = passage.quote(span).rstrip()
    if focus is None or not focus.touches(span):
        return Line(number, text)
    start, stop = max(0, focus.start - span.start), focus.stop - span.start
    return Line(number, text, (start, min(stop, len(text))))


def _place(spans: list[Span], span: Span) -> int:
    return next((at for at, line in enumerate(spans) if span.start < line.stop), 0)
