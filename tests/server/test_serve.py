"""The server as `make run` starts it: what it says, sends, and how it stops."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import resource
import selectors
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from bench.load import Connection
from running import ROOT, SERVE, Answer, Browser, Server, environment, running

FIRST_LOAD = 100 * 1024
SCRIPTS = 30 * 1024
CROWD, TIMES = 64, 60
LINKED = re.compile(r'<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"')
SENT_TO = re.compile(
    r'\b(?:src|srcset|action|formaction|poster)="([^"]+)"|<link[^>]*href="([^"]+)"'
)
IN_CSS = re.compile(r"""url\(["']?([^"')]+)|@import ["']([^"']+)""")
IN_JS = re.compile(r"""(?:from|import)\s*\(?["']([^"']+)["']""")
ELSEWHERE = re.compile(r"""(?:https?:)?//[\w-]+\.\w""")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "data"


@pytest.fixture(scope="module")
def server(data_dir: Path) -> Iterator[Server]:
    with running(data_dir) as found:
        yield found


def test_a_taken_port_stops_the_start_with_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ended = subprocess.run(
            [sys.executable, *SERVE],
            env=environment(tmp_path, port=port),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port} cannot be used" in ended.stderr


def test_it_says_where_it_is(server):
    assert f"is at http://127.0.0.1:{server.port} (" in server.log.read_text()


def test_the_first_start_prints_a_link_that_works_and_the_next_another(tmp_path):
    links = []
    for _ in range(2):
        with running(tmp_path / "data") as server:
            told = re.findall(
                r"http://127\.0\.0\.1:\d+(/users/first/[\w-]{43})", server.log.read_text()
            )
            links.append(told[-1])
            found = [server.get(link).status for link in links]

    assert links[0] != links[1]
    assert found == [404, 200]


def test_it_says_that_it_is_well(server):
    state = json.loads(server.get("/healthz").body)

    assert state.keys() == {"version", "schema", "database"}
    assert state["database"] == "ok"
    assert state["schema"]


def test_it_stops_when_asked_to_even_if_a_browser_is_still_connected(tmp_path):
    with running(tmp_path / "data") as server:
        browser = Browser(server.port)
        browser.get("/healthz")

        code = server.stop()
        browser.close()

    assert code == 0
    assert "Traceback" not in server.log.read_text()


def test_it_raises_the_limit_of_open_files_and_says_so(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        server = Server(tmp_path / "data")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    raised = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
    server.kill()

    assert raised == (hard, hard)
    assert f"open files: raised from 256 to {hard}" in server.log.read_text()


def test_a_connection_is_kept_for_the_next_request(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    ends = set()
    for path in ("/healthz", "/", "/healthz"):
        connection.request("GET", path)
        ends.add(connection.sock.getsockname())
        Answer(connection.getresponse())
    connection.close()

    assert len(ends) == 1


def test_no_busy_connection_starves_another(server):
    request = b"GET /ok HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    crowd = [Connection(server.port) for _ in range(CROWD)]
    served: Counter[Connection] = Counter()
    with selectors.DefaultSelector() as ready:
        for connection in crowd:
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request)
        while served.total() < CROWD * TIMES:
            for key, _ in ready.select():
                if key.data.read() == 200:
                    served[key.data] += 1
                    key.data.send(request)
    for connection in crowd:
        connection.socket.close()

    assert min(served[connection] for connection in crowd) > TIMES / 2


@pytest.mark.parametrize(
    ("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_static_files_come_compressed_beforehand_and_are_kept_for_ever(server, coding, unpack):
    paths = [path for path in linked(server.get("/")) if path.endswith((".css", ".js", ".svg"))]
    assert paths

    for path in paths:
        packed = server.get(path, {"Accept-Encoding": coding})
        plain = server.get(path)

        assert re.fullmatch(r"/static/[0-9a-f]{12}/.+", path)
        assert "immutable" in packed.headers["Cache-Control"]
        assert "max-age=31536000" in packed.headers["Cache-Control"]
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers.get("Content-Encoding", "") in {coding, ""}
        if packed.headers.get("Content-Encoding"):
            assert unpack(packed.body) == plain.body
            assert len(packed.body) < len(plain.body)


def test_styles_and_scripts_are_worth_compressing(server):
    files = everything(server, round_page(server))
    text = [path for path in files if path.endswith((".css", ".js"))]

    packed = [server.get(path, {"Accept-Encoding": "br, gzip"}) for path in text]

    assert {answer.headers["Content-Encoding"] for answer in packed} == {"br"}


def test_the_first_load_fits_the_budget(server):
    page = server.get("/", {"Accept-Encoding": "br, gzip"})
    files = everything(server, page)

    sizes = {path: wire(server, path) for path in files}

    assert any(path.endswith(".woff2") for path in sizes)
    assert any(path.endswith(".css") for path in sizes)
    assert len(page.body) + sum(sizes.values()) <= FIRST_LOAD, sizes


def test_the_scripts_of_a_round_fit_the_budget(server):
    scripts = [path for path in everything(server, round_page(server)) if path.endswith(".js")]

    sizes = {path: wire(server, path) for path in scripts}

    assert len(sizes) > 1
    assert sum(sizes.values()) <= SCRIPTS, sizes


@pytest.mark.parametrize("path", ["/", "/quizzes", "/guide", "/leaderboards/all", "/desk"])
def test_a_page_asks_no_other_host_for_anything(server, path):
    answer = server.get(path)

    assert answer.status == 200
    assert [url for url in requests_of(answer) if is_elsewhere(url)] == []


def test_a_round_and_its_files_ask_no_other_host_for_anything(server):
    page = round_page(server)
    files = [server.get(path).text for path in everything(server, page) if is_text(path)]

    assert [url for url in requests_of(page) if is_elsewhere(url)] == []
    assert len(files) > 4
    for text in files:
        assert not ELSEWHERE.search(text.replace("http://www.w3.org/2000/svg", ""))


def round_page(server: Server) -> Answer:
    """The first round of the starter."""
    browser = Browser(server.port)
    token = browser.get("/quizzes/starter").field("csrf_token")
    started = browser.post("/plays", [("csrf_token", token), ("quiz", "starter")])
    path = browser.get(started.headers["Location"]).headers["Location"]
    page = browser.get(path)
    browser.close()
    assert page.status == 200
    return page


def linked(page: Answer) -> list[str]:
    """The files that a page links, each once."""
    return list(dict.fromkeys(urlsplit(path).path for path in LINKED.findall(page.text)))


def everything(server: Server, page: Answer) -> list[str]:
    """The files that a page links, and those that these ask for in turn."""
    found: list[str] = []
    waiting = linked(page)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.append(path)
        if path.endswith((".css", ".js")):
            pattern = IN_CSS if path.endswith(".css") else IN_JS
            urls = [next(filter(None, m.groups())) for m in pattern.finditer(server.get(path).text)]
            waiting += [urljoin(path, url) for url in urls if not url.startswith("data:")]
    return found


def wire(server: Server, path: str) -> int:
    """The bytes of a file as a browser gets them."""
    answer = server.get(path, {"Accept-Encoding": "br, gzip"})
    assert answer.status == 200, path
    return len(answer.body)


def requests_of(page: Answer) -> list[str]:
    """What a browser would fetch or send to by itself; links that a reader follows are not."""
    return [one or other for one, other in SENT_TO.findall(page.text)]


def is_elsewhere(url: str) -> bool:
    return bool(urlsplit(url).netloc)


def is_text(path: str) -> bool:
    return path.endswith((".css", ".js", ".svg"))
