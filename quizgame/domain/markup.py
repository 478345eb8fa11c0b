"""What somebody found in a passage, apart from its text: the part of it that can be edited."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from quizgame.domain.errors import N_, InputError
from quizgame.domain.passages import Annotation, GreyZone, Passage, Span, Stet

MOST_FINDS = 300
NO_WORDS = N_("Choose at least one word.")
OUTSIDE = N_("That is outside the text of this passage. Reload the page and choose again.")
NO_CUT = N_("A stretch can only be split between two of its words.")
NO_JOIN = N_("There is no next stretch to join with.")
TOO_MANY = N_("That is too much for one passage: remove something first.")
NO_FURTHER = N_("It cannot be moved any further.")
TAKEN = N_("Another find of this article has that id already. Reload the page.")

Find = Annotation | Stet | GreyZone


@dataclass(frozen=True, slots=True)
class Markup:
    """Where a passage is cut into segments, and what was found in it."""

    segments: tuple[Span, ...]
    annotations: tuple[Annotation, ...] = ()
    stets: tuple[Stet, ...] = ()
    grey: tuple[GreyZone, ...] = ()

    @property
    def finds(self) -> dict[str, Find]:
        """Return everything that was found, by keys that are unique in a passage."""
        found: list[Find] = [*self.annotations, *self.stets, *self.grey]
        return {key_of(find): find for find in found}


def markup_of(passage: Passage) -> Markup:
    """Return what was found in a passage."""
    return Markup(passage.segments, passage.annotations, passage.stets, passage.grey)


def applied(passage: Passage, markup: Markup) -> Passage:
    """Return the passage with other findings in the same text."""
    return replace(
        passage,
        segments=markup.segments,
        annotations=markup.annotations,
        stets=markup.stets,
        grey=markup.grey,
    )


def key_of(find: Find) -> str:
    """Name a find. Grey zones have no id: a layer has one at most in the same place."""
    if isinstance(find, GreyZone):
        return f"grey {find.layer} {find.span.start} {find.span.stop}"
    return f"{'stet' if isinstance(find, Stet) else 'annotation'} {find.id}"


def snapped(passage: Passage, span: Span) -> Span:
    """Return the stretch from the first to the last word that a span touches. InputError if none.

    Units: code points, as everywhere; so the stretch neither cuts a word nor a letter in two.
    """
    if span.stop > len(passage.text):
        raise InputError(OUTSIDE)
    touched = [word for word in passage.words if word.touches(span)]
    if not touched:
        raise InputError(NO_WORDS)
    return Span(touched[0].start, touched[-1].stop)


def moved(passage: Passage, span: Span, edge: str, step: int) -> Span:
    """Return a stretch whose "start" or "stop" stands one word earlier (-1) or later (1).

    InputError where there is no such word, or where no word would be left.
    """
    stretch = snapped(passage, span)
    touched = [at for at, word in enumerate(passage.words) if word.touches(stretch)]
    first, last = touched[0], touched[-1]
    first, last = (first + step, last) if edge == "start" else (first, last + step)
    if not 0 <= first <= last < len(passage.words):
        raise InputError(NO_FURTHER)
    return Span(passage.words[first].start, passage.words[last].stop)


def put(passage: Passage, find: Find, old_key: str = "") -> Markup:
    """Return what is found in a passage with one more find, or with another in an old one's place.

    Finds may overlap and may reach over segments. InputError if the text does not hold the span.
    """
    if find.span.stop > len(passage.text):
        raise InputError(OUTSIDE)
    finds = markup_of(passage).finds
    replaced = old_key or key_of(find)
    if replaced in finds:
        items = [find if key == replaced else other for key, other in finds.items()]
        items = [*{key_of(item): item for item in items}.values()]
    else:
        items = sorted([*finds.values(), find], key=lambda item: item.span)
    if len(items) > MOST_FINDS:
        raise InputError(TOO_MANY)
    return _with(passage.segments, items)


def remove(passage: Passage, key: str) -> Markup:
    """Return what is found in a passage without one find; without change if it is gone already."""
    finds = markup_of(passage).finds
    return _with(passage.segments, [find for k, find in finds.items() if k != key])


def _with(segments: tuple[Span, ...], finds: list[Find]) -> Markup:
    return Markup(
        segments,
        tuple(find for find in finds if isinstance(find, Annotation)),
        tuple(find for find in finds if isinstance(find, Stet)),
        tuple(find for find in finds if isinstance(find, GreyZone)),
    )


def place_before(passage: Passage, word: Span) -> int:
    """Return where to cut before a word: opening quotes and brackets go with the word."""
    at = word.start
    floor = max((other.stop for other in passage.words if other.stop <= at), default=0)
    gap = passage.text[floor:at]
    spaces = [i for i, character in enumerate(gap) if character.isspace()]
    if spaces:
        return floor + spaces[-1] + 1
    while at > floor and unicodedata.category(passage.text[at - 1]) in {"Ps", "Pi"}:
        at -= 1
    return at


def split(passage: Passage, at: int) -> Markup:
    """Return the segments with one cut more. InputError unless words stand on both sides of it."""
    cut = next((s for s in passage.segments if s.start < at < s.stop), None)
    if cut is None or any(word.start < at < word.stop for word in passage.words):
        raise InputError(NO_CUT)
    halves = Span(cut.start, at), Span(at, cut.stop)
    if not all(any(half.holds(word) for word in passage.words) for half in halves):
        raise InputError(NO_CUT)
    segments = sorted([s for s in passage.segments if s != cut] + list(halves))
    return replace(markup_of(passage), segments=tuple(segments))


def join(passage: Passage, at: int) -> Markup:
    """Return the segments without the cut at that place. InputError if there is no cut."""
    for one, two in pairwise(passage.segments):
        if two.start == at:
            kept = [s for s in passage.segments if s not in (one, two)]
            segments = sorted([*kept, Span(one.start, two.stop)])
            return replace(markup_of(passage), segments=tuple(segments))
    raise InputError(NO_JOIN)


def split_before(passage: Passage, span: Span) -> Markup:
    """Return the segments with one cut more: before the first word that a span touches."""
    word = next(word for word in passage.words if word.touches(span))
    return split(passage, place_before(passage, word))


def join_after(passage: Passage, span: Span) -> Markup:
    """Return the segments with the one in which a span ends joined with the next."""
    last = [word for word in passage.words if word.touches(span)][-1]
    return join(passage, passage.segment_of(last).stop)


def is_sound(passage: Passage, markup: Markup) -> bool:
    """Tell whether findings can stand in the text of a passage at all."""
    text, spans = passage.text, [find.span for find in markup.finds.values()]
    covered = "".join(text[s.start : s.stop] for s in markup.segments) == text
    whole = all(any(s.holds(word) for s in markup.segments) for word in passage.words)
    count = len(markup.annotations) + len(markup.stets) + len(markup.grey)
    inside = all(span.stop <= len(text) for span in spans)
    return covered and whole and inside and len(spans) == count <= MOST_FINDS


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions of one find, or of the segments.

    `before` or `after` is None where a find was added or removed; `fields` names what differs in
    one that was changed.
    """

    key: str
    before: Find | tuple[Span, ...] | None
    after: Find | tuple[Span, ...] | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return "added", "removed" or "changed"."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def span(self) -> Span | None:
        """Return where it is; None for the segments."""
        find = self.before if self.after is None else self.after
        return None if find is None or isinstance(find, tuple) else find.span


SEGMENTS = "segments"


def diff(old: Markup, new: Markup) -> tuple[Change, ...]:
    """Return what differs between two versions, in the order of the text."""
    before, after = old.finds, new.finds
    found = [
        Change(key, before.get(key), after.get(key), _fields(before.get(key), after.get(key)))
        for key in before | after
        if before.get(key) != after.get(key)
    ]
    found.sort(key=lambda change: change.span or Span(0, 1))
    if old.segments != new.segments:
        found.append(Change(SEGMENTS, old.segments, new.segments))
    return tuple(found)


def _fields(before: Find | None, after: Find | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    names = type(before).__dataclass_fields__
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def merged(theirs: Markup, mine: Markup, taken: set[str]) -> Markup:
    """Return one version with what another has at the keys that are taken from it."""
    finds = theirs.finds
    for key in taken - {SEGMENTS}:
        finds.pop(key, None)
        if key in mine.finds:
            finds[key] = mine.finds[key]
    segments = mine.segments if SEGMENTS in taken else theirs.segments
    return _with(segments, sorted(finds.values(), key=lambda find: find.span))
