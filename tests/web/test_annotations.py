"""The annotation editor without JavaScript: choosing words, saying what they are, and refusals."""

import pytest
from build import herons, passage
from editing import WHOLE, annotate, choose, found, send, signed_in_visitor
from probing import contents
from works import ANNOTATOR, EDITOR, make_set, share

TEXT = "Heron 0 ate apple0 today. Heron 1 ate apple1 today. Heron 2 slept."


@pytest.fixture
def key(app, teacher):
    """The key of an article of marie with one empty passage, and one where something is found."""
    with app.app_context():
        return make_set("marie", passage("P0", TEXT), herons("P1"))


def test_others_do_not_find_a_key(app, key, colleague):
    paths = ("", "/passages/0", "/passages/0/preview", "/passages/0/history")

    for path in paths:
        assert colleague.get(f"/annotations/{key}{path}").status == 404
    assert colleague.get(f"/annotations/{'x' * 22}").status == 404


def test_an_annotator_does_not_find_the_key_and_an_editor_does(app, key, colleague):
    with app.app_context():
        share("paul", ANNOTATOR)
    assert colleague.get(f"/annotations/{key}").status == 404

    with app.app_context():
        share("rosa", EDITOR)
    other = signed_in_visitor(app, "rosa")
    assert other.get(f"/annotations/{key}").status == 200


@pytest.mark.parametrize("number", ["2", "99999999999999999999", "-1", "x"])
def test_a_passage_that_is_not_there_is_not_found(teacher, key, number):
    assert teacher.get(f"/annotations/{key}/passages/{number}").status == 404


@pytest.mark.parametrize(
    "query",
    [
        "new=annotation",
        "new=annotation&start=5&stop=5",
        "new=annotation&start=-1&stop=5",
        "new=annotation&start=0&stop=99999999999",
        "new=poem&start=0&stop=5",
        "annotation=nothing",
        "grey=nothing",
        "stet=%00",
        "new=annotation&start=25&stop=26",
        "new=annotation&start=60&stop=600",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(teacher, key, query):
    assert teacher.get(f"/annotations/{key}/passages/0?{query}").status in {400, 404, 422}


def test_words_become_an_annotation_with_evidence(teacher, key):
    page = choose(teacher, key, "Heron", "ate")
    assert page.select_one(".chosen-quote").text == "Heron 0 ate"
    assert found(page) == []  # the stretch is shown before anything is stored

    page = send(teacher, page, "#find", **WHOLE, do="save")

    assert page.select_one(".flash").text == "Saved."
    assert found(page) == ["1 Heron 0 ate Error · Factual error · False"]
    assert page.select_one("[name='evidence-0-title']")["value"] == "Timetable"
    assert page.select_one("[name='evidence-1-title']")["value"] == ""


def test_the_space_between_words_belongs_to_what_is_around_it(teacher, key):
    page = annotate(teacher, key, "Heron", "ate")

    gaps = [g.text for g in page.select(".gap:has(.line)")]
    assert gaps == [" ", " "]


def test_nothing_is_chosen_without_words(teacher, key):
    page = choose(teacher, key)

    assert "Choose at least one word." in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"category": ""}, "Choose a category."),
        ({"category": "own-unknown"}, "Choose a category."),
        ({"verdict": "guilty"}, "Choose a verdict."),
        ({"severity": "4"}, "Choose a severity from 1 to 3."),
        ({"difficulty": "0"}, "Choose a difficulty from 1 to 5."),
        ({"why": "x" * 1501}, "That is too long."),
        ({"evidence-0-url": "x" * 2001}, "That is too long."),
        ({"evidence-0-year": "x" * 41}, "That is too long."),
    ],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(teacher, key, fields, words):
    page = annotate(teacher, key, "apple0", **{"correction": "a trout", **fields})

    assert page.status == 422
    assert words in page.text
    assert page.select_one("[name=correction]").text.strip() == "a trout"
    assert found(teacher.get(f"/annotations/{key}/passages/0")) == []


@pytest.mark.parametrize(
    "more",
    [
        {"owner_id": "1"},
        {"id": "x"},
        {"agreement": "0.1"},
        {"layer": "bias"},
        {"confidence": "low"},
        {"evidence-10-title": "x"},
        {"evidence-0-id": "x"},
        {"do": "publish"},
        {"rev": "-1"},
        {"start": "1e3"},
        {"stop": "0"},
    ],
    ids=str,
)
def test_fields_that_no_page_has_are_refused(app, teacher, key, more):
    page = choose(teacher, key, "apple0")
    before = contents(app)

    answer = send(teacher, page, "#find", **{**WHOLE, "do": "save", **more})

    assert answer.status == 400
    assert contents(app) == before


def test_an_id_that_is_in_use_elsewhere_is_refused(teacher, key):
    annotate(teacher, key, "apple1")
    page = teacher.get(f"/annotations/{key}/passages/0")
    id_ = page.select_one(".finds a")["href"].partition("annotation=")[2].partition("#")[0]
    page = choose(teacher, key, "ate", number=1)
    form = page.select_one("#find")
    form["action"] = form["action"].rpartition("/")[0] + "/" + id_

    assert "has that id already" in send(teacher, page, "#find", **WHOLE, do="save").text
    form["action"] = form["action"].rpartition("/")[0] + "/mine"
    assert send(teacher, page, "#find", **WHOLE, do="save").status == 404


def test_what_is_stored_can_be_changed_and_removed(teacher, key):
    page = annotate(teacher, key, "apple0")
    page = send(teacher, page, "#find", do="save", category="loaded_language", why="Rude.")
    assert found(page) == ["1 apple0 Bias · Loaded language · False"]
    assert page.select_one("[name=why]").text.strip() == "Rude."

    page = send(teacher, page, "#find", do="remove")

    assert found(page) == []
    assert "Undo brings it back" in page.text


def test_edges_move_word_by_word_and_stop_at_the_text(teacher, key):
    page = annotate(teacher, key, "0", why="Kept while it moves.")
    for do, quote in [
        ("start-back", "Heron 0"),
        ("stop-on", "Heron 0 ate"),
        ("start-on", "0 ate"),
        ("stop-back", "0"),
        ("start-on", "0"),
        ("start-back", "Heron 0"),
        ("start-back", "Heron 0"),
    ]:
        page = send(teacher, page, "#find", do=do)
        assert page.select_one(".chosen-quote").text == quote
    assert "cannot be moved any further" in page.text
    assert page.select_one("[name=why]").text.strip() == "Kept while it moves."


def test_a_source_is_removed_and_empty_rows_are_not_kept(teacher, key):
    page = annotate(teacher, key, "apple0")
    page = send(teacher, page, "#find", do="save", **{"evidence-1-title": "Second"})
    assert len(page.select(".evidence-row")) == 3

    page = send(teacher, page, "#find", do="drop-0")

    assert page.select_one("[name='evidence-0-title']")["value"] == "Second"
    assert len(page.select(".evidence-row")) == 2


def test_a_stretch_can_be_fair_or_grey(teacher, key):
    page = choose(teacher, key, "slept", do="stet")
    page = send(teacher, page, "#find", do="save", layers=["error", "bias"], why="Seen by all.")
    assert found(page) == ["1 slept Fair: Error, Bias"]

    page = choose(teacher, key, "ate", do="grey")
    page = send(teacher, page, "#find", do="save", layer="bias", why="Who knows.")
    page = send(teacher, page, "#find", do="stop-on")
    assert found(page) == ["1 ate apple0 Grey zone: Bias", "2 slept Fair: Error, Bias"]

    page = send(teacher, page, "#find", do="remove")
    assert found(page) == ["1 slept Fair: Error, Bias"]


def test_fair_needs_a_layer(teacher, key):
    page = choose(teacher, key, "slept", do="stet")

    assert "Choose at least one layer." in send(teacher, page, "#find", do="save").text
    assert send(teacher, page, "#find", do="save", layers="poetry").status == 400


def test_stretches_are_split_and_joined(teacher, key):
    def count(page):
        return len(page.select(".segment"))

    page = choose(teacher, key, "apple0", do="split")
    assert count(page) == 4
    assert page.select(".segment")[1].text == "apple0 today. "
    assert "only be split between" in choose(teacher, key, "apple0", do="split").text
    page = choose(teacher, key, "apple0", do="join")
    assert count(page) == 3
    assert "no next stretch" in choose(teacher, key, "slept", do="join").text
