"""T-24: a server that fetches pages never fetches from its own network: no hit on the canary."""

from __future__ import annotations

import gzip
import ssl
import time
from collections.abc import Iterator

import pytest
from canary import HTML, PAGE, PUBLIC, Net, say, saying

from quizgame import fetching
from quizgame.domain.errors import InputError
from quizgame.fetching import Fetcher
from quizgame.public_addresses import checked, is_among, is_public

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
    *("fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "100::1", "", "x"),
]


@pytest.fixture
def net() -> Iterator[Net]:
    made = Net()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused_unasked(net, address):
    for answers in ([address], [PUBLIC, address], [address, PUBLIC]):
        net.names["evil.example"] = [answers]
        with pytest.raises(InputError):
            net.fetch("http://evil.example/")

    assert net.hits == []
    assert net.dialled == []


@pytest.mark.parametrize("address", INSIDE[:-2])
def test_a_redirect_that_leads_inside_is_refused(net, address):
    net.names["inside.example"] = [[address]]
    for place in ("http://inside.example/", f"http://[{address}]/", f"http://{address}/"):
        net.server.hits.clear()
        net.server.answer = saying(302, [("Location", place)])
        with pytest.raises(InputError):
            net.fetch("http://good.example/")
        assert [host for host, _, _ in net.hits] == ["good.example"]


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:2800:220:1::1"])
def test_what_is_public_is_known_as_such(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "//good.example/", "ftp://good.example/", "file:///etc/passwd", "gopher://a.b/"),
        *("http://", "http:///x", "http://user@good.example/", "http://u:p@good.example/"),
        *("http://good.example:22/", "http://good.example:443/", "https://good.example:80/"),
        *(
            "http://good.example:99999/",
            "http://good.example:x/",
            "http://good.example\\@evil.example/",
        ),
        *("http://good.example/a b", "http://good.example/\r\nHost: x", "http://good\x00.example/"),
        *("http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://127.1/"),
        *("http://0177.0.0.1/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"),
        *(
            "http://[fe80::1%25lo]/",
            "http://１２７.0.0.1/",
            "http://127。0。0。1/",
            "http://①②⑦.0.0.1/",
        ),
        *("http://0/", "http://localhost%00.example/", "http://a..example/", "http://[::1/"),
        "http://good.example/" + "a" * 3000,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_address_is_refused_unasked(net, url):
    with pytest.raises(InputError):
        net.fetch(url)

    assert net.hits == []
    assert net.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(net):
    net.names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]

    page = net.fetch("http://rebinding.example/a?b=c d".replace(" ", "%20"))

    assert page.data == PAGE
    assert net.asked == ["rebinding.example"]
    assert net.dialled == [(PUBLIC, 80)]
    assert net.hits[0][:2] == ("rebinding.example", "/a?b=c%20d")


def test_a_name_is_asked_anew_at_each_hop(net):
    net.names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    net.server.answer = saying(302, [("Location", "/again")])

    with pytest.raises(InputError, match="public web"):
        net.fetch("http://rebinding.example/")
    assert len(net.hits) == 1


def test_three_hops_are_followed_and_no_more(net):
    net.server.answer = lambda h: (
        say(h, 301, [("Location", h.path + "x")]) if len(h.path) < 4 else say(h)
    )
    assert net.fetch("http://good.example/").url == "http://good.example/xxx"

    net.server.answer = lambda h: say(h, 301, [("Location", h.path + "x")])
    net.server.hits.clear()
    with pytest.raises(InputError, match="on and on"):
        net.fetch("http://good.example/")
    assert len(net.hits) == 4


def test_nothing_personal_is_sent_and_nothing_kept(net, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    net.server.answer = lambda h: say(
        h, 302 if h.path == "/" else 200, [*HTML, ("Location", "/b"), ("Set-Cookie", "a=b; Path=/")]
    )

    net.fetch("http://good.example/")

    assert len(net.hits) == 2
    for _, _, headers in net.hits:
        assert not {"Cookie", "Referer", "Authorization", "Origin"} & set(headers)
        assert headers["User-Agent"] == "quizgame"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, [("Content-Type", "application/pdf")]),
        (200, [("Content-Type", "text/plain")]),
        (200, [("Content-Type", "image/svg+xml")]),
        (200, []),
        (200, [*HTML, ("Content-Encoding", "br")]),
        (200, [*HTML, ("Content-Encoding", "gzip, gzip")]),
        (200, [*HTML, ("Content-Encoding", "gzip")]),
        (404, HTML),
        (401, HTML),
        (206, HTML),
        (302, HTML),
    ],
)
def test_what_is_no_page_is_refused(net, status, headers):
    net.server.answer = saying(status, headers)
    if status == 302:
        net.server.answer = saying(status, [*headers, ("Location", "ftp://good.example/")])

    with pytest.raises(InputError):
        net.fetch("http://good.example/")


def test_a_body_without_end_is_cut_off(net):
    sent = []

    def pour(handler):
        say(handler, body=b"")
        try:
            while len(sent) < 1_000:
                handler.wfile.write(b"a" * 100_000)
                sent.append(1)
        except OSError:
            pass

    net.server.answer = pour
    with pytest.raises(InputError, match="too large"):
        net.fetch("http://good.example/")
    assert len(sent) < 200


def test_a_bomb_is_not_unfolded(net):
    bomb = gzip.compress(bytes(100_000_000), 9)
    net.server.answer = saying(200, [*HTML, ("Content-Encoding", "gzip")], bomb)

    with pytest.raises(InputError, match="too large"):
        net.fetch("http://good.example/")


def test_what_is_packed_is_unpacked(net):
    body = gzip.compress("<p>über 🚌</p>".encode("latin-1", "replace") * 1000)
    kind = [("Content-Type", 'text/html; charset="iso-8859-1"'), ("Content-Encoding", "gzip")]
    net.server.answer = saying(200, kind, body)

    page = net.fetch("http://good.example/")

    assert (page.charset, len(page.data)) == ("iso-8859-1", 13_000)


@pytest.mark.parametrize("where", ["before a word", "in the head", "in the body"])
def test_who_drips_is_left_in_time(net, monkeypatch, where):
    monkeypatch.setattr(fetching, "SECONDS", 0.6)

    def drip(handler):
        if where == "in the body":
            say(handler, body=b"")
        elif where == "in the head":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            for n in range(60):
                time.sleep(0.05)
                if where != "before a word":
                    handler.wfile.write(b"X" if where == "in the body" else b"X-%d: y\r\n" % n)
        except OSError:
            pass

    net.server.answer = drip
    start = time.monotonic()
    with pytest.raises(InputError, match="too long"):
        net.fetch("http://good.example/")
    assert time.monotonic() - start < 2.5


def test_a_name_server_that_sleeps_holds_nobody(net, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)

    def asleep(host, port):
        time.sleep(1)
        return [PUBLIC]

    with pytest.raises(InputError, match="too long"):
        Fetcher(True, (), asleep, net.dial).fetch("http://good.example/")
    time.sleep(1)
    assert net.hits == []


def test_only_allowed_hosts_are_asked(net):
    allowed = ("news.example", ".press.example")
    for good in ("news.example", "press.example", "www.press.example"):
        assert net.fetch(f"http://{good}/", allowed).data == PAGE
    for bad in ("www.news.example", "xnews.example", "xpress.example", "news.example.evil.example"):
        with pytest.raises(InputError, match="some sites only"):
            net.fetch(f"http://{bad}/", allowed)
    assert not is_among("evil.example", allowed)


def test_nothing_is_fetched_unless_it_is_switched_on(net):
    with pytest.raises(InputError):
        Fetcher(False, (), net.resolve, net.dial).fetch("http://good.example/")
    assert net.asked == []


def test_names_in_other_scripts_become_ascii():
    assert checked("http://bücher.example/é?ü#x").host == "xn--bcher-kva.example"
    assert checked("http://bücher.example/é?ü#x").path == "/%C3%A9?%C3%BC"


def test_a_certificate_for_another_host_is_refused(net, tmp_path):
    net.server.answer = saying()

    with pytest.raises(InputError, match="could not be fetched"):
        net.fetch("https://good.example/")
    assert net.dialled == [(PUBLIC, 443)]
    assert net.hits == []
    assert ssl.create_default_context().check_hostname
