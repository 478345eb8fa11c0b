"""Sets that look the same and have other keys, and everything that a student can reach of them.

What is random is fixed here, and what is dated is masked, so that only a key can make a difference.
"""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import build
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from quizgame.domain.passages import Article, Evidence, GreyZone, Passage, Span, Stet
from quizgame.domain.quizzes import QuizDraft

SECRET = "tWinS-of-one-text-look-the-same-0123456789-abcdefghij"
TEXT = "The heron ate apple1 today. It sang song2 well. Some say word3 often. All love bird4 now."
SPOTS = ("apple1", "song2", "word3", "bird4")
NAMES = ("loaded_language", "flag_waving", "slogans", "euphemism")
SLANT = {"layer": "bias", "category": "loaded_language", "verdict": "opinion"}
ACCEPTS = ({"Accept": "text/html"}, {"Accept": "application/json"})
LAST = 4


@dataclass(frozen=True)
class Twin:
    """The keys of four rounds: which spots are wrong, which names are right, and a canary each."""

    errors: tuple[int, int] = (0, 1)
    slants: tuple[int, int] = (0, 1)
    names: tuple[str, str] = ("loaded_language", "flag_waving")
    canaries: tuple[str, str, str] = ("CANARYerror", "CANARYslant", "CANARYname")


ONE = Twin()
SWAPPED = ("flag_waving", "loaded_language")
OTHERS = {  # by the round from which on the key is another one
    1: Twin((3, 2), (2, 1), SWAPPED, ("CANARYa", "CANARYbb", "CANARYccc")),
    2: Twin((0, 1), (3, 2), SWAPPED, ("CANARYerror", "CANARYbb", "CANARYccc")),
    3: Twin((0, 1), (0, 1), SWAPPED, ("CANARYerror", "CANARYslant", "CANARYccc")),
}


def _told(canary: str) -> dict[str, Any]:
    evidence = Evidence(*[canary] * 4, f"https://{canary}.example", canary)
    return {"why": canary, "correction": canary, "check": canary, "evidence": (evidence,)}


def _marked(id_: str, spots: tuple[int, int], canary: str, **layer: str) -> Passage:
    """A passage with problems of weight 2 and 3 in two of its four sentences."""
    told = _told(canary)
    found = [
        build.problem(TEXT, SPOTS[spot], f"{canary}-{spot}", severity=weight, **told, **layer)
        for weight, spot in enumerate(spots, start=2)
    ]
    [clean, _] = [spot for spot in range(4) if spot not in spots]
    at, to = TEXT.index(SPOTS[clean]), TEXT.index(SPOTS[spots[0]])
    name = layer.get("layer", "error")
    stet = Stet(f"{canary}-S", Span(at, at + 5), (name,), canary, told["evidence"])
    grey = GreyZone(Span(to, to + 5), name, canary)
    return build.passage(id_, TEXT, *found, stets=(stet,), grey=(grey,))


def _named(number: int, name: str, canary: str) -> Passage:
    slant = {**SLANT, "category": name, **_told(canary)}
    return build.passage(f"P{number}", TEXT, build.problem(TEXT, SPOTS[0], f"N{number}", **slant))


def article(twin: Twin) -> Article:
    """The article of a twin: four passages with one and the same text."""
    error, slant, name = twin.canaries
    return build.article(
        _marked("P1", twin.errors, error),
        _marked("P2", twin.slants, slant, **SLANT),
        *(_named(number, right, name) for number, right in enumerate(twin.names, start=3)),
    )


def draft() -> QuizDraft:
    """The set of every twin: mark errors, mark slant, name twice."""
    return build.draft(
        build.marking("P1", reasons="error"),
        build.marking("P2", kind="find_the_bias"),
        build.naming("N3", *NAMES),
        build.naming("N4", *NAMES),
    )


@dataclass(frozen=True)
class Seen:
    """One answer of the server: to what, and every byte of it that is not random."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Watcher:
    """A student who tries everything, and remembers every byte."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.seen: list[Seen] = []
        self.rev = 0
        self.token = ""

    def watch(self, until: int) -> Iterator[list[Seen]]:
        """Play up to a round; yield what was seen before the lock of each round on the way.

        The answer to the lock itself is in what is seen before the next one.
        """
        self.look_around()
        page = BeautifulSoup(self.client.get("/quizzes/herons").text, "html.parser")
        self.token = str(page.select('input[name="csrf_token"]')[0]["value"])
        self.play = str(self.post("/plays", quiz="herons").location)
        for number in range(1, until + 1):
            self.try_everything(number)
            self.look_around()
            self.post(self.path(number), do="lock", **self.answers(number)[0])
            seen, self.seen = self.seen, []
            yield seen

    def try_everything(self, number: int) -> None:
        self.get(self.play)
        for other in range(1, LAST + 2):
            self.get(self.path(other))
            self.get(f"{self.path(other)}/reveal")
            if other > number:
                for do in ("save", "lock"):
                    self.post(self.path(other), do=do, **self.answers(other)[0])
        broken = ({"words": "9:9-9"}, {"name": "nothing"}, {}, {"nothing": "1", "score": "1"})
        for fields in (*self.answers(number), *broken):
            self.rev += 1
            for do in ("save",) if fields in self.answers(number) else ("save", "lock"):
                self.post(self.path(number), do=do, **fields)
            self.get(self.path(number))
        self.rev -= 2
        self.post(self.path(number), do="save", **self.answers(number)[0])
        self.rev += 3

    def path(self, number: int) -> str:
        return f"{self.play}/rounds/{number}"

    def answers(self, number: int) -> list[dict[str, Any]]:
        """What may be answered to a round: each spot, all of them, or nothing; or each name."""
        if number > 2:
            return [{"name": name} for name in (*NAMES, "")]
        spots = [f"0:{TEXT.index(s)}-{TEXT.index(s) + len(s)}" for s in SPOTS]
        reason = {f"reason-{spots[0]}": "wrong_cause"} if number == 1 else {}
        return [
            *({"words": spot} for spot in spots),
            {"words": spots, **reason},
            {"nothing": "1"},
        ]

    def look_around(self) -> None:
        boards = [f"/leaderboards/{scope}" for scope in ("herons", "all", "starter")]
        pages = ["/", "/quizzes", "/quizzes/herons", "/guide", "/desk", "/healthz", "/nowhere"]
        for path in (*pages, *boards, *(f"{board}?when=week&from=you" for board in boards)):
            self.get(path)

    def get(self, path: str) -> None:
        for headers in ACCEPTS:
            self.remember("GET", path, self.client.get(path, headers=headers))

    def post(self, path: str, **fields: Any) -> TestResponse:
        rev = {"rev": str(max(1, self.rev))} if "do" in fields else {}
        data = {"csrf_token": self.token, **rev, **fields}
        is_lock = fields.get("do") == "lock"
        for headers in ACCEPTS[:1] if is_lock or "quiz" in fields else ACCEPTS:
            answer = self.client.post(path, data=data, headers=headers)
            self.remember(f"POST {fields}", path, answer)
        return answer

    def remember(self, what: str, path: str, answer: TestResponse) -> None:
        body = re.sub(rb'(name="csrf_token" value=")[^"]+', rb"\1", answer.data)
        headers = [
            (name, re.sub(r"session=[^;]+|Expires=[^;]+", "", value))
            for name, value in answer.headers
        ]
        self.seen.append(Seen(f"{what} {path}", answer.status_code, tuple(headers), body))


def fix_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tokens and ids be the same in every run."""
    chance = random.Random(1)
    monkeypatch.setattr(secrets, "token_urlsafe", lambda n=32: chance.randbytes(n).hex()[:n])
    monkeypatch.setattr(secrets, "token_hex", lambda n=32: chance.randbytes(n).hex())
    monkeypatch.setattr(random.SystemRandom, "getrandbits", lambda self, k: chance.getrandbits(k))
