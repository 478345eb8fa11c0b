"""Suggestions through the page."""

import pytest
from annotated import bus, key_of, store
from page import Page
from probing import contents, post

from quizgame.services import annotations, users


@pytest.fixture
def key(app, teacher):
    """The key of an article of marie's."""
    with app.app_context():
        return key_of(store(users.find_by_name("marie").id)).public_id


def show(visitor, key, query=""):
    return visitor.get(f"/annotations/{key}/suggestions{query}")


def press(visitor, page, name, at=0):
    forms = [f for f in page.select("form") if f.button and f.button.text.startswith(name)]
    sent = {str(i["name"]): str(i["value"]) for i in forms[at].select("input")}
    path = str(forms[at]["action"])
    return Page(visitor.client.post(path, data=sent, follow_redirects=True))


def places(page):
    return [mark.text for mark in page.select(".offer mark")]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"key": "0" * 40, "rule": ""},
        {"key": "0" * 40, "rule": "", "ruling": "deleted"},
        {"key": "0" * 40, "rule": "", "ruling": "accepted", "verified": "yes"},
    ],
)
def test_other_fields_are_refused(app, teacher, key, fields):
    before = contents(app)

    answer = post(teacher.client, f"/annotations/{key}/suggestions/rulings", **fields)

    assert answer.status_code == 400
    assert contents(app) == before


def test_places_are_shown_with_their_reason_and_what_rules_cannot_see(teacher, key):
    page = show(teacher, key)

    assert places(page) == ["Everybody knows", "Heroic"] * 2
    assert "The number of people who think so takes the place of evidence." in page.text
    assert "What the rules cannot see" in page.text
    assert "Irony" in page.text
    assert "You annotate blind" not in page.text


def test_one_is_accepted_and_one_rejected(app, teacher, key):
    page = press(teacher, show(teacher, key), "Accept")
    assert "It still needs your explanation." in page.text
    page = press(teacher, page, "Reject")
    assert "It will not be suggested again." in page.text

    assert places(page) == ["Everybody knows", "Heroic"]
    with app.app_context():
        set_ = annotations.get_set(users.find_by_name("marie").id, key)
        [made] = annotations.standings(set_)[0].passage.annotations
        assert (made.verified, made.why) == (False, "")


def test_a_second_click_is_told(teacher, key):
    page = show(teacher, key)
    press(teacher, page, "Accept")

    assert press(teacher, page, "Accept").status == 409


def test_all_of_a_rule_are_accepted_after_a_confirmation(app, teacher, key):
    page = show(teacher, key, "?rule=popularity")
    assert places(page) == ["Everybody knows"] * 2
    before = contents(app)
    link = next(a for a in page.select("a") if a.text == "Accept all of this rule")
    page = teacher.get(str(link["href"]))
    assert "2 places become annotations that wait for your explanation." in page.text
    assert contents(app) == before

    page = press(teacher, page, "Accept all of this rule")

    assert "Taken into the set: 2." in page.text
    assert places(page) == ["Heroic"] * 2


@pytest.mark.parametrize(
    "query", ["?rule=x", "?rule=numbers", "/all?rule=x", "/all?rule=popularity"]
)
def test_odd_addresses_show_all(teacher, key, query):
    assert places(show(teacher, key, query)) == ["Everybody knows", "Heroic"] * 2


def test_a_language_without_a_list_says_so(app, teacher):
    with app.app_context():
        article = bus("b" * 22, "C'est toujours vrai ! Non ?", "fr")
        french = key_of(store(users.find_by_name("marie").id, article)).public_id

    page = show(teacher, french)

    assert "There is no word list for the language of this article (fr)" in page.text
    assert places(page)[0] == "C'est toujours vrai !"


def test_a_long_article_is_shown_in_parts(app, teacher):
    with app.app_context():
        article = bus("c" * 22, "Everybody knows. " * 50, passages=2)
        long = key_of(store(users.find_by_name("marie").id, article)).public_id

    page = show(teacher, long)

    assert len(places(page)) == 60
    assert "To decide (100)" in page.text
    assert "More follow once these are decided." in page.text


def test_nothing_that_was_written_into_a_text_becomes_markup(app, teacher):
    with app.app_context():
        article = bus("d" * 22, "Everybody knows <img src=x onerror=alert(1)> & <b>it</b>.")
        odd = key_of(store(users.find_by_name("marie").id, article)).public_id

    page = show(teacher, odd)

    assert "<img src=x onerror=alert(1)> & <b>it</b>." in page.select_one(".offer").text
    assert not page.select(".offer img")


@pytest.mark.parametrize("rev", ["", "x", "-1", "1.0", "9" * 30, "²"])
def test_a_revision_that_is_no_number_is_refused(app, teacher, rev):
    with app.app_context():
        article = store(users.find_by_name("marie").id)
    sent = {"key": "0" * 40, "decision": "grey", "layer": "", "state": "", "page": ""}
    path = f"/articles/{article}/versions/1/agreement/rulings"

    assert post(teacher.client, path, rev=rev, **sent).status_code == 400
