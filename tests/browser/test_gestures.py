"""What a click, a key and a finger do to the words of a round."""

import pytest
from browser.hands import NOTHING, PHONE, Finger, Mouse, box, button, marks, start, word
from playwright.sync_api import Page, expect

LATE = "It was not until 1958 that the order was given for the complete withdrawal"


@pytest.fixture
def text(page: Page) -> Page:
    """The first round of the starter: passages P6, P7 and P8."""
    start(page, "starter")
    return page


@pytest.fixture
def hand(text: Page) -> Mouse:
    return Mouse(text)


def said(page: Page) -> str:
    """What a screen reader is told about runs."""
    return page.locator("span-marker > [role=status]").inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.ariaLabel"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_click_marks_a_word_and_another_takes_it_back(text):
    word(text, "Japan").click()
    assert marks(text) == ["Japan"]

    word(text, "Japan").click()
    assert marks(text) == []


def test_a_drag_marks_a_run_forwards_and_backwards(text, hand):
    hand.drag(word(text, "armistice"), word(text, "Japan"))
    assert marks(text) == ["armistice agreement, Japan"]
    assert said(text) == "Marked: armistice agreement, Japan"

    hand.drag(word(text, "troops"), word(text, "withdraw"))
    assert marks(text)[1:] == ["withdraw its troops"]


def test_a_drag_stops_where_its_stretch_ends(text, hand):
    hand.drag(word(text, "Korean", 1), word(text, "volunteer"))

    assert marks(text) == ["Korean Peninsula"]
    assert not word(text, "Why").is_checked()


def test_a_drag_from_a_marked_word_unmarks(text, hand):
    hand.drag(word(text, "Japan"), word(text, "troops"))
    hand.drag(word(text, "not"), word(text, "its"))

    assert marks(text) == ["Japan did", "troops"]
    assert said(text) == "Unmarked: not withdraw its"


def test_a_drag_out_and_back_marks_the_one_word(text, hand):
    hand.drag(word(text, "Japan"), word(text, "immediately"), word(text, "Japan"))

    assert marks(text) == ["Japan"]


def test_shift_and_a_click_mark_up_to_there_and_not_beyond_the_stretch(text):
    word(text, "order").click()
    word(text, "given").click(modifiers=["Shift"])
    assert marks(text) == ["order was given"]

    word(text, "Japan").click(modifiers=["Shift"])
    assert marks(text) == ["It was not until 1958 that the order"]


def test_a_mark_is_removed_from_the_list(text):
    word(text, "Japan").click()
    word(text, "order").click()
    button(text, "Remove “Japan”").click()

    assert marks(text) == ["order"]
    expect(button(text, "Remove “order”")).to_be_focused()


def test_nothing_wrong_takes_marks_off_and_a_mark_takes_it_back(text):
    word(text, "Japan").click()
    text.get_by_label(NOTHING).check()
    assert marks(text) == []
    assert said(text) == "Marks taken off: 1"

    word(text, "Japan").click()
    expect(text.get_by_label(NOTHING)).not_to_be_checked()


def test_the_passage_is_one_stop_of_the_tab_key(text):
    word(text, "However").focus()
    press(text, "Tab")
    assert text.evaluate("document.activeElement.name") == "nothing"

    press(text, "Shift+Tab")
    assert focused(text) == "However"


def test_arrows_home_and_end_walk_through_the_words(text):
    word(text, "However").focus()
    walk = {
        "ArrowRight": "after",
        "ArrowLeft": "However",
        "End": "military",
        "Control+End": "years",
        "Home": "What",
        "ArrowUp": "volunteer",
        "Control+Home": "However",
    }
    for key, there in walk.items():
        press(text, key)
        if key != "ArrowUp":
            assert focused(text) == there, key
        else:
            assert focused(text) != "What", key


def test_down_and_up_go_by_lines(text):
    word(text, "However").focus()
    line = word(text, "However").bounding_box()["y"]
    press(text, "ArrowDown")
    assert box_of_focus(text)["y"] > line + 20

    press(text, "ArrowUp")
    assert focused(text) == "However"


def box_of_focus(page: Page) -> dict[str, float]:
    return page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")


def test_shift_and_arrows_draw_a_run_that_can_shrink_again(text):
    word(text, "Japan").focus()
    press(text, *["Shift+ArrowRight"] * 4, *["Shift+ArrowLeft"] * 2)

    assert marks(text) == ["Japan did not"]


def test_shift_and_arrows_stop_where_the_stretch_ends(text):
    word(text, "Peninsula", 1).focus()
    press(text, *["Shift+ArrowRight"] * 3)
    assert marks(text) == ["Peninsula"]
    assert focused(text) == "Peninsula"

    press(text, "Shift+Home")
    assert marks(text)[0].startswith(LATE)


def test_space_marks_and_enter_does_not_lock(text):
    word(text, "Japan").focus()
    press(text, "Space", "Enter")

    assert marks(text) == ["Japan"]
    expect(button(text, "Lock in")).to_be_visible()


@pytest.fixture
def finger(arrive) -> Finger:
    phone = arrive(**PHONE)
    start(phone, "starter")
    return Finger(phone)


def test_a_tap_marks_a_word(finger):
    word(finger.page, "Japan").tap()
    assert marks(finger.page) == ["Japan"]

    word(finger.page, "Japan").tap()
    assert marks(finger.page) == []


def test_a_finger_drawn_sideways_marks_a_run(finger):
    finger.drag(word(finger.page, "armistice"), word(finger.page, "withdraw"))

    assert marks(finger.page) == ["armistice agreement, Japan did not withdraw"]


def test_a_finger_drawn_upwards_scrolls_and_marks_nothing(finger):
    word(finger.page, "order").evaluate("e => e.scrollIntoView({block: 'center'})")
    before = finger.page.evaluate("scrollY")
    finger.slide((180, 420), (180, 200))

    finger.page.wait_for_function("y => scrollY > y + 50", arg=before)
    assert marks(finger.page) == []


def test_a_reason_outlives_a_mark_that_grows(page):
    start(page, "mixed-dozen")
    word(page, "Japan").click()
    page.locator(".chosen-list select").select_option("wrong_actor")
    word(page, "did").click()

    assert marks(page) == ["Japan did"]
    expect(page.locator(".chosen-list select")).to_have_value("wrong_actor")


def test_words_are_native_checkboxes_with_names(text):
    value = word(text, "Japan").get_attribute("value")

    assert value
    expect(box(text, value)).to_have_role("checkbox")
    expect(box(text, value)).to_have_accessible_name("Japan")
