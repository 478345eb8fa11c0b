"""Quiz sets before they are published: which passages are asked about, and how."""

from __future__ import annotations

from dataclasses import dataclass

from quizgame.domain.errors import ContentError
from quizgame.domain.items import Item, Round
from quizgame.domain.passages import Article, Passage
from quizgame.domain.taxonomy import Taxonomy

KEY_LAYERS = ("error", "bias")


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """One round to be: a kind and passages, or one annotation to be named among options.

    `reasons` names the layer whose categories are offered as the reason of each mark.
    """

    kind: str
    passages: tuple[str, ...] = ()
    focus: str = ""
    options: tuple[str, ...] = ()
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """A quiz set to be. `minutes` is what the author expects it to take."""

    id: str
    title: str
    summary: str
    article: str
    language: str
    minutes: int
    position: int
    rounds: tuple[RoundDraft, ...]


def freeze(draft: QuizDraft, article: Article, taxonomy: Taxonomy) -> tuple[Round, ...]:
    """Make the rounds of a draft, each with its own copy of what it asks about.

    ContentError names a passage, an annotation or a category that is not there.
    """
    rounds = []
    for number, plan in enumerate(draft.rounds, start=1):
        try:
            rounds.append(freeze_round(number, plan, article, taxonomy))
        except KeyError as missing:
            raise ContentError(f"{draft.id}, round {number}: there is no {missing}") from None
    return tuple(rounds)


def freeze_round(number: int, plan: RoundDraft, article: Article, taxonomy: Taxonomy) -> Round:
    """Make one round, with its own copy of what it asks about; KeyError tells what is missing."""
    return Round(number, plan.kind, _item(plan, article, taxonomy))


def _item(plan: RoundDraft, article: Article, taxonomy: Taxonomy) -> Item:
    if plan.focus:
        passage = next((p for p in article.passages if _holds(p.annotations, plan.focus)), None)
        if passage is None:
            raise KeyError(plan.focus)
        passages: tuple[Passage, ...] = (passage,)
    else:
        passages = tuple(article.passage(id_) for id_ in plan.passages)
    options = tuple(taxonomy.option(id_) for id_ in plan.options)
    if plan.reasons:
        options = tuple(category.option() for category in taxonomy.of_layer(plan.reasons))
    return Item(article.source, passages, options, plan.focus)


def _holds(annotations: tuple[object, ...], id_: str) -> bool:
    return any(getattr(annotation, "id", None) == id_ for annotation in annotations)
