"""R-01: the real server is killed under load, again and again, and keeps every promise."""

from __future__ import annotations

import http.client
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from running import ROOT, SERVE, Answer, Browser, Server, environment, free_port
from server.acknowledged import Log, Sent, breaches

CYCLES = 30
CLIENTS = 6
SETS = ("starter", "spot-the-error", "find-the-bias")
MUTANT = (str(Path(__file__).with_name("early_acknowledgement.py")), "serve")
GONE = (OSError, http.client.HTTPException)


class Client(threading.Thread):
    """A student who plays on, however often the server dies, until told to stop."""

    def __init__(self, port: int, log: Log, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.log, self.dice = port, log, random.Random(seed)
        self.over = threading.Event()
        self.surprises: list[str] = []
        self.promises = 0

    def run(self) -> None:
        while not self.over.is_set():
            self.browser = Browser(self.port)
            for quiz in self.dice.sample(SETS, len(SETS)):
                self.play(quiz)
            self.browser.close()

    def play(self, quiz: str) -> None:
        path = ""
        while not path and not self.over.is_set():
            token = self.insist("GET", f"/quizzes/{quiz}")
            if token is None:
                return
            fields = [("csrf_token", token.field("csrf_token")), ("quiz", quiz)]
            started = self.insist("POST", "/plays", fields)
            if started is None:
                return
            path = started.headers.get("Location", "")
        while not self.over.is_set():
            turn = self.insist("GET", path)
            if turn is None or turn.status != 303:
                return
            self.answer_round(turn.headers["Location"])

    def answer_round(self, path: str) -> None:
        page = self.insist("GET", path)
        if page is None or page.status != 200:
            return
        play, number = path.split("/")[2], int(path.split("/")[4])
        rev, token = int(page.field("rev")), page.field("csrf_token")
        # never two words that stand side by side: each is a mark of its own
        words = page.words()[:: self.dice.choice((2, 3, 7, 20, 1000))]
        for count in range(1, self.dice.choice((1, 2, 4))):
            self.send(path, token, Sent(play, number, "save", rev, tuple(words[:count])))
            rev += 1
        self.send(path, token, Sent(play, number, "lock", rev, tuple(words)))

    def send(self, path: str, token: str, sent: Sent) -> None:
        """Send an answer until the server says something, and write down what it promised."""
        fields = [("csrf_token", token), ("rev", str(sent.rev)), ("do", sent.do)]
        fields += [("words", word) for word in sent.words]
        accept = "application/json" if sent.do == "save" else "text/html"
        self.log.attempt(sent)
        answer = self.insist("POST", path, fields, accept)
        if answer is None:
            return
        if answer.status in {200, 303}:
            self.log.acknowledge(sent)
            self.promises += 1
        elif answer.status not in {404, 409}:
            self.surprises.append(f"{answer.status} to {sent}: {answer.text[:200]}")

    def insist(self, method: str, path: str, *rest: object) -> Answer | None:
        """Ask until the server is there to answer; None once the test is over."""
        while not self.over.is_set():
            try:
                ask = self.browser.get if method == "GET" else self.browser.post
                return ask(path, *rest)  # type: ignore[operator]
            except GONE:
                time.sleep(0.02)
        return None


def crash_often(folder: Path, entry: tuple[str, ...], cycles: int, seed: int) -> list[Client]:
    """Start and kill a server under load; return the clients, who have stopped."""
    print(f"seed {seed}")  # shown if the test fails
    dice, port = random.Random(seed), free_port()
    log = Log(folder / "log")
    clients = [Client(port, log, dice.random()) for _ in range(CLIENTS)]
    for cycle in range(cycles):
        server = Server(folder / "data", entry, port)
        if cycle == 0:
            for client in clients:
                client.start()
        time.sleep(dice.uniform(0.1, 1.2))
        if cycle == cycles - 1:
            for client in clients:
                client.over.set()
        server.kill()
    for client in clients:
        client.join(30)
    return clients


@pytest.fixture
def seed() -> int:
    return random.SystemRandom().randrange(10**6)


@pytest.mark.timeout(600)
def test_thirty_crashes_under_load_lose_and_double_nothing(tmp_path, seed):
    clients = crash_often(tmp_path, SERVE, CYCLES, seed)

    assert not any(client.is_alive() for client in clients)
    assert [surprise for client in clients for surprise in client.surprises] == []
    assert min(client.promises for client in clients) > 0
    assert breaches(tmp_path / "data" / "quizgame.sqlite3", Log(tmp_path / "log")) == []
    again = subprocess.run(
        [sys.executable, "-m", "quizgame", "rescore", "--dry-run"],
        env=environment(tmp_path / "data"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (again.stdout, again.stderr) == ("", "0 differences\n")


def test_a_server_that_acknowledges_before_it_commits_is_caught(tmp_path, seed):
    crash_often(tmp_path, MUTANT, 4, seed)

    found = breaches(tmp_path / "data" / "quizgame.sqlite3", Log(tmp_path / "log"))

    assert any(breach.startswith("lost: ") for breach in found)
