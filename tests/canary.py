"""A small web of its own for tests: names that lead where a test says, and one server to hit."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from quizgame.fetching import FetchedPage, Fetcher
from quizgame.public_addresses import is_public

PUBLIC = "93.184.215.14"
PAGE = b"<p>Hello</p>"
HTML = [("Content-Type", "text/html; charset=utf-8")]


class Canary(BaseHTTPRequestHandler):
    """Answers as the test says, and remembers that it was asked."""

    def do_GET(self) -> None:
        self.server.hits.append((self.headers["Host"], self.path, dict(self.headers)))
        self.server.answer(self)

    def log_message(self, *args: object) -> None:
        pass


class Net:
    """A web of our own: names with their addresses, all of which lead to the canary."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
        self.server.daemon_threads = True
        self.server.hits = []
        self.server.answer = say
        self.names: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def hits(self) -> list[tuple[str, str, dict[str, str]]]:
        return self.server.hits

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        assert is_public(address)
        return socket.create_connection(self.server.server_address[:2], seconds)

    def fetch(self, url: str, hosts: tuple[str, ...] = ()) -> FetchedPage:
        return Fetcher(True, hosts, self.resolve, self.dial).fetch(url)


def say(
    handler: BaseHTTPRequestHandler,
    status: int = 200,
    headers: list[tuple[str, str]] = HTML,
    body: bytes = PAGE,
) -> None:
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def saying(*args: object, **more: object) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: say(handler, *args, **more)  # type: ignore[arg-type]
