"""Annotators through the page: refusals first."""

import pytest
from annotated import TEXT, blind, key_of, mark, store
from build import problem
from people import fill

from quizgame.services import users

CANARY = "zebra-canary"


def owner_id(name="marie"):
    return users.find_by_name(name).id


@pytest.fixture
def article(app, teacher):
    """An article of marie's, with a key that must not get out."""
    with app.app_context():
        article = store(owner_id())
        mark(key_of(article), 0, [secret()])
    return article


def secret(**more):
    values = {"why": f"why {CANARY}", "correction": f"correct {CANARY}", "check": CANARY}
    return problem(TEXT, "Everybody knows", "K1", **{**values, **more})


def invite(visitor, article, name="paul", role="annotator"):
    page = visitor.get(f"/articles/{article}/agreement")
    return fill(visitor, page, "/agreement/colleagues", name=name, role=role)


def test_it_opens(teacher, article):
    page = teacher.get(f"/articles/{article}/agreement")

    assert page.status == 200
    assert "There is nothing to compare yet" in page.text


def test_all_the_way(app, teacher, colleague, article):
    invite(teacher, article)
    page = colleague.get("/articles/shared")
    assert "The late bus" in page.text
    with app.app_context():
        blind(article, owner_id(), "paul", [problem(TEXT, "Heroic", "B1", why="Too grand.")])
    page = teacher.get(f"/articles/{article}/agreement")
    assert "Too grand." in page.text
    print(page.select_one("main").get_text(" ", strip=True))
    page = teacher.get(f"/articles/{article}/versions/1/agreement/defaults")
    print(page.select_one("main").get_text(" ", strip=True))
    page = teacher.send(page)
    print(page.select_one("main").get_text(" ", strip=True))
