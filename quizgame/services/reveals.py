"""The reveal of a round: what was found, missed and accused, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from quizgame.domain.items import Item, Line, Prices, Question, Response, Round, shown
from quizgame.domain.passages import Annotation, Passage, Span, Stet
from quizgame.domain.quizzes import KEY_LAYERS
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizRound
from quizgame.rounds import KINDS, RoundKind, WordStates
from quizgame.services.plays import get_quiz

GOOD = frozenset({"caught", "right"})


@dataclass(frozen=True, slots=True)
class Finding:
    """An annotation at its reveal: what became of it, and what it says."""

    state: str
    quote: str
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Charge:
    """A clean segment that was accused, and why it may stand."""

    quote: str
    stets: tuple[Stet, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """Words that were rightly left alone, and why they may stand."""

    quote: str
    stet: Stet


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen ("" for unsure) and what was right, by their labels."""

    chosen: str
    right: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger as shown, in hundredths; `quote` are the words it is about."""

    line: Line
    quote: str
    points: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """Everything that the page of a reveal shows."""

    number: int
    kind: RoundKind
    question: Question
    states: WordStates
    response: Response
    choice: Choice | None
    findings: tuple[Finding, ...]
    charges: tuple[Charge, ...]
    cleared: tuple[Cleared, ...]
    others: tuple[Finding, ...]
    ledger: tuple[Entry, ...]
    points: int

    @property
    def caught(self) -> int:
        """Count the findings that were found."""
        return sum(finding.state in GOOD for finding in self.findings)

    @property
    def is_clean_copy(self) -> bool:
        """Tell whether there was nothing to find."""
        return not self.findings


def reveal(play: Play, answer: Answer) -> Reveal:
    """Return the reveal of a locked answer."""
    quiz = get_quiz(play)
    return reveal_round(quiz.rounds[answer.number - 1], answer.response, quiz.prices)


def reveal_round(
    round_: QuizRound | Round, response: Response, prices: Mapping[str, Prices]
) -> Reveal:
    """Return the reveal of a response to a round under the prices of its set."""
    kind = KINDS[round_.kind]
    score = kind.score(round_.item, response, prices[kind.pool.name])
    lines = list(score.ledger)
    findings = [_finding(round_.item, line) for line in lines if line.what != "charge"]
    accused = [line.about for line in lines if line.what == "charge"]
    return Reveal(
        number=round_.number,
        kind=kind,
        question=round_.item.question(),
        states=kind.states(round_.item, response),
        response=response,
        choice=_choice(round_, response),
        findings=tuple(findings),
        charges=tuple(_charge(round_.item, about, kind.layer) for about in accused),
        cleared=_cleared(round_, accused),
        others=_others(round_, {finding.annotation.id for finding in findings}),
        ledger=_entries(round_.item, lines),
        points=sum(shown([line.points for line in lines])),
    )


def _choice(round_: QuizRound | Round, response: Response) -> Choice | None:
    if "name" not in response:
        return None
    labels = {option.id: option.label for option in round_.item.options}
    key = KINDS[round_.kind].key(round_.item)
    return Choice(labels.get(response["name"], ""), labels.get(key.right, key.right))


def ledger_lines(answer: Answer) -> list[Line]:
    """Return the ledger of a locked answer as it was stored."""
    return msgspec.convert(answer.ledger or [], list[Line])


def _finding(item: Item, line: Line) -> Finding:
    passage, annotation = _find(item, line.about)
    return Finding(line.what, passage.quote(annotation.span), annotation)


def _find(item: Item, id_: str) -> tuple[Passage, Annotation]:
    for passage in item.passages:
        for annotation in passage.annotations:
            if annotation.id == id_:
                return passage, annotation
    raise KeyError(id_)


def _segment(item: Item, about: str) -> tuple[Passage, Span]:
    number, _, at = about.partition(":")
    passage = item.passages[int(number)]
    return passage, passage.segments[int(at)]


def _charge(item: Item, about: str, layer: str) -> Charge:
    passage, segment = _segment(item, about)
    stets = [s for s in passage.stets if layer in s.layers and s.span.touches(segment)]
    nearest = sorted(stets, key=lambda stet: (len(stet.span), stet.id))
    return Charge(passage.quote(segment).strip(), tuple(nearest[:1]))


def _cleared(round_: QuizRound | Round, accused: list[str]) -> tuple[Cleared, ...]:
    """Return why the clean segments that were left standing are fair, each reason once."""
    kind = KINDS[round_.kind]
    if not kind.layer:
        return ()
    reasons: dict[str, Cleared] = {}
    for segment in kind.key(round_.item).clean():
        if segment.id in accused:
            continue
        passage, _ = _segment(round_.item, segment.id)
        for stet in _charge(round_.item, segment.id, kind.layer).stets:
            reasons[stet.id] = Cleared(passage.quote(stet.span), stet)
    return tuple(reasons.values())


def _others(round_: QuizRound | Round, told: set[str]) -> tuple[Finding, ...]:
    """Return what else is known: damage, clashes, gaps, and grey zones of the layer asked about.

    The keys of other layers stay secret: another round may ask about them.
    """
    secret = set(KEY_LAYERS) - {KINDS[round_.kind].layer}
    return tuple(
        Finding("other", passage.quote(annotation.span), annotation)
        for passage in round_.item.passages
        for annotation in passage.annotations
        if annotation.id not in told and annotation.layer not in secret
    )


def _entries(item: Item, lines: list[Line]) -> tuple[Entry, ...]:
    entries = []
    for line, points in zip(lines, shown([line.points for line in lines]), strict=True):
        if line.what == "charge":
            passage, span = _segment(item, line.about)
        else:
            passage, annotation = _find(item, line.about)
            span = annotation.span
        entries.append(Entry(line, passage.quote(span).strip(), points))
    return tuple(entries)
