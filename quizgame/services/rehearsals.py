"""Rehearsing a set: readers with habits play it, by the real rules and with a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from quizgame.domain.errors import N_
from quizgame.domain.items import Item, Prices, Response, Round, raw_sum
from quizgame.domain.scores import POINTS_A_ROUND, Key
from quizgame.rounds import KINDS, RoundKind

GAMES = 25
Play = Callable[[RoundKind, Item, Random], Response]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a habit of reading; `games` is how often they play, if chance is in it."""

    name: str
    habit: str
    play: Play
    games: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader earned: the mean of their games, the least and the most, and each round."""

    reader: Reader
    mean: float
    least: float
    most: float
    rounds: tuple[float, ...]


def perfect(rounds: Sequence[Round]) -> int:
    """Return what a perfect reader earns."""
    return POINTS_A_ROUND * len(rounds)


def rehearse(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> list[Outcome]:
    """Let every reader play a set."""
    return [_outcome(reader, rounds, prices) for reader in READERS]


def _outcome(reader: Reader, rounds: Sequence[Round], prices: Mapping[str, Prices]) -> Outcome:
    games = []
    for game in range(reader.games):
        chance = Random(f"{reader.name}/{game}")  # noqa: S311 - a game, no secret
        games.append([_points(reader, round_, prices, chance) for round_ in rounds])
    totals = [raw_sum(game) for game in games]
    means = tuple(raw_sum(of_round) / len(games) for of_round in zip(*games, strict=True))
    return Outcome(reader, raw_sum(totals) / len(totals), min(totals), max(totals), means)


def _points(reader: Reader, round_: Round, prices: Mapping[str, Prices], chance: Random) -> float:
    kind = KINDS[round_.kind]
    response = reader.play(kind, round_.item, chance)
    return kind.score(round_.item, response, prices[kind.pool.name]).points


def _reads(found: float, accused: float, is_exact: bool) -> Play:
    """Make a way of reading: what share of the problems is found, and of clean copy accused."""

    def play(kind: RoundKind, item: Item, chance: Random) -> Response:
        key, best = kind.key(item), kind.best(item)
        if not isinstance(key, Key):
            return best if chance.random() < found else _at_random(kind, item, chance)
        marks = [mark for mark in best["marks"] if chance.random() < found]
        if not is_exact:
            marks = [_widened(item, mark) for mark in marks]
        marks += [_whole(item, s.id) for s in key.clean() if chance.random() < accused]
        return {"marks": marks, "nothing": not marks}

    return play


def _everything(kind: RoundKind, item: Item, chance: Random) -> Response:
    plans = kind.blind(item)
    return plans.get("mark all") or plans[max(plans, key=lambda name: name.startswith("always"))]


def _nothing(kind: RoundKind, item: Item, chance: Random) -> Response:
    plans = kind.blind(item)
    return plans.get("mark nothing") or plans.get("unsure") or next(iter(plans.values()))


def _at_random(kind: RoundKind, item: Item, chance: Random) -> Response:
    plans = kind.blind(item)
    return plans[chance.choice(sorted(plans))]


def _widened(item: Item, mark: Response) -> Response:
    """Mark whole sentences instead of the words that matter."""
    for segment in item.passages[mark["passage"]].segments:
        if segment.start <= mark["start"] < segment.stop:
            return {**mark, "start": segment.start, "stop": segment.stop}
    return mark


def _whole(item: Item, segment_id: str) -> Response:
    passage, _, at = segment_id.partition(":")
    segment = item.passages[int(passage)].segments[int(at)]
    return {"passage": int(passage), "start": segment.start, "stop": segment.stop, "name": ""}


READERS = (
    Reader(
        N_("The careful reader"),
        N_("finds 4 problems in 5, marks just the words, accuses 1 fair stretch in 12"),
        _reads(0.8, 1 / 12, is_exact=True),
        GAMES,
    ),
    Reader(
        N_("The quick reader"),
        N_("finds every second problem, marks whole sentences, accuses 1 fair stretch in 4"),
        _reads(0.5, 0.25, is_exact=False),
        GAMES,
    ),
    Reader(N_("Marks everything"), N_("every word, and always the first name"), _everything),
    Reader(N_("Marks nothing"), N_("lets everything stand, and is always unsure"), _nothing),
    Reader(N_("Guesses"), N_("a blind plan for each round, by chance"), _at_random, GAMES),
)
