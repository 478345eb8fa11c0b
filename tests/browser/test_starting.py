"""From the front page to the first passage, and what is not told before the lock."""

import re

from browser import key, posts
from browser.hands import PHONE, start
from playwright.sync_api import Page, expect

OUTSIDE = """() => {
  const page = document.querySelector("main").cloneNode(true);
  page.querySelectorAll(".proof, .progress").forEach((part) => part.remove());
  return page.textContent.replace(/\\s+/g, " ");
}"""


def test_two_taps_lead_from_the_front_page_to_the_first_passage(arrive):
    phone = arrive(**PHONE)
    phone.goto("/")
    for control in ("link:Practise", "button:Start"):
        role, name = control.split(":")
        phone.get_by_role(role, name=name, exact=True).tap()

    expect(phone.locator(".passage").first).to_be_in_viewport()


def test_no_clock_runs(page):
    start(page, "starter")

    assert page.get_by_role("timer").count() == 0
    assert not re.search(r"\d:\d\d", page.locator("body").inner_text())


def test_a_round_does_not_tell_how_many_problems_it_holds(page):
    full, empty = key.rounds("starter")[:2]
    assert key.problems(full)
    assert not key.problems(empty)
    assert full.kind == empty.kind

    before = outside_the_passage(page, full.number)
    posts.play(page, "starter", posts.nothing, rounds=1)

    assert outside_the_passage(page, empty.number) == before


def outside_the_passage(page: Page, number: int) -> str:
    start(page, "starter")
    assert page.url.endswith(f"/rounds/{number}")
    return str(page.evaluate(OUTSIDE))
