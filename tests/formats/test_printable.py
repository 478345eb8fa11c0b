"""Printable HTML: all of it in one document that runs nothing and asks nobody."""

import pytest
from bs4 import BeautifulSoup
from payloads import XSS
from published import WILD, marking, naming, published

from quizgame.domain.errors import ContentError
from quizgame.formats.printable import export


def printed(*rounds, **more):
    ((name, data),) = export(published(*rounds, **more)).files.items()
    assert name == "buses.html"
    return BeautifulSoup(data, "html.parser")


def test_a_set_without_a_round_is_turned_away():
    with pytest.raises(ContentError):
        export(published())


def test_worksheet_answer_sheet_and_key_are_parts_of_their_own():
    parts = printed(marking(WILD, "cruel"), naming()).select("section.part")

    assert [part.select_one("h2").text for part in parts] == [
        "Worksheet",
        "Answer sheet",
        "Key, with evidence",
    ]
    assert "It is not so." in parts[2].text
    assert "It is not so." not in parts[0].text + parts[1].text
    assert "Timetable, Heron County, 2026, https://herons.example/buses" in parts[2].text


def test_the_text_is_printed_to_the_letter_in_numbered_lines():
    [text] = printed(marking()).select(".text")

    assert [line.i.text for line in text.select(".line")] == ["1"]
    assert " ".join(line.span.text for line in text.select(".line")) == WILD


def test_it_needs_nothing_beside_it_and_runs_nothing():
    page = printed(marking(WILD, "cruel"), naming())

    assert not page.select("script, link, img, iframe, object, embed, base")
    assert not page.select("[src], [href], [style]")
    assert "@import" not in page.style.text
    assert "url(" not in page.style.text


@pytest.mark.parametrize("payload", XSS)
def test_what_looks_like_markup_is_text(payload):
    page = printed(marking(f"Herons fly. {payload} It rained.", "Herons"))

    assert not page.select("script, img, svg, iframe, form, input, base, link")
    assert len(page.select("style")) == 1
    assert not [tag for tag in page.find_all(True) if any(a.startswith("on") for a in tag.attrs)]
