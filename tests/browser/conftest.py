"""The real server, and browsers that complain of whatever should not have happened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import build
import desk
import playing
import pytest
from databases import close, make_app
from people import ADMINISTRATOR, key_for_codes, make_user
from playwright.sync_api import BrowserContext, Page, expect
from running import Server

FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 20_000
STRANGERS = 60
UNTOUCHED = "untouched"
BUILDER = "builder"
"""A teacher who builds sets."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """A Chromium of the system, or Playwright's own where there is none."""
    found = os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    args = {**browser_type_launch_args, "args": FLAGS}
    if found:
        args["executable_path"] = found
    if os.geteuid() == 0:
        args["chromium_sandbox"] = False  # as root Chromium does not start with it
    return args


@pytest.fixture(scope="session")
def base_url(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the seeds, a set that nobody plays, and a full board."""
    folder = tmp_path_factory.mktemp("browser") / "data"
    shutil.copytree(planted, folder)
    app = make_app(folder)
    with app.app_context():
        build.short_set(UNTOUCHED, title="Nobody’s set")
        make_user("ada", ADMINISTRATOR)
        make_user("nova")
        key_for_codes(make_user("tove"))
        desk.fill("tilda", "otto")
        make_user(BUILDER)
        for _ in range(STRANGERS):
            playing.lock(playing.start(playing.new_player(), "spot-the-error"), 1)
    close(app)
    server = Server(folder)
    yield f"http://127.0.0.1:{server.port}"
    server.kill()


class Watch:
    """What happened in a context that should not have."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.seen: list[str] = []
        self.requests: list[str] = []
        self.expected: list[str] = []
        self.host = host
        context.on("console", lambda m: self.note(m.text) if m.type in {"error", "warning"} else 0)
        context.on("weberror", lambda e: self.note(str(e.error)))
        context.on("request", lambda r: self.ask(r.url))

    def note(self, text: str) -> None:
        if not any(words in text for words in self.expected):
            self.seen.append(text)

    def ask(self, url: str) -> None:
        self.requests.append(url)
        if urlsplit(url).netloc != self.host:
            self.seen.append(f"another host was asked: {url}")


Arrive = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Without an address: it is made once, and some modules have a server of their own."""
    return {name: value for name, value in browser_context_args.items() if name != "base_url"}


@pytest.fixture
def watches() -> list[Watch]:
    """The watches over all browsers of a test, in the order in which they were opened."""
    return []


@pytest.fixture
def arrive(new_context: Any, base_url: str, watches: list[Watch]) -> Iterator[Arrive]:
    """Open a browser of its own; `expecting` names what it may complain of, such as "422"."""

    def open_browser(*expecting: str, **options: Any) -> Page:
        context = new_context(base_url=base_url, **options)
        context.set_default_timeout(PATIENCE)
        watch = Watch(context, urlsplit(base_url).netloc)
        watch.expected += expecting
        watches.append(watch)
        return context.new_page()

    yield open_browser
    assert [text for watch in watches for text in watch.seen] == []


@pytest.fixture
def page(arrive: Arrive) -> Page:
    """A browser at a desk."""
    return arrive()
