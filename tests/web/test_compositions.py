"""Building a set on its pages, by templates and by hand, in one tab or in two."""

from dataclasses import replace

import pytest
from build import NOW, article, herons
from drafting import document, draft_of, facts, fill_round, id_of, marsh, store
from page import Page
from people import fill
from probing import post

from quizgame.services import drafts, users


@pytest.fixture
def draft(app, teacher):
    """A draft of three rounds that marie makes of her own article."""
    marie = id_of(app)
    with app.app_context():
        return draft_of(marie)


def begin(teacher, template="", **fields):
    return fill(teacher, teacher.get("/drafts"), "/drafts", template=template, **fields)


# two tabs


def test_a_save_from_another_tab_is_not_overwritten(app, teacher, draft):
    with app.app_context():
        marie = users.find_by_name("marie").id
        drafts.save_rounds(
            marie, draft, 2, drafts.get_draft(marie, draft).document.rounds[:2], now=NOW
        )
    page = Page(post(teacher.client, f"/drafts/{draft}", **facts(title="Mine")))

    assert page.status == 409
    rows = {row.th.text: [c.text for c in row.select("td")] for row in page.select("tbody tr")}
    assert rows["Title"] == ["The late bus", "Mine"]
    assert document(app, draft).title == "The late bus"

    page = fill(teacher, page, f"/drafts/{draft}")
    assert page.status == 200
    assert document(app, draft).title == "Mine"
    assert len(document(app, draft).rounds) == 2


def test_a_round_from_another_tab_is_not_lost(app, teacher, draft):
    old = teacher.get(f"/drafts/{draft}")
    fill(teacher, old, "/rounds/1/remove")
    answer = Page(post(teacher.client, f"/drafts/{draft}/rounds/1/remove", rev="2"))

    assert answer.status == 409
    assert "Rounds" in answer.select_one("tbody th").text
    assert len(document(app, draft).rounds) == 2


# building


def test_a_template_makes_a_set_that_can_be_published_at_once(teacher):
    page = begin(teacher, "starter")

    assert page.path.startswith("/drafts/")
    assert len(page.select(".round-card")) >= 5
    assert "Nothing: it is fair to play." in page.select_one("#lint").text
    assert "Published." in fill(teacher, page, "/publish").text


def test_an_article_page_may_send_its_id_alone(app, teacher):
    answer = post(teacher.client, "/drafts", article=an_article(app))

    assert answer.status_code == 303
    assert not Page(teacher.client.get(answer.location)).select(".round-card")


def an_article(app):
    with app.app_context():
        return drafts.articles_for(0)[0][0]


def test_rounds_are_added_changed_moved_and_removed_without_javascript(app, teacher, draft):
    page = teacher.get(f"/drafts/{draft}/rounds?kind=find_the_bias")
    page = fill_round(teacher, page, passages=["P5", "P6"], reasons="1")
    assert [r.kind for r in document(app, draft).rounds][-1] == "find_the_bias"
    assert document(app, draft).rounds[-1].reasons == "bias"

    fill(teacher, page, "/rounds/4/move")
    assert document(app, draft).rounds[2].passages == ("P5", "P6")
    page = teacher.get(f"/drafts/{draft}/rounds/3")
    assert len(page.select("input[name=passages][checked]")) == 2
    page = fill_round(teacher, page, passages=["P6"])
    assert document(app, draft).rounds[2].passages == ("P6",)
    fill(teacher, page, "/rounds/3/remove")
    assert [r.passages for r in document(app, draft).rounds] == [("P1",), ("P2",), ("P3",)]


def test_names_are_proposed_and_can_be_made_the_same(app, teacher, draft):
    for focus in ("P2-0", "P4-0"):
        page = teacher.get(f"/drafts/{draft}/rounds?kind=name_the_technique")
        page = fill_round(teacher, page, focus=focus)
    first, second = document(app, draft).rounds[-2:]
    assert "loaded_language" in first.options
    assert len(first.options) == 4
    assert {"loaded_language", "flag_waving"} <= set(second.options)

    page = fill_round(
        teacher,
        teacher.get(f"/drafts/{draft}/rounds/4"),
        focus="P2-0",
        options=["loaded_language", "euphemism"],
    )
    if page.select('form[action$="/names"]'):
        fill(teacher, page, "/names")
    else:
        post(teacher.client, f"/drafts/{draft}/names", rev=page.field("rev"))
    first, second = document(app, draft).rounds[-2:]
    assert set(first.options) == set(second.options)


def test_a_proposal_is_shown_with_its_reasons_before_it_replaces_anything(app, teacher, draft):
    before = document(app, draft)
    page = teacher.get(f"/drafts/{draft}/proposal?minutes=10")

    assert document(app, draft) == before
    assert "clean" in page.select_one(".panel").text
    assert "3 rounds that the set has now are replaced" in page.text
    fill_round(teacher, page)
    assert document(app, draft) != before


def test_an_article_without_annotations_says_what_is_missing(app, teacher):
    with app.app_context():
        store(users.find_by_name("marie").id, article(herons("P1", wrong=()), id_="bare"))
    page = begin(teacher, "starter", article="bare")

    assert page.path.endswith("/proposal")
    assert "Nothing has been found in this article yet" in page.text
    assert not page.select('form[action$="/proposal"][method="post"]')


def test_the_meter_counts(teacher, draft):
    measures = {
        term.text: term.find_next("dd").text
        for term in teacher.get(f"/drafts/{draft}").select(".balance dt")
    }

    assert measures["Stretches with a problem"] == "6"
    assert measures["Clean stretches"] == "6"
    assert measures["Words to read"] == "60"


def test_a_newer_version_of_the_article_is_offered_and_what_is_gone_is_listed(app, teacher, draft):
    assert "newer version" not in teacher.get(f"/drafts/{draft}").text
    marie = id_of(app)
    with app.app_context():
        store(marie, replace(marsh(), version=2, passages=marsh().passages[:2]))
    page = teacher.get(f"/drafts/{draft}")
    assert "newer version of the article" in page.text
    page = fill(teacher, page, "/article")

    assert "newer version of the article" not in page.text
    assert "there is no P3 in the article any more" in page.select_one("#lint").text
