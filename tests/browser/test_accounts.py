"""Signing in, the second step and the account, by keys alone and by eye."""

import time

import pytest
from browser.hands import PHONE, button
from browser.teachers import sign_in
from people import PASSWORD, code
from playwright.sync_api import Page, expect

from quizgame.web.access import LOCAL

FOCUSED = """() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return { name: at.name || at.textContent.trim(), ring: outlineStyle + " " + outlineWidth };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until that has the focus; what has the focus on the way can be seen to."""
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        assert found["ring"].startswith("solid") or found["ring"].startswith("auto"), found
        if found["name"] == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_signing_in_by_keys_alone(page):
    page.goto("/articles")
    tab_to(page, "name")
    page.keyboard.type("tilda")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Articles", level=1)).to_be_visible()
    tab_to(page, "Overview")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    tab_to(page, "?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Help", level=1)).to_be_visible()


def test_signing_out_by_keys_alone(page):
    sign_in(page, "nova")
    page.goto("/account")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")

    page.goto("/teacher")
    assert "/sign-in" in page.url


def test_a_refused_sign_in_is_read_out_and_keeps_what_was_typed(arrive):
    page = arrive("422", **PHONE)
    sign_in(page, "nova", "not my password")

    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    expect(page.get_by_label("User name or e-mail address")).to_have_value("nova")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")


def test_the_second_step_is_set_up_and_asked_for(arrive):
    page = arrive("404", "422")
    invited(page, "sven")
    page.goto("/account/security")
    page.get_by_label("Your password").fill(PASSWORD)
    button(page, "Set it up").click()
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    key = page.locator(".totp-key").inner_text()
    page.get_by_label("Code that the app shows").fill(now_code(key))
    button(page, "Turn it on").click()
    codes = page.locator(".recovery-codes code").all_inner_texts()

    page.context.clear_cookies()
    sign_in(page, "sven")
    page.get_by_label("Code").fill(codes[0])
    button(page, "Sign in").click()

    page.wait_for_url("**/teacher")
    page.goto("/account/security")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()


def now_code(key: str) -> str:
    from datetime import UTC, datetime

    return code(key, datetime.fromtimestamp(time.time(), UTC))


def invited(page: Page, name: str) -> None:
    """Let somebody in by an invitation of ada's, in the same browser."""
    sign_in(page, "ada")
    page.goto("/users")
    button(page, "Make a link").click()
    link = page.locator(".one-time-link").inner_text()
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Come in").click()
    page.wait_for_url("**/teacher")


def test_an_invitation_leads_to_where_to_begin_and_works_once(arrive):
    page = arrive("404")
    invited(page, "ines")

    expect(page.get_by_role("heading", name="Where to begin")).to_be_visible()
    page.get_by_role("link", name="Run the demo lesson").click()
    page.get_by_role("link", name="Open the set").click()
    expect(button(page, "Start")).to_be_visible()


def test_the_account_is_left_after_saying_what_that_means(page):
    invited(page, "leaver")
    page.goto("/account/delete")
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    button(page, "Delete my account").click()

    expect(page.get_by_role("status")).to_contain_text("Your account is deleted.")


@pytest.mark.parametrize("path", ["/teacher", "/teacher/help", "/account", "/account/security"])
def test_pages_ask_to_sign_in_and_lead_back(page, path):
    assert LOCAL.fullmatch(path)
    page.goto(path)
    page.get_by_label("User name or e-mail address").fill("nova")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    button(page, "Sign in").click()

    page.wait_for_url(f"**{path}")
