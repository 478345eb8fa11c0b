"""T-18 in a real browser: hostile names run nothing, load nothing and change no page."""

from browser.hands import button
from browser.test_accounts import invited
from payloads import XSS
from playwright.sync_api import Page, expect

MOST = 80
NAMES = [payload.strip() for payload in XSS if len(payload.strip()) <= MOST]
LOADED = """() => performance.getEntriesByType("resource").map((entry) => entry.name)
  .filter((name) => !new URL(name).pathname.startsWith("/static/"))"""


def is_quiet(page: Page, elements: int) -> bool:
    """Tell whether a page loaded nothing but ours, and has the elements that it always has."""
    found = page.locator("body *").count()
    return page.evaluate(LOADED) == [] and found == elements


def test_hostile_names_stay_text(arrive):
    page = arrive("422")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    invited(page, "xenia")
    page.goto("/teacher")
    elements = page.locator("body *").count()
    kept = 0

    for name in NAMES:
        page.goto("/account")
        page.get_by_label("Name that others see").fill(name)
        button(page, "Save").click()
        expect(page.locator("[role=status], [role=alert]").first).to_be_visible()
        if page.get_by_role("status").count():
            kept += 1
            page.goto("/teacher")
            expect(page.get_by_text("Signed in as")).to_contain_text(" ".join(name.split()))
            assert is_quiet(page, elements), name
        else:
            assert page.evaluate(LOADED) == [], name

    assert dialogs == []
    assert kept > len(NAMES) / 2
