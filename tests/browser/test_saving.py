"""What is marked is saved at once, and nothing that happens to a tab loses it."""

import re

import pytest
from browser.hands import NOTHING, button, expect_saved, marks, ready, start, word
from playwright.sync_api import Page, Request, Route, expect

OFFLINE = "Not saved yet: no connection. Your marks are kept on this page."
ELSEWHERE = "This round was changed in another tab. Reload to go on."
LOCKED = "This round is locked already. Nothing was changed."
STALE = "This round was changed in another tab or on another device meanwhile."
CUT_OFF = "ERR_INTERNET_DISCONNECTED"
ROUND = "**/rounds/1"


def state(page: Page) -> str:
    return page.locator(".save-state").inner_text()


def with_reason(page: Page) -> Page:
    """Mark a word of the first mixed round and say why."""
    start(page, "mixed-dozen")
    word(page, "Japan").click()
    page.locator(".chosen-list select").select_option("wrong_actor")
    return page


def expect_mark_and_reason(page: Page) -> None:
    ready(page)
    expect(page.locator(".chosen-list q")).to_have_text(["Japan"])
    expect(page.locator(".chosen-list select")).to_have_value("wrong_actor")


def test_a_reload_keeps_marks_and_reasons(page):
    with_reason(page)
    expect_saved(page)

    page.reload()

    expect_mark_and_reason(page)


def test_a_reload_before_the_save_keeps_them_too(page):
    with_reason(page).reload()

    expect_mark_and_reason(page)


def test_a_tab_that_crashes_after_a_save_loses_nothing(page):
    with_reason(page)
    expect_saved(page)
    page.close()

    again = page.context.new_page()
    again.goto(page.url)

    expect_mark_and_reason(again)


def test_leaving_for_another_page_saves_first(page):
    with_reason(page)
    round_ = page.url
    page.goto("/guide")

    other = page.context.new_page()  # another tab, where the copy kept by the first is not
    other.goto(round_)
    while not marks(other):
        other.reload()

    expect_mark_and_reason(other)


def test_everything_can_be_changed_until_it_is_locked(page):
    start(page, "starter")
    word(page, "Japan").click()
    expect_saved(page)
    page.get_by_label(NOTHING).check()
    expect(page.locator(".save-state")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.get_by_label(NOTHING)).to_be_checked()

    word(page, "order").click()
    button(page, "Lock in").click()

    expect(page.locator(".ledger")).to_contain_text("Missed Japan")
    assert marks(page) == []


def test_the_way_back_after_the_lock_leads_to_the_reveal(page):
    start(page, "starter")
    page.get_by_label(NOTHING).check()
    button(page, "Lock in").click()
    page.wait_for_url("**/reveal")

    page.go_back()
    page.go_forward()

    expect(page.get_by_role("heading", name="Reveal")).to_be_visible()
    page.goto(page.url.removesuffix("/reveal"))
    expect(page.get_by_role("heading", name="Reveal")).to_be_visible()


def test_of_two_tabs_the_stale_one_is_told(arrive):
    old = arrive("409")
    start(old, "starter")
    new = old.context.new_page()
    new.goto(old.url)
    ready(new)
    word(new, "Japan").click()
    expect_saved(new)

    word(old, "order").click()

    expect(old.get_by_role("alert")).to_have_text(ELSEWHERE)
    expect(button(old, "Lock in")).to_be_disabled()
    old.reload()
    expect(old.locator(".chosen-list q")).to_have_text(["Japan"])


def test_a_stale_lock_is_refused_with_a_way_back(arrive):
    old = arrive("409", java_script_enabled=False)
    old.goto("/quizzes/starter")
    button(old, "Start").click()
    new = old.context.new_page()
    new.goto(old.url)
    for word_ in ("Japan", "order"):
        word(new, word_).check()
        button(new, "Save").click()

    word(old, "However").check()
    button(old, "Lock in").click()

    expect(old.get_by_role("alert")).to_have_text(STALE)
    old.get_by_role("link", name="Back to the round").click()
    expect(old.locator(".chosen-list q")).to_have_text(["Japan", "order"])


def test_without_a_connection_marks_wait_on_the_page(arrive):
    page = arrive(CUT_OFF)
    with_reason(page)
    expect_saved(page)
    page.context.set_offline(True)
    word(page, "order").click()
    expect(page.locator(".save-state")).to_have_text(OFFLINE)

    page.context.set_offline(False)

    expect_saved(page)
    page.reload()
    expect(page.locator(".chosen-list q")).to_have_text(["Japan", "order"])


@pytest.fixture
def held(page: Page) -> list[Route]:
    """The first save, which is on its way for as long as the test likes."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        if is_save(route.request) and not waiting:
            waiting.append(route)
        else:
            route.continue_()

    page.route(ROUND, hold)
    return waiting


def is_save(request: Request) -> bool:
    return request.headers.get("accept") == "application/json"


def test_a_lock_outranks_a_save_that_arrives_after_it(page, held):
    start(page, "starter")
    with page.expect_request(is_save) as save:
        word(page, "order").click()
    word(page, "Japan").click()
    button(page, "Lock in").click()
    page.wait_for_url("**/reveal")
    late = page.request.post(
        save.value.url,
        data=save.value.post_data_buffer,
        headers={"Content-Type": save.value.headers["content-type"], "Accept": "application/json"},
    )

    assert len(held) == 1
    assert (late.status, late.json()["error"]) == (409, LOCKED)
    page.reload()
    expect(page.locator(".ledger")).to_contain_text("Found Japan")


def test_a_lock_outranks_a_save_that_has_just_arrived(page, held):
    start(page, "starter")
    with page.expect_request(is_save):
        word(page, "order").click()
    word(page, "Japan").click()
    assert held[0].fetch().ok  # the server has it, but its answer never reaches the page

    button(page, "Lock in").click()

    expect(page.locator(".ledger")).to_contain_text("Found Japan")


def test_leaving_while_a_save_is_on_its_way_saves_the_rest(page, held):
    start(page, "starter")
    with page.expect_request(is_save):
        word(page, "order").click()
    word(page, "Japan").click()
    assert held[0].fetch().ok
    round_ = page.url
    page.goto("/guide")

    other = page.context.new_page()
    other.goto(round_)
    while len(marks(other)) < 2:
        other.reload()

    assert marks(other) == ["Japan", "order"]


def test_a_naming_round_is_saved_as_well(page):
    start(page, "mixed-dozen")
    for _ in range(2):
        page.get_by_label(NOTHING).check()
        button(page, "Lock in").click()
        page.get_by_role("link", name="Next round").click()
    ready(page)
    page.get_by_label("Loaded language").check()
    expect_saved(page)

    page.reload()

    expect(page.get_by_label("Loaded language")).to_be_checked()


def test_progress_is_found_again_from_the_set(page):
    start(page, "starter")
    page.get_by_label(NOTHING).check()
    button(page, "Lock in").click()
    page.wait_for_url("**/reveal")

    page.goto("/quizzes/starter")
    button(page, "Go on").click()

    page.wait_for_url(re.compile(r"/rounds/2$"))
