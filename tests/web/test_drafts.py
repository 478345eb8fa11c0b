"""Sets in the making: what is refused, what is said about them, and publishing."""

import build
import pytest
from build import NOW, problem
from drafting import document, draft_of, facts, id_of, marsh, store
from page import Page
from people import fill
from probing import post

from quizgame.domain.quizzes import RoundDraft
from quizgame.models.base import db
from quizgame.services import drafts, users


@pytest.fixture
def draft(app, teacher):
    """A draft of three rounds that marie makes of her own article."""
    marie = id_of(app)
    with app.app_context():
        return draft_of(marie)


# refusals


def test_a_foreign_draft_is_as_if_it_were_not_there(app, colleague, draft):
    for path in ("", "/rehearsal", "/rehearsal/1", "/rounds", "/rounds/1", "/proposal"):
        for id_ in (draft, "y" * 22):
            assert colleague.get(f"/drafts/{id_}{path}").status == 404
    for path in ("/print", "/exports", "/exports/printable"):
        assert colleague.get(f"/drafts/{draft}{path}").status == 404


def test_a_draft_is_no_set_that_students_could_play(student, draft):
    assert student.get(f"/quizzes/{draft}").status == 404
    assert student.get(f"/leaderboards/{draft}").status == 404


@pytest.mark.parametrize("which", ["nowhere", "theirs"])
def test_no_set_is_made_of_an_article_of_somebody_else(app, teacher, colleague, which):
    with app.app_context():
        theirs = store(users.find_by_name("paul").id, marsh("theirs")).public_id
    answer = post(teacher.client, "/drafts", article=theirs if which == "theirs" else "nowhere")

    assert answer.status_code == 404
    assert "theirs" not in teacher.get("/drafts").text


def test_fields_that_the_form_has_not_are_refused(app, teacher, draft):
    for extra in ({"owner_id": "1"}, {"is_shared": "1"}, {"public_id": "starter"}, {"id": "1"}):
        sent = facts(**extra)
        assert post(teacher.client, f"/drafts/{draft}", **sent).status_code == 400
    for extra in ({"article": "x", "owner_id": "1"}, {"article": "x", "template": "evil"}):
        assert post(teacher.client, "/drafts", **extra).status_code == 400


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"title": " "}, 422),
        ({"title": "x" * 201}, 422),
        ({"title": "H\u0435rons"}, 422),
        ({"title": "Herons\u202e"}, 422),
        ({"summary": "x" * 1001}, 422),
        ({"minutes": "0"}, 422),
        ({"minutes": "601"}, 422),
        ({"minutes": "9" * 5000}, 422),
        ({"minutes": "ten"}, 422),
        ({"level": "expert"}, 422),
        ({"licence": "mine"}, 400),
        ({"own_licence": "x" * 81}, 422),
        ({"credit": "x" * 401}, 422),
        ({"language": "x" * 36}, 422),
        ({"listed": "maybe"}, 400),
        ({"rev": "-1"}, 400),
        ({"rev": "1e3"}, 400),
        ({"rev": ""}, 400),
        ({"rev": "9" * 30}, 400),
    ],
)
def test_what_cannot_be_said_of_a_set_is_refused(app, teacher, draft, changes, status):
    answer = post(teacher.client, f"/drafts/{draft}", **facts(**changes))

    assert answer.status_code == status
    assert document(app, draft).title == "The late bus"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "spot_the_error"},
        {"kind": "spot_the_error", "passages": ["P1", "P3"]},
        {"kind": "spot_the_error", "passages": ["P1", "P2", "P3", "P4"]},
        {"kind": "spot_the_error", "passages": ["P99"]},
        {"kind": "spot_the_error", "passages": ["P1", "P99"]},
        {"kind": "name_the_technique"},
        {"kind": "name_the_technique", "focus": "A999"},
        {"kind": "name_the_technique", "focus": "P2-0", "options": ["slogans", "flag_waving"]},
        {"kind": "name_the_technique", "focus": "P2-0", "options": ["loaded_language", "gossip"]},
        {"kind": "name_the_technique", "focus": "P2-0", "options": ["loaded_language"]},
    ],
)
def test_a_round_that_cannot_be_is_refused(app, teacher, draft, fields):
    before = document(app, draft)
    answer = post(teacher.client, f"/drafts/{draft}/rounds", rev="2", **fields)

    assert answer.status_code == 422
    assert Page(answer).select('[role="alert"]')
    assert document(app, draft) == before


def test_a_kind_or_a_round_that_is_not_there_is_not_found(teacher, draft):
    assert teacher.get(f"/drafts/{draft}/rounds?kind=gossip").status == 404
    assert teacher.get(f"/drafts/{draft}/rounds/4").status == 404
    assert teacher.get(f"/drafts/{draft}/rounds/0").status == 404
    for path in ("rounds/9/remove", "rounds/9/move"):
        answer = post(teacher.client, f"/drafts/{draft}/{path}", rev="2", **_direction(path))
        assert answer.status_code == 404
    answer = post(teacher.client, f"/drafts/{draft}/rounds", rev="2", kind="gossip")
    assert answer.status_code == 404


def _direction(path):
    return {"direction": "later"} if path.endswith("/move") else {}


@pytest.mark.parametrize("minutes", ["0", "121", "x", "", "-5", "9" * 40, "１５"])
def test_no_set_takes_so_many_minutes(teacher, draft, minutes):
    assert teacher.get(f"/drafts/{draft}/proposal?minutes={minutes}").status == 400


def test_a_set_that_is_not_fair_is_not_published(app, teacher, draft):
    with app.app_context():
        rounds = (RoundDraft("spot_the_error", ("P2",)),)
        drafts.save_rounds(users.find_by_name("marie").id, draft, 2, rounds, now=NOW)
    page = fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")

    assert page.status == 422
    assert "need both problems and clean segments" in page.select_one("#lint").text
    assert teacher.get(f"/quizzes/{draft}").status == 404


def test_a_breach_leads_to_its_round_and_says_so_there(app, teacher, draft):
    with app.app_context():
        rounds = (RoundDraft("spot_the_error", ("P1", "P99")), RoundDraft("gossip", ("P1",)))
        drafts.save_rounds(users.find_by_name("marie").id, draft, 2, rounds, now=NOW)
    page = teacher.get(f"/drafts/{draft}")

    links = {link.text: link["href"] for link in page.select("#lint .breaches a")}
    assert links["Round 1"] == "#round-1"
    assert links["Round 2"] == "#round-2"
    assert "P99" in page.select_one("#round-1 .caution").text
    assert page.select_one("#round-2.is-broken")


def test_a_missing_explanation_is_a_breach_at_its_annotation(app, teacher):
    text = "The bus runs on water. It left at five. Nobody was hurt. It rained."
    bad = problem(text, "runs on water", "E1", why="")
    with app.app_context():
        passage = build.passage("P1", text, bad)
        draft_id = draft_of(
            users.find_by_name("marie").id,
            build.article(passage, id_="bad"),
            (RoundDraft("spot_the_error", ("P1",)),),
        )
    page = teacher.get(f"/drafts/{draft_id}")

    assert "Round 1 · E1: the explanation is missing" in page.select_one("#lint").text


# publishing


def test_a_published_set_is_found_by_its_link_until_it_is_listed(app, teacher, student, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    assert student.get(f"/quizzes/{draft}").status == 200
    assert draft not in str(student.get("/quizzes"))

    said = facts(listed="yes", title="Listed herons")
    post(teacher.client, f"/drafts/{draft}", **said)
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    assert "Listed herons" in student.get("/quizzes").text


def test_only_what_is_asked_makes_a_new_version(app, teacher, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    page = fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    assert "The rounds are as published" in page.text
    page = fill(teacher, page, "/rounds/1/move")
    page = fill(teacher, page, "/publish")

    assert "Version 2 is open." in page.text
    links = [a["href"] for a in page.select("#publish details a")]
    assert links == [f"/library/{draft}/versions/{n}" for n in (2, 1)]
    assert all(teacher.get(link).status == 200 for link in links)


def test_a_withdrawn_set_is_not_started_but_played_to_its_end(teacher, student, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    page = student.start(draft)
    fill(teacher, teacher.get("/drafts"), "/withdraw")

    assert student.get(f"/quizzes/{draft}").status == 404
    assert "Caught" in student.lock(page, "apple0").text
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    assert student.get(f"/quizzes/{draft}").status == 200


def test_a_set_that_is_thrown_away_is_gone_for_everybody(teacher, student, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    fill(teacher, teacher.get(f"/drafts/{draft}"), f"/{draft}/remove")

    assert teacher.get(f"/drafts/{draft}").status == 404
    assert student.get(f"/quizzes/{draft}").status == 404
    assert draft not in str(teacher.get("/drafts"))


def test_students_see_who_made_it_until_they_leave(app, teacher, student, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    assert "By Marie" in student.get(f"/quizzes/{draft}").text

    with app.app_context():
        user = users.find_by_name("marie")
        user.deleted_at = NOW
        db.session.commit()
    assert "By Marie" not in student.get(f"/quizzes/{draft}").text
