"""How often a code may be tried, counted in memory or in Redis."""

import secrets

import pytest
from databases import close, make_app, service
from page import Visitor
from probing import csrf

from quizgame.web.access import limiter


@pytest.fixture
def address():
    """An address of nobody else's in this run."""
    return "10." + ".".join(str(b) for b in secrets.token_bytes(3))


def tries(app, address, count):
    client = Visitor(app.test_client()).client
    client.environ_base["REMOTE_ADDR"] = address
    data = {"csrf_token": csrf(client), "code": "AAAA-AAAA"}
    return [client.post("/desk/move", data=data).status_code for _ in range(count)]


def test_two_addresses_are_counted_apart(app, address):
    assert tries(app, address, 11) == [422] * 10 + [429]
    assert tries(app, "192.0.2.1", 10) == [422] * 10


def test_a_limit_is_told_in_words(app, student, address):
    tries(app, "127.0.0.1", 10)
    data = {"csrf_token": csrf(student.client), "code": "AAAA-AAAA"}

    answer = student.client.post("/desk/move", data=data)

    assert answer.status_code == 429
    assert "Wait a minute" in answer.text


def test_new_codes_are_limited_too(app, student):
    data = {"csrf_token": csrf(student.client)}

    made = [student.client.post("/desk/code", data=data).status_code for _ in range(31)]

    assert made == [200] * 30 + [429]


def test_playing_is_not_limited(student):
    page = student.start("starter")
    for rev in range(1, 80):
        page = student.send(page, rev=str(rev), nothing="1", do="save")
        assert page.status == 200


def test_servers_that_share_redis_share_the_count(data_dir, address):
    url = service("QUIZGAME_TEST_REDIS")
    app = make_app(data_dir, REDIS_URL=url)
    first = tries(app, address, 6)
    close(app)
    app = make_app(data_dir, REDIS_URL=url)
    second = tries(app, address, 6)
    close(app)

    assert first + second == [422] * 10 + [429] * 2


def test_without_its_redis_a_server_counts_for_itself(data_dir, address, tmp_path, monkeypatch):
    for name in ("_storage_dead", "_in_memory_fallback_enabled"):  # the limiter outlives the app
        monkeypatch.setattr(limiter, name, False)
    app = make_app(data_dir, REDIS_URL=f"unix://{tmp_path}/nobody.sock")
    found = tries(app, address, 11)
    close(app)

    assert found == [422] * 10 + [429]
