"""From several annotators to one key: what they see differently, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from quizgame.domain.comparison import KEY, Reading, word_range
from quizgame.domain.errors import N_, InputError
from quizgame.domain.markup import Markup
from quizgame.domain.passages import Annotation, Evidence, GreyZone, Passage, Span

ACCEPT, MERGE, GREY, REJECT = "accept", "merge", "grey", "reject"
NO_SUCH_DECISION = N_("Choose what shall become of it.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one annotator marked; `who` is their place among the readings, 0 being the key.

    `id` is what it is called in the key: there a colleague's has always the same id of its own,
    so that what somebody writes into it is kept when it is ruled on again.
    """

    who: int
    annotation: Annotation
    id: str


@dataclass(frozen=True, slots=True)
class Case:
    """Marks of one layer that overlap, to be ruled on together.

    `key` names the case as long as the very same was marked. `is_agreed` says that all
    annotators marked the same words with the same category.
    """

    key: str
    number: int
    layer: str
    span: Span
    marks: tuple[Mark, ...]
    annotators: int
    is_agreed: bool

    @property
    def marked_by(self) -> int:
        """Count the annotators who marked anything here."""
        return len({mark.who for mark in self.marks})

    def of(self, who: int) -> tuple[Mark, ...]:
        """Return what one annotator marked here."""
        return tuple(mark for mark in self.marks if mark.who == who)

    def decisions(self) -> list[str]:
        """Return what may become of it."""
        voters = sorted({mark.who for mark in self.marks})
        merge = [MERGE] if len(self.marks) > 1 and not self.is_agreed else []
        return [*(f"{ACCEPT}-{who}" for who in voters), *merge, GREY, REJECT]

    def default(self) -> str:
        """Return what becomes of it unless somebody decides otherwise.

        What more than half of the annotators marked stays, as that annotator has it who gave it
        the category that most gave; the key goes first. What fewer marked becomes a grey zone.
        """
        if 2 * self.marked_by <= self.annotators:
            return GREY
        return f"{ACCEPT}-{self.winner().who}"

    def winner(self) -> Mark:
        """Return the first mark with the category that most annotators gave."""
        votes = Counter(c for _, c in {(m.who, m.annotation.category) for m in self.marks})
        return min(self.marks, key=lambda m: (-votes[m.annotation.category], m.who))


def cases(readings: Sequence[Reading]) -> list[Case]:
    """Return everything that anybody marked, as cases, in the order of the text."""
    found = []
    for number, copies in enumerate(zip(*(r.passages for r in readings), strict=True)):
        marks = [
            Mark(who, a, _id(readings[who], a))
            for who, passage in enumerate(copies)
            for a in passage.annotations
        ]
        for layer in sorted({mark.annotation.layer for mark in marks}):
            mine = [mark for mark in marks if mark.annotation.layer == layer]
            found += [_case(number, copies[0], group, readings) for group in _clusters(mine)]
    return sorted(found, key=lambda case: (case.number, case.span, case.layer))


def ruled(markup: Markup, case: Case, decision: str, why: str) -> Markup:
    """Return the markup of the key after a decision; `why` is the reason of a grey zone.

    What else stands in the key is left alone. Ruling again replaces what was made before.
    Raises InputError if that decision cannot be made.
    """
    if decision not in case.decisions():
        raise InputError(NO_SUCH_DECISION)
    stands = {a.id: a for a in markup.annotations}
    made: list[Annotation] = []
    if decision == MERGE:
        made = [_merged(case, stands)]
    elif decision.startswith(ACCEPT):
        who = int(decision.partition("-")[2])
        made = [_taken(mark, stands, mark.annotation.span) for mark in case.of(who)]
    kept = [a for a in markup.annotations if not _is_ruled_on(a, case)]
    grey = [zone for zone in markup.grey if not _is_replaced(zone, case, decision)]
    if decision == GREY:
        grey.append(GreyZone(case.span, case.layer, why))
    credited = [_credited(annotation, case) for annotation in made]
    return replace(
        markup,
        annotations=tuple(sorted([*kept, *credited], key=lambda a: (a.span, a.id))),
        grey=tuple(sorted(grey, key=lambda zone: (zone.span, zone.layer))),
    )


def _clusters(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Group marks that overlap, directly or through others."""
    group: list[Mark] = []
    stop = 0
    for mark in sorted(marks, key=lambda m: (m.annotation.span, m.who)):
        if group and mark.annotation.span.start >= stop:
            yield group
            group, stop = [], 0
        group.append(mark)
        stop = max(stop, mark.annotation.span.stop)
    if group:
        yield group


def _case(number: int, passage: Passage, group: list[Mark], readings: Sequence[Reading]) -> Case:
    spans = [mark.annotation.span for mark in group]
    told = {(_words(passage, m.annotation.span), m.annotation.category) for m in group}
    everybody = [who for who, reading in enumerate(readings) if reading.took_part]
    names = sorted(
        f"{readings[m.who].id} {m.annotation.span.start}-{m.annotation.span.stop}"
        f" {m.annotation.layer} {m.annotation.category}"
        for m in group
    )
    return Case(
        key=sha256("\n".join([str(number), *names]).encode()).hexdigest()[:40],
        number=number,
        layer=group[0].annotation.layer,
        span=Span(min(s.start for s in spans), max(s.stop for s in spans)),
        marks=tuple(group),
        annotators=len(everybody),
        is_agreed=sorted(mark.who for mark in group) == everybody and len(told) == 1,
    )


def _words(passage: Passage, span: Span) -> tuple[int, int]:
    """Return what tells whether two spans are the same: their words, or else their characters."""
    words = word_range(passage, span)
    return (words.start, words.stop) if words else (-span.start - 1, -span.stop - 1)


def _id(reading: Reading, annotation: Annotation) -> str:
    if reading.id == KEY:
        return annotation.id
    return sha256(f"{reading.id} {annotation.id}".encode()).hexdigest()[:22]


def _taken(mark: Mark, stands: dict[str, Annotation], *spans: Span) -> Annotation:
    """Return an annotation for the key: as it stands there now, if it stands in that place."""
    now = stands.get(mark.id)
    if now is not None and now.span in spans:
        return now
    related = mark.annotation.related if mark.who == 0 else ()
    return replace(mark.annotation, id=mark.id, related=related)


def _merged(case: Case, stands: dict[str, Annotation]) -> Annotation:
    """Join marks: the whole stretch, the category of most, all explanations and evidence."""
    first = case.winner()
    base = _taken(first, stands, first.annotation.span, case.span)
    others = [mark.annotation for mark in case.marks if mark is not first]
    evidence: dict[Evidence, None] = dict.fromkeys(base.evidence)
    for other in others:
        evidence |= dict.fromkeys(other.evidence)
    return replace(
        base,
        span=case.span,
        why=_joined([base.why, *(a.why for a in others)]),
        correction=base.correction or _first([a.correction for a in others]),
        check=base.check or _first([a.check for a in others]),
        evidence=tuple(evidence),
    )


def _joined(texts: list[str]) -> str:
    joined = ""
    for text in texts:
        if text.strip() not in joined:
            joined = f"{joined} {text.strip()}".strip()
    return joined


def _first(texts: list[str]) -> str:
    return next((text for text in texts if text), "")


def _credited(annotation: Annotation, case: Case) -> Annotation:
    """Say of an annotation how many of the annotators marked any of it."""
    touching = {m.who for m in case.marks if m.annotation.span.touches(annotation.span)}
    marked_by = max(1, len(touching))
    return replace(
        annotation,
        agreement=marked_by / case.annotators,
        marked_by=marked_by,
        annotators=case.annotators,
    )


def _is_ruled_on(annotation: Annotation, case: Case) -> bool:
    """Tell whether an annotation of the key is part of a case, or was made by ruling on it."""
    if annotation.layer != case.layer:
        return False
    is_made = annotation.annotators > 0 and annotation.span.touches(case.span)
    return is_made or annotation.id in {mark.id for mark in case.marks}


def _is_replaced(zone: GreyZone, case: Case, decision: str) -> bool:
    if zone.layer != case.layer:
        return False
    return zone.span == case.span or (decision != REJECT and case.span.holds(zone.span))
