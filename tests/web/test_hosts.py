"""T-31: the names by which the game may be asked for, and proxies that are not there."""

import pytest
from databases import close, make_app
from probing import post


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:5000",
        "[::2]",
        "a b",
        "x" * 900,
        "@",
        "[",
        "é",
    ],
)
@pytest.mark.parametrize("path", ["/", "/plays/x", "/nowhere", "/healthz"])
def test_a_name_that_is_not_ours_is_refused_in_a_readable_line(student, host, path):
    for method in ("GET", "POST"):
        host_header = {"Host": host.encode().decode("latin1")}
        answer = student.client.open(path, method=method, headers=host_header)

        assert answer.status_code == 400
        assert "QUIZGAME_TRUSTED_HOSTS" in answer.text
        assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:5000"])
def test_this_machine_is_known(student, host):
    assert student.client.get("/", headers={"Host": host}).status_code == 200


def test_names_can_be_added(data_dir):
    app = make_app(data_dir, TRUSTED_HOSTS="quiz.school.example, .heron.example")
    answers = {
        host: app.test_client().get("/ok", headers={"Host": host}).status_code
        for host in ("quiz.school.example", "a.heron.example", "localhost", "school.example")
    }
    close(app)

    assert answers == {
        "quiz.school.example": 200,
        "a.heron.example": 200,
        "localhost": 400,
        "school.example": 400,
    }


def test_what_a_proxy_would_say_is_not_believed_without_one(student):
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "host=evil.example",
    }

    answer = post(student.client, "/plays", quiz="starter", headers=headers)

    assert answer.location.startswith("/plays/")
    assert "evil" not in student.client.get("/", headers=headers).text


def test_addresses_made_up_by_the_client_do_not_buy_more_tries(student):
    tried = [
        post(
            student.client,
            "/desk/move",
            code="AAAA-AAAA",
            headers={"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.0.{n}"},
        ).status_code
        for n in range(12)
    ]

    assert tried == [422] * 10 + [429] * 2


def test_one_proxy_is_believed_where_one_is_configured(data_dir):
    app = make_app(data_dir, PROXIES="1", TRUSTED_HOSTS="quiz.school.example")
    headers = {"X-Forwarded-Host": "quiz.school.example", "Host": "inside"}
    statuses = [
        app.test_client().get("/ok", headers=headers).status_code,
        app.test_client().get("/ok", headers={"Host": "inside"}).status_code,
    ]
    close(app)

    assert statuses == [200, 400]
