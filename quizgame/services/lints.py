"""What the linter says about the passages of a key, each with the find that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quizgame.domain.breaches import Breach
from quizgame.domain.errors import N_
from quizgame.domain.markup import key_of
from quizgame.domain.passages import Article, Passage, Span
from quizgame.domain.taxonomy import Taxonomy
from quizgame.services.annotations import Standing
from quizgame.services.checks import check_article

NO_CLEAN = N_("No stretch is clean (%(layer)s): whoever marks everything would be right.")
ALL_EARLY = N_("All problems stand in the first half (%(layer)s).")
NEVER_FAIR = N_("No stretch says why it is fair. Good practice deserves a word, too.")
ALWAYS_LONGEST = N_("In every passage the longest stretch is a problem (%(layer)s).")
FEW = 3


def breaches(
    article: Article, standings: Sequence[Standing], taxonomy: Taxonomy
) -> dict[int, list[Breach]]:
    """Return what is wrong with the key of an article, by the numbers of its passages."""
    now = replace(article, passages=tuple(standing.passage for standing in standings))
    places: dict[str, tuple[int, str]] = {}
    for standing in standings:
        places |= {a.id: (standing.number, key_of(a)) for a in standing.passage.annotations}
        places |= {s.id: (standing.number, key_of(s)) for s in standing.passage.stets}
    found: dict[int, list[Breach]] = defaultdict(list)
    for breach in check_article(now, taxonomy):
        number, key = places.get(breach.annotation, (0, ""))
        found[number].append(replace(breach, key=key))
    layers = {layer.id: layer.label for layer in taxonomy.layers}
    for standing in standings:
        found[standing.number] += _advice(standing.passage, layers)
    for layer, label in layers.items():
        with_gold = [s.passage for s in standings if _problems(s.passage, layer)]
        if len(with_gold) >= FEW and all(_is_longest(p, layer) for p in with_gold):
            told = _advise(article.id, ALWAYS_LONGEST, label)
            found[standings[0].number].append(told)
    return dict(found)


def _advice(passage: Passage, layers: Mapping[str, str]) -> Iterator[Breach]:
    for layer, label in layers.items():
        problems = _problems(passage, layer)
        if problems and len(problems) == len(passage.segments):
            yield _advise(passage.id, NO_CLEAN, label)
        elif len(problems) > 1 and problems[-1].stop * 2 <= len(passage.text):
            yield _advise(passage.id, ALL_EARLY, label)
    if passage.annotations and not passage.stets:
        yield _advise(passage.id, NEVER_FAIR)


def _advise(where: str, words: str, layer: str = "") -> Breach:
    return Breach(where, words, {"layer": layer} if layer else {}, is_advice=True)


def _problems(passage: Passage, layer: str) -> list[Span]:
    """Return the segments in which a problem of a layer stands."""
    golds = [a.span for a in passage.annotations if a.is_gold(layer)]
    return [s for s in passage.segments if any(s.touches(span) for span in golds)]


def _is_longest(passage: Passage, layer: str) -> bool:
    return max(passage.segments, key=len) in _problems(passage, layer)
