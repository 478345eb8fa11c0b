"""Four ways to play the same round: by mouse, by keys, by finger, and without JavaScript."""

from __future__ import annotations

import itertools
import time
from typing import Any, ClassVar

from browser.key import Run
from playwright.sync_api import Locator, Page, expect

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
NOTHING = "Nothing wrong here"


def box(page: Page, value: str) -> Locator:
    """The checkbox of a word, by its value."""
    return page.locator(f'[name=words][value="{value}"]')


def word(page: Page, text: str, place: int = 0) -> Locator:
    """The checkbox of a word, by what a screen reader calls it."""
    return page.get_by_role("checkbox", name=text, exact=True).nth(place)


def marks(page: Page) -> list[str]:
    """The list of marks."""
    return page.locator(".chosen-list q").all_inner_texts()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def expect_saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_have_text("Saved")


class Mouse:
    """Points, clicks and drags."""

    browser: ClassVar[dict[str, Any]] = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        control.click()

    def mark(self, run: Run) -> None:
        first, last = box(self.page, run.values[0]), box(self.page, run.values[-1])
        if len(run.values) == 1:
            self.press(first)
        else:
            self.drag(first, last)
        expect(last).to_be_checked()

    def drag(self, first: Locator, *others: Locator) -> None:
        """Press the button on a word, move over others, and let go on the last."""
        x, y, _, _ = ends(first, others[-1])
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for other in others:
            _, _, x, y = ends(first, other)
            self.page.mouse.move(x, y, steps=6)
        self.page.mouse.up()

    def choose(self, select: Locator, reason: str) -> None:
        select.select_option(reason)

    def name(self, value: str) -> None:
        self.press(self.page.locator(f'.option:has([value="{value}"])'))


class Keyboard(Mouse):
    """Has keys, and nothing else."""

    def press(self, control: Locator) -> None:
        self.tab_to(control)
        is_box = control.evaluate("e => e.type == 'checkbox'")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def tab_to(self, control: Locator) -> None:
        for _ in range(60):
            if control.evaluate("e => e == document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}")

    def mark(self, run: Run) -> None:
        self.tab_to(self.page.locator(".word input[tabindex='0']"))
        self.page.keyboard.press("Control+Home")
        for _ in range(run.index):
            self.page.keyboard.press("ArrowRight")
        if len(run.values) == 1:
            self.page.keyboard.press("Space")
        for _ in run.values[1:]:
            self.page.keyboard.press("Shift+ArrowRight")
        expect(box(self.page, run.values[-1])).to_be_checked()

    def choose(self, select: Locator, reason: str) -> None:
        self.tab_to(select)
        self.page.keyboard.type(select.locator(f'[value="{reason}"]').inner_text())
        expect(select).to_have_value(reason)

    def name(self, value: str) -> None:
        self.tab_to(self.page.locator(".option input").first)
        self.page.keyboard.press("Space")
        while not self.page.locator(f'.option [value="{value}"]').is_checked():
            self.page.keyboard.press("ArrowDown")


class Finger(Mouse):
    """Taps, and drags sideways."""

    browser: ClassVar[dict[str, Any]] = PHONE

    def press(self, control: Locator) -> None:
        control.tap()

    def drag(self, first: Locator, *others: Locator) -> None:
        """Put a finger on a word, and draw it sideways first."""
        x, y, to_x, to_y = ends(first, others[-1])
        aside = x + (40 if x < 300 else -40)
        self.slide((x, y), (aside, y), (to_x, to_y))

    def slide(self, *way: tuple[float, float]) -> None:
        """Put a finger down, lead it slowly past some points, let it rest, and lift it.

        The times are made up: a quick flick would make the browser ignore the tap after it.
        """
        session = self.page.context.new_cdp_session(self.page)
        clock = itertools.count(time.time() - 2, 0.04)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            at = [{"x": x, "y": y} for x, y in points]
            event = {"type": kind, "touchPoints": at, "timestamp": next(clock)}
            session.send("Input.dispatchTouchEvent", event)

        touch("touchStart", way[0])
        for (x, y), (to_x, to_y) in itertools.pairwise([*way, way[-1]]):
            for step in range(1, 6):
                touch("touchMove", (x + (to_x - x) * step / 5, y + (to_y - y) * step / 5))
        touch("touchEnd")
        session.detach()


class NoScript(Mouse):
    """Has a browser that runs no JavaScript: ticks every word, and saves to see the reasons."""

    browser: ClassVar[dict[str, Any]] = {"java_script_enabled": False}

    def mark(self, run: Run) -> None:
        for value in run.values:
            box(self.page, value).check()


HANDS = (Mouse, Keyboard, Finger, NoScript)


def ends(first: Locator, last: Locator) -> tuple[float, float, float, float]:
    """The middles of two words of one stretch, scrolled to where both can be seen."""
    first.evaluate("e => e.scrollIntoView({block: 'center'})")
    a, z = first.bounding_box(), last.bounding_box()
    assert a
    assert z
    return (
        a["x"] + a["width"] / 2,
        a["y"] + a["height"] / 2,
        z["x"] + z["width"] / 2,
        z["y"] + z["height"] / 2,
    )


def start(page: Page, quiz: str) -> None:
    """Start a set, or go on with it, and come to the round whose turn it is."""
    page.goto(f"/quizzes/{quiz}")
    page.locator("main form button").click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the scripts of a round are at work, and its words where they will stay."""
    page.locator(".no-script[hidden]").wait_for(state="attached")
    page.evaluate("document.fonts.ready.then(() => true)")
