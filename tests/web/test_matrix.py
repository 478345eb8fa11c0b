"""T-17: every address of the app, asked for by everybody, with the ids of somebody else."""

import pytest
from build import NOW
from desk import make_category, make_set
from page import Visitor
from people import make_user, public_id, sign_in
from probing import contents, csrf, play_id

from quizgame.services import invitations, resets, sessions, users

PUBLIC = {
    *("static", "about", "languages", "leaderboards", "players", "plays", "quizzes"),
    *("sessions", "taxonomy"),
}
"""Nouns whose pages need no user. All others are for users only, without being named here."""
BY_LINK = {"users.accept", "users.reset", "users.request_reset"}
ADMINISTRATORS = "users"
CHANGING = {"users.issue_reset", "users.change_role", "users.set_active", "users.revoke"}
ROLES = ("nobody", "player", "teacher", "other teacher", "administrator")


@pytest.fixture
def foreign(app, other):
    """Ids of things that belong to a teacher called rosa, or to a player who is nobody else."""
    with app.app_context():
        rosa, eve = make_user("rosa"), make_user("eve", users.ADMINISTRATOR)
        sessions.begin(rosa, now=NOW)
        [session] = sessions.sessions_of(rosa, now=NOW)
        session_id = session.public_id
        resets.issue(public_id("rosa"), None, now=NOW)
        invitations.invite(eve, "teacher", "", now=NOW)
        [(invitation, _)] = invitations.open_invitations(now=NOW)
        ids = {"invitation_id": invitation.public_id, "user_id": public_id("rosa")}
        ids |= {"article_id": "x" * 22, "draft_id": "x" * 22}
        ids |= {"set_id": make_set("rosa"), "category_id": make_category("rosa")}
        ids |= {"annotation_id": "P0-0", "stet_id": "P0-s", "grey_id": "error.0.5"}
    return {**ids, "session_id": session_id, "play_id": play_id(other), "token": "x" * 43}


@pytest.fixture
def visitor(app, request):
    """Somebody of that role."""
    found = Visitor(app.test_client())
    role = request.param
    if role == "player":
        play_id(found)
    elif role != "nobody":
        name = role.replace(" ", "-")
        with app.app_context():
            make_user(name, users.ADMINISTRATOR if role == "administrator" else users.TEACHER)
        sign_in(found, name)
    found.role = role
    return found


def asked(app, foreign):
    """Every rule of the app: endpoint, method, address, and whether a foreign id is in it."""
    others = {
        "number": 1,
        "version": 1,
        "public_id": "starter",
        "scope": "all",
        "filename": "css/base.css",
    }
    found = []
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            values = {**others, **foreign, **(rule.defaults or {})}
            missing = rule.arguments - values.keys()
            assert not missing, f"{rule}: say here what a foreign {missing} is"
            path = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            methods = sorted((rule.methods or set()) & {"GET", "POST"})
            has_foreign_id = bool(rule.arguments & foreign.keys())
            found += [(rule.endpoint, method, path, has_foreign_id) for method in methods]
    return found


def may(role, endpoint, has_foreign_id):
    """Tell whether somebody of a role may see or do what is at an endpoint."""
    noun = endpoint.partition(".")[0]
    if endpoint in BY_LINK:
        return False  # the token is one that nobody made, and there is no mail here
    if noun == ADMINISTRATORS:
        return role == "administrator"
    if noun in PUBLIC:
        return not has_foreign_id
    return role not in {"nobody", "player"} and not has_foreign_id


@pytest.mark.parametrize("visitor", ROLES, indirect=True)
def test_nobody_gets_at_what_is_not_theirs(app, foreign, visitor):
    token, before, refused = csrf(visitor.client), contents(app), 0
    for endpoint, method, path, has_foreign_id in asked(app, foreign):
        if may(visitor.role, endpoint, has_foreign_id):
            continue
        data = {"csrf_token": token, "role": "administrator", "active": "no"}
        for sent in (data, {"csrf_token": token}) if method == "POST" else (None,):
            answer = visitor.client.open(path, method=method, data=sent, buffered=True)
            told = (endpoint, method, answer.status_code, answer.location)
            if visitor.role in {"nobody", "player"} and answer.status_code == 303:
                assert answer.location.startswith("/sign-in"), told
            else:
                assert answer.status_code in {400, 404}, told
            refused += 1

    assert contents(app) == before
    assert refused >= 6


@pytest.mark.parametrize("visitor", ROLES, indirect=True)
def test_everybody_gets_at_what_is_theirs(app, foreign, visitor):
    for endpoint, method, path, has_foreign_id in asked(app, foreign):
        if method == "GET" and may(visitor.role, endpoint, has_foreign_id):
            answer = visitor.client.get(path, buffered=True)
            waits = endpoint in {"accounts.second_step_picture", "sessions.take_second_step"}
            assert waits or answer.status_code == 200, (endpoint, answer.status_code)


@pytest.mark.parametrize("visitor", ["teacher"], indirect=True)
def test_what_is_refused_as_foreign_does_not_differ_from_what_is_not_there(app, foreign, visitor):
    nowhere = dict.fromkeys(foreign, "y" * 22)
    pairs = zip(asked(app, foreign), asked(app, nowhere), strict=True)
    for (endpoint, method, path, has_foreign_id), (*_, unknown, _) in pairs:
        if method == "GET" and has_foreign_id:
            answers = [visitor.client.get(p, buffered=True) for p in (path, unknown)]
            assert len({a.status_code for a in answers}) == 1, endpoint
            assert (
                len({a.text.replace(p, "") for a, p in zip(answers, (path, unknown), strict=True)})
                == 1
            )
