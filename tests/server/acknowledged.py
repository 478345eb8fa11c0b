"""What clients were promised, and whether the database kept it.

A client writes down every attempt before it is sent, and every acknowledgement, synced to the
disk, before it goes on. After the last crash: acknowledged ⊆ stored ⊆ attempted.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUCKET = 500


@dataclass(frozen=True)
class Sent:
    """An answer as a client sent it: `do` is save or lock, `words` the boxes that were ticked."""

    play: str
    number: int
    do: str
    rev: int
    words: tuple[str, ...]

    @property
    def round(self) -> tuple[str, int]:
        return self.play, self.number


class Log:
    """Attempts and acknowledgements of all clients, on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def attempt(self, sent: Sent) -> None:
        self._write("attempted", sent)

    def acknowledge(self, sent: Sent) -> None:
        self._write("acknowledged", sent)

    def read(self) -> dict[str, list[Sent]]:
        """What the disk holds: the attempts and the acknowledgements, in their order."""
        found: dict[str, list[Sent]] = {"attempted": [], "acknowledged": []}
        for line in self._path.read_text("utf-8").splitlines():
            what, play, number, do, rev, words = json.loads(line)
            found[what].append(Sent(play, number, do, rev, tuple(words)))
        return found

    def _write(self, what: str, sent: Sent) -> None:
        line = json.dumps([what, sent.play, sent.number, sent.do, sent.rev, sent.words])
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())


def breaches(database: Path, log: Log) -> list[str]:
    """Say, one line each, what the database lost, made up, doubled or added up wrongly."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        return [
            *_answers(connection, log.read()),
            *_totals(connection),
            *_boards(connection),
            *_whole(connection),
        ]
    finally:
        connection.close()


def _answers(connection: sqlite3.Connection, log: dict[str, list[Sent]]) -> Iterator[str]:
    rows = connection.execute(
        "SELECT public_id AS play, number, rev, response, locked_at, answers.points, ledger"
        " FROM answers JOIN plays ON plays.id = play_id"
    ).fetchall()
    for key, count in Counter((row["play"], row["number"]) for row in rows).items():
        if count > 1:
            yield f"doubled: {key} is there {count} times"
    stored = {(row["play"], row["number"]): row for row in rows}
    for sent in log["acknowledged"]:
        fault = _lost(sent, stored.get(sent.round))
        if fault:
            yield f"lost: {sent.do} {sent.rev} of {sent.round}: {fault}"
    attempted = defaultdict(list)
    for sent in log["attempted"]:
        attempted[sent.round].append(sent)
    for key, row in stored.items():
        yield from _made_up(row, attempted[key])


def _made_up(row: sqlite3.Row, attempted: list[Sent]) -> Iterator[str]:
    if not any(_is_that(sent, row) for sent in attempted):
        yield f"made up: nobody sent rev {row['rev']} of {row['play']}, round {row['number']}"
    if row["locked_at"] and row["points"] != _sum(row["ledger"]):
        yield f"added up wrongly: {row['play']}, round {row['number']}"


def _lost(sent: Sent, row: sqlite3.Row | None) -> str:
    if row is None:
        return "there is no row"
    if sent.do == "lock":
        if row["locked_at"] is None:
            return "it is not locked"
        return "" if sent.words == _words(row) else "another response is locked"
    if row["locked_at"] is None and row["rev"] < sent.rev:
        return f"rev {row['rev']} is stored"
    if row["rev"] == sent.rev and row["locked_at"] is None and sent.words != _words(row):
        return "another response is stored"
    return ""


def _is_that(sent: Sent, row: sqlite3.Row) -> bool:
    if (sent.do == "lock") != (row["locked_at"] is not None) or sent.words != _words(row):
        return False
    return sent.do == "lock" or sent.rev == row["rev"]


def _words(row: sqlite3.Row) -> tuple[str, ...]:
    """The marks of a response, as clients here send them: words that never stand side by side."""
    marks = json.loads(row["response"])["marks"]
    return tuple(f"{mark['passage']}:{mark['start']}-{mark['stop']}" for mark in marks)


def _sum(ledger: str) -> float:
    return sum((line["points"] for line in json.loads(ledger)), 0.0)


def _totals(connection: sqlite3.Connection) -> Iterator[str]:
    for play in connection.execute("SELECT * FROM plays"):
        locked = dict(
            connection.execute(
                "SELECT number, points FROM answers WHERE play_id = ? AND locked_at IS NOT NULL",
                (play["id"],),
            ).fetchall()
        )
        numbers = json.loads(play["numbers"])
        total = round(sum((locked[n] for n in numbers if n in locked), 0.0) * 100)
        if play["points"] != total:
            yield f"total: play {play['public_id']} has {play['points']}, its answers {total}"
        if (play["finished_at"] is not None) != (len(locked) == len(numbers)):
            yield f"finished: play {play['public_id']}, {len(locked)} of {len(numbers)} locked"


def _boards(connection: sqlite3.Connection) -> Iterator[str]:
    expected: dict[tuple[str, int], int] = defaultdict(int)
    query = (
        "SELECT plays.*, is_ranked FROM plays JOIN quizzes ON quizzes.id = quiz_id"
        " JOIN players ON players.id = player_id WHERE is_counting AND players.is_listed AND EXISTS"
        " (SELECT 1 FROM answers WHERE play_id = plays.id AND locked_at IS NOT NULL)"
    )
    for play in connection.execute(query):
        for scope in [str(play["quiz_id"])] + ["all"] * play["is_ranked"]:
            for board in (scope, f"{scope}@{play['week']}"):
                expected[board, play["player_id"]] += play["points"]
    rows: list[Any] = connection.execute("SELECT * FROM scores").fetchall()
    found = {(row["board"], row["player_id"]): row["points"] for row in rows}
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield f"board: {key} has {found.get(key)}, its plays {expected.get(key)}"
    counted = Counter((row["board"], max(0, row["points"]) // BUCKET) for row in rows)
    buckets = connection.execute("SELECT board, bucket, players FROM score_buckets WHERE players")
    if dict(counted) != {(b["board"], b["bucket"]): b["players"] for b in buckets}:
        yield "board: the buckets do not count the score rows"
    if any(row["shown"] != max(0, row["points"]) for row in rows):
        yield "board: what is shown is not what was earned"


def _whole(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"integrity: {line}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"foreign key: {tuple(row)}"
