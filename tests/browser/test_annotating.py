"""The annotation editor in a browser: keys alone, a finger, two people, undo and redo."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.editor import (
    TEXTS,
    annotate,
    boxes,
    chosen,
    expect_saved,
    open_passage,
    serving,
    sign_in,
)
from browser.hands import PHONE, Finger, Keyboard, Mouse, button
from browser.test_axe import LOOKS, scan
from playwright.sync_api import expect


@pytest.fixture(scope="session")
def desk(planted, tmp_path_factory):
    with serving(planted, tmp_path_factory.mktemp("annotating") / "data") as found:
        yield found


@pytest.fixture(scope="session")
def base_url(desk):
    """The address of the server of this module."""
    return desk[0]


@pytest.fixture
def enter(new_context, base_url):
    """Open a browser in which somebody is signed in."""
    errors = []

    def open_browser(name="marie", *expecting, **options):
        context = new_context(base_url=base_url, **options)
        context.set_default_timeout(8_000)

        def note(text):
            if not any(words in text for words in expecting):
                errors.append(text)

        context.on(
            "console",
            lambda m: note(f"{m.text} {m.location}") if m.type in {"error", "warning"} else None,
        )
        context.on("weberror", lambda e: note(str(e.error)))
        page = context.new_page()
        sign_in(page, name)
        return page

    yield open_browser
    assert errors == []


@pytest.fixture
def sets(desk):
    return desk[1]


def test_keys_alone_lead_from_an_empty_passage_to_an_annotation_with_evidence(enter, sets):
    page = enter()
    open_passage(page, sets["english"])
    keys = Keyboard(page)
    keys.tab_to(page.locator(".word input[tabindex='0']"))
    for key in ["ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]:
        page.keyboard.press(key)
    assert chosen(page) == "0 ate apple0"
    keys.press(button(page, "Annotate"))
    page.locator("#inspector").wait_for()

    keys.tab_to(page.get_by_label("Category", exact=True))
    page.keyboard.type("Factual error")
    expect(page.locator("[data-of=factual_error]")).to_be_visible()
    for label, text in [
        ("Why", "It was a fish."),
        ("Correction", "a fish"),
        ("How could you check?", "Ask a heron."),
        ("Title", "Timetable"),
        ("Publisher", "Heron County"),
        ("Year", "2026"),
    ]:
        keys.tab_to(page.get_by_label(label, exact=True))
        page.keyboard.type(text)
    expect_saved(page)
    expect(page.locator(".finds q")).to_have_text("0 ate apple0")

    open_passage(page, sets["english"])
    expect(page.locator(".finds li")).to_have_count(1)
    expect(page.locator(".finds q")).to_have_text("0 ate apple0")
    expect(page.locator(".lint .is-breach")).to_have_count(0)
    while page.locator(".finds li").count():  # what was typed, maybe in two steps; then all of it
        expect(page.locator("[data-step=undo]")).to_be_enabled()
        page.locator("body").press("Control+z")
        page.wait_for_load_state()
    expect(page.locator(".finds li")).to_have_count(0)
    page.locator("body").press("Control+Shift+z")
    expect(page.locator(".finds li")).to_have_count(1)


@pytest.mark.parametrize("hand", [Mouse, Finger], ids=lambda hand: hand.__name__)
def test_a_stretch_is_drawn_over_the_end_of_a_sentence(enter, sets, hand):
    page = enter(**hand.browser)
    open_passage(page, sets["english"], 2)
    hand(page).drag(boxes(page).nth(3), boxes(page).nth(6))

    assert chosen(page) == "apple0 today. Heron 1"[: len(chosen(page))]
    assert chosen(page).startswith("apple0 today. Heron")


def test_a_finger_taps_the_first_word_and_the_last(enter, sets):
    page = enter(**PHONE)
    open_passage(page, sets["english"], 2)
    boxes(page).nth(1).tap()
    boxes(page).nth(3).tap()
    assert chosen(page) == "0 ate apple0"
    boxes(page).nth(7).tap()
    assert chosen(page) == "ate"
    boxes(page).nth(7).tap()
    assert chosen(page) == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    boxes(page).nth(1).tap()
    button(page, "Annotate").tap()
    expect(page.locator(".chosen-quote")).to_have_text("0")
    page.get_by_label("Category", exact=True).select_option("exaggerated_claim")
    expect_saved(page)
    button(page, "End one word later").tap()
    expect(page.locator(".chosen-quote")).to_have_text("0 ate")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    button(page, "Remove").tap()
    expect(page.locator(".finds li")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "words", "quote"),
    [
        ("emoji", (1, 3), "family said 🎉 café"),
        ("emoji", (5, 6), "cafe\u0301 today"),
        ("emoji", (9, 9), "𝒲hy"),
        ("arabic", (1, 2), "الوزيرُ إن"),
        ("chinese", (3, 4), "昨天"),
    ],
)
def test_every_script_is_cut_where_its_words_are(enter, sets, name, words, quote):
    page = enter()
    open_passage(page, sets[name], 2)
    annotate(page, *words)

    open_passage(page, sets[name], 2)
    expect(page.locator(".finds q")).to_have_text(quote)
    assert page.locator(".proof").first.inner_text().replace("1", "", 1).strip()
    button(page, "Undo").click()
    expect(page.locator(".finds li")).to_have_count(0)


def test_arrows_go_left_where_the_text_does(enter, sets):
    page = enter()
    open_passage(page, sets["arabic"], 2)
    boxes(page).first.focus()
    page.keyboard.press("Shift+ArrowLeft")

    assert chosen(page) == " ".join(TEXTS["arabic"][1].split()[:2])


def test_two_people_at_once_see_both_versions(enter, sets):
    marie, paul = enter("marie", "409"), enter("paul")
    open_passage(marie, sets["chinese"])
    annotate(marie, 0, 1, Why="First.")
    shared = marie.url
    paul.goto(shared)
    paul.get_by_label("Why", exact=True).fill("Paul thinks so.")
    expect_saved(paul)

    marie.get_by_label("Why", exact=True).fill("Marie knows better.")
    marie.get_by_role("alert").filter(has_text="Somebody else").wait_for()
    button(marie, "See both versions").click()
    expect(marie.locator("h1")).to_contain_text("Two versions")
    expect(marie.get_by_role("alert")).to_contain_text("Paul changed this passage")
    expect(marie.locator("del")).to_have_text("Paul thinks so.")
    expect(marie.locator("ins")).to_have_text("Marie knows better.")
    marie.get_by_label("Theirs", exact=True).check()
    button(marie, "Take what is chosen above").click()
    marie.goto(shared)
    expect(marie.get_by_label("Why", exact=True)).to_have_value("Paul thinks so.")


def test_what_is_typed_is_saved_before_a_link_is_followed(enter, sets):
    page = enter()
    open_passage(page, sets["emoji"])
    annotate(page, 0, 0)
    page.get_by_label("Why", exact=True).fill("Typed in haste.")
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/history")
    page.go_back()
    expect(page.get_by_label("Why", exact=True)).to_have_value("Typed in haste.")
    page.get_by_label("Why", exact=True).fill("Typed again.")
    button(page, "Begin one word later").click()
    expect(page.get_by_text("cannot be moved any further")).to_be_visible()
    expect(page.get_by_label("Why", exact=True)).to_have_value("Typed again.")


def test_what_could_not_be_saved_outlives_a_reload(enter, sets):
    page = enter("marie", "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    open_passage(page, sets["emoji"], 2)
    annotate(page, 0, 0)
    page.context.set_offline(True)
    page.get_by_label("Why", exact=True).fill("On a train.")
    expect(page.locator(".inspector .save-state")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect_saved(page)
    page.reload()
    expect(page.get_by_label("Why", exact=True)).to_have_value("On a train.")


def test_words_are_counted_and_sources_added(enter, sets):
    page = enter()
    open_passage(page, sets["emoji"], 1)
    annotate(page, 0, 0, Why=" ".join(["word"] * 46))
    expect(page.locator(".counted.is-over")).to_have_text("46 of 45 words")
    button(page, "Add a source").click()
    page.keyboard.type("The second")
    expect_saved(page)
    page.reload()
    expect(page.get_by_label("Title", exact=True).first).to_have_value("The second")


def stops(page, sets):
    """Every page of the editor, in its states."""
    open_passage(page, sets["english"], 1)
    yield "an editor"
    boxes(page).nth(0).click()
    boxes(page).nth(2).click()
    yield "an editor with chosen words"
    button(page, "Annotate").click()
    page.locator("#inspector").wait_for()
    yield "a new annotation"
    open_passage(page, sets["english"], 1, "?annotation=P1-0")
    yield "an annotation"
    year = page.locator("[name='evidence-0-year']")
    year.evaluate("field => field.removeAttribute('maxlength')")
    year.fill("x" * 41)
    page.locator(".save-state").filter(has_text="That is too long").wait_for()
    yield "a refusal"
    for path in ("", "?view=clean", "?show=bias", "/passages/1/history", "/passages/1/preview"):
        page.goto(f"/annotations/{sets['english']}{path}")
        yield path
    page.goto(f"/annotations/{sets['blind']}")
    yield "a blind set"
    for path in ("/categories", "/categories/new"):
        page.goto(path)
        yield path


def test_axe_finds_nothing_in_the_editor(enter, sets):
    page = enter("marie", "422", reduced_motion="reduce")
    found = []
    for stop in stops(page, sets):
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{stop}, {scheme}, {width}: {text}" for text in scan(page)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{stop}, {width}: {wide} wide"] if wide > width else []
        page.emulate_media(color_scheme="light")

    assert found == []
