"""Two people at one passage, without JavaScript and by scripts: nothing is overwritten silently."""

import pytest
from build import passage
from editing import WHOLE, annotate, choose, found, send
from page import Page
from probing import contents, csrf
from works import EDITOR, make_set, share

TEXT = "Heron 0 ate apple0 today. Heron 1 slept."


@pytest.fixture
def key(app, teacher, colleague):
    with app.app_context():
        share("paul", EDITOR)
        return make_set("marie", passage("P0", TEXT))


@pytest.fixture
def clash(teacher, colleague, key):
    """What marie sees who saved after paul had; both changed the explanation of one find."""
    mine = annotate(teacher, key, "apple0")
    path = mine.select_one(".finds a")["href"].partition("#")[0]
    theirs = colleague.get(path)
    send(colleague, theirs, "#find", do="save", why="Paul thinks so.")
    annotate(colleague, key, "slept")
    page = send(teacher, mine, "#find", do="save", why="Marie knows better.", correction="")
    page.path_of_find = path
    return page


def why(visitor, clash):
    page = visitor.get(clash.path_of_find)
    return page.select_one("[name=why]").text.strip()


def test_both_versions_are_shown_with_who_and_when(clash, teacher):
    assert clash.status == 409
    assert clash.h1.text == "Two versions of passage 1"
    assert "Paul changed this passage at" in clash.text
    assert "Paul thinks so." in [d.text.strip() for d in clash.select("del")]
    assert "Marie knows better." in [i.text.strip() for i in clash.select("ins")]
    assert why(teacher, clash) == "Paul thinks so."


def test_what_only_they_changed_is_theirs_unless_one_chooses_otherwise(clash, teacher, key):
    take = {r["name"]: r["value"] for r in clash.select("input[type=radio][checked]")}
    assert sorted(take.values()) == ["mine", "theirs"]
    page = send(teacher, clash, ".clash", do="merge", **take)

    assert len(found(page)) == 2
    assert why(teacher, clash) == "Marie knows better."


@pytest.mark.parametrize(("do", "told", "count"), [("mine", "Marie", 1), ("theirs", "Paul", 2)])
def test_one_version_can_be_taken_as_a_whole(clash, teacher, do, told, count):
    page = send(teacher, clash, ".clash", do=do)

    assert len(found(page)) == count
    assert why(teacher, clash).startswith(told)


def test_a_third_change_shows_both_versions_again(clash, teacher, colleague, key):
    annotate(colleague, key, "Heron")
    page = send(teacher, clash, ".clash", do="mine")

    assert page.status == 409
    assert len(page.select("fieldset")) == 3
    assert why(teacher, clash) == "Paul thinks so."


@pytest.mark.parametrize(
    "fields",
    [
        {"mine": "made up"},
        {"begun": "0"},
        {"begun": "x"},
        {"do": "publish"},
        {"owner_id": "1"},
        {"take 9": "mine"},
        {"mine": None},
    ],
    ids=str,
)
def test_a_version_that_was_not_shown_is_refused(app, clash, teacher, fields):
    before = contents(app)

    assert send(teacher, clash, ".clash", **{"do": "mine", **fields}).status == 400
    assert contents(app) == before


def test_a_version_that_was_shown_to_somebody_else_is_refused(app, clash, colleague):
    form = clash.select_one(".clash")
    form.select_one("[name=csrf_token]")["value"] = csrf(colleague.client)
    before = contents(app)

    assert send(colleague, clash, ".clash", do="mine").status == 400
    assert contents(app) == before


def test_a_script_saves_and_is_told_of_conflicts(teacher, colleague, key):
    page = choose(teacher, key, "apple0")
    form = page.select_one("#find")
    token = form.select_one("[name=csrf_token]")["value"]
    data = {**WHOLE, "csrf_token": token, "rev": "0", "start": "12", "stop": "18", "do": "save"}

    def post(**fields):
        headers = {"Accept": "application/json"}
        return teacher.client.post(form["action"], data={**data, **fields}, headers=headers)

    first = post()
    assert (first.status_code, first.json["rev"], first.json["undo"]) == (200, 1, True)
    assert first.json["address"].split("?")[0].endswith("/passages/0")
    assert post(rev="1", why="More.").json["rev"] == 2
    assert post(rev="2", category="").json == {"saved": False, "errors": ["Choose a category."]}
    stale = post(rev="1", why="Late.")
    assert (stale.status_code, stale.json) == (409, {"saved": False, "conflict": True})
    stored = Page(teacher.client.get(first.json["address"]))
    assert stored.select_one("[name=why]").text.strip() == "More."


def test_a_step_from_an_old_page_is_told_and_not_taken(teacher, colleague, key):
    annotate(teacher, key, "apple0")
    page = teacher.get(f"/annotations/{key}/passages/0")
    annotate(colleague, key, "slept")

    page = send(teacher, page, "form[action$='/undo']")

    assert "Somebody has changed this passage meanwhile" in page.text
    assert len(found(page)) == 2
