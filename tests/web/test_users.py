"""How users come in, and what administrators do about them."""

import pytest
from build import NOW
from databases import close, make_app
from page import Page, Visitor
from people import ADMINISTRATOR, OTHER_PASSWORD, PUBLIC, fill, make_user, sign_in
from probing import contents, post

from quizgame.services import invitations


def first_path(app):
    with app.app_context():
        return f"/users/first/{invitations.make_first_link(now=NOW)}"


def link_on(page):
    """The one-time link that a page shows, as a path."""
    link = page.select_one(".one-time-link").text
    assert link.startswith(f"{PUBLIC}/users/")
    return link.removeprefix(PUBLIC)


def come_in(visitor, path, **fields):
    person = {"name": "marie", "password": "kitten umbrella 9", **fields}
    return fill(visitor, visitor.get(path), path, **person)


@pytest.mark.parametrize("token", ["x", "None", "x" * 43, "%27%20OR%201=1"])
@pytest.mark.parametrize("purpose", ["first", "invitation", "reset"])
def test_a_link_that_nobody_made_is_no_page(student, purpose, token):
    answer = student.client.get(f"/users/{purpose}/{token}")

    assert answer.status_code == 404
    assert "This link does not work" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_first_link_makes_an_administrator_once(app, student, other):
    path = first_path(app)

    page = come_in(student, path)

    assert page.path == "/teacher"
    assert student.get("/users").status == 200
    assert other.get(path).status == 404


def test_what_will_not_do_is_told_on_the_page_and_typed_again_is_not_needed(app, student):
    path = first_path(app)

    page = come_in(student, path, name="Marie C", display_name="Marie")

    assert page.status == 422
    assert "3 to 40 letters" in page.select_one("[role=alert]").text
    assert page.select_one("#display_name")["value"] == "Marie"
    assert not page.select_one("#password").get("value")


def test_pages_of_secret_addresses_tell_nobody_where_they_are(app, student):
    path = first_path(app)
    page = student.get(path)
    token = page.field("csrf_token")
    fields = {"name": "marie", "display_name": "", "email": "", "password": "kitten umbrella 9"}
    data = {**fields, "csrf_token": token}

    assert page.headers["Referrer-Policy"] == "no-referrer"
    foreign = student.client.post(path, data=data, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    cross = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    assert student.client.post(path, data=data, headers=cross).status_code == 403
    ours = student.client.post(path, data=data, headers={"Origin": "null"})
    assert ours.status_code == 303


@pytest.mark.parametrize("extra", ["role", "id", "user_id", "is_active", "owner_id", "purpose"])
def test_nobody_gives_themselves_more(app, student, extra):
    path = first_path(app)
    token = student.get(path).field("csrf_token")
    before = contents(app)
    fields = {"name": "marie", "display_name": "", "email": "", "password": "kitten umbrella 9"}

    sent = {**fields, "csrf_token": token, extra: ADMINISTRATOR}
    assert student.client.post(path, data=sent).status_code == 400
    assert contents(app) == before


def test_an_invitation_makes_a_teacher_who_administers_nothing(administrator, student):
    page = fill(administrator, administrator.get("/users"), "/invitations", role="teacher")

    assert come_in(student, link_on(page)).path == "/teacher"

    assert student.get("/users").status == 404
    assert administrator.get("/users").find(string="Marie") is None
    assert "marie" in administrator.get("/users").select_one("tbody").text


def test_links_begin_as_the_settings_say_whatever_the_request_is_sent_to(administrator):
    headers = {"Host": "localhost:1234", "X-Forwarded-Host": "evil.example"}
    page = Page(post(administrator.client, "/users/invitations", role="teacher", email=""))
    poisoned = post(
        administrator.client, "/users/invitations", role="teacher", email="", headers=headers
    )

    assert link_on(page)
    assert "evil" not in poisoned.text
    assert f"{PUBLIC}/users/invitation/" in poisoned.text


@pytest.mark.parametrize("role", ["", "owner", "ADMINISTRATOR", "administrator "])
def test_there_are_no_other_roles(app, administrator, role):
    before = contents(app)

    assert post(administrator.client, "/users/invitations", role=role, email="").status_code == 400
    assert contents(app) == before


def test_an_odd_address_is_told(administrator):
    page = fill(administrator, administrator.get("/users"), "/invitations", email="x")

    assert page.status == 422
    assert "not an e-mail address" in page.text


def test_an_invitation_is_listed_and_withdrawn(administrator, student):
    page = fill(administrator, administrator.get("/users"), "/invitations", email="p@x.example")
    path = link_on(page)
    assert "p@x.example" in administrator.get("/users").text

    fill(administrator, administrator.get("/users"), "/revoke")

    assert "p@x.example" not in administrator.get("/users").text
    assert student.get(path).status == 404


def test_an_administrator_helps_who_lost_a_password(administrator, teacher, student):
    page = administrator.get("/users")
    [row] = [r for r in page.select("tbody tr") if "marie" in r.text]
    action = row.select_one('form[action$="/reset"]')["action"]
    path = link_on(fill(administrator, page, action))
    assert "marie" in student.get(path).text

    done = fill(student, student.get(path), path, password=OTHER_PASSWORD)

    assert done.path == "/sign-in"
    assert teacher.get("/account").path == "/sign-in"
    assert student.get(path).status == 404
    assert sign_in(student, "marie").status == 422
    assert sign_in(student, "marie", OTHER_PASSWORD).path == "/teacher"


def test_roles_and_doors_are_changed_by_buttons(app, administrator, teacher):
    def press(label):
        page = administrator.get("/users")
        [button] = page.select(f'button[aria-label="{label}: marie"]')
        return fill(administrator, page, button.find_parent("form")["action"])

    press("Make administrator")
    assert teacher.get("/account").path == "/sign-in"
    sign_in(teacher, "marie")
    assert teacher.get("/users").status == 200

    press("Do not let in")
    assert teacher.get("/account").path == "/sign-in"
    assert sign_in(teacher, "marie").status == 422
    press("Let in again")
    assert sign_in(teacher, "marie").status == 200


def test_the_last_administrator_is_told_so(administrator):
    page = administrator.get("/users")

    answer = fill(administrator, page, page.select_one('form[action$="/role"]')["action"])

    assert answer.status == 409
    assert "last administrator" in answer.text


def test_without_mail_nobody_can_ask_for_a_link(student):
    assert student.get("/users/reset").status == 404
    assert not student.get("/sign-in").select('a[href="/users/reset"]')


@pytest.fixture
def mailing(data_dir):
    """An app that is told of a mail server, and the mails it would send."""
    app = make_app(data_dir, MAIL_URL="smtp://localhost:1", MAIL_FROM="game@school.example")
    sent = app.extensions["mailer"] = Outbox()
    with app.app_context():
        make_user("marie", email="marie@school.example")
    yield app, sent
    close(app)


class Outbox(list):
    """Keeps mails instead of sending them."""

    is_configured = True

    def send(self, to, subject, words):
        self.append((to, subject, words))


def test_asking_is_answered_alike_for_known_and_unknown_addresses(mailing):
    app, sent = mailing
    answers = {
        (page.status, str(page.main))
        for email in ("marie@school.example", "nobody@school.example", "not an address")
        for visitor in [Visitor(app.test_client())]
        for page in [fill(visitor, visitor.get("/users/reset"), "/reset", email=email)]
    }

    assert len(answers) == 1
    assert [to for to, *_ in sent] == ["marie@school.example"]


def test_the_link_in_a_mail_works(mailing):
    app, sent = mailing
    visitor = Visitor(app.test_client())
    fill(visitor, visitor.get("/users/reset"), "/reset", email="marie@school.example")
    [link] = [line for line in sent[0][2].splitlines() if line.startswith("http")]
    path = link.removeprefix(PUBLIC)

    fill(visitor, visitor.get(path), path, password=OTHER_PASSWORD)

    assert sign_in(visitor, "marie", OTHER_PASSWORD).path == "/teacher"


def test_an_invitation_is_sent_as_well(mailing):
    app, sent = mailing
    with app.app_context():
        make_user("ada", ADMINISTRATOR)
    visitor = Visitor(app.test_client())
    sign_in(visitor, "ada")

    page = fill(visitor, visitor.get("/users"), "/invitations", email="paul@school.example")

    [(to, _, words)] = sent
    assert to == "paul@school.example"
    assert page.select_one(".one-time-link").text in words
