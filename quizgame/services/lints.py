"""What the linter says about the passages of a key, each with the find that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Breach:
    """A line of the linter: about which find, if about one, and of which layer, if of one.

    `is_advice` is true of what may be meant so, and false of what keeps a set from publication.
    """

    words: str
    key: str = ""
    layer: str = ""
    is_advice: bool = False


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
    for line in check_article(now, taxonomy):
        where, _, words = line.partition(": ")
        number, key = places.get(where.rpartition(" ")[2], (0, ""))
        found[number].append(Breach(words, key))
    layers = [layer.id for layer in taxonomy.layers]
    for standing in standings:
        found[standing.number] += _advice(standing.passage, layers)
    for layer in layers:
        with_gold = [s.passage for s in standings if _problems(s.passage, layer)]
        if len(with_gold) >= FEW and all(_is_longest(p, layer) for p in with_gold):
            found[standings[0].number].append(Breach(ALWAYS_LONGEST, layer=layer, is_advice=True))
    return dict(found)


def _advice(passage: Passage, layers: Sequence[str]) -> Iterator[Breach]:
    for layer in layers:
        problems = _problems(passage, layer)
        if problems and len(problems) == len(passage.segments):
            yield Breach(NO_CLEAN, layer=layer, is_advice=True)
        elif len(problems) > 1 and problems[-1].stop * 2 <= len(passage.text):
            yield Breach(ALL_EARLY, layer=layer, is_advice=True)
    if passage.annotations and not passage.stets:
        yield Breach(NEVER_FAIR, is_advice=True)


def _problems(passage: Passage, layer: str) -> list[Span]:
    """Return the segments in which a problem of a layer stands."""
    golds = [a.span for a in passage.annotations if a.is_gold(layer)]
    return [s for s in passage.segments if any(s.touches(span) for span in golds)]


def _is_longest(passage: Passage, layer: str) -> bool:
    return max(passage.segments, key=len) in _problems(passage, layer)
