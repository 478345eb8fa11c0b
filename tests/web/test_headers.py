"""T-23, T-32: what every answer carries, and what caches may keep."""

import re

import pytest
from probing import addresses, csrf, play_id

from quizgame.web.access import HEADERS

SECRET = ("/users/first/", "/users/invitation/", "/users/reset/")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.fixture
def play(student):
    play = play_id(student)
    student.lock(student.get(f"/plays/{play}"))
    return play


def statics(student):
    page = student.client.get("/").text
    return sorted(set(re.findall(r'"(/static/[^"]+)"', page)))


def audit(answer):
    expected = dict(HEADERS)
    if answer.request.path.startswith(SECRET):
        expected["Referrer-Policy"] = "no-referrer"
    for name, value in expected.items():
        assert answer.headers.getlist(name) == [value], (answer.request.path, name)
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


def is_kept_nowhere(answer):
    assert answer.headers.getlist("Cache-Control") == ["no-store"], answer.request.path
    assert "Cookie" in answer.vary, answer.request.path


def test_the_policy_lets_in_nothing_but_our_own():
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))

    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert not [value for value in policy.values() if "unsafe" in value or "http" in value]


def test_every_route_carries_the_headers_and_is_kept_nowhere(app, student, play):
    for path, methods in addresses(app, play):
        for method in methods:
            answer = student.client.open(path, method=method, buffered=True)
            if answer.status_code == 405:  # the packed files' own answer, with nothing in it
                assert ("/static/" in path, answer.data) == (True, b"")
                continue
            audit(answer)
            if path != "/favicon.ico" and "/static/" not in path:
                is_kept_nowhere(answer)


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/static/nowhere.js", {}, 404),
        ("GET", "/plays/x", {}, 404),
        ("DELETE", "/desk", {}, 405),
        ("POST", "/desk/name", {}, 400),
        ("POST", "/desk/name", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 400),
        ("GET", "/", {"headers": {"Host": "evil.example"}}, 400),
        ("POST", "/desk/name", {"data": b"x" * 300_000}, 413),
        ("GET", "/nowhere", {"headers": {"Accept": "application/json"}}, 404),
    ],
)
def test_every_error_carries_the_headers(student, method, path, options, status):
    answer = student.client.open(path, method=method, **options)

    assert answer.status_code == status
    audit(answer)
    is_kept_nowhere(answer)


def test_a_failure_of_ours_carries_the_headers_and_tells_nothing(app, student):
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)

    answer = student.client.get("/broken")

    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "division" not in answer.text
    audit(answer)
    is_kept_nowhere(answer)


def test_files_are_kept_for_ever_and_carry_the_headers(student):
    paths = statics(student)
    assert len(paths) >= 4
    for path in paths:
        answer = student.client.get(path, buffered=True)
        assert answer.status_code == 200
        audit(answer)
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "trick",
    ["x.css", "/x.css", "/style.js", ".css", ";x.css", "%2Fx.css", "%00.css", "%3Bx.css", "/.."],
)
def test_a_page_cannot_be_dressed_as_a_file(app, student, play, trick):
    for path, methods in addresses(app, play):
        if "GET" not in methods or path == "/" or "/static/" in path:
            continue
        answer = student.client.get(f"{path.rstrip('/')}{trick}", buffered=True)
        asks_who = answer.status_code == 303 and answer.location.startswith("/sign-in")
        assert asks_who or answer.status_code in {400, 404}, answer.request.path
        is_kept_nowhere(answer)


def test_cookies_are_for_this_site_and_no_script(student, play):
    for cookie in student.client._cookies.values():
        assert cookie.http_only
        assert cookie.same_site == "Lax"
        assert cookie.domain == "localhost"
        assert cookie.path == "/"


def test_over_https_cookies_and_browsers_stay_there(data_dir):
    from databases import close, make_app

    app = make_app(data_dir, HTTPS="1")
    client = app.test_client()
    answer = client.post(
        "/plays",
        data={"quiz": "starter", "csrf_token": csrf_over_https(client)},
        base_url="https://localhost",
    )
    cookies = answer.headers.getlist("Set-Cookie")
    close(app)

    assert answer.status_code == 303
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def csrf_over_https(client):
    page = client.get("/quizzes/starter", base_url="https://localhost").text
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_redirects_stay_on_the_site(student, play):
    for path in ("//evil.example", "/\\evil.example", "/plays//evil.example", "/%0d%0aX: y"):
        answer = student.client.get(path)
        assert answer.status_code in {308, 400, 404}
        assert "evil" not in answer.headers.get("Location", "").partition("/")[0]
    answer = student.client.post(
        "/plays", data={"quiz": "starter", "csrf_token": csrf(student.client)}
    )
    assert answer.location.startswith("/plays/")
