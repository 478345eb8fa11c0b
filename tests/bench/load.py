"""A load generator: raw sockets with keep-alive, in a process and on a core of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

LONGEST = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """How a server did with some requests: seconds, statuses, and its CPU seconds."""

    elapsed: float
    waits: list[float]
    statuses: Counter[int]
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.waits) / self.elapsed

    def wait(self, share: float) -> float:
        """The time within which that share of the requests was answered."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.waits)


class Connection:
    """A connection that sends one request, waits for its answer, and sends the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), LONGEST)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._got = b""
        self._missing = 0

    def send(self, request: bytes) -> None:
        self._got, self._missing = b"", 0
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> int:
        """Read what came; return the status once the answer is whole, else 0."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        if self._missing:
            self._missing -= len(data)
        else:
            self._got += data
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return 0
            head = self._got[:end].lower()
            _, found, rest = head.partition(b"\r\ncontent-length:")
            if not found:
                raise ConnectionError("an answer without a length")
            self._missing = end + 4 + int(rest.split(b"\r\n", 1)[0]) - len(self._got)
        return 0 if self._missing > 0 else int(self._got[9:12])


def fire(port: int, requests: Sequence[bytes], connections: int) -> Run:
    """Send requests over some connections, each as soon as the one before is answered."""
    left = deque(requests)
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    with selectors.DefaultSelector() as ready, contextlib.ExitStack() as open_ones:
        for _ in range(min(connections, len(left))):
            connection = Connection(port)
            open_ones.callback(connection.socket.close)
            ready.register(connection.socket, selectors.EVENT_READ, connection)
        began = time.perf_counter()
        for key in list(ready.get_map().values()):
            key.data.send(left.popleft())
        busy = len(ready.get_map())
        while busy and time.perf_counter() - began < LONGEST:
            for key, _ in ready.select(1.0):
                status = key.data.read()
                if not status:
                    continue
                waits.append(time.perf_counter() - key.data.sent_at)
                statuses[status] += 1
                if left:
                    key.data.send(left.popleft())
                else:
                    busy -= 1
        return Run(time.perf_counter() - began, waits, statuses)


class Load:
    """The process that generates the load, apart from the one that measures."""

    def __init__(self, pool: ProcessPoolExecutor, port: int, server: int) -> None:
        self._pool, self._port, self._server = pool, port, server

    def __call__(self, requests: Sequence[bytes], connections: int) -> Run:
        before = cpu_of(self._server)
        run = self._pool.submit(fire, self._port, requests, connections).result()
        return Run(run.elapsed, run.waits, run.statuses, cpu_of(self._server) - before)


@contextlib.contextmanager
def load_on(core: set[int], port: int, server: int) -> Iterator[Load]:
    """A load generator pinned to a core."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=pin, initargs=(core,)) as pool:
        yield Load(pool, port, server)


def cores() -> tuple[set[int], set[int]]:
    """A core for the server and another for the load, where there are two."""
    mine = sorted(os.sched_getaffinity(0))
    return {mine[0]}, {mine[1 % len(mine)]}


def pin(core: set[int]) -> None:
    os.sched_setaffinity(0, core)


def cpu_of(pid: int) -> float:
    """CPU seconds that a process and its descendants have used, from /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / TICKS
    return own + sum(cpu_of(int(child)) for child in children)
