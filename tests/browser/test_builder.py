"""From an article to a set that a student plays; axe, narrow screens, and paper."""

from __future__ import annotations

import re

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import BUILDER
from browser.hands import button, start
from browser.test_axe import LOOKS, scan
from browser.test_layout import ON_PAPER, TOO_SMALL, TOO_WIDE, at
from people import PASSWORD
from playwright.sync_api import Page, expect


@pytest.fixture
def teacher(arrive):
    """A teacher, signed in."""
    page = arrive("404", "409", "422")
    page.goto("/sign-in")
    page.get_by_label("User name or e-mail address").fill(BUILDER)
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Sign in").click()
    page.wait_for_url("**/teacher")
    return page


def begin(page: Page, template: str = "Starter, 15 minutes") -> str:
    page.goto("/drafts")
    page.get_by_label(re.compile(template)).check()
    button(page, "Make the set").click()
    page.wait_for_url("**/drafts/*")
    return str(page.url)


def test_a_set_is_built_linted_published_and_played(teacher, arrive):
    page = teacher
    draft = begin(page, "Nothing")
    expect(page.locator("#lint")).to_contain_text("there is no round in it yet")
    button(page, "Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be published yet")

    page.goto(draft)
    page.get_by_label("Make me a set of").fill("10")
    button(page, "Propose rounds").click()
    expect(page.get_by_role("heading", name="Why these")).to_be_visible()
    button(page, "Use these rounds").click()
    expect(page.locator("#lint")).to_contain_text("fair to play")
    first = page.locator(".round-card").first.inner_text()
    button(page, "Move round 1 down").click()
    expect(page.locator("#round-2")).to_contain_text(first.split("\n")[1].strip())

    page.get_by_role("link", name="Rehearse").click()
    row = page.locator("tr", has_text="Marks everything")
    expect(row.locator(".points").first).to_contain_text("−")
    page.goto(f"{draft.partition('#')[0]}/rehearsal/1")
    page.get_by_role("checkbox").first.check(force=True)
    expect(page.locator(".save-state")).to_have_text("Saved")
    button(page, "Lock in").click()
    expect(page.get_by_role("heading", name="Ledger")).to_be_visible()

    page.goto(draft)
    button(page, "Publish").click()
    expect(page.locator("#publish")).to_contain_text("Version 1 is open.")
    student = arrive()
    start(student, page.url.partition("#")[0].rpartition("/")[2])
    student.get_by_label("Nothing wrong here").check()
    button(student, "Lock in").click()
    expect(student.get_by_role("heading", name="Ledger")).to_be_visible()


def stops(page: Page):
    draft = begin(page).partition("#")[0]
    for path in ("", "/rehearsal", "/rehearsal/1", "/exports", "/print", "/proposal?minutes=20"):
        page.goto(f"{draft}{path}")
        yield path or "builder"
    for path in ("/rounds?kind=spot_the_error", "/rounds?kind=name_the_technique", "/rounds/1"):
        page.goto(f"{draft}{path}")
        yield path
    page.goto(draft)
    while page.locator(".round-card").count() > 1:
        button(page, "Remove round 1").click()
    yield "a builder with something to mend"
    for path in ("/drafts", "/library", "/library/starter", "/packs"):
        page.goto(path)
        yield path


def test_axe_finds_nothing_and_everything_fits(teacher):
    page, found = teacher, []
    page.emulate_media(reduced_motion="reduce")
    for stop in stops(page):
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{stop}, {scheme}, {width}: {text}" for text in scan(page)]
        page.emulate_media(color_scheme="light")
        for width, check in ((320, TOO_WIDE), (360, TOO_SMALL), (1920, TOO_WIDE)):
            found += [f"{stop}, {width}: {text}" for text in at(page, width, check)]
        page.set_viewport_size({"width": 1280, "height": 800})

    assert found == []


def test_on_paper_the_key_has_pages_of_its_own(teacher, tmp_path):
    page = teacher
    draft = begin(page).partition("#")[0]
    page.goto(f"{draft}/print")
    page.emulate_media(media="print")
    assert page.evaluate(ON_PAPER) == []
    lines = page.locator(".line-text").all_inner_texts()
    page.pdf(path=tmp_path / "print.pdf", format="A4", prefer_css_page_size=True)

    pages = [p.extract_text() for p in pypdf.PdfReader(tmp_path / "print.pdf").pages]
    [key] = [n for n, text in enumerate(pages) if text.startswith("Key, with evidence")]
    [answers] = [n for n, text in enumerate(pages) if text.startswith("Answer sheet")]
    assert 0 < answers < key
    assert not [n for n, text in enumerate(pages) if n < key and "How could you check" in text]
    printed = " ".join(" ".join(pages[:answers]).split())
    assert not [line for line in lines if " ".join(line.split()) not in printed]
    assert "quizgame" not in pages[0].split("\n")[0].lower()
