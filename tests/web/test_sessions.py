"""T-29, T-30, T-34: signing in and out, by the pages."""

import re

import pytest
from build import NOW
from page import Page, Visitor
from people import OTHER_PASSWORD, PASSWORD, code, fill, key_for_codes, make_user, sign_in
from probing import post

from quizgame.services import tries, users
from quizgame.web.access import now


def bare(page):
    """A page without what was typed, and the tokens."""
    page.select_one("#name")["value"] = ""
    for field in page.select('[name="csrf_token"]'):
        field["value"] = ""
    return str(page)


def test_unknown_and_known_names_get_the_same_page(app, student):
    with app.app_context():
        make_user("marie")

    pages = [sign_in(student, name, OTHER_PASSWORD) for name in ("marie", "nobody", "x" * 200)]

    assert {page.status for page in pages} == {422}
    assert len({bare(page) for page in pages}) == 1


def test_a_thousand_tries_from_many_places_are_slowed_down_for_known_and_unknown(app):
    with app.app_context():
        make_user("marie")
    statuses = {}
    for name in ("marie", "nobody"):
        client = Visitor(app.test_client()).client
        token = Page(client.get("/sign-in")).field("csrf_token")
        fields = {"csrf_token": token, "name": name, "password": OTHER_PASSWORD, "next": ""}
        answers = [
            client.post(
                "/sign-in", data=fields, environ_base={"REMOTE_ADDR": f"10.{n // 250}.0.{n % 250}"}
            )
            for n in range(500)
        ]
        statuses[name] = [answer.status_code for answer in answers]
        assert "Retry-After" in answers[-1].headers

    for tried in statuses.values():
        assert tried[: tries.FREE] == [422] * tries.FREE
        assert tried.count(429) > 480
        assert set(tried) == {422, 429}


def test_tries_from_one_place_are_slowed_down_whatever_the_names(student):
    token = student.get("/sign-in").field("csrf_token")
    fields = {"csrf_token": token, "password": "x", "next": ""}
    tried = [
        student.client.post("/sign-in", data={**fields, "name": f"user{n}"}).status_code
        for n in range(40)
    ]

    assert tried == [422] * 30 + [429] * 10


def test_the_session_is_a_new_one_at_each_sign_in(app, student):
    with app.app_context():
        make_user("marie")
    student.get("/sign-in")
    planted = student.client.get_cookie("session").value

    sign_in(student, "marie")
    first = student.client.get_cookie("session").value
    thief = Visitor(app.test_client())
    thief.client.set_cookie("session", planted)

    assert first != planted
    assert thief.get("/account").path == "/sign-in"
    sign_in(student, "marie")
    assert student.client.get_cookie("session").value != first


def test_a_token_for_forms_of_before_is_good_no_longer(app, student):
    with app.app_context():
        make_user("marie")
    old = student.get("/sign-in").field("csrf_token")

    sign_in(student, "marie")

    assert student.client.post("/sign-out", data={"csrf_token": old}).status_code == 400


@pytest.mark.parametrize("how", ["sign out", "everywhere", "password", "role", "reset", "door"])
def test_a_stolen_cookie_is_dead_after(app, teacher, how):
    thief = Visitor(app.test_client())
    thief.client.set_cookie("session", teacher.client.get_cookie("session").value)
    assert thief.get("/account").path == "/account"
    if how == "password":
        sign_in(thief, "marie")  # a session of their own, which has to end
        thief, teacher = teacher, thief

    end(app, teacher, how)

    assert thief.get("/account").path == "/sign-in"


def end(app, teacher, how):
    if how == "sign out":
        fill(teacher, teacher.get("/account"), "/sign-out")
    elif how == "everywhere":
        fill(teacher, teacher.get("/account/security"), "/sessions/end")
    elif how == "password":
        page = teacher.get("/account/security")
        fill(teacher, page, "/password", old=PASSWORD, new=OTHER_PASSWORD)
    else:
        from quizgame.services import resets

        with app.app_context():
            id_ = users.find_by_name("marie").public_id
            if how == "role":
                users.change_role(id_, "administrator")
            elif how == "door":
                users.deactivate(id_)
            else:
                resets.set_password(resets.issue(id_, None, now=NOW), OTHER_PASSWORD, now=NOW)


def test_signing_out_is_for_good_and_leaves_the_player_alone(teacher):
    teacher.start("starter")
    player = teacher.client.get_cookie("player").value

    fill(teacher, teacher.get("/account"), "/sign-out")

    assert teacher.get("/account").path == "/sign-in"
    assert teacher.client.get_cookie("player").value == player


def test_there_are_two_cookies_and_no_third(teacher):
    teacher.start("starter")
    teacher.get("/account/security")

    assert {cookie.key for cookie in teacher.client._cookies.values()} == {"session", "player"}


def test_after_the_sign_in_comes_the_page_that_was_asked_for(app, student):
    with app.app_context():
        make_user("marie")

    page = student.get("/account/security")

    assert page.path == "/sign-in"
    page = fill(student, page, "/sign-in", name="marie", password=PASSWORD)
    assert page.path == "/account/security"


@pytest.mark.parametrize(
    "path",
    ["//e.example", "/\\e.example", "///e.example", "/\t/e.example", "https:e.example",
     "http:///e.example", "https://e.example", "\\\\e.example", "/\n/e.example", " //e.example",
     "javascript:alert(1)", "e.example", "/ok\r\nSet-Cookie: x=y", "/\x85/e", ""],
)  # fmt: skip
def test_nobody_is_led_elsewhere(app, student, path):
    with app.app_context():
        make_user("marie")
    token = student.get("/sign-in").field("csrf_token")

    fields = {"name": "marie", "password": PASSWORD, "next": path, "csrf_token": token}
    answer = student.client.post("/sign-in", data=fields)

    assert (answer.status_code, answer.location) == (303, "/teacher")


@pytest.mark.parametrize("path", ["/%09/e.example", "/sets", "/users?x=//e.example", "/a//b"])
def test_paths_of_our_own_are_followed(app, student, path):
    with app.app_context():
        make_user("marie")

    answer = post(student.client, "/sign-in", name="marie", password=PASSWORD, next=path)

    assert re.match(r"/(?![/\\])", answer.location)
    assert answer.location != "/teacher"


def test_the_second_step_is_asked_for_and_a_code_opens_once(app, student, other):
    with app.app_context():
        key, codes = key_for_codes(make_user("marie"))
    with app.app_context():
        shown = code(key, now())

    page = sign_in(student, "marie")
    assert page.path == "/sign-in/code"
    assert student.get("/account").path == "/sign-in"
    sign_in(student, "marie")
    assert fill(student, student.get("/sign-in/code"), "/code", code="000000").status == 422
    assert fill(student, student.get("/sign-in/code"), "/code", code=shown).path == "/teacher"

    sign_in(other, "marie")
    assert fill(other, other.get("/sign-in/code"), "/code", code=shown).status == 422
    assert fill(other, other.get("/sign-in/code"), "/code", code=codes[0]).path == "/teacher"


def test_nobody_starts_at_the_second_step(student):
    assert student.get("/sign-in/code").path == "/sign-in"
    answer = post(student.client, "/sign-in/code", code="123456", next="")
    assert answer.location == "/sign-in"


@pytest.mark.parametrize("extra", ["role", "user_id", "remember", "admin"])
def test_a_field_that_is_not_asked_for_is_refused(teacher, student, extra):
    fields = {"name": "marie", "password": PASSWORD, "next": "", extra: "1"}

    assert post(student.client, "/sign-in", **fields).status_code == 400


def test_the_way_in_stands_in_the_footer(student, teacher):
    assert student.get("/").select_one('footer a[href="/sign-in"]').text == "I’m a teacher"
    assert teacher.get("/").select_one('footer a[href="/account"]').text == "My account"
