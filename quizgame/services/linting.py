"""A draft under the linter: its rounds as they would be frozen, and what is to be mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from quizgame.domain.breaches import Breach, Breaches
from quizgame.domain.errors import N_, ContentError
from quizgame.domain.items import Prices, Round
from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, freeze_round
from quizgame.domain.taxonomy import Taxonomy
from quizgame.rounds import KINDS, price
from quizgame.services.balances import Balance, asked_in, balance
from quizgame.services.checks import check_article, check_set, right_name


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of linting a draft.

    `rounds` are those that can be asked, with their numbers in the draft; `prices` and `balance`
    are there if there are any. Only `musts` keep a set from being published.
    """

    rounds: tuple[Round, ...]
    prices: Mapping[str, Prices]
    balance: Balance | None
    breaches: tuple[Breach, ...]

    @property
    def musts(self) -> list[Breach]:
        """Return what must be mended before the set is published."""
        return [breach for breach in self.breaches if not breach.is_advice]

    @property
    def advice(self) -> list[Breach]:
        """Return what would make the set better."""
        return [breach for breach in self.breaches if breach.is_advice]

    def round(self, number: int) -> Round | None:
        """Return the round of that number, if it can be asked."""
        return next((r for r in self.rounds if r.number == number), None)


def lint(draft: QuizDraft, article: Article, taxonomy: Taxonomy) -> Findings:
    """Lint a draft: its rounds, and what of the article they ask about."""
    frozen: list[Round] = []
    breaches = list(_freeze(draft, article, taxonomy, frozen))
    rounds = tuple(round_ for round_ in frozen if _can_be_asked(round_))
    if not draft.title.strip():
        breaches.append(Breach(draft.id, N_("the set needs a title")))
    if not draft.rounds:
        breaches.append(Breach(draft.id, N_("there is no round in it yet")))
    if frozen:
        breaches += check_set(draft, frozen)
    breaches += _check_asked(rounds, article, taxonomy)
    prices = price(rounds) if rounds else {}
    measured = balance(rounds, prices) if rounds else None
    return Findings(rounds, prices, measured, tuple(breaches))


def _freeze(
    draft: QuizDraft, article: Article, taxonomy: Taxonomy, rounds: list[Round]
) -> Breaches:
    for number, plan in enumerate(draft.rounds, start=1):
        try:
            rounds.append(freeze_round(number, plan, article, taxonomy))
        except KeyError as missing:
            words, values = (
                N_("there is no %(id)s in the article any more"),
                {"id": missing.args[0]},
            )
            yield Breach(f"{draft.id} round {number}", words, values, round=number)


def _can_be_asked(round_: Round) -> bool:
    try:
        return round_.kind in KINDS and right_name(round_) in {
            None,
            *(option.id for option in round_.item.options),
        }
    except ContentError:
        return False


def _check_asked(
    rounds: tuple[Round, ...], article: Article, taxonomy: Taxonomy
) -> Iterator[Breach]:
    """Yield the breaches in what the rounds ask about; the rest of the article can wait."""
    asked: dict[str, int] = {}
    for round_ in rounds:
        for annotation in asked_in(round_):
            asked.setdefault(annotation.id, round_.number)
        if KINDS[round_.kind].layer:
            for stet in (stet for passage in round_.item.passages for stet in passage.stets):
                asked.setdefault(stet.id, round_.number)
    shown = {passage.id for round_ in rounds for passage in round_.item.passages}
    part = replace(article, passages=tuple(p for p in article.passages if p.id in shown), pairs=())
    for breach in check_article(part, taxonomy):
        if breach.annotation in asked:
            yield replace(breach, round=asked[breach.annotation])
