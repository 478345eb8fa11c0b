"""Teachers of the browser tests: how they sign in, and walks past their pages.

ada administers, nova has nothing yet, tilda has a full desk, tove signs in with a second step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from browser.hands import button
from people import OTHER_PASSWORD, PASSWORD
from playwright.sync_api import Page


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in by the page."""
    page.goto("/sign-in")
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    button(page, "Sign in").click()


def coming_in(page: Page) -> Iterator[str]:
    page.goto("/account")
    yield "the sign-in"
    sign_in(page, "nova", OTHER_PASSWORD)
    page.get_by_role("alert").wait_for()
    yield "a refused sign-in"
    sign_in(page, "tove")
    page.get_by_label("Code").wait_for()
    yield "the second step"
    page.get_by_label("Code").fill("wrong")
    button(page, "Sign in").click()
    page.get_by_role("alert").wait_for()
    yield "a refused second step"


def own_account(page: Page) -> Iterator[str]:
    sign_in(page, "nova")
    page.goto("/account")
    yield "the profile"
    page.get_by_label("E-mail address").fill("not an address")
    button(page, "Save").click()
    page.get_by_role("alert").wait_for()
    yield "a refused profile"
    page.goto("/account/security")
    yield "security"
    page.get_by_label("Password until now").fill(OTHER_PASSWORD)
    page.get_by_label("New password").fill("short")
    button(page, "Change the password").click()
    page.get_by_role("alert").wait_for()
    yield "a refused password"
    if not page.locator("img.qr").count():  # another walk may have come to here
        page.get_by_label("Your password").fill(PASSWORD)
        button(page, "Set it up").click()
    page.locator("img.qr").wait_for()
    yield "the second step being set up"
    page.goto("/account/delete")
    yield "leaving"


def administering(page: Page) -> Iterator[str]:
    sign_in(page, "ada")
    yield "the overview of an administrator"
    page.goto("/users")
    yield "the users"
    button(page, "Make a link").click()
    link = page.locator(".one-time-link").inner_text()
    yield "the users with a link"
    button(page, "Link for a new password: nova").click()
    reset = page.locator(".one-time-link").inner_text()
    page.goto(urlsplit(link).path)
    yield "an invitation"
    page.get_by_label("User name").fill("X")
    page.get_by_label("Password").fill("short")
    button(page, "Come in").click()
    page.get_by_role("alert").wait_for()
    yield "a refused invitation"
    page.goto(urlsplit(reset).path)
    yield "a new password"


def overviews(page: Page) -> Iterator[str]:
    sign_in(page, "nova")
    for path in ("/teacher", "/teacher/lesson", "/teacher/help"):
        page.goto(path)
        yield f"{path} of somebody new"
    page.context.clear_cookies()
    sign_in(page, "tilda")
    yield "a full overview"


WALKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    coming_in,
    own_account,
    administering,
    overviews,
)
