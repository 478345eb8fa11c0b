"""Composing a draft: which passages a round asks about, how, with which names, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizgame.domain.errors import N_, InputError, NotFoundError
from quizgame.domain.items import Option
from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.rounds import KINDS
from quizgame.services.candidates import Group, measured
from quizgame.services.checks import MOST_PASSAGES
from quizgame.services.drafts import Material
from quizgame.services.naming import Focus, distractors, focuses, offer

NO_SUCH_ROUND = N_("There is no such round in this set.")
NO_SUCH_KIND = N_("There is no such kind of round.")
CHOOSE_PASSAGES = N_("Choose one to three passages that stand beside each other.")
CHOOSE_FOCUS = N_("Choose what the round asks about.")
CHOOSE_OPTIONS = N_("Offer two names at least, and the right one among them.")
MOST_OPTIONS = 8
SHOWN = 14
"""How many names are offered to choose from, beside those chosen already."""
EARLIER, LATER = "earlier", "later"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage to choose: its place, its text, and what a kind would ask about in it."""

    number: int
    text: str
    group: Group


def get_kind(id_: str) -> str:
    """Return the id of a round kind. Raises NotFoundError."""
    if id_ not in KINDS:
        raise NotFoundError(NO_SUCH_KIND)
    return id_


def get_plan(document: QuizDraft, number: int) -> RoundDraft:
    """Return a round of a draft by its number. Raises NotFoundError."""
    if not 1 <= number <= len(document.rounds):
        raise NotFoundError(NO_SUCH_ROUND)
    return document.rounds[number - 1]


def rows(article: Article, kind: str) -> list[Row]:
    """Return the passages that a marking kind can ask about; none for other kinds."""
    if not KINDS[kind].layer:
        return []
    groups = measured(article, kind)
    return [Row(n, article.passages[n - 1].text, group) for n, group in enumerate(groups, start=1)]


def focuses_of(article: Article, kind: str) -> list[Focus]:
    """Return the annotations that a choice kind can ask about; none for marking kinds."""
    return [] if KINDS[kind].layer else focuses(article, kind)


def marking_plan(
    article: Article, kind: str, passages: Sequence[str], has_reasons: bool
) -> RoundDraft:
    """Return a round that asks to mark words in neighbouring passages. Raises InputError."""
    order = [passage.id for passage in article.passages]
    places = sorted(order.index(id_) for id_ in set(passages) if id_ in order)
    is_row = bool(places) and places == list(range(places[0], places[0] + len(places)))
    if not is_row or len(places) > MOST_PASSAGES or len(places) < len(passages):
        raise InputError(CHOOSE_PASSAGES)
    chosen = tuple(order[place] for place in places)
    return RoundDraft(kind, chosen, reasons=KINDS[kind].layer if has_reasons else "")


def choice_plan(
    draft: QuizDraft, material: Material, kind: str, focus: str, options: Sequence[str]
) -> RoundDraft:
    """Return a round that asks for a name; names are proposed where none are given.

    Raises InputError.
    """
    found = next((f for f in focuses(material.article, kind) if f.annotation.id == focus), None)
    if found is None:
        raise InputError(CHOOSE_FOCUS)
    possible = {found.right, *distractors(found.right, material.taxonomy)}
    if not options:
        others = _rights(draft, material, kind)
        return RoundDraft(kind, focus=focus, options=offer(found.right, others, material.taxonomy))
    names = set(options)
    if found.right not in names or not 2 <= len(names) <= MOST_OPTIONS or names - possible:
        raise InputError(CHOOSE_OPTIONS)
    return RoundDraft(kind, focus=focus, options=tuple(sorted(names)))


def names_for(plan: RoundDraft, material: Material) -> tuple[str, list[Option]]:
    """Return the right name of a choice round, and names that could be offered in it."""
    found = [f for f in focuses(material.article, plan.kind) if f.annotation.id == plan.focus]
    if not found:
        return "", []
    right = found[0].right
    likely = distractors(right, material.taxonomy)
    listed = [id_ for id_ in likely if id_ in plan.options]
    listed += [id_ for id_ in likely if id_ not in listed][:SHOWN]
    return right, [material.taxonomy.option(id_) for id_ in [right, *listed]]


def with_plan(document: QuizDraft, plan: RoundDraft, number: int | None) -> list[RoundDraft]:
    """Return a draft's rounds with one put in the place of another, or at the end."""
    rounds = list(document.rounds)
    if number is None:
        return [*rounds, plan]
    get_plan(document, number)
    rounds[number - 1] = plan
    return rounds


def moved(document: QuizDraft, number: int, direction: str) -> list[RoundDraft]:
    """Return a draft's rounds with one of them a place earlier or later."""
    plan = get_plan(document, number)
    rounds = list(document.rounds)
    del rounds[number - 1]
    at = number - 2 if direction == EARLIER else number
    rounds.insert(min(max(at, 0), len(rounds)), plan)
    return rounds


def without(document: QuizDraft, number: int) -> list[RoundDraft]:
    """Return a draft's rounds without one of them."""
    get_plan(document, number)
    return [plan for at, plan in enumerate(document.rounds, start=1) if at != number]


def same_names(document: QuizDraft, material: Material) -> list[RoundDraft]:
    """Return a draft's rounds with one list of names for all choice rounds of a kind and layer.

    So each name is offered where it is wrong, too, and none can be chosen blindly.
    """
    layers = {a.id: a.layer for p in material.article.passages for a in p.annotations}
    wanted: dict[tuple[str, str], list[str]] = {}
    rights: dict[tuple[str, str], str] = {}
    for kind in {plan.kind for plan in document.rounds} & set(KINDS):
        for focus, right in _focus_rights(document, material, kind):
            wanted.setdefault((kind, layers[focus]), []).append(right)
            rights[kind, focus] = right
    rounds = []
    for plan in document.rounds:
        right = rights.get((plan.kind, plan.focus), "")
        if right:
            first, *others = dict.fromkeys(wanted[plan.kind, layers[plan.focus]])
            names = offer(first, others[: MOST_OPTIONS - 1], material.taxonomy)
            names = names if right in names else tuple(sorted([*names[1:], right]))
            rounds.append(replace(plan, options=names))
        else:
            rounds.append(plan)
    return rounds


def _rights(draft: QuizDraft, material: Material, kind: str) -> list[str]:
    rights = [right for _, right in _focus_rights(draft, material, kind)]
    return list(dict.fromkeys(rights))[: MOST_OPTIONS - 1]


def _focus_rights(draft: QuizDraft, material: Material, kind: str) -> list[tuple[str, str]]:
    rights = {f.annotation.id: f.right for f in focuses_of(material.article, kind)}
    return [
        (p.focus, rights[p.focus]) for p in draft.rounds if p.kind == kind and p.focus in rights
    ]
