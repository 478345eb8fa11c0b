"""P7: how the cost of a board grows with its players, measured at the service."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import fill

from quizgame.models.base import begin_write, db
from quizgame.services import leaderboards

TIMES = 300
BOARD = "all"


def exponents(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[str, dict[int, float], float]]:
    """Yield what was asked, its median seconds by size, and the exponent over all sizes."""
    found: dict[str, dict[int, float]] = {}
    for size in sizes:
        for what, seconds in _costs(folder / f"boards-{size}", size).items():
            found.setdefault(what, {})[size] = seconds
    for what, costs in found.items():
        grown = costs[sizes[-1]] / costs[sizes[0]]
        yield what, costs, math.log(grown) / math.log(sizes[-1] / sizes[0])


def _costs(folder: Path, size: int) -> dict[str, float]:
    with fill.planted(folder):
        ids = fill.fill_board(BOARD, size)
        dice = random.Random(size)

        def add(player: int) -> None:
            connection = begin_write()
            leaderboards.add_points(connection, player, [BOARD], dice.randrange(-500, 2500))
            db.session.commit()

        asked: dict[str, Callable[[int], object]] = {
            "top 50 and my place": lambda player: leaderboards.get_board(BOARD, player),
            "the page around me": lambda player: leaderboards.get_board(
                BOARD, player, leaderboards.around(BOARD, player)
            ),
            "points added, stored": add,
        }
        return {what: _median(call, dice.choices(ids, k=TIMES)) for what, call in asked.items()}


def _median(call: Callable[[int], object], ids: Sequence[int]) -> float:
    spent = []
    for player in ids:
        db.session.rollback()
        began = time.perf_counter()
        call(player)
        spent.append(time.perf_counter() - began)
    return median(spent)
