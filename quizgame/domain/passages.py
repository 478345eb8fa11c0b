"""Articles, their passages, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizgame.domain import tokens

GREY_LAYERS = {"error": frozenset({"artefact"})}
GOLD_SEVERITY = 2


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of a passage's text.

    Units:  Unicode code points from 0; `start` is inside, `stop` is not.
    Errors: ValueError if the stretch is empty or begins before the text.
    Source: W3C Web Annotation Data Model, Text Position Selector.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"{self.start}-{self.stop} is not a span")

    def __len__(self) -> int:
        return self.stop - self.start

    def touches(self, other: Span) -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.stop and other.start < self.stop

    def holds(self, other: Span) -> bool:
        """Tell whether the other lies wholly inside this one."""
        return self.start <= other.start and other.stop <= self.stop


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a verdict can be checked. `url` is empty where there is no link."""

    title: str
    publisher: str
    year: str
    locator: str = ""
    url: str = ""
    supports: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing found in a passage.

    `severity` is 1 (stylistic) to 3 (changes the story), `difficulty` 1 (seen at once) to 5
    (needs outside knowledge), `agreement` the share of annotators who marked it (1 if unknown).
    `marked_by` of so many `annotators` marked it; both are 0 where nobody has compared yet.
    """

    id: str
    span: Span
    layer: str
    category: str
    verdict: str
    severity: int
    difficulty: int
    why: str
    correction: str
    check: str
    evidence: tuple[Evidence, ...] = ()
    confidence: str = "high"
    verified: bool = True
    optional: bool = False
    agreement: float = 1.0
    related: tuple[str, ...] = ()
    marked_by: int = 0
    annotators: int = 0

    @property
    def weight(self) -> float:
        """What finding it is worth, in units of the price: severity times agreement."""
        return self.severity * self.agreement

    def is_gold(self, layer: str) -> bool:
        """Tell whether it makes the key when that layer is asked about."""
        is_slight = self.severity < GOLD_SEVERITY or self.optional or self.verdict == "contested"
        return self.layer == layer and not is_slight

    def is_grey(self, layer: str) -> bool:
        """Tell whether it is neither rewarded nor punished when that layer is asked about."""
        if self.layer == layer:
            return not self.is_gold(layer)
        return self.layer in GREY_LAYERS.get(layer, ())


@dataclass(frozen=True, slots=True)
class Stet:
    """Why a stretch may stand ("let it stand"), seen from the layers it names."""

    id: str
    span: Span
    layers: tuple[str, ...]
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class GreyZone:
    """A stretch that the author takes out of the key of one layer."""

    span: Span
    layer: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that is shown whole.

    `segments` (the units of decision) and `words` are kept with the text, so that a response
    scores the same for ever, whatever later versions think a word is.
    """

    id: str
    text: str
    segments: tuple[Span, ...]
    words: tuple[Span, ...]
    annotations: tuple[Annotation, ...] = ()
    stets: tuple[Stet, ...] = ()
    grey: tuple[GreyZone, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the words that a span covers."""
        return self.text[span.start : span.stop]

    def annotation(self, id_: str) -> Annotation:
        """Return the annotation of that id; KeyError if there is none."""
        for annotation in self.annotations:
            if annotation.id == id_:
                return annotation
        raise KeyError(id_)

    def segment_of(self, span: Span) -> Span:
        """Return the segment in which a span begins."""
        return next(s for s in self.segments if s.start <= span.start < s.stop)

    def pieces(self, within: Span) -> Iterator[tuple[str, Span | None]]:
        """Split a stretch into words, with their spans, and what stands between them, without."""
        at = within.start
        for word in self.words:
            if not within.holds(word):
                continue
            if at < word.start:
                yield self.text[at : word.start], None
            yield self.quote(word), word
            at = word.stop
        if at < within.stop:
            yield self.text[at : within.stop], None

    def bare(self) -> Passage:
        """Return the passage as a student may see it: the text, and nothing found in it."""
        return replace(self, annotations=(), stets=(), grey=())


@dataclass(frozen=True, slots=True)
class ContradictionPair:
    """Two annotations of one article that clash: strictly, or until they are reconciled."""

    id: str
    first: str
    second: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from, as shown above its passages."""

    title: str
    outlet: str
    date: str
    language: str
    note: str = ""
    licence: str = ""
    url: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A text as published, in passages. The text of a version never changes."""

    id: str
    version: int
    source: Source
    passages: tuple[Passage, ...]
    pairs: tuple[ContradictionPair, ...] = ()

    def passage(self, id_: str) -> Passage:
        """Return the passage of that id; KeyError if there is none."""
        for passage in self.passages:
            if passage.id == id_:
                return passage
        raise KeyError(id_)


def cut(id_: str, text: str) -> Passage:
    """Make a passage of a text, with its words and its sentences as segments."""
    return Passage(
        id=id_,
        text=text,
        segments=tuple(Span(*pair) for pair in tokens.sentences(text)),
        words=tuple(Span(*pair) for pair in tokens.words(text)),
    )
