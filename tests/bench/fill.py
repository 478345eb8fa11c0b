"""What the bench plays with: players with cookies, plays under way, and full boards."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, insert, select

from quizgame import create_app, database
from quizgame.config import read_settings
from quizgame.domain.standings import bucket_of, floored
from quizgame.models.base import db
from quizgame.models.leaderboards import Score, ScoreBucket
from quizgame.models.players import Player
from quizgame.models.plays import Play
from quizgame.paths import resource
from quizgame.rounds._marking import word_values
from quizgame.services import leaderboards, players, quizzes, seeds

QUIZ = "spot-the-error"
BATCH = 50_000
Fields = list[tuple[str, str]]
MARKS = 3


@dataclass(frozen=True)
class Student:
    """Who asks: cookies, CSRF token, and the play under way."""

    cookie: str
    csrf: str
    play: str


@contextmanager
def planted(folder: Path) -> Iterator[Flask]:
    """An app on a new data folder, with the seeds planted and its context open."""
    app = create_app(read_settings({"QUIZGAME_DATA_DIR": str(folder)}))
    with app.app_context():
        database.upgrade(db.engine)
        seeds.plant(resource("seeds"), now=datetime.now(UTC))
        yield app
        db.session.remove()
        db.engine.dispose()


def add_students(app: Flask, count: int) -> list[Student]:
    """Players who have begun the set, as their browsers know them."""
    now, quiz = datetime.now(UTC), quizzes.get_quiz(QUIZ)
    tokens = [secrets.token_urlsafe(24) for _ in range(count)]
    ids = _add_players([players.digest(token) for token in tokens])
    rows = [
        {
            "public_id": secrets.token_urlsafe(12),
            "player_id": id_,
            "quiz_id": quiz.id,
            "seed": secrets.token_hex(8),
            "numbers": [round_.number for round_ in quiz.rounds],
            "is_counting": True,
            "week": leaderboards.week_of(now),
            "started_at": now,
        }
        for id_ in ids
    ]
    db.session.execute(insert(Play), rows)
    db.session.commit()
    return [_student(app, t, row["public_id"]) for t, row in zip(tokens, rows, strict=True)]


def _student(app: Flask, token: str, play: str) -> Student:
    csrf = secrets.token_hex(20)
    session = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    form = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
    signed = app.extensions["player_signer"].dumps(token)
    cookie = f"player={signed}; session={session.dumps({'csrf_token': csrf})}"
    return Student(cookie, form.dumps(csrf), play)


def fill_board(board: str, count: int) -> list[int]:
    """Put that many players on a board, with score rows and buckets as the product keeps them."""
    dice = random.Random(count)
    ids = _add_players([secrets.token_hex(32) for _ in range(count)])
    points = [round(dice.gauss(30_000, 30_000)) for _ in ids]
    buckets = Counter(bucket_of(floored(value)) for value in points)
    rows = [
        {"board": board, "player_id": id_, "points": value, "shown": floored(value)}
        for id_, value in zip(ids, points, strict=True)
    ]
    _insert(Score, rows)
    _insert(ScoreBucket, [{"board": board, "bucket": b, "players": n} for b, n in buckets.items()])
    db.session.commit()
    return ids


def board_of(quiz: str) -> str:
    return leaderboards.board_name(str(quizzes.get_quiz(quiz).id))


def words_of(number: int) -> list[str]:
    """The boxes of a round of the set."""
    return list(word_values(quizzes.get_quiz(QUIZ).rounds[number - 1].item.question()))


def _add_players(digests: Sequence[str]) -> list[int]:
    first = (db.session.scalar(select(func.max(Player.id))) or 0) + 1
    now = datetime.now(UTC)
    rows = [
        {
            "id": first + at,
            "token_digest": digest,
            "name": players.generate_name("en"),
            "is_listed": True,
            "created_at": now,
        }
        for at, digest in enumerate(digests)
    ]
    _insert(Player, rows)
    db.session.commit()
    return [int(row["id"]) for row in rows]


def _insert(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        db.session.execute(insert(table), list(rows[start : start + BATCH]))


class Requests:
    """Requests as a browser on this machine sends them."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"

    def get(self, path: str, student: Student | None = None) -> bytes:
        return self._head("GET", path, student, "text/html") + b"\r\n"

    def save(self, student: Student, number: int, words: Sequence[str]) -> bytes:
        """As the script on the page saves."""
        frame = [("rev", "1"), ("do", "save")]
        return self._post(student, number, frame, words, "application/json")

    def lock(self, student: Student, number: int, words: Sequence[str]) -> bytes:
        """As the button on the page locks."""
        frame = [("rev", "2"), ("do", "lock")]
        return self._post(student, number, frame, words, "text/html")

    def _post(
        self, student: Student, number: int, frame: Fields, words: Sequence[str], accept: str
    ) -> bytes:
        marks = [("words", word) for word in words]
        body = urlencode([("csrf_token", student.csrf), *frame, *marks])
        head = self._head("POST", f"/plays/{student.play}/rounds/{number}", student, accept)
        kind = "Content-Type: application/x-www-form-urlencoded\r\n"
        return head + f"{kind}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    def _head(self, method: str, path: str, student: Student | None, accept: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", f"Accept: {accept}"]
        lines += ["Accept-Encoding: gzip, deflate, br", "Sec-Fetch-Site: same-origin"]
        if method == "POST":
            lines.append(f"Origin: http://{self._host}")
        if student:
            lines.append(f"Cookie: {student.cookie}")
        return "".join(f"{line}\r\n" for line in lines).encode()
