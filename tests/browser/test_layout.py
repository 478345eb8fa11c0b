"""Every page in every state fits narrow screens, large type, fingers and paper."""

from __future__ import annotations

import pytest
from browser.hands import button, expect_saved, start, word
from browser.walks import EXPECTED, WALKS
from playwright.sync_api import Page

# what a page clips cannot be scrolled to, but is lost all the same; a table may scroll in a region
# of its own, which keys can reach
TOO_WIDE = """() => {
  const wide = (e) => {
    const { left, right } = e.getBoundingClientRect();
    if (e.parentElement.closest(".wide[role=region][tabindex]")) return false;
    return (left < -1 || right > innerWidth + 1) && e.checkVisibility();
  };
  const scrolls = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls"] : [];
  const found = [...document.querySelectorAll("body *")].filter(wide);
  return [...scrolls, ...found.map((e) => e.outerHTML.slice(0, 90))];
}"""
LARGE_TYPE = "size => (document.documentElement.style.fontSize = size)"
# a control in its label is hit through the label; a link in a sentence is as tall as its line
TOO_SMALL = """() => {
  const controls = document.querySelectorAll("a, button, input, select, textarea, summary");
  const small = (e) => {
    const target = e.closest(".word") ? e : (e.closest("label") ?? e);
    const { width, height } = target.getBoundingClientRect();
    const inline = e.tagName == "A" && getComputedStyle(e).display == "inline";
    return Math.min(width, height) < 24 && e.type != "hidden" && e.checkVisibility() && !inline;
  };
  return [...controls].filter(small).map((e) => e.outerHTML.slice(0, 90));
}"""
ON_PAPER = """() => [...document.querySelectorAll("button, .button, nav, .bar, .skip")]
  .filter((e) => e.checkVisibility())
  .map((e) => e.outerHTML.slice(0, 90))"""
COVERED = """() => {
  const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  if (bar.contains(document.activeElement)) return false;
  return bottom > bar.getBoundingClientRect().top + 1 || top < 0;
}"""


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_page_fits_every_medium(arrive, walk):
    page = arrive(*EXPECTED, reduced_motion="reduce")
    found = []
    for stop in walk(page):
        breaches = {
            "wider than 320 px": at(page, 320, TOO_WIDE),
            "smaller than 24 px": at(page, 360, TOO_SMALL),
            "too wide in large type": in_large_type(page),
            "too wide for a projector": at(page, 1920, TOO_WIDE),
            "printed": on_paper(page),
        }
        found += [f"{stop}: {what}: {where}" for what, where in breaches.items() if where]
        page.set_viewport_size({"width": 1280, "height": 800})

    assert found == []


def at(page: Page, width: int, check: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 700})
    return list(page.evaluate(check))


def in_large_type(page: Page) -> list[str]:
    page.evaluate(LARGE_TYPE, "200%")
    found = at(page, 640, TOO_WIDE)
    page.evaluate(LARGE_TYPE, "")
    return found


def on_paper(page: Page) -> list[str]:
    page.emulate_media(media="print")
    found = page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    return list(found)


def test_the_bar_never_covers_what_has_the_focus(arrive):
    page = arrive(viewport={"width": 320, "height": 480})
    start(page, "mixed-dozen")
    for text in ("Japan", "immediately", "military", "order", "garrison"):
        word(page, text).click()
    expect_saved(page)
    word(page, "However").focus()
    covered = []
    for key in [*["ArrowDown"] * 25, *["ArrowUp"] * 25, *["Tab"] * 12, *["Shift+Tab"] * 12]:
        page.keyboard.press(key)
        if page.evaluate(COVERED):
            covered.append((key, page.evaluate("document.activeElement.ariaLabel")))

    assert covered == []


def test_motion_is_left_out_where_it_is_not_wanted(page):
    running = "document.getAnimations().filter((a) => a.playState == 'running').length"
    start(page, "starter")
    word(page, "Japan").click()
    assert page.evaluate(running) > 0

    page.emulate_media(reduced_motion="reduce")
    word(page, "order").click()
    assert page.evaluate(running) == 0
    button(page, "Lock in").click()
    page.wait_for_url("**/reveal")
    assert page.evaluate(running) == 0


def test_marks_can_be_told_where_colours_are_forced(page):
    page.emulate_media(forced_colors="active")
    start(page, "starter")
    word(page, "Japan").click()
    ground = "e => getComputedStyle(e.nextElementSibling).backgroundColor"

    assert word(page, "Japan").evaluate(ground) != word(page, "did").evaluate(ground)
