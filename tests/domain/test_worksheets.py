"""Rounds on paper: every character is printed once, on a line that is not too wide."""

from unicodedata import east_asian_width

import build
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.worksheets import LINE, lines, sheet

TEXTS = st.text(st.sampled_from("aé 🚌耻辱. \nمرحبا"), max_size=400)


def wide(text):
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


@given(TEXTS, st.integers(8, 40))
def test_lines_cover_the_text_and_are_not_wider_than_that(text, width):
    spans = list(lines(text, width))

    assert "".join(text[span.start : span.stop] for span in spans) == text
    assert all(wide(text[span.start : span.stop].rstrip()) <= width for span in spans)


def test_words_are_not_cut_where_there_are_spaces():
    text = "The heron ate the apple and then it slept. " * 9

    assert all(text[s.start : s.stop].strip().split()[0] in text.split() for s in lines(text))
    assert all(text[span.stop - 1] == " " for span in list(lines(text))[:-1])


def test_a_text_without_spaces_is_cut_by_width():
    assert [len(span) for span in lines("耻" * 100)][:2] == [LINE // 2, LINE // 2]


def test_the_key_names_the_lines_of_the_sheet():
    item = sets.seed_article()
    whole = sets.item(*item.passages[3:6])
    made = sheet(1, ("Spot", "Mark."), whole, "error", "")
    texts = {line.number: line.text for lines_ in made.passages for line in lines_}

    assert list(texts) == list(range(1, len(texts) + 1))
    assert made.solutions
    for found in made.solutions:
        assert found.quote.split()[0] in texts[found.line]
    assert [s.line for s in made.solutions] == sorted(s.line for s in made.solutions)


def test_a_round_that_asks_for_a_name_shows_where():
    found = build.problem("The cruel joke ran.", "cruel", "F1", category="slogans")
    whole = sets.item(
        build.passage("P1", "The cruel joke ran.", found), options=sets.OPTIONS, focus="F1"
    )
    made = sheet(1, ("Name", "What?"), whole, "", "slogans")

    assert made.passages[0][0].parts == ("The ", "cruel", " joke ran.")
    assert made.right.label == "Slogans"
    assert [s.annotation.id for s in made.solutions] == ["F1"]
