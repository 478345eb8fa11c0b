"""T-28: links for a new password, by the pages: what else could be done with one, or to one."""

import pytest
from build import NOW
from page import Visitor
from people import OTHER_PASSWORD, PASSWORD, PUBLIC, fill, key_for_codes, make_user, sign_in
from probing import contents, csrf, post
from web.test_users import mailing as mailing  # noqa: PLC0414 - a fixture

from quizgame.services import invitations, links, resets, sessions, users
from quizgame.web.access import now

POISON = (
    {"X-Forwarded-Host": "evil.example"},
    {"Forwarded": "host=evil.example"},
    {"X-Host": "evil.example", "X-Forwarded-Server": "evil.example"},
    {"X-Original-URL": "http://evil.example/", "X-Rewrite-URL": "http://evil.example/"},
    {"Host": "localhost:1234", "X-Forwarded-Proto": "https"},
)


def ask(visitor, email="marie@school.example", **headers):
    sent = {"email": email, "csrf_token": csrf(visitor.client)}
    return visitor.client.post("/users/reset", data=sent, headers=headers)


def mailed(sent):
    """The address in the last mail."""
    [link] = [line for line in sent[-1][2].splitlines() if line.startswith("http")]
    assert link.startswith(f"{PUBLIC}/users/reset/")
    return link.removeprefix(PUBLIC)


@pytest.mark.parametrize("headers", POISON, ids=str)
def test_a_link_in_a_mail_leads_where_the_settings_say(mailing, headers):
    app, sent = mailing

    answer = ask(Visitor(app.test_client()), **headers)

    assert answer.status_code == 200
    assert mailed(sent)
    assert "evil" not in str(sent) + answer.text


def test_a_host_that_is_none_of_ours_sends_nothing(mailing):
    app, sent = mailing

    assert ask(Visitor(app.test_client()), Host="evil.example").status_code == 400
    assert sent == []


def test_a_link_is_used_up_by_setting_and_not_by_looking(mailing):
    app, sent = mailing
    visitor = Visitor(app.test_client())
    ask(visitor)
    path = mailed(sent)
    for _ in range(3):  # as programs do that look into mails
        assert visitor.get(path).status == 200
        visitor.client.head(path)

    assert fill(visitor, visitor.get(path), path, password=OTHER_PASSWORD).path == "/sign-in"

    assert visitor.client.get(path).status_code == 404
    before = contents(app)
    assert post(visitor.client, path, password=PASSWORD).status_code == 404
    assert contents(app) == before


def test_the_old_link_is_worthless_once_there_is_a_newer(mailing):
    app, sent = mailing
    visitor = Visitor(app.test_client())
    ask(visitor)
    old = mailed(sent)
    ask(visitor)

    assert visitor.client.get(old).status_code == 404
    assert post(visitor.client, old, password=OTHER_PASSWORD).status_code == 404
    assert visitor.get(mailed(sent)).status == 200


def test_a_link_is_worthless_after_another_address(mailing):
    app, sent = mailing
    visitor, thief = Visitor(app.test_client()), Visitor(app.test_client())
    ask(thief)
    sign_in(visitor, "marie")
    page = visitor.get("/account")
    fill(visitor, page, "/account", email="marie@other.example", password=PASSWORD)

    assert thief.client.get(mailed(sent)).status_code == 404
    ask(thief)
    assert len(sent) == 1


def test_no_token_opens_what_another_is_for(app, student):
    with app.app_context():
        ada = make_user("ada", users.ADMINISTRATOR)
        key_for_codes(make_user("marie"))
        half, is_in = sessions.sign_in("marie", PASSWORD, now=now())
        assert not is_in
        tokens = {
            "reset": issue_reset("ada"),
            "invitation": invitations.invite(ada, "teacher", "", now=now()),
            "first": invitations.make_rescue_link(now=now()),
            "half": half,
            "session": sessions.begin(ada, now=now()),
        }
    before = contents(app)
    for kind in ("reset", "invitation", "first"):
        for name, token in tokens.items():
            path, is_right = f"/users/{kind}/{token}", kind == name
            assert (student.client.get(path).status_code == 200) is is_right, (kind, name)
            sent = {"password": "short"} if kind == "reset" else NEWCOMER
            assert post(student.client, path, **sent).status_code == (422 if is_right else 404)
    assert contents(app) == before
    with app.app_context():
        for name, token in tokens.items():
            assert (sessions.find(token, now=now()) is not None) is (name == "session")


NEWCOMER = {"name": "eve", "display_name": "", "email": "", "password": "short"}


def issue_reset(name):
    return resets.issue(users.find_by_name(name).public_id, None, now=now())


def test_a_link_of_before_an_hour_is_too_old(app, student):
    with app.app_context():
        make_user("marie")
        id_ = users.find_by_name("marie").public_id
        token = resets.issue(id_, None, now=NOW - links.SOON)

    assert student.client.get(f"/users/reset/{token}").status_code == 404
