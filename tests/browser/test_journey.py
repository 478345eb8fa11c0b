"""A teacher's whole way, in two languages: from a pasted text to a student who plays it.

Import, annotate by keys alone, a second annotator, agreement, build, lint, publish, play.
"""

import re
import shutil
from dataclasses import dataclass

import pytest
from browser.editor import sign_in
from browser.hands import Keyboard, button, ready
from databases import close, make_app
from people import make_user
from playwright.sync_api import expect
from running import Server


@dataclass(frozen=True)
class Story:
    """A text, and where two annotators find something in it: passage, first word, how many."""

    language: str
    title: str
    text: str
    both: tuple[int, int, int]
    marie: tuple[int, int, int]
    paul: tuple[int, int, int]
    quote: str


ENGLISH = Story(
    "en",
    "The late bus",
    "The council voted seven to four on Tuesday to end the late bus. It was the most shameful "
    "decision in the history of the county. The vote followed a report by the transport office, "
    "which counted 61 riders on an average night. Everyone knows that the report was bought.\n\n"
    "Riders can apply for a taxi voucher until March. The council says that vouchers will cost "
    "less than the bus. Not a single family will ever get one. The mayor did not answer our "
    "questions on Wednesday.",
    both=(0, 15, 3),
    marie=(0, 42, 2),
    paul=(1, 20, 3),
    quote="the most shameful",
)
CHINESE = Story(
    "zh",
    "夜班车",
    "市议会周二投票决定停开夜班车。这是本县历史上最可耻的决定。投票之前，交通局公布了一份报告。"
    "人人都知道这份报告是买来的。\n\n乘客可以在三月以前申请出租车券。市议会说出租车券比夜班车便宜。"
    "没有一个家庭会拿到它。市长周三没有回答问题。",
    both=(0, 21, 3),
    marie=(0, 41, 5),
    paul=(1, 29, 6),
    quote="最可耻",
)


@pytest.fixture(scope="session")
def base_url(planted, tmp_path_factory):
    """The address of the server of this module."""
    folder = tmp_path_factory.mktemp("journey") / "data"
    shutil.copytree(planted, folder)
    app = make_app(folder)
    with app.app_context():
        make_user("marie")
        make_user("paul")
    close(app)
    server = Server(folder)
    yield f"http://127.0.0.1:{server.port}"
    server.kill()


def bring_in(page, story):
    """Paste the text, look at it, and keep it."""
    page.goto("/imports")
    page.locator("textarea").first.fill(story.text)
    button(page, "Look at it").click()
    page.get_by_label("Title").first.fill(story.title)
    page.get_by_label("Language of the text").select_option(story.language)
    button(page, "Keep the article").click()
    expect(page.locator("h1")).to_have_text(story.title)
    return page.url


def annotate(page, key, place):
    """Find something, by keys alone: words, category, explanation, evidence."""
    number, first, words = place
    page.goto(f"{key}/passages/{number}")
    page.evaluate("document.fonts.ready.then(() => true)")
    keys = Keyboard(page)
    keys.tab_to(page.locator(".word input[tabindex='0']"))
    for press in ["Control+Home", *["ArrowRight"] * first, *["Shift+ArrowRight"] * (words - 1)]:
        page.keyboard.press(press)
    quote = page.locator(".chosen-words").inner_text()
    keys.press(button(page, "Annotate"))
    page.locator("#inspector").wait_for()
    keys.tab_to(page.get_by_label("Category", exact=True))
    page.keyboard.type("Loaded language")
    for label, text in [
        ("Why", "It judges instead of telling."),
        ("Correction", "a decision"),
        ("How could you check?", "Read the minutes of the meeting."),
        ("Title", "Minutes"),
        ("Publisher", "County council"),
        ("Year", "2026"),
    ]:
        keys.tab_to(page.get_by_label(label, exact=True))
        page.keyboard.type(text)
    expect(page.locator(".inspector .save-state")).to_have_text("Saved")
    return quote


def annotate_blind(page, story):
    """Take up the invitation, find the same and something else, and hand it in."""
    page.goto("/articles/shared")
    page.locator("li", has_text=story.title).get_by_role("button").first.click()
    key = page.url
    assert annotate(page, key, story.both) == story.quote
    annotate(page, key, story.paul)
    page.goto(key)
    button(page, "I am finished").click()


def agree(page, article):
    """See how far the two agree, and let the defaults decide what they see differently."""
    page.goto(f"{article}/agreement")
    expect(page.locator("table").first).to_contain_text(re.compile(r"0\.\d\d"))
    page.get_by_role("link", name=re.compile("defaults")).first.click()
    button(page, "Apply the defaults").click()
    expect(page.locator("main")).to_contain_text("Agreement")


def build(page, article):
    """Let rounds be proposed, find nothing to mend, publish; return the link for students."""
    page.goto(article)
    button(page, "Build a set").click()
    page.get_by_label("Make me a set of").fill("5")
    button(page, "Propose rounds").click()
    button(page, "Use these rounds").click()
    expect(page.locator("#lint")).to_contain_text("it is fair to play")
    button(page, "Publish").click()
    return page.locator(".one-time-link").inner_text()


def play(page, link, story):
    """Start the set as a student, mark what both found, and read why."""
    page.goto(link)
    button(page, "Start").click()
    ready(page)
    mark = page.locator(".passage", has_text=story.quote)
    expect(mark).to_have_count(1)
    keys = Keyboard(page)
    keys.tab_to(page.locator(".word input[tabindex='0']"))
    page.keyboard.press("Control+Home")
    for press in ["ArrowRight"] * story.both[1] + ["Shift+ArrowRight"] * (story.both[2] - 1):
        page.keyboard.press(press)
    expect(page.locator(".chosen-list q").first).to_have_text(story.quote)
    keys.press(button(page, "Lock in"))
    expect(page.locator("main")).to_contain_text("It judges instead of telling.")
    expect(page.locator("main")).to_contain_text("2 of 2 annotators")


@pytest.mark.parametrize("story", [ENGLISH, CHINESE], ids=lambda story: story.language)
def test_a_text_becomes_a_set_that_a_student_plays(arrive, story):
    marie, paul, student = arrive(), arrive(), arrive()
    sign_in(marie, "marie")
    article = bring_in(marie, story)
    marie.get_by_role("link", name="Annotate").click()
    key = marie.url
    assert annotate(marie, key, story.both) == story.quote
    annotate(marie, key, story.marie)

    marie.goto(f"{article}/agreement")
    marie.get_by_label("User name").fill("paul")
    button(marie, "Invite").click()
    sign_in(paul, "paul")
    annotate_blind(paul, story)
    agree(marie, article)

    play(student, build(marie, article), story)
