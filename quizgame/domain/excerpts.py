"""A stretch of a passage in its sentences, as a list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from quizgame.domain.passages import Passage, Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words, and what stands before and after them in the same sentences."""

    before: str
    words: str
    after: str


def excerpt(passage: Passage, span: Span) -> Excerpt:
    """Return a stretch with the rest of the segments that it touches."""
    around = [segment for segment in passage.segments if segment.touches(span)] or [span]
    text = passage.text
    return Excerpt(
        before=text[min(around[0].start, span.start) : span.start].lstrip(),
        words=text[span.start : span.stop],
        after=text[span.stop : max(around[-1].stop, span.stop)].rstrip(),
    )
