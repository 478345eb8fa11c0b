"""Rehearsing a set: readers with habits, and oneself as a student; nothing is stored."""

import pytest
from drafting import draft_of, id_of
from people import fill
from sqlalchemy import select

from quizgame.models.base import db
from quizgame.models.plays import Answer, Play


@pytest.fixture
def draft(app, teacher):
    """A draft of three rounds that marie makes of her own article."""
    marie = id_of(app)
    with app.app_context():
        return draft_of(marie)


def test_who_marks_everything_is_seen_to_lose(teacher, draft):
    page = teacher.get(f"/drafts/{draft}/rehearsal")
    points = {row.th.text: row.select_one(".points").text for row in page.select("tbody tr")}

    assert points["Marks everything"].startswith("−")
    assert points["Marks nothing"] == "0"
    assert points["The careful reader"].startswith("+")


def test_a_rehearsal_stores_no_play(app, teacher, draft):
    page = teacher.get(f"/drafts/{draft}/rehearsal/1")
    reveal = teacher.lock(page, "apple0", rev="1")

    assert "Caught 1 of 2" in reveal.text
    assert "It is not so." in reveal.text
    assert reveal.select_one(f'a[href="/drafts/{draft}/rehearsal/2"]')
    with app.app_context():
        assert not db.session.scalars(select(Play)).all()
        assert not db.session.scalars(select(Answer)).all()


def test_a_rehearsed_round_looks_as_it_does_to_students(app, teacher, student, draft):
    fill(teacher, teacher.get(f"/drafts/{draft}"), "/publish")
    rehearsed = teacher.get(f"/drafts/{draft}/rehearsal/1")
    played = student.start(draft)

    assert str(rehearsed.select_one(".proof")) == str(played.select_one(".proof"))
    assert rehearsed.select_one("h1").text == played.select_one("h1").text


def test_a_rehearsed_save_says_so_to_the_script(teacher, draft):
    page = teacher.get(f"/drafts/{draft}/rehearsal/1")
    sent = {"csrf_token": page.field("csrf_token"), "rev": "1", "nothing": "1", "do": "save"}
    answer = teacher.client.post(
        f"/drafts/{draft}/rehearsal/1", data=sent, headers={"Accept": "application/json"}
    )

    assert answer.json == {"saved": True, "rev": 1}
