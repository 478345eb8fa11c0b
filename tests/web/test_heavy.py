"""T-37: far too much of anything is turned away with a readable 4xx."""

import pytest
from probing import contents, csrf, play_id
from werkzeug.test import encode_multipart

LONG = "A" * 20_000


@pytest.fixture
def play(student):
    return play_id(student)


def readable(answer):
    assert 400 <= answer.status_code < 500, answer.request.path[:60]
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text
    return True


def test_long_names_in_addresses_are_not_found(app, student):
    before = contents(app)
    for path in ("/quizzes/", "/plays/", "/leaderboards/", "/"):
        for name in (LONG, "a/" * 2000, "%41" * 5000, "é" * 5000, "../" * 2000):
            assert readable(student.client.get(path + name))
    assert contents(app) == before


@pytest.mark.parametrize("value", [LONG, "9" * 4000, "-" * 20_000, "é" * 20_000, "\n" * 20_000])
def test_long_values_in_forms_are_turned_away(app, student, play, value):
    before = contents(app)
    for path, fields in [
        ("/plays", {"quiz": value}),
        (f"/plays/{play}/rounds/1", {"rev": "1", "do": "save", "words": value}),
        (f"/plays/{play}/rounds/1", {"rev": value, "do": "save", "nothing": "1"}),
        (f"/plays/{play}/rounds/1", {"rev": "1", "do": value, "nothing": "1"}),
        (f"/plays/{play}/rounds/1", {"rev": "1", "do": "save", f"reason-{value}": "x"}),
        ("/desk/name", {"name": value}),
        ("/desk/listed", {"listed": value}),
        ("/desk/move", {"code": value}),
        ("/language", {"language": value}),
        ("/desk/name", {"csrf_token": value}),
    ]:
        sent = {"csrf_token": csrf(student.client), **fields}
        assert readable(student.client.post(path, data=sent))
    assert contents(app) == before


def test_a_long_cursor_shows_the_top(student):
    for cursor in (LONG, "9" * 20_000 + "-1", "1-" + "9" * 20_000, "-" * 20_000):
        assert (
            student.client.get("/leaderboards/all", query_string={"from": cursor}).status_code
            == 200
        )


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_thousands_of_fields_are_turned_away(app, student, play, kind):
    before = contents(app)
    fields = {f"f{n}": "1" for n in range(5000)} | {"csrf_token": csrf(student.client)}
    for path in ("/plays", f"/plays/{play}/rounds/1", "/desk/name", "/desk/move"):
        assert readable(send(student, path, fields, kind))
    same = {"csrf_token": csrf(student.client), "rev": "1", "do": "save", "words": ["0:0-1"] * 5000}
    assert readable(send(student, f"/plays/{play}/rounds/1", same, kind))
    assert contents(app) == before


def send(student, path, fields, kind):
    if kind == "multipart/form-data":  # as bytes: the test client would leave a file open
        boundary, body = encode_multipart(fields)
        kind = f"{kind}; boundary={boundary}"
        return student.client.post(path, data=body, content_type=kind)
    return student.client.post(path, data=fields, content_type=kind)


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "application/octet-stream",
    ],
)
def test_a_body_that_is_too_long_is_turned_away(app, student, play, kind):
    before, token = contents(app), csrf(student.client)
    body = b"csrf_token=" + token.encode() + b"&quiz=" + b"a" * 300_000
    for path in ("/plays", f"/plays/{play}/rounds/1", "/desk/move"):
        answer = student.client.post(path, data=body, content_type=kind)
        assert readable(answer)
        headers = {"X-CSRFToken": token}
        answer = student.client.post(path, data=body, content_type=kind, headers=headers)
        assert readable(answer)
    assert contents(app) == before


def test_too_much_is_called_too_much(student):
    part = b'--x\r\nContent-Disposition: form-data; name="quiz"; filename="x"\r\n\r\n'
    headers = {"X-CSRFToken": csrf(student.client)}

    for kind, body in [
        ("application/x-www-form-urlencoded", b"quiz=" + b"x" * 300_000),
        ("multipart/form-data; boundary=x", part + b"x" * 300_000 + b"\r\n--x--\r\n"),
    ]:
        answer = student.client.post("/plays", data=body, content_type=kind, headers=headers)
        assert answer.status_code == 413
        assert "too much at once" in answer.text


def test_long_headers_hurt_nobody(student, play):
    for name in ("User-Agent", "Accept", "Accept-Language", "Referer", "Cookie", "If-None-Match"):
        answer = student.client.get("/", headers={name: ("a,b;q=0.1," * 2000)[:20_000]})
        assert answer.status_code in {200, 400}
