"""Walks past every page in every state; each stop yields its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from browser import key, posts, teachers
from browser.conftest import UNTOUCHED
from browser.hands import NOTHING, button, expect_saved, ready, start, word
from playwright.sync_api import Page, expect

Walk = Callable[[Page], Iterator[str]]
EXPECTED = ("404", "409", "422")
PAGES = (
    "/",
    "/quizzes",
    "/quizzes/starter",
    "/quizzes/mixed-dozen",
    "/leaderboards/all",
    f"/leaderboards/{UNTOUCHED}",
    "/desk",
    "/guide",
    "/privacy",
    "/licences",
    "/nowhere",
)
OPEN = "document.querySelectorAll('details').forEach((details) => (details.open = true))"


def around(page: Page) -> Iterator[str]:
    for path in PAGES:
        page.goto(path)
        yield path


def marking(page: Page) -> Iterator[str]:
    start(page, "mixed-dozen")
    yield "a round"
    word(page, "Japan").click()
    word(page, "order").click()
    page.locator(".chosen-list select").first.select_option("wrong_actor")
    expect_saved(page)
    yield "a round with marks and reasons"
    page.get_by_label(NOTHING).check()
    yield "a round with nothing wrong"
    page.get_by_label(NOTHING).uncheck()
    button(page, "Lock in").click()
    page.get_by_role("alert").wait_for()
    yield "a round that was locked empty"
    save_elsewhere(page)
    word(page, "Japan").click()
    page.locator(".save-state[role=alert]").wait_for()
    yield "a round that was changed elsewhere"
    page.goto(page.url)
    ready(page)
    page.locator("[name=nothing]").evaluate("box => (box.checked = false)")
    page.locator("[name=words]").first.evaluate("box => (box.checked = true)")
    page.locator("[name=rev]").evaluate("field => (field.value = 1)")
    button(page, "Lock in").click()
    page.get_by_role("link", name="Back to the round").wait_for()
    yield "a conflict"


def save_elsewhere(page: Page) -> None:
    """Save the round of a page from another tab."""
    ready(page)
    for _ in range(2):
        posts.post(page, page.url, [("do", "save"), ("nothing", "1")], page.url)


def naming(page: Page) -> Iterator[str]:
    posts.play(page, "mixed-dozen", posts.nothing, rounds=2)
    start(page, "mixed-dozen")
    yield "a naming round"
    page.locator(".option").first.click()
    expect_saved(page)
    yield "a chosen name"


def reveals(page: Page) -> Iterator[str]:
    answers = {1: posts.suspicious, 2: posts.nothing, 3: posts.nothing, 4: posts.suspicious}
    yield from reveals_of(page, "starter", {**answers, 5: posts.perfect})


def names(page: Page) -> Iterator[str]:
    answers = {1: posts.perfect, 3: posts.suspicious, 6: posts.perfect, 9: posts.nothing}
    yield from reveals_of(page, "mixed-dozen", answers)


def reveals_of(page: Page, quiz: str, answers: dict[int, posts.Answer]) -> Iterator[str]:
    path = posts.begin(page, quiz)
    for round_ in key.rounds(quiz)[: max(answers)]:
        posts.lock(page, path, round_.number, answers.get(round_.number, posts.nothing)(round_))
        if round_.number in answers:
            page.goto(f"{path}/rounds/{round_.number}/reveal")
            page.evaluate(OPEN)
            yield f"the reveal of round {round_.number} of {quiz}"


def summaries(page: Page) -> Iterator[str]:
    page.goto(posts.play(page, "starter", posts.suspicious))
    yield "the summary of a practice set"
    page.goto(posts.play(page, "find-the-bias", posts.perfect))
    expect(page.locator(".eye-hand .card")).to_have_count(2)
    yield "the summary of a ranked set"


def boards(page: Page) -> Iterator[str]:
    posts.play(page, "spot-the-error", posts.perfect, rounds=3)
    for path in ("/leaderboards/spot-the-error", "/leaderboards/all?when=week&from=0-1", "/desk"):
        page.goto(path)
        yield f"{path} with a player"
    button(page, "Make a code").click()
    page.locator(".move-code").wait_for()
    yield "the desk with a code"
    page.get_by_label("Code from the other device").fill("WRONG-ONE")
    button(page, "Move it here").click()
    page.get_by_role("alert").wait_for()
    yield "the desk with a wrong code"
    button(page, "Not on the board").click()
    button(page, "Back on the board").wait_for()
    yield "the desk of someone who is on no board"


WALKS: tuple[Walk, ...] = (
    around,
    marking,
    naming,
    reveals,
    names,
    summaries,
    boards,
    *teachers.WALKS,
)
