"""Fetching one page from the web for a teacher, where an administrator has switched that on.

A server that fetches what it is told to can be told to fetch from its own network. So a name is
resolved once, every address that it has must be public, and the connection goes to that very
address; each redirect is a new request to be checked in the same way (safety.md T-24).
"""

from __future__ import annotations

import re
import socket
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from quizgame.domain.errors import N_, InputError
from quizgame.public_addresses import NOT_PUBLIC, PORTS, Target, checked, is_among, is_public

if TYPE_CHECKING:  # gevent has to patch ssl before urllib3 takes hold of it
    from urllib3 import HTTPConnectionPool
    from urllib3.response import BaseHTTPResponse

HOPS = 3
SECONDS = 5.0
MOST_BYTES = 2_000_000
CHUNK = 32_768
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TYPES = frozenset({"text/html", "application/xhtml+xml"})
HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip, identity", "User-Agent": "quizgame"}
NOT_ALLOWED = N_("This server fetches pages from some sites only, and that is none of them.")
NOT_THERE = N_("The page could not be fetched. Open it in your browser, and paste its text.")
NOT_A_PAGE = N_("There is no web page at that address. Download the file, and upload it here.")
TOO_SLOW = N_("The page took too long. Open it in your browser, and paste its text.")
TOO_LARGE = N_("The page is too large. Open it in your browser, and paste its text.")
TOO_MANY_HOPS = N_("The address leads on and on. Give the one at which the page really is.")

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came, where it was found in the end, and the encoding its server told."""

    url: str
    data: bytes
    charset: str


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address."""
    return socket.create_connection((address, port), seconds)


class Fetcher:
    """Fetches pages from the public web, or from some hosts of it."""

    def __init__(
        self,
        is_on: bool,
        hosts: Sequence[str] = (),
        resolve: Resolve = resolve,
        dial: Dial = dial,
    ) -> None:
        self.is_on = is_on
        self._hosts = hosts
        self._resolve = resolve
        self._dial = dial

    def fetch(self, url: str) -> FetchedPage:
        """Fetch a page. InputError, in a sentence for the teacher, if that cannot be done.

        Whatever happens, the answer is there after some seconds.
        """
        if not self.is_on:
            raise InputError(NOT_ALLOWED)
        fetch = Fetch(time.monotonic() + SECONDS, self._hosts, self._resolve, self._dial)
        box: Queue[FetchedPage | InputError] = Queue(1)
        Thread(target=fetch.run, args=(url, box), daemon=True).start()
        try:
            found = box.get(timeout=SECONDS)
        except Empty:
            fetch.stop()
            raise InputError(TOO_SLOW) from None
        if isinstance(found, InputError):
            raise found
        return found


class Fetch:
    """One fetch: it ends at its deadline, in the middle of a word if need be."""

    def __init__(self, deadline: float, hosts: Sequence[str], resolve: Resolve, dial: Dial) -> None:
        self._deadline = deadline
        self._hosts = hosts
        self._resolve = resolve
        self._dial = dial
        self._line: socket.socket | None = None
        self._open: list[HTTPConnectionPool | BaseHTTPResponse] = []

    def run(self, url: str, box: Queue[FetchedPage | InputError]) -> None:
        """Fetch a page, and put it, or what went wrong, into a box."""
        from urllib3.exceptions import HTTPError, LocationParseError  # noqa: PLC0415 - gevent first

        try:
            box.put(self._fetched(url))
        except InputError as error:
            box.put(error)
        except (HTTPError, LocationParseError, OSError, ValueError, zlib.error) as error:
            is_late = isinstance(error, TimeoutError) or time.monotonic() >= self._deadline
            box.put(InputError(TOO_SLOW if is_late else NOT_THERE))
        finally:
            self._hang_up()

    def stop(self) -> None:
        """Give up: whoever waits for a byte gets none."""
        self._deadline = 0.0
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def _fetched(self, url: str) -> FetchedPage:
        for _ in range(HOPS + 1):
            target = checked(url)
            if self._hosts and not is_among(target.host, self._hosts):
                raise InputError(NOT_ALLOWED)
            response = self._asked(target)
            if response.status not in REDIRECTS:
                return _page(url, response, self._left)
            location = response.headers.get("Location", "")
            self._hang_up()
            url = urljoin(url, location)
        raise InputError(TOO_MANY_HOPS)

    def _asked(self, target: Target) -> BaseHTTPResponse:
        """Ask the one address that was checked for a page."""
        port = PORTS[target.scheme]
        found = self._resolve(target.host, port)
        if not found or not all(is_public(address) for address in found):
            raise InputError(NOT_PUBLIC)
        pool = self._pool(target, found[0], port)
        self._open.append(pool)
        host = f"[{target.host}]" if ":" in target.host else target.host
        response = pool.urlopen(
            "GET",
            target.path,
            headers={**HEADERS, "Host": host},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=self._left(),
        )
        self._open.append(response)
        return response

    def _pool(self, target: Target, address: str, port: int) -> HTTPConnectionPool:
        """Return a pool whose connections go to that address, whatever the host is called."""
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool  # noqa: PLC0415 - gevent first

        pool: HTTPConnectionPool
        if target.scheme == "https":
            pool = HTTPSConnectionPool(
                address, port, server_hostname=target.host, assert_hostname=target.host
            )
        else:
            pool = HTTPConnectionPool(address, port)
        fetch = self

        class Pinned(pool.ConnectionCls):  # type: ignore[misc, name-defined]
            def _new_conn(self) -> socket.socket:
                return fetch._connect(address, port)

        pool.ConnectionCls = Pinned
        return pool

    def _connect(self, address: str, port: int) -> socket.socket:
        connection = self._dial(address, port, self._left())
        self._line = connection.dup()
        if not self._deadline:
            self.stop()
        return connection

    def _hang_up(self) -> None:
        while self._open:
            self._open.pop().close()
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
            self._line.close()
            self._line = None

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise InputError(TOO_SLOW)
        return left


def _page(url: str, response: BaseHTTPResponse, left: Callable[[], float]) -> FetchedPage:
    if response.status != 200:
        raise InputError(NOT_THERE)
    kind, _, rest = response.headers.get("Content-Type", "").partition(";")
    if kind.strip().lower() not in TYPES:
        raise InputError(NOT_A_PAGE)
    charset = re.search(r"charset=[\"']?([\w.:-]{1,40})", rest, re.IGNORECASE)
    data = _read(response, left)
    return FetchedPage(url, data, charset.group(1) if charset else "")


def _read(response: BaseHTTPResponse, left: Callable[[], float]) -> bytes:
    """Read a body, counted as it comes and as it unfolds."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"gzip", "x-gzip", "identity", ""}:
        raise InputError(NOT_THERE)
    unfold: Any = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in coding else None
    data, came = bytearray(), 0
    while chunk := response.read(CHUNK):
        left()
        came += len(chunk)
        data += unfold.decompress(chunk, MOST_BYTES + 1 - len(data)) if unfold else chunk
        if came > MOST_BYTES or len(data) > MOST_BYTES:
            raise InputError(TOO_LARGE)
    if unfold and not unfold.eof:
        raise InputError(NOT_THERE)
    return bytes(data)
