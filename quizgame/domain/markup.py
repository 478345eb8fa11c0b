"""What somebody found in a passage, apart from its text: the part of it that can be edited."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizgame.domain.passages import Annotation, GreyZone, Passage, Span, Stet


@dataclass(frozen=True, slots=True)
class Markup:
    """Where a passage is cut into segments, and what was found in it."""

    segments: tuple[Span, ...]
    annotations: tuple[Annotation, ...] = ()
    stets: tuple[Stet, ...] = ()
    grey: tuple[GreyZone, ...] = ()


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
