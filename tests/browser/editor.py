"""A server with articles to annotate, and hands for the editor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build import herons, passage
from databases import close, make_app
from people import PASSWORD
from playwright.sync_api import Locator, Page, expect
from running import Server
from works import BLIND, EDITOR, add_set, make_set, share, store_article, user_id

from quizgame.domain.passages import Source

TEXTS = {
    "english": ("en", "Heron 0 ate apple0 today. Heron 1 ate apple1 today. Heron 2 slept."),
    "emoji": ("en", "The 👩‍👩‍👧 family said 🎉 café was cafe\u0301 today. 👍🏽 Nobody asked 𝒲hy."),
    "arabic": ("ar", "قال الوزيرُ إن الحافلات تأخرت أمس. ولم يذكر أحدٌ السبب."),
    "chinese": ("zh", "公交车昨天晚点了。没有人说明原因。"),
}


@contextmanager
def serving(planted: Path, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A server; and the ids of annotation sets by what they are about."""
    shutil.copytree(planted, folder)
    app = make_app(folder)
    sets = {}
    with app.app_context():
        for name, (language, text) in TEXTS.items():
            source = Source(f"About {name}", "The Daily Heron", "2026-11-01", language)
            passages = (passage("P0", text), herons("P1"), passage("P2", text))
            sets[name] = make_set("marie", *passages, id_=name, source=source)
            share("paul", EDITOR, name)
        version = store_article("rosa", passage("P0", TEXTS["english"][1]), id_="blind")
        sets["blind"] = add_set(version, "marie", BLIND)
        share("marie", "annotator", "blind")
        user_id("paul")
    close(app)
    server = Server(folder)
    yield f"http://127.0.0.1:{server.port}", sets
    server.kill()


def sign_in(page: Page, name: str = "marie") -> None:
    page.goto("/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/teacher")


def open_passage(page: Page, set_id: str, number: int = 0, query: str = "") -> None:
    page.goto(f"/annotations/{set_id}/passages/{number}{query}")
    page.evaluate("document.fonts.ready.then(() => true)")


def chosen(page: Page) -> str:
    return page.locator(".chosen-words").inner_text()


def boxes(page: Page) -> Locator:
    return page.locator(".word input")


def expect_saved(page: Page) -> None:
    expect(page.locator(".inspector .save-state")).to_have_text("Saved")


def annotate(page: Page, first: int, last: int, **fields: Any) -> None:
    """Choose words, and say what they are."""
    for at in dict.fromkeys((first, last)):
        boxes(page).nth(at).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Annotate", exact=True).click()
    page.locator("#inspector").wait_for()
    page.get_by_label("Category", exact=True).select_option(fields.pop("category", "factual_error"))
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    expect_saved(page)
