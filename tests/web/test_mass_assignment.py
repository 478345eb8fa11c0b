"""T-21: no form takes more than its own fields, whoever sends it; forms are found by walking."""

import desk
import pytest
from crawling import crawl
from flask import request
from people import ADMINISTRATOR, make_user, sign_in
from probing import contents, csrf

from quizgame.web.forms import _form

EXTRA = {
    "role": "administrator",
    "owner_id": "1",
    "id": "1",
    "user_id": "1",
    "is_active": "1",
    "is_shared": "1",
    "public_id": "x",
    "points": "9999",
}
FEW = 6
"""A walk that finds fewer forms than that has gone astray."""


@pytest.fixture(params=["player", "teacher", "administrator"])
def visitor(app, request, student):
    """Somebody of that role, with something on their desk."""
    if request.param == "player":
        student.start("starter")
        return student
    role = ADMINISTRATOR if request.param == "administrator" else "teacher"
    with app.app_context():
        make_user("marie", role)
        desk.fill("marie", "paul")
    sign_in(student, "marie")
    return student


def found(visitor):
    """Every kind of form that a walk comes to."""
    _, forms = crawl(visitor, "/", "/teacher", "/account", "/users", "/sign-in")
    assert len(forms) >= FEW, [form.action for form in forms]
    return forms


def taken_by(visitor, forms):
    """What forms take beside their own fields."""
    taken = []
    for form in forms:
        for name, value in EXTRA.items():
            if name in form.names:
                continue
            answer = visitor.client.post(form.action, data={**form.sent(), name: value})
            if answer.status_code != 400:
                taken.append((form.page, form.action, name, answer.status_code))
    return taken


def test_no_form_takes_another_field(app, visitor):
    forms = found(visitor)
    before = contents(app)

    assert taken_by(visitor, forms) == []
    assert contents(app) == before


def test_a_form_that_took_more_would_be_noticed(app, teacher, monkeypatch):
    def lenient(*names):
        return {name: request.form.get(name, "") for name in names}

    monkeypatch.setattr(_form, "read_form", lenient)
    _, forms = crawl(teacher, "/account")

    assert "/account" in {action for _, action, *_ in taken_by(teacher, forms)}


def test_no_form_takes_a_field_twice(app, visitor):
    forms = found(visitor)
    before = contents(app)

    taken = []
    for form in forms:
        for name in {name for name, _ in form.fields if name != "csrf_token"}:
            if isinstance(form.sent()[name], list) or name in {"words", "nothing", "name_0"}:
                continue  # one of many boxes
            sent = {**form.sent(), name: [form.sent()[name], "administrator"]}
            answer = visitor.client.post(form.action, data=sent)
            if answer.status_code not in {400, 422}:
                taken.append((form.page, form.action, name, answer.status_code))

    assert taken == []
    assert contents(app) == before


def test_no_address_takes_fields_that_it_does_not_know(app, visitor):
    """The addresses that no page leads to, too."""
    values = {"number": 1, "version": 1, "rev": 1, "filename": "css/base.css"}
    token, before = csrf(visitor.client), contents(app)
    tried = 0
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        paths = [
            adapter.build(
                rule.endpoint,
                {n: {**values, **(rule.defaults or {})}.get(n, "x" * 22) for n in rule.arguments},
            )
            for rule in app.url_map.iter_rules()
            if "POST" in (rule.methods or ())
        ]
    for path in paths:
        answer = visitor.client.post(path, data={"csrf_token": token, **EXTRA})
        led_away = answer.status_code in {302, 303} and answer.location.startswith("/sign-in")
        assert led_away or answer.status_code in {400, 404}, (path, answer.status_code)
        tried += 1

    assert tried > 20
    assert contents(app) == before
