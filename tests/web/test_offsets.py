"""T-19: marks are words of the text, and nothing else is; any script round-trips."""

import build
import pytest
from probing import contents, post

TEXT = (
    "🦩🦩 The 👨‍👩‍👧 heron’s e\u0301tat. שלום עולם, "
    "هذا خبر. 我喜歡讀書。It ate the 🐟 fish\U0001f1e9\U0001f1ea."
)


@pytest.fixture
def asked(app, student):
    """The first round of a set in many scripts, in which one word of each is wrong."""
    wrong = ("e\u0301tat", "עולם", "خبر", "書", "fish")
    found = [build.problem(TEXT, quote, f"A{n}") for n, quote in enumerate(wrong)]
    other = build.herons("P1")
    with app.app_context():
        about = build.article(build.passage("P0", TEXT, *found), other)
        build.publish(build.draft(build.marking("P0"), build.marking("P1")), about)
    return student.start("herons")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "0",
        "0:",
        "0:0-0",
        "0:0-5",
        "0:-1-3",
        "-1:3-6",
        "1:3-6",
        "0:6-3",
        "0:3-999999",
        "0:NaN-NaN",
        "0:3.0-6.0",
        "0:3e0-6e0",
        "0:٣-٦",
        "0:1-2",
        "0:99999999999999999999-99999999999999999999",
        "0:3-6:7",
        "0x0:3-6",
        " 0:3-6",
        "0:3-6\n",
        "[[3,6]]",
        '{"start":3,"stop":6}',
        "../../etc/passwd",
    ],
)
@pytest.mark.parametrize("do", ["save", "lock"])
def test_what_is_not_a_word_of_the_text_is_refused(app, student, asked, value, do):
    assert value not in asked.boxes().values()
    good, before = next(iter(asked.boxes().values())), contents(app)

    for words in ([value], [good, value]):
        answer = post(student.client, asked.path, rev="1", do=do, words=words)
        assert answer.status_code == 422
        assert "not a word of this text" in answer.text
    assert contents(app) == before


def test_a_word_sent_twice_is_marked_once(student, asked):
    value = asked.boxes()["heron’s"]
    page = student.send(asked, words=[value, value, value], do="save")

    assert len(page.select('input[name="words"][checked]')) == 1


def test_marks_stand_on_the_same_words_at_their_reveal_in_every_script(student, asked):
    marked = ("e\u0301tat", "עולם", "خبر", "書", "fish")
    page = student.send(asked, words=asked.values(*marked), do="save")
    ticked = [box["aria-label"] for box in page.select('input[name="words"][checked]')]
    assert ticked == list(marked)

    reveal = student.lock(page, *marked)

    caught = [m.get_text().split(": ")[1][:-1] for m in reveal.select(".passage .tok.is-caught")]
    assert caught == list(marked)
    assert "Caught 5 of 5" in reveal.text


def test_the_page_shows_the_text_as_it_is(asked):
    shown = "".join(
        piece.text if piece.name != "input" else "" for piece in asked.select(".passage .segment")
    )

    assert shown == TEXT


def test_reasons_are_refused_where_none_is_asked(app, student, asked):
    value, before = asked.boxes()["fish"], contents(app)
    fields = {"rev": "1", "do": "save", "words": value, f"reason-{value}": "factual_error"}

    assert post(student.client, asked.path, **fields).status_code == 400
    assert contents(app) == before


@pytest.mark.parametrize("name", ["", "FACTUAL_ERROR", "loaded_language", "x", "0", "None"])
def test_names_and_reasons_are_those_on_offer(app, student, name):
    quote = "apple0"
    with app.app_context():
        about = build.article(build.herons("P0"), build.herons("P1"))
        plan = build.draft(build.marking("P0", reasons="error"), build.marking("P1"))
        build.publish(plan, about)
    page = student.start("herons")
    value, before = page.boxes()[quote], contents(app)
    fields = {"rev": "1", "do": "save", "words": value, f"reason-{value}": name}

    answer = post(student.client, page.path, headers={"Accept": "text/html"}, **fields)

    assert answer.status_code == (303 if name == "" else 422)
    assert (contents(app) == before) == (name != "")
