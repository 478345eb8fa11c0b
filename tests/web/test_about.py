import re

import pytest
from databases import make_app

from quizgame import database
from quizgame.models.base import db


def test_health_says_version_schema_and_database(app, student):
    answer = student.client.get("/healthz")

    assert answer.status_code == 200
    assert set(answer.json) == {"version", "schema", "database"}
    assert answer.json["database"] == "ok"
    assert re.fullmatch(r"\d{8}_\w+", answer.json["schema"])
    assert answer.json["version"][0].isdigit()


def test_health_says_that_the_database_is_away(tmp_path):
    app = make_app(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder.sqlite3")

    answer = app.test_client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json["database"] == "unreachable"


def test_health_notices_that_there_is_no_schema(app, student):
    with app.app_context():
        database.downgrade(db.engine, "base")

    answer = student.client.get("/healthz")

    assert answer.json["schema"] is None


@pytest.mark.parametrize("path", ["/licences", "/privacy", "/guide"])
def test_a_page_of_words_is_a_page(student, path):
    page = student.get(path)

    assert page.status == 200
    assert len(page.main.text) > 400


def test_licences_lead_to_the_licence_of_each_font(student):
    page = student.get("/licences")

    fonts = [a["href"] for a in page.select("main a") if "/fonts/" in a["href"]]
    assert len(fonts) == 2
    for path in fonts:
        licence = student.client.get(path, buffered=True).text
        assert "SIL OPEN FONT LICENSE" in licence.upper()


def test_every_category_of_the_guide_has_a_question_and_an_origin(student):
    page = student.get("/guide")

    for category in page.select("article.category"):
        assert category.select_one(".definition").text
        assert category.select_one(".question").text
        assert category.select_one(".origin").text
    assert len(page.select("article.category")) >= 40


def test_the_bare_route_and_the_icon_answer(student):
    assert student.client.get("/ok").json == {"ok": True}
    icon = student.client.get("/favicon.ico", buffered=True)
    assert icon.content_type.startswith("image/svg+xml")
