"""The teacher's overview: what stands on it, whose it is, and that no card takes another along."""

import itertools

import desk
import pytest
from page import Visitor
from people import make_user, sign_in

from quizgame.services import dashboard, health
from quizgame.services.health import Health


def card(page, id_):
    return page.select_one(f'section[aria-labelledby="{id_}"]')


def titles(page, id_):
    return [line.select_one("bdi").text for line in card(page, id_).select(".lines > li")]


@pytest.fixture
def marie(app, teacher):
    with app.app_context():
        return desk.fill("marie", "paul")


def test_who_has_nothing_yet_is_told_how_to_begin(teacher):
    page = teacher.get("/teacher")
    ways = [a["href"] for a in page.select(".begin a")]

    assert ways == ["/teacher/lesson", "/articles"]
    assert not page.select(".lines")
    assert [card(page, id_) is None for id_ in ("articles", "drafts", "sets", "invited")] == [
        False
    ] * 4
    assert card(page, "server") is None


def test_the_demo_lesson_leads_to_its_set_and_has_a_plan_that_ends_in_time(teacher):
    page = teacher.get("/teacher/lesson")
    times = [row.th.text.split("–") for row in page.select(".plan tbody tr")]

    assert page.select_one("a.button")["href"] == "/quizzes/starter"
    assert times[0][0] == "0"
    assert times[-1][1] == "45"
    assert all(a[1] == b[0] for a, b in itertools.pairwise(times))


def test_without_our_seeds_the_lesson_says_so(app, teacher):
    with app.app_context():
        desk.withdraw("starter")

    page = teacher.get("/teacher/lesson")

    assert page.status == 200
    assert "quizgame seed" in page.select_one(".notice").text


def test_the_overview_shows_what_is_ones_own_and_what_one_is_invited_to(teacher, marie):
    page = teacher.get("/teacher")

    assert titles(page, "articles") == ["Second", "First"]
    assert titles(page, "drafts") == ["Draft of marie"]
    assert titles(page, "sets") == ["Set of marie"]
    assert titles(page, "invited") == ["Edited by marie", "Blind by marie"]
    assert "from Paul" in card(page, "invited").text
    assert not page.select(".begin")
    hrefs = [a["href"] for a in card(page, "articles").select(".lines a")]
    assert all(teacher.client.get(href).status_code in {200, 404} for href in hrefs)


def test_of_an_article_with_versions_the_newest_stands_there_once(app, teacher, marie):
    with app.app_context():
        desk.article("marie", "marie-1", "First, again", version=2)

    assert titles(teacher.get("/teacher"), "articles") == ["First, again", "Second"]


def test_what_was_removed_is_gone(app, teacher, marie):
    with app.app_context():
        desk.remove("marie-1")

    assert titles(teacher.get("/teacher"), "articles") == ["Second"]


def test_nobody_sees_what_is_somebody_elses(app, marie):
    rosa = Visitor(app.test_client())
    with app.app_context():
        make_user("rosa")

    page = sign_in(rosa, "rosa")

    assert page.path == "/teacher"
    assert not page.select(".lines")
    assert "marie" not in page.text.casefold()


def test_plays_are_counted_and_their_share_is_that_of_finished_first_plays(in_either):
    marie = desk.fill("marie", "paul")
    perfect = desk.play("marie-set", "apple0", "apple2")
    desk.play("marie-set")  # marks nothing
    desk.play("marie-set", "Heron 1", "Heron 3")  # accuses only: less than nothing, shown as 0
    desk.play("marie-set", finished=False)
    desk.play("marie-set", "apple0", "apple2", player=perfect)  # a second play does not count

    [line] = dashboard.sets(marie).lines

    assert line.plays == 5
    assert line.share == pytest.approx(1 / 3)


def test_a_set_that_nobody_played_has_no_share(in_app):
    [line] = dashboard.sets(desk.fill("marie", "paul")).lines

    assert (line.plays, line.share, line.is_open) == (0, None, True)


def test_a_withdrawn_set_is_told_and_leads_nowhere(app, teacher, marie):
    with app.app_context():
        desk.withdraw("marie-set")

    found = card(teacher.get("/teacher"), "sets")

    assert found.select_one(".tag").text == "withdrawn"
    assert not found.select(".lines a")


def test_long_lists_are_cut_and_lead_on(app, teacher):
    with app.app_context():
        for number in range(dashboard.MOST + 3):
            desk.article("marie", f"a{number}", f"Article {number}")

    found = card(teacher.get("/teacher"), "articles")

    assert len(found.select(".lines > li")) == dashboard.MOST
    assert found.select_one(".count").text == str(dashboard.MOST + 3)
    assert found.select("a")[-1]["href"] == "/articles"


@pytest.mark.parametrize("name", ["articles", "invited", "drafts", "sets"])
def test_a_card_that_cannot_be_read_takes_none_along(app, teacher, marie, monkeypatch, name):
    def breaks(user_id):
        dashboard.db.session.execute(dashboard.db.text("SELECT nothing FROM nowhere"))

    monkeypatch.setattr(dashboard, name, breaks)

    page = teacher.get("/teacher")

    assert page.status == 200
    assert "cannot be shown just now" in card(page, name).text
    others = {"articles", "invited", "drafts", "sets"} - {name}
    assert all(card(page, other).select(".lines > li") for other in others)


def test_a_document_that_cannot_be_read_takes_only_its_card_along(app, teacher, marie):
    with app.app_context():
        desk.spoil("drafts")

    page = teacher.get("/teacher")

    assert page.status == 200
    assert "cannot be shown just now" in card(page, "drafts").text
    assert titles(page, "sets") == ["Set of marie"]


def test_only_administrators_see_how_the_server_is(teacher, administrator):
    assert card(teacher.get("/teacher"), "server") is None

    told = card(administrator.get("/teacher"), "server").text

    for words in ("quizgame 0.", "SQLite", "2026", "GB"):
        assert words in told


@pytest.mark.parametrize(
    ("is_reached", "free", "is_well"),
    [(True, 10**12, True), (True, 10**8, False), (True, None, False), (False, 10**12, False)],
)
def test_a_server_is_well_if_nobody_has_to_do_anything(is_reached, free, is_well):
    assert Health("1", "x", "SQLite", is_reached, free).is_well is is_well


def test_looking_after_a_folder_that_is_gone_breaks_nothing(in_app, tmp_path):
    assert health.look(tmp_path / "gone").free is None


@pytest.mark.parametrize("path", ["/teacher", "/articles", "/drafts", "/library", "/categories"])
def test_help_is_always_in_the_same_place(teacher, path):
    page = teacher.get(path)

    assert page.select("nav.desk-bar li")[-1].a["href"] == "/teacher/help"
    assert page.select_one('header nav a[href="/teacher"]').text == "Workbench"


def test_the_workbench_is_no_way_for_students(student):
    assert not student.get("/").select('a[href="/teacher"]')
