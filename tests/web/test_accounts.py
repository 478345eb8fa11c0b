"""One's own account, by the pages."""

import json

import desk
import pytest
from page import Page, Visitor
from people import OTHER_PASSWORD, PASSWORD, code, fill, make_user, sign_in
from probing import contents, post

from quizgame.services import users
from quizgame.web.access import now


def test_a_profile_is_changed(teacher):
    page = fill(teacher, teacher.get("/account"), "/account", display_name="Ms Marie <b>")

    assert page.select_one("[role=status]").text == "Saved."
    assert page.select_one("#display_name")["value"] == "Ms Marie <b>"


def test_another_address_without_the_password_is_refused(teacher):
    page = fill(teacher, teacher.get("/account"), "/account", email="thief@evil.example")

    assert page.status == 422
    assert "not your password" in page.select_one("[role=alert]").text


@pytest.mark.parametrize("extra", ["role", "id", "name", "is_active", "owner_id", "totp_secret"])
def test_mass_assignment_is_refused(app, teacher, extra):
    before = contents(app)
    fields = {"display_name": "M", "email": "", "language": "", "password": ""}

    answer = post(teacher.client, "/account", **{**fields, extra: "administrator"})

    assert answer.status_code == 400
    assert contents(app) == before


@pytest.mark.parametrize("language", ["xx", "EN", "../en", "en "])
def test_there_are_no_other_languages(teacher, language):
    fields = {"display_name": "M", "email": "", "password": ""}

    assert post(teacher.client, "/account", **fields, language=language).status_code == 400


def test_a_password_is_changed_by_who_knows_it(app, teacher):
    page = teacher.get("/account/security")
    wrong = fill(teacher, page, "/password", old=OTHER_PASSWORD, new=OTHER_PASSWORD)
    weak = fill(teacher, page, "/password", old=PASSWORD, new="password12")
    good = fill(teacher, page, "/password", old=PASSWORD, new=OTHER_PASSWORD)

    assert (wrong.status, weak.status, good.status) == (422, 422, 200)
    assert "not your password" in wrong.text
    assert "easy to guess" in weak.text
    assert sign_in(Visitor(app.test_client()), "marie", OTHER_PASSWORD).path == "/teacher"


def test_the_second_step_is_set_up_by_picture_or_key(app, teacher):
    assert teacher.client.get("/account/second-step.svg").status_code == 404
    page = fill(teacher, teacher.get("/account/security"), "/start", password=OTHER_PASSWORD)
    assert page.status == 422
    page = fill(teacher, teacher.get("/account/security"), "/start", password=PASSWORD)
    picture = teacher.client.get(page.select_one("img.qr")["src"])
    assert picture.mimetype == "image/svg+xml"
    assert "style" not in picture.text
    assert picture.headers["Cache-Control"] == "no-store"

    with app.app_context():
        shown = code(page.select_one(".totp-key").text, now())
    page = fill(teacher, page, "/confirm", code=shown)

    assert len(page.select(".recovery-codes code")) == 10
    assert sign_in(Visitor(app.test_client()), "marie").path == "/sign-in/code"
    assert teacher.client.get("/account/second-step.svg").status_code == 404
    renewed = fill(teacher, teacher.get("/account/security"), "/codes", password=PASSWORD)
    assert renewed.select(".recovery-codes code") != page.select(".recovery-codes code")
    fill(teacher, teacher.get("/account/security"), "/off", password=PASSWORD)
    assert sign_in(Visitor(app.test_client()), "marie").path == "/teacher"


def test_a_wrong_first_code_is_told(teacher):
    page = fill(teacher, teacher.get("/account/security"), "/start", password=PASSWORD)

    page = fill(teacher, page, "/confirm", code="abcdef")

    assert page.status == 422
    assert "wrong" in page.select_one("[role=alert]").text


def test_sessions_are_listed_without_saying_from_where_and_ended_one_by_one(app, teacher):
    elsewhere = Visitor(app.test_client())
    elsewhere.client.environ_base["HTTP_USER_AGENT"] = "Heron/1.0"
    sign_in(elsewhere, "marie")
    page = teacher.get("/account/security")
    rows = page.select("tbody tr")
    assert len(rows) == 2
    assert "Heron" not in page.text
    assert "127.0.0.1" not in page.text

    [other] = [row for row in rows if "this one" not in row.text]
    fill(teacher, page, other.form["action"])

    assert elsewhere.get("/account").path == "/sign-in"
    assert teacher.get("/account").path == "/account"
    assert "Heron" not in contents(app)


def test_the_export_is_a_file_of_ones_own(teacher, colleague):
    answer = teacher.client.get("/account/export")

    assert "attachment" in answer.headers["Content-Disposition"]
    assert json.loads(answer.text)["user"]["name"] == "marie"
    assert "paul" not in answer.text


def test_leaving_says_first_what_happens_and_asks_for_the_password(app, teacher, colleague):
    page = teacher.get("/account/delete")
    assert "Your user name" in page.select_one("main ul").text
    assert fill(teacher, page, "/delete", password=OTHER_PASSWORD).status == 422

    assert fill(teacher, page, "/delete", password=PASSWORD).path == "/sign-in"

    assert teacher.get("/account").path == "/sign-in"
    assert sign_in(teacher, "marie").status == 422
    assert colleague.get("/account").path == "/account"
    assert "marie" not in contents(app).casefold()


def test_leaving_counts_ones_works_and_asks_what_becomes_of_sets(app, teacher, colleague):
    with app.app_context():
        desk.fill("marie", "paul")
        desk.category("marie", "own", "Own", is_shared=False)
        desk.share("marie-1", "paul", "editor")
    page = teacher.get("/account/delete")
    gone, stays = (section.text for section in page.select("main section"))
    assert "1 article that is yours alone" in gone
    assert "1 draft of a set" in gone
    assert "1 category of your own that is not shared" in gone
    assert "1 article in which colleagues have a part" in stays
    assert [r["value"] for r in page.select("input[name=sets]")] == ["leave", "withdraw"]
    assert page.select_one("input[name=sets][checked]")["value"] == "leave"

    post(teacher.client, "/account/delete", password=PASSWORD, sets="withdraw")

    assert colleague.client.get("/quizzes/marie-set").status_code == 404
    assert "First" in Page(colleague.client.get("/teacher")).select_one("#invited").parent.text


def test_who_has_no_sets_is_not_asked_about_them(teacher):
    page = teacher.get("/account/delete")

    assert page.field("sets") == "leave"
    assert not page.select("input[type=radio]")


@pytest.mark.parametrize("sets", ["", "keep", "LEAVE"])
def test_there_is_no_other_fate(app, teacher, sets):
    before = contents(app)

    answer = post(teacher.client, "/account/delete", password=PASSWORD, sets=sets)

    assert answer.status_code == 400
    assert contents(app) == before


def test_the_last_administrator_cannot_leave(administrator):
    page = fill(administrator, administrator.get("/account/delete"), "/delete", password=PASSWORD)

    assert page.status == 409


def test_a_language_of_ones_own_is_kept(app, teacher, tmp_path):
    from test_messages import add_spanish

    add_spanish(app, tmp_path / "more")
    app.extensions.pop("languages", None)
    fill(teacher, teacher.get("/account"), "/account", language="es")

    elsewhere = Visitor(app.test_client())
    page = sign_in(elsewhere, "marie")

    assert page.html["lang"] == "es"


def test_a_name_is_shown_as_text_wherever_it_stands(app, administrator):
    with app.app_context():
        make_user("marie")
        users.find_by_name("marie").display_name = "<script>alert(1)</script>"
        users.db.session.commit()

    page = administrator.get("/users")

    assert "<script>alert(1)</script>" in page.select_one("table").text


@pytest.mark.parametrize(
    "shown", ["M\u0430rie", "Marie\u200b", "\u202eeiraM", "𝐌arie", "Marie\u2066x"]
)
def test_nobody_passes_for_somebody_else_by_odd_letters(app, teacher, shown):
    before = contents(app)

    page = fill(teacher, teacher.get("/account"), "/account", display_name=shown)

    assert page.status == 422
    assert "one alphabet" in page.select_one("[role=alert]").text
    assert contents(app) == before
