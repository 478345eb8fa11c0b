"""Own categories by their pages, and their names where students meet them."""

import pytest
from build import NOW, article, draft, herons, marking, passage, problem, publish
from editing import send
from payloads import XSS
from probing import contents, post
from works import make_category, own, user_id

from quizgame.domain.lettering import plays_tricks
from quizgame.services import categories

FIELDS = {
    "label": "Weasel words",
    "family": "bias manipulative_wording",
    "definition": "Says little.",
    "question": "Who says so?",
    "made_up": "Some say it works.",
    "confusable_with": ["loaded_language", "euphemism"],
    "is_shared": "1",
}


def add(visitor, **fields):
    """Fill in the form of a new category."""
    page = visitor.get("/categories/new")
    return send(visitor, page, ".work-form", **{**FIELDS, **fields})


def cards(page):
    return [card.h2.text for card in page.select(".own-categories .panel")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"label": ""}, "Give the category a name."),
        ({"label": "x" * 61}, "That is too long."),
        ({"label": "Lo\u0430ded"}, "Write each word in one alphabet"),
        ({"definition": ""}, "Say what it is."),
        ({"family": ""}, "Choose a family."),
        ({"family": "bias nothing"}, "Choose a family of that layer"),
        ({"family": "error manipulative_wording"}, "Choose a family of that layer"),
        ({"confusable_with": "nothing"}, "not in your list any more"),
        ({"label": "Loaded language"}, "of that name in that layer"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(teacher, fields, words):
    page = add(teacher, **fields)

    assert page.status == 422
    assert words in page.text
    assert page.select_one("[name=made_up]").text.strip() == "Some say it works."
    assert cards(teacher.get("/categories")) == []


@pytest.mark.parametrize("more", [{"owner_id": "1"}, {"id": "x"}, {"public_id": "own-x"}], ids=str)
def test_fields_that_no_page_has_are_refused(app, teacher, more):
    before = contents(app)

    assert add(teacher, **more).status == 400
    assert contents(app) == before


def test_a_category_is_made_changed_and_removed(teacher):
    page = add(teacher)
    assert cards(page) == ["Weasel words"]
    assert "Loaded language, Euphemism" in page.select_one(".own-categories").text
    path = page.select_one(".own-categories a")["href"]
    form = teacher.get(path)
    chosen = [o["value"] for o in form.select("[name=confusable_with] [selected]")]
    assert chosen == ["loaded_language", "euphemism"]

    page = send(teacher, form, ".work-form", label="Hedging", confusable_with=None)
    assert cards(page) == ["Hedging"]
    page = send(teacher, page, ".own-categories form")
    assert cards(page) == []
    assert "keeps its name" in page.text
    assert teacher.get(path).status == 404


def test_a_colleague_sees_what_is_shared_and_who_made_it_but_no_way_to_change_it(
    app, teacher, colleague
):
    add(teacher)
    add(teacher, label="Puffery", is_shared=None)

    page = colleague.get("/categories")
    assert cards(page) == ["Weasel words"]
    assert "made by Marie" in page.text
    assert not page.select(".own-categories :is(a, form)")
    with app.app_context():
        [id_] = [c.category.id for c in categories.categories_of(user_id("paul"))]
    for path in (f"/categories/{id_}", f"/categories/{id_}/remove"):
        assert post(colleague.client, path, **FIELDS).status_code == 404


def test_students_see_the_name_even_after_it_was_removed(app, student):
    with app.app_context():
        id_ = make_category()
        text = herons("P0").text
        found = problem(text, "apple0", "a1", layer="bias", category=id_)
        plan = draft(marking("P0", kind="find_the_bias"))
        publish(plan, article(passage("P0", text, found)))
        categories.remove_category(user_id("marie"), id_, now=NOW)

    page = student.lock(student.start("herons"), "apple0")

    assert page.select_one(".finding .category").text == "Weasel words"


@pytest.mark.parametrize("payload", [p for p in XSS if not plays_tricks(p)])
def test_whatever_is_typed_comes_out_as_text(app, teacher, payload):
    with app.app_context():
        made = own(label=payload[:60], definition=payload, question=payload, made_up=payload)
        id_ = categories.add_category(user_id("marie"), made, True, now=NOW)

    for page in (teacher.get("/categories"), teacher.get(f"/categories/{id_}")):
        assert not page.select("iframe, img, svg, object, embed, video, base, marquee, math")
        assert not page.select("[href^='javascript'], [src*=evil], [action*=evil], [href*=evil]")
    refused = add(teacher, label=payload, family="x", confusable_with=payload)
    assert refused.status == 422
    assert refused.select_one("[name=label]")["value"].strip() == payload.strip()
