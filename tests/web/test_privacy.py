"""T-40: no other site is asked for anything, and nothing about a device is kept."""

import re

import pytest
from databases import close
from page import Visitor
from probing import addresses, play_id

AGENT = "CanaryBrowser/7.7 (Heron OS 12)"
ADDRESS = "203.0.113.77"


@pytest.fixture
def journey(app):
    """Somebody who played, looked around, moved, and told us more than we asked for."""
    visitor = Visitor(app.test_client())
    visitor.client.environ_base |= {
        "HTTP_USER_AGENT": AGENT,
        "REMOTE_ADDR": ADDRESS,
        "HTTP_REFERER": "https://canary.example/class-7b",
        "HTTP_ACCEPT_LANGUAGE": "tlh",
    }
    page = visitor.start("starter")
    visitor.lock(page)
    for path, methods in addresses(app, page.path.split("/")[2]):
        if "GET" in methods:
            visitor.client.get(path, buffered=True)
    return visitor


def test_there_are_two_cookies_and_no_more(app, journey):
    assert {cookie.key for cookie in journey.client._cookies.values()} == {"session", "player"}


def test_looking_around_leaves_no_mark(app):
    client = app.test_client()
    for path in ("/quizzes", "/leaderboards/all", "/guide", "/privacy", "/licences"):
        client.get(path)

    assert client.get_cookie("player") is None


def test_the_cookies_say_nothing_about_the_player(app, journey):
    with app.app_context():
        inside = app.session_interface.get_signing_serializer(app).loads(
            journey.client.get_cookie("session").value
        )
    assert set(inside) <= {"csrf_token", "language"}
    token = app.extensions["player_signer"].loads(journey.client.get_cookie("player").value)
    assert re.fullmatch(r"[\w-]{32}", token)


def test_neither_address_nor_browser_nor_origin_is_stored(app, data_dir, journey):
    close(app)

    kept = b"".join(path.read_bytes() for path in data_dir.iterdir() if path.is_file())

    assert b"SQLite format 3" in kept
    for canary in (AGENT, ADDRESS, "canary.example", "tlh,", "Heron OS"):
        assert canary.encode() not in kept


def test_pages_ask_no_other_site_for_anything(app, journey):
    play = play_id(journey, "mixed-dozen")
    for path, methods in addresses(app, play):
        if "GET" not in methods:
            continue
        answer = journey.client.get(path, follow_redirects=True, buffered=True)
        if not answer.content_type.startswith("text/html"):
            continue
        page = journey.get(path)
        asked = [tag.get("src") or tag.get("href") for tag in page.select("[src], link[href]")]
        assert all(str(address).startswith("/") for address in asked), path
        assert not page.select('[srcset], [background], [ping], link[rel="preconnect"]')
        for link in page.select('a[href^="http"]'):
            assert {"noreferrer", "noopener"} <= set(link["rel"])
