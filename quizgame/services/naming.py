"""Rounds that ask for a name: which annotations they can be about, and which names they offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quizgame.domain.errors import ContentError
from quizgame.domain.items import Item
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Annotation, Article, Passage
from quizgame.domain.quizzes import KEY_LAYERS, RoundDraft
from quizgame.domain.taxonomy import Taxonomy
from quizgame.rounds import KINDS
from quizgame.services.balances import minutes_for
from quizgame.services.checks import LONGEST_ROUND

OFFERED = 4
MOST_PROPOSED = 8


@dataclass(frozen=True, slots=True)
class Focus:
    """An annotation that a kind can ask about, and the name that it wants."""

    passage: Passage
    annotation: Annotation
    right: str

    @property
    def minutes(self) -> float:
        """Estimate how long a round about it takes."""
        return minutes_for(len(self.passage.words), 1)


def focuses(article: Article, kind: str) -> list[Focus]:
    """Return what a choice kind can ask about in an article, in its order."""
    found = []
    for passage in article.passages:
        if len(passage.words) > LONGEST_ROUND:
            continue
        for annotation in passage.annotations:
            if any(annotation.is_gold(layer) for layer in KEY_LAYERS):
                right = right_of(Item(article.source, (passage,), (), annotation.id), kind)
                if right:
                    found.append(Focus(passage, annotation, right))
    return found


def right_of(item: Item, kind: str) -> str:
    """Return the name that a kind wants for the annotation in focus; "" if it wants none."""
    try:
        key = KINDS[kind].key(item)
    except (ContentError, KeyError):
        return ""
    return key.right if isinstance(key, Choice) else ""


def distractors(right: str, taxonomy: Taxonomy) -> list[str]:
    """Return names to offer beside the right one: those that are taken for it come first."""
    known = {category.id: category for category in taxonomy.categories}
    if right not in known:
        return [verdict.id for verdict in taxonomy.verdicts if verdict.id != right]
    mine = known[right]
    layer = [c for c in taxonomy.of_layer(mine.layer) if c.id != right]
    near = [id_ for id_ in mine.confusable_with if id_ in known and known[id_].layer == mine.layer]
    family = [c.id for c in layer if c.family == mine.family]
    others = [c.id for c in layer if right in c.confusable_with]
    return list(dict.fromkeys([*near, *others, *family, *(c.id for c in layer)]))


def offer(right: str, others: Collection[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return a few names to choose from: the right one, those given, and likely ones to fill up."""
    possible = distractors(right, taxonomy)
    kept = [id_ for id_ in others if id_ in possible][: max(OFFERED - 1, len(others))]
    filled = list(dict.fromkeys([*kept, *possible]))[: max(OFFERED - 1, len(kept))]
    return tuple(sorted([right, *filled]))


def naming_rounds(
    article: Article,
    taxonomy: Taxonomy,
    kind: str,
    revealed: Mapping[str, Collection[str]],
    minutes: float,
) -> tuple[RoundDraft, ...]:
    """Propose rounds of a choice kind, of passages that no marking round of the layer reveals.

    They share one list of names, so that each is offered where it is wrong, too.
    """
    free = [
        focus
        for focus in focuses(article, kind)
        if focus.passage.id not in revealed.get(focus.annotation.layer, ())
    ]
    chosen = _varied(free, taxonomy, minutes)
    names = sorted({focus.right for focus in chosen})
    if len(names) < 2:
        return ()
    options = offer(names[0], names[1:], taxonomy)
    return tuple(RoundDraft(kind, focus=f.annotation.id, options=options) for f in chosen)


def _varied(free: Sequence[Focus], taxonomy: Taxonomy, minutes: float) -> list[Focus]:
    """Choose some of one layer: a passage once, every name as rarely as can be."""
    layers = {focus.annotation.layer for focus in free}
    if not layers:
        return []
    known = {category.id for category in taxonomy.categories}
    verdicts = {verdict.id for verdict in taxonomy.verdicts}

    def names(layer: str) -> set[str]:
        return {f.right for f in free if f.annotation.layer == layer} & (known | verdicts)

    layer = max(sorted(layers), key=lambda layer: (len(names(layer)), layer))
    left = [f for f in free if f.annotation.layer == layer and f.right in names(layer)]
    chosen: list[Focus] = []
    spent = 0.0
    while len(chosen) < MOST_PROPOSED:
        used = {f.passage.id for f in chosen}
        given = [f.right for f in chosen]
        able = [f for f in left if f.passage.id not in used and spent + f.minutes <= minutes]
        if len(set(given)) >= OFFERED:
            able = [f for f in able if f.right in given]
        if not able:
            break
        best = min(able, key=lambda f: (given.count(f.right), free.index(f)))
        chosen.append(best)
        spent += best.minutes
    return sorted(chosen, key=free.index)
