"""The summary of a play: its ledger, Eye and Hand, and what to practise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quizgame.domain.detection import Detection, detect, is_enough
from quizgame.domain.items import Tally, hundredths, shown
from quizgame.domain.standings import floored
from quizgame.models.plays import Answer, Play
from quizgame.models.quizzes import QuizSet
from quizgame.rounds import KINDS, RoundKind
from quizgame.services.plays import answers_of, get_quiz, rate, to_practise
from quizgame.services.reveals import ledger_lines

CAUGHT, MISSED, STET = "caught", "missed", "stet"
AS_MARK = {"caught": CAUGHT, "right": CAUGHT, "near": CAUGHT, "charge": STET}


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """One round: its points in hundredths, those of a perfect answer, and its marks in order.

    `marks` holds one of caught, missed, stet for each line of the ledger, and nothing where clean
    copy was let stand.
    """

    number: int
    kind: RoundKind
    points: int
    perfect: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Technique:
    """A category met in the play: how many of it, and the mean share found (0 to 1)."""

    category: str
    met: int
    share: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the page of a summary shows. Points are in hundredths."""

    quiz: QuizSet
    rounds: tuple[RoundSummary, ...]
    raw: int
    perfect: int
    tally: Tally
    detection: Detection | None
    techniques: tuple[Technique, ...]
    to_practise: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return the total as shown: never below 0."""
        return floored(self.raw)

    @property
    def strongest(self) -> Technique | None:
        """Return the technique found best, if any was found."""
        best = max(self.techniques, key=lambda t: (t.share, t.met), default=None)
        return best if best and best.share > 0 else None

    @property
    def weakest(self) -> Technique | None:
        """Return the technique found least, if it is not the strongest too."""
        worst = min(self.techniques, key=lambda t: (t.share, -t.met), default=None)
        return worst if worst and worst.share < 1 and worst != self.strongest else None


def summarise(play: Play) -> Summary:
    """Sum up a play from its stored answers."""
    quiz = get_quiz(play)
    answers = answers_of(play)
    rounds = [_round(quiz, answer) for answer in answers]
    points = shown([answer.points or 0.0 for answer in answers])
    tally = sum((Tally(a.problems, a.hits, a.clean, a.accused) for a in answers), start=Tally())
    return Summary(
        quiz=quiz,
        rounds=tuple(
            RoundSummary(number, kind, p, perfect, marks)
            for (number, kind, perfect, marks), p in zip(rounds, points, strict=True)
        ),
        raw=play.points,
        perfect=sum(perfect for _, _, perfect, _ in rounds),
        tally=tally,
        detection=detect(tally) if is_enough(tally) else None,
        techniques=_techniques(quiz, answers),
        to_practise=tuple(to_practise(play)),
    )


def _round(quiz: QuizSet, answer: Answer) -> tuple[int, RoundKind, int, tuple[str, ...]]:
    round_ = quiz.rounds[answer.number - 1]
    kind = KINDS[round_.kind]
    perfect = hundredths(rate(quiz, round_, kind.best(round_.item)).points)
    marks = tuple(AS_MARK.get(line.what, MISSED) for line in ledger_lines(answer))
    return answer.number, kind, perfect, marks


def _techniques(quiz: QuizSet, answers: Sequence[Answer]) -> tuple[Technique, ...]:
    shares: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        item = quiz.rounds[answer.number - 1].item
        categories = {a.id: a.category for p in item.passages for a in p.annotations}
        for line in ledger_lines(answer):
            if line.about in categories:
                credit = line.named if line.found is None else line.found
                shares[categories[line.about]].append(max(0.0, credit or 0.0))
    return tuple(
        Technique(category, len(found), sum(found) / len(found))
        for category, found in sorted(shares.items())
    )
