"""Measure the running game against its own bare route: make bench, or make bench BENCH=--quick.

Everything is a ratio taken in one run on one machine: bare and product alternate, medians are
printed. Nothing fails on time.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

if TYPE_CHECKING:
    from load import Load, Run

CONNECTIONS = 64
ROUNDS = 3
FLOOR, AMBITION = 0.40, 0.60
BARE = "GET /ok (the bare route)"
JOURNEY = ("open the round", "save", "lock", "reveal")
EXPECTED = {200, 303}


def main() -> None:
    options = read_options()
    disk = "/var/tmp" if os.access("/var/tmp", os.W_OK) else None  # /tmp may be memory
    with tempfile.TemporaryDirectory(prefix="quizgame-bench-", dir=disk) as folder:
        print(f"{platform.python_version()}, {os.cpu_count()} cores, {CONNECTIONS} connections,")
        print(f"SQLite with synchronous=FULL in {folder}; medians of {ROUNDS} alternating runs\n")
        found = measure(Path(folder) / "data", options)
        print_table(found)
        print_boards(Path(folder), options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few requests: to see that it works")
    parser.add_argument("--million", action="store_true", help="boards with 10^6 players as well")
    options = parser.parse_args()
    options.students = 100 if options.quick else 2000
    options.sizes = [100, 1000] if options.quick else [10_000, 100_000]
    if options.million:
        options.sizes.append(1_000_000)
    return options


def measure(data_dir: Path, options: argparse.Namespace) -> dict[str, list[Run]]:
    """Run everything three times, the bare route in between."""
    import fill
    from load import cores, load_on, pin
    from running import running

    small, large = options.sizes[:2]
    with fill.planted(data_dir) as app:
        fill.fill_board(fill.board_of("find-the-bias"), small)
        fill.fill_board("all", large)
        students = fill.add_students(app, options.students)
        boxes = [fill.words_of(number) for number in range(1, ROUNDS + 1)]
    scopes = {f"board, {small} players": "find-the-bias", f"board, {large} players": "all"}
    everything = os.sched_getaffinity(0)
    core, load_core = cores()
    pin(core)  # the server inherits it
    found: dict[str, list[Run]] = {}
    with running(data_dir) as server, load_on(load_core, server.port, server.process.pid) as load:
        os.sched_setaffinity(0, everything)
        requests = fill.Requests(server.port)
        warm = [requests.get(p, students[0]) for p in ("/ok", "/", "/leaderboards/all")] * 50
        load(warm, CONNECTIONS)
        for number in range(1, ROUNDS + 1):
            plan = journey(requests, students, number, boxes[number - 1])
            for what, scope in scopes.items():
                plan[what] = [requests.get(f"/leaderboards/{scope}", s) for s in students]
            plan = {BARE: [requests.get("/ok")] * (4 * len(students)), **plan}
            for what, sent in plan.items():
                found.setdefault(what, []).append(checked(what, load, sent))
    return found


def journey(
    requests: object, students: Sequence[object], number: int, boxes: Sequence[str]
) -> dict[str, list[bytes]]:
    """The four requests of an answer to a round, each for every student."""
    from fill import MARKS, Requests, Student

    assert isinstance(requests, Requests)
    plan: dict[str, list[bytes]] = {what: [] for what in JOURNEY}
    for at, student in enumerate(students):
        assert isinstance(student, Student)
        words = [boxes[(at + 5 * mark) % len(boxes)] for mark in range(MARKS)]
        path = f"/plays/{student.play}/rounds/{number}"
        for what, request in zip(
            JOURNEY,
            (
                requests.get(path, student),
                requests.save(student, number, words),
                requests.lock(student, number, words),
                requests.get(f"{path}/reveal", student),
            ),
            strict=True,
        ):
            plan[what].append(request)
    return plan


def checked(what: str, load: Load, requests: Sequence[bytes]) -> Run:
    run = load(requests, CONNECTIONS)
    if len(run.waits) < len(requests) or not EXPECTED.issuperset(run.statuses):
        print(f"{what}: only {len(run.waits)} of {len(requests)} answered, {run.statuses}")
    return run


def print_table(found: dict[str, list[Run]]) -> None:
    bare = found[BARE]
    line = "{:<26}{:>9}{:>8}{:>16}{:>9}{:>9}{:>9}"
    print(line.format("", "per s", "ratio", "(min to max)", "p50 ms", "p99 ms", "CPU µs"))
    for what, runs in found.items():
        print(line.format(what, *row([r.rate for r in runs], bare), *times(runs)))
        if what == JOURNEY[-1]:
            parts = [found[step] for step in JOURNEY]
            whole = [1 / sum(1 / run.rate for run in runs) for runs in zip(*parts, strict=True)]
            added = [f"{sum(float(times(part)[n]) for part in parts):.1f}" for n in range(3)]
            print(line.format("the journey, all four", *row(whole, bare), *added))
    print(f"\nP1, submissions to the bare route (floor {FLOOR:.2f}, ambition {AMBITION:.2f}):")
    for what in ("save", "lock"):
        print(f"  {what} {row([r.rate for r in found[what]], bare)[1]}")


def row(rates: Sequence[float], bare: Sequence[Run]) -> list[str]:
    ratios = [rate / other.rate for rate, other in zip(rates, bare, strict=True)]
    spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
    return [f"{median(rates):.0f}", f"{median(ratios):.2f}", spread]


def times(runs: Sequence[Run]) -> list[str]:
    """p50 and p99 in milliseconds, and CPU in microseconds."""
    p50, p99 = (median(run.wait(share) for run in runs) * 1e3 for share in (0.50, 0.99))
    return [f"{p50:.1f}", f"{p99:.1f}", f"{median(run.cpu_each for run in runs) * 1e6:.0f}"]


def print_boards(folder: Path, options: argparse.Namespace) -> None:
    """P7: what the top and the own place cost the service, by size."""
    from boards import exponents

    print("\nP7, the board's service, median ms (floor 0.35, ambition 0.20):")
    for what, costs, exponent in exponents(folder, options.sizes):
        told = ", ".join(f"{size}: {cost * 1e3:.3f}" for size, cost in costs.items())
        print(f"  {what:<22}{told}; exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
