"""The real server as a process, and a browser small enough for a thread."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
SERVE = ("-m", "quizgame", "serve")
PATIENCE = 60.0


def environment(data_dir: Path, **settings: object) -> dict[str, str]:
    """The environment of a process of ours: no setting but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIZGAME_")}
    given = {f"QUIZGAME_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, "QUIZGAME_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT), **given}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`quizgame serve` on a port of its own, in a process group of its own."""

    def __init__(
        self, data_dir: Path, entry: Sequence[str] = SERVE, port: int = 0, **settings: object
    ) -> None:
        self.port = port or free_port()
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *entry],
                env=environment(data_dir, port=self.port, **settings),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait_until_well()
        except BaseException:
            self.kill()
            raise

    def _wait_until_well(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if self.process.poll() is not None:
                break
            try:
                if self.get("/healthz").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def running(data_dir: Path, **settings: object) -> Iterator[Server]:
    """A server that is gone when the block ends."""
    server = Server(data_dir, **settings)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.kill()


class Answer:
    """A response that was read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(f'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name}"
        return unescape(found[1])

    def words(self) -> list[str]:
        """The values of all word boxes."""
        return re.findall(r'name="words" value="([^"]+)"', self.text)


class Browser:
    """Keeps cookies and a connection; follows nothing by itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Sequence[tuple[str, str]], accept: str = "") -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), {**kind, "Accept": accept or "text/html"})

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, {**headers, "Cookie": sent})
            answer = Answer(self._connection.getresponse())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({k: m.value for k, m in SimpleCookie(header).items()})
        return answer
