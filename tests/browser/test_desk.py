"""Boards, names, and moving to another device."""

import re

from browser import posts
from browser.hands import button
from playwright.sync_api import Page, expect

NOBODY = "Nobody has played on this device yet."


def player(page: Page) -> str:
    """Play a round, come to the desk, and return the name on it."""
    posts.play(page, "starter", posts.nothing, rounds=1)
    page.goto("/desk")
    return page.locator(".name-card").inner_text()


def test_a_board_tells_where_you_are(page):
    name = player(page)
    page.goto("/leaderboards/starter")

    expect(page.locator(".you-are-here")).to_contain_text("You are here: place")
    expect(page.locator("#you")).to_contain_text(name)


def test_a_board_of_many_pages_leads_to_your_own(page):
    posts.play(page, "spot-the-error", posts.suspicious, rounds=1)
    page.goto("/leaderboards/spot-the-error?when=week")
    expect(page.locator(".board tbody tr")).to_have_count(50)

    page.get_by_role("link", name="The next 50").click()
    expect(page.locator(".you-are-here")).to_contain_text("You are here: place")
    page.get_by_role("link", name="Around me").click()
    expect(page.locator("#you")).to_be_in_viewport()


def test_one_tap_takes_you_off_the_boards_and_another_back(page):
    player(page)
    page.goto("/leaderboards/starter")
    button(page, "Not on the board").click()
    page.goto("/leaderboards/starter")
    expect(page.locator(".you-are-here")).to_contain_text("You are not on this board.")
    expect(page.locator("#you")).to_have_count(0)

    page.goto("/desk")
    button(page, "Back on the board").click()
    page.goto("/leaderboards/starter")
    expect(page.locator("#you")).to_have_count(1)


def test_a_new_name_is_another_one(page):
    name = player(page)
    button(page, "New name").click()

    expect(page.locator(".name-card")).not_to_have_text(name)
    expect(page.locator(".name-card")).to_have_text(re.compile(r"^\w+ \w+"))


def test_a_code_moves_the_player_and_the_old_device_lets_go(page, arrive):
    name = player(page)
    button(page, "Make a code").click()
    code = page.locator(".move-code").inner_text()
    other = arrive()
    other.goto("/desk")
    expect(other.get_by_text(NOBODY)).to_be_visible()

    other.get_by_label("Code from the other device").fill(code.lower())
    button(other, "Move it here").click()

    expect(other.locator(".name-card")).to_have_text(name)
    expect(other.locator(".plays")).to_contain_text("Five to begin with")
    page.goto("/desk")
    expect(page.get_by_text(NOBODY)).to_be_visible()


def test_a_wrong_code_is_refused_and_read_out(arrive):
    page = arrive("422")
    page.goto("/desk")
    page.get_by_label("Code from the other device").fill("WRONG-ONE")
    button(page, "Move it here").click()

    expect(page.get_by_role("alert")).to_contain_text("No device is waiting with that code.")
    expect(page.get_by_label("Code from the other device")).to_have_accessible_description(
        re.compile("No device is waiting")
    )
