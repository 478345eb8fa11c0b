"""T-22: what another site's page can make a browser send is refused and changes nothing."""

import json

import pytest
from probing import addresses, contents, csrf, play_id

SOME = "x" * 22
ON_SETS = [
    *("/finish", "/reopen"),
    *(f"/passages/1/{do}" for do in ("selection", "settle", "undo", "redo", "restore")),
    *(f"/passages/1/{what}/{SOME}" for what in ("annotations", "stets", "grey")),
]
SECRET = [f"/users/{purpose}/{SOME}" for purpose in ("first", "invitation", "reset")]
"""Pages that tell nobody where they are, so that their forms come from an origin called "null"."""
OF_ARTICLES = [
    *("/imports", "/imports/file", "/imports/address", "/imports/preview"),
    *(f"/articles/{SOME}{end}" for end in ("/remove", "/versions/1/about")),
    *(f"/articles/{SOME}/versions/1/{end}" for end in ("change", "loose")),
]

AGREEMENT = [
    f"/articles/{SOME}/agreement/colleagues",
    f"/articles/{SOME}/agreement/colleagues/{SOME}/end",
    f"/articles/{SOME}/versions/1/agreement/rulings",
    f"/articles/{SOME}/versions/1/agreement/defaults",
    f"/articles/{SOME}/blind",
    f"/annotations/{SOME}/suggestions/rulings",
    f"/annotations/{SOME}/suggestions/all",
]
SETS = [
    f"/drafts/{SOME}",
    f"/drafts/{SOME}/remove",
    f"/drafts/{SOME}/publish",
    f"/drafts/{SOME}/withdraw",
    f"/drafts/{SOME}/proposal",
    f"/drafts/{SOME}/rounds",
    f"/drafts/{SOME}/rounds/1",
    f"/drafts/{SOME}/rounds/1/move",
    f"/drafts/{SOME}/rounds/1/remove",
    f"/drafts/{SOME}/names",
    f"/drafts/{SOME}/article",
    f"/drafts/{SOME}/rehearsal/1",
    "/packs",
    "/packs/keep",
    "/library/starter/fork",
]
"""Sets in the making, set files and the library."""


@pytest.fixture
def play(student):
    play = play_id(student)
    student.lock(student.get(f"/plays/{play}"))
    return play


def posts(play):
    """Every form that changes something, in order but for its token."""
    return [
        ("/plays", {"quiz": "mixed-dozen"}),
        (f"/plays/{play}/again", {}),
        (f"/plays/{play}/rounds/2", {"rev": "1", "nothing": "1", "do": "save"}),
        (f"/plays/{play}/rounds/2", {"rev": "1", "nothing": "1", "do": "lock"}),
        ("/language", {"language": "en"}),
        ("/desk/name", {}),
        ("/desk/listed", {"listed": "no"}),
        ("/desk/code", {}),
        ("/desk/move", {"code": "AAAA-AAAA"}),
        ("/sign-in", {"name": "marie", "password": "kitten umbrella 9", "next": ""}),
        ("/sign-in/code", {"code": "123456", "next": ""}),
        ("/sign-out", {}),
        ("/account", {}),
        ("/account/password", {}),
        ("/account/second-step/start", {}),
        ("/account/second-step/confirm", {}),
        ("/account/second-step/off", {}),
        ("/account/second-step/codes", {}),
        ("/account/sessions/end", {}),
        (f"/account/sessions/{SOME}/end", {}),
        ("/account/delete", {}),
        ("/drafts", {}),
        *((path, {}) for path in OF_ARTICLES),
        *((path, {}) for path in AGREEMENT),
        *((f"/annotations/{SOME}{path}", {}) for path in ON_SETS),
        *((f"/categories/{path}", {}) for path in ("new", SOME, f"{SOME}/remove")),
        *((path, {}) for path in SETS),
        ("/users/reset", {}),
        ("/users/invitations", {}),
        (f"/users/invitations/{SOME}/revoke", {}),
        (f"/users/{SOME}/reset", {}),
        (f"/users/{SOME}/role", {"role": "administrator"}),
        (f"/users/{SOME}/active", {"active": "no"}),
        (f"/users/{SOME}/second-step", {}),
        *((path, {}) for path in SECRET),
    ]


def test_no_form_is_forgotten_here(app, play):
    takes_posts = {path for path, methods in addresses(app, play) if "POST" in methods}

    assert {path.replace("rounds/2", "rounds/1") for path, _ in posts(play)} == takes_posts


@pytest.mark.parametrize("token", [None, "", "x", "ImFiYyI.aSZ7tA.9V0"])
def test_a_form_without_a_good_token_is_refused(app, student, play, token):
    before = contents(app)

    for path, fields in posts(play):
        sent = fields if token is None else {**fields, "csrf_token": token}
        answer = student.client.post(path, data=sent)
        assert answer.status_code == 400
        assert "This form could not be checked" in answer.text
    assert contents(app) == before


def test_the_token_of_another_session_is_refused(app, student, other, play):
    token, before = csrf(other.client), contents(app)

    for path, fields in posts(play):
        answer = student.client.post(path, data={**fields, "csrf_token": token})
        assert answer.status_code == 400
    assert contents(app) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "null"},
        {"Origin": "localhost"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
    ids=str,
)
def test_what_another_site_sends_is_refused_even_with_a_good_token(app, student, play, headers):
    token, before = csrf(student.client), contents(app)

    for path, fields in posts(play):
        if headers == {"Origin": "null"} and path in SECRET:
            continue
        data = {**fields, "csrf_token": token}
        answer = student.client.post(path, data=data, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text
    assert contents(app) == before


def test_what_our_own_page_sends_is_carried_out(student, play):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    data = {"csrf_token": csrf(student.client), "listed": "no"}

    assert student.client.post("/desk/listed", data=data, headers=headers).status_code == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/plain; a=json"])
def test_json_is_no_form_whatever_it_is_called(app, student, play, kind):
    token, before = csrf(student.client), contents(app)

    for path, fields in posts(play):
        body = json.dumps({**fields, "csrf_token": token})
        answer = student.client.post(path, data=body, content_type=kind)
        assert answer.status_code == 400
    assert contents(app) == before


def test_nothing_changes_by_looking(app, student, play):
    for method in ("GET", "HEAD", "OPTIONS"):
        for path, _ in addresses(app, play):
            before = contents(app)
            student.client.open(path, method=method, buffered=True)
            student.client.open(f"{path}?do=lock&nothing=1&listed=no", method=method, buffered=True)
            assert contents(app) == before


def test_forms_take_no_other_method(app, student, play):
    for path, methods in addresses(app, play):
        for method in {"PUT", "PATCH", "DELETE", "POST", "GET", "TRACE"} - methods:
            others = {m for p, more in addresses(app, play) if p == path for m in more}
            answer = student.client.open(path, method=method, buffered=True)
            assert method in others or answer.status_code in {400, 405}, (method, path)
