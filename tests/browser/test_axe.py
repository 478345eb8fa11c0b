"""axe finds nothing on any page in any state, light and dark, on a phone and at a desk."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.walks import EXPECTED, WALKS
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
SCAN = """async (tags) => {
  const options = { runOnly: tags, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
}"""


def scan(page: Page) -> list[str]:
    """What axe finds on a page as it is."""
    return list(page.evaluate(SCAN, TAGS))


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_axe_finds_nothing(arrive, walk):
    page = arrive(*EXPECTED, reduced_motion="reduce")
    found = []
    for stop in walk(page):
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{stop}, {scheme}, {width}: {text}" for text in scan(page)]
        page.emulate_media(color_scheme="light")

    assert found == []


def test_axe_would_find_something(page):
    page.goto("/")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('main').append(document.createElement('select'))")
    page.evaluate(Axe().axe_script)

    rules = {text.partition(":")[0] for text in scan(page)}

    assert {"color-contrast", "html-has-lang", "select-name"} <= rules
