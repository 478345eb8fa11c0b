"""The fair price: what marking words in a text earns and costs.

Source: informedness (Youden, 1950) on segments; credit by Dice, never above the share found.
Nothing that treats all words alike can expect to gain: every word that might find something
might accuse a clean segment as well, and the two are priced to cancel out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizgame.domain.items import Item, Line, Prices, Score, Tally
from quizgame.domain.naming import Names
from quizgame.domain.passages import Span

FINDING_SHARE = 0.6
POINTS_A_ROUND = 100
RANKED_UNITS = 20

Word = tuple[int, int]
"""A word by passage and place in it, both counted from 0."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A span to be found, as the words that it covers."""

    id: str
    words: frozenset[Word]
    weight: float = 1.0
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Segment:
    """A unit of decision: its place and its words. One without a word is none."""

    id: str
    words: frozenset[Word]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words that a reader marked, and the reason given, if any."""

    words: frozenset[Word]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a marking round is scored against."""

    segments: tuple[Segment, ...]
    golds: tuple[Gold, ...]
    grey: frozenset[Word] = frozenset()
    touched: frozenset[str] = frozenset()
    names: Names | None = None

    def holding(self, gold: Gold) -> list[Segment]:
        """Return the segments in which a span has words."""
        return [segment for segment in self.segments if segment.words & gold.words]

    def problems(self) -> list[Segment]:
        """Return the segments that hold a gold word."""
        gold = frozenset().union(*(g.words for g in self.golds))
        return [segment for segment in self.segments if segment.words & gold]

    def clean(self) -> list[Segment]:
        """Return the segments with neither gold nor grey in them."""
        gold = frozenset().union(*(g.words for g in self.golds))
        return [
            segment
            for segment in self.segments
            if not segment.words & (gold | self.grey) and segment.id not in self.touched
        ]


def key_of(item: Item, layer: str) -> Key:
    """Read the key of a marking item: gold and grey words of the layer asked about.

    Gold beats grey where they overlap; spans over the same words are one span with the larger
    weight, for which every name is right.
    """
    segments: list[Segment] = []
    golds: list[Gold] = []
    grey: set[Word] = set()
    touched: set[str] = set()
    for number, passage in enumerate(item.passages):
        places = tuple(enumerate(passage.words))
        for at, segment in enumerate(passage.segments):
            inside = _words_in(number, places, segment)
            if inside:
                segments.append(Segment(f"{number}:{at}", inside))
        for annotation in passage.annotations:
            covered = _words_in(number, places, annotation.span)
            if covered and annotation.is_gold(layer):
                names = frozenset({annotation.category})
                golds.append(Gold(annotation.id, covered, annotation.weight, names))
        zones = [zone.span for zone in passage.grey if zone.layer == layer]
        zones += [a.span for a in passage.annotations if a.is_grey(layer)]
        for zone in zones:
            grey |= _words_in(number, places, zone)
            touched |= {
                f"{number}:{at}" for at, s in enumerate(passage.segments) if s.touches(zone)
            }
    merged = merge(golds)
    gold_words = frozenset().union(*(gold.words for gold in merged))
    offered = Names.of(item.options) if item.options else None
    return Key(tuple(segments), merged, frozenset(grey) - gold_words, frozenset(touched), offered)


def _words_in(number: int, places: Sequence[tuple[int, Span]], stretch: Span) -> frozenset[Word]:
    return frozenset((number, at) for at, word in places if word.touches(stretch))


def merge(golds: Iterable[Gold]) -> tuple[Gold, ...]:
    """Make one span of those over the same words: the larger weight, every name."""
    merged: dict[frozenset[Word], Gold] = {}
    for gold in golds:
        other = merged.get(gold.words)
        if other is None:
            merged[gold.words] = gold
        else:
            heavier = max(other, gold, key=lambda g: g.weight)
            names = other.names | gold.names
            merged[gold.words] = Gold(other.id, gold.words, heavier.weight, names)
    return tuple(merged.values())


def marking_prices(keys: Sequence[Key]) -> Prices:
    """Price the marking rounds of a set: they are one pool, whatever layer they ask about.

    Returns `find`, paid for each unit of weight found, and `charge`, the cost of each clean
    segment accused. Without gold or without clean segments in the pool both are 0: practice.
    `problems` and `clean` count the segments that decide whether the set may rank.
    """
    weight = sum(gold.weight for key in keys for gold in key.golds)
    clean = sum(len(key.clean()) for key in keys)
    problems = sum(len(key.problems()) for key in keys)
    pool = POINTS_A_ROUND * len(keys)
    is_priced = weight > 0 and clean > 0
    return {
        "find": pool / weight if is_priced else 0.0,
        "charge": pool / clean if is_priced else 0.0,
        "problems": problems,
        "clean": clean,
        "ranked": problems >= RANKED_UNITS and clean >= RANKED_UNITS,
    }


def score_marks(key: Key, marks: Sequence[Mark], prices: Prices) -> Score:
    """Score a reader's marks against a key, as a ledger.

    Every gold span is a line, in the order of the key, and so is every clean segment accused.
    A mark that crosses the end of a segment is cut there; words marked twice count once.
    """
    marks = [Mark(mark.words - key.grey, mark.name) for mark in cut_at_segments(key, marks)]
    marked: frozenset[Word] = frozenset().union(*(mark.words for mark in marks))
    lines = []
    for gold in key.golds:
        found = location_credit(key, gold, marked)
        named = _naming_credit(key, gold, marks) if key.names else None
        credit = found if named is None else found * _with_name(named)
        what = "caught" if found else "missed"
        lines.append(Line(what, gold.id, gold.weight * credit * prices["find"], found, named))
    accused = [segment for segment in key.clean() if segment.words & marked]
    lines += [Line("charge", segment.id, -prices["charge"]) for segment in accused]
    return Score(tuple(lines), _tally(key, marked, len(accused)))


def cut_at_segments(key: Key, marks: Iterable[Mark]) -> list[Mark]:
    """Cut marks at the ends of segments."""
    return [
        Mark(mark.words & segment.words, mark.name)
        for mark in marks
        for segment in key.segments
        if mark.words & segment.words
    ]


def location_credit(key: Key, gold: Gold, marked: frozenset[Word]) -> float:
    """Return the credit for finding a span, 0 to 1: Dice, never above the share found.

    All that is marked in the segments of the span counts against it, except words of other
    gold spans there that are not also its own.
    """
    inside = frozenset().union(*(segment.words for segment in key.holding(gold)))
    others = frozenset().union(*(g.words for g in key.golds if g is not gold)) - gold.words
    counted = (marked & inside) - others
    hit = len(counted & gold.words)
    if not hit:
        return 0.0
    dice = 2 * hit / (len(counted) + len(gold.words))
    return min(dice, hit / len(gold.words))


def _naming_credit(key: Key, gold: Gold, marks: Sequence[Mark]) -> float:
    """Return t of the reason given for a span: that of the mark with most of its words."""
    assert key.names is not None
    touching = [mark for mark in marks if mark.words & gold.words]
    if not touching:
        return 0.0
    best = max(touching, key=lambda m: (len(m.words & gold.words), tuple(-x for x in min(m.words))))
    if not best.name:
        return 0.0
    return max(key.names.credit(best.name, name) for name in gold.names)


def _with_name(named: float) -> float:
    return FINDING_SHARE + (1 - FINDING_SHARE) * max(0.0, named)


def _tally(key: Key, marked: frozenset[Word], accused: int) -> Tally:
    gold = frozenset().union(*(g.words for g in key.golds))
    problems = key.problems()
    hits = sum(bool(segment.words & gold & marked) for segment in problems)
    return Tally(len(problems), hits, len(key.clean()), accused)


def word_states(key: Key, marks: Sequence[Mark]) -> dict[Word, str]:
    """Say of each word that is not plain how it is revealed.

    caught: gold and marked; missed: gold and not; stet: marked in a clean segment; spill: marked
    beside a problem; grey: in a grey zone, marked or not.
    """
    marked: frozenset[Word] = frozenset().union(*(mark.words for mark in marks))
    gold: frozenset[Word] = frozenset().union(*(g.words for g in key.golds))
    clean: frozenset[Word] = frozenset().union(*(s.words for s in key.clean()))
    states = dict.fromkeys(key.grey, "grey")
    states |= dict.fromkeys(marked - gold - clean - key.grey, "spill")
    states |= dict.fromkeys(marked & clean, "stet")
    states |= dict.fromkeys(gold - marked, "missed")
    return states | dict.fromkeys(gold & marked, "caught")
