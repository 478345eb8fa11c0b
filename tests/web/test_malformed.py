"""T-39, R-13: two thousand malformed requests: no 5xx, no trace, and nothing changes."""

from random import Random
from urllib.parse import urlencode

import pytest
from page import Visitor
from probing import addresses, contents, csrf, play_id

REQUESTS = 2000
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")
NASTY = (
    *("", " ", "\0", "a\0b", "\n", "\r\n", "\x1b[31m", "\x7f", "\u202e", "\ufeff", "\ud800"),
    *("é", "😀", "ı", "ß" * 500, "𐍈", "null", "None", "undefined", "NaN", "-Infinity", "true"),
    *("-1", "0x10", "1e308", "0", "00", "٣", "²", "9" * 400, "-" + "9" * 400, str(2**31)),
    *(str(2**63), str(2**64), "1.5", "1,5", "[]", "{}", "[1]", '{"$gt":""}', "%00", "%zz", "%"),
    *("..", "../../etc/passwd", "..%2f..%2f", "\\", "'", '"', "`", ";", "|", "&", "=", "?", "#"),
    *("x" * 9000, "a" * 50 + "!", "(" * 300, "{{7*7}}", "${7*7}", "<script>", "' OR 1=1 --"),
)
BYTES = (b"\xff", b"\xfe\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x28\x8c\x28", b"\0", b"%", b"+")
TYPES = (
    "",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/mixed; boundary=x",
    "multipart/form-data; boundary=é",
    "application/octet-stream",
    "image/svg+xml",
    "/",
    ";;;",
    "x" * 500,
)
BODIES = (
    b"",
    b"\0",
    b"--x",
    b"--x\r\n\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="quiz"\r\n\r\nstarter',
    b'--x\r\nContent-Disposition: form-data; name="\xff"; filename="\0"\r\n\r\n\xff\r\n--x--\r\n',
    b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
    b"--x\r\n" + b"A: b\r\n" * 300 + b"\r\n\r\n--x--\r\n",
    b"a=b&" * 1500,
    b"=&=&=&==",
    b"%ff=%fe&%=%zz",
    b"a[b][c]=1&a[]=2",
    b'{"quiz": "starter"',
    b"[" * 5000,
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    bytes(range(256)) * 20,
)
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Cookie", "Range", "If-None-Match"),
    *("If-Modified-Since", "If-Range", "Origin", "Referer", "Sec-Fetch-Site", "Authorization"),
    *("X-CSRFToken", "X-HTTP-Method-Override", "X-Forwarded-For", "Forwarded", "Expect", "Upgrade"),
)
COOKIES = ("session", "player")


class Fuzzer:
    """Makes one malformed request after another, always the same for a seed."""

    def __init__(self, app, visitor, seed):
        self.chance = Random(seed)
        self.client = visitor.client
        self.stranger = app.test_client(use_cookies=False)
        self.play = play_id(visitor)
        self.paths = [path for path, _ in addresses(app, self.play)]
        self.token = csrf(self.client)

    def request(self):
        """Return what to send: a method, an address, and the rest."""
        make = self.chance.choice((self.address, self.body, self.field, self.headers, self.cookie))
        return make()

    def send(self, method, path, options):
        """Send it as a server would hand it on: addresses are bytes."""
        raw = path if isinstance(path, bytes) else path.encode("utf-8", "surrogatepass")
        overrides = {**options.pop("environ_overrides", {}), "PATH_INFO": raw.decode("latin1")}
        client = self.stranger if "Cookie" in options.get("headers", ()) else self.client
        return client.open(
            "/", method=method, buffered=True, environ_overrides=overrides, **options
        )

    def nasty(self):
        if self.chance.random() < 0.2:
            points = [self.chance.choice((self.chance.randrange(256), 0x1F600)) for _ in range(9)]
            return "".join(map(chr, points))
        return self.chance.choice(NASTY)

    def address(self):
        raw = self.chance.choice(self.paths).encode()
        at = self.chance.randrange(len(raw) + 1)
        junk = self.chance.choice((*BYTES, self.nasty().encode("utf-8", "surrogatepass")))
        raw = raw[:at] + junk + raw[at + self.chance.randrange(3) :]
        query = self.nasty().encode("utf-8", "surrogatepass").decode("latin1")
        method = self.chance.choice([m for m in METHODS if m != "POST"])
        return method, raw, {"environ_overrides": {"QUERY_STRING": query}}

    def body(self):
        overrides = {}
        if self.chance.random() < 0.3:
            overrides["CONTENT_LENGTH"] = self.chance.choice(("", "-5", "abc", "1e9", "99999", "²"))
        if self.chance.random() < 0.1:
            overrides["HTTP_TRANSFER_ENCODING"] = "chunked"
        kind = self.chance.choice(TYPES).encode().decode("latin1")
        return (
            self.chance.choice(METHODS),
            self.chance.choice(self.paths),
            {
                "data": self.chance.choice(BODIES),
                "content_type": kind,
                "environ_overrides": overrides,
            },
        )

    def field(self):
        """A form that is in order but for one field."""
        answer = {"rev": "1", "do": "save", "nothing": "1"}
        round_ = f"/plays/{self.play}/rounds/1"
        path, fields, broken = self.chance.choice(
            (
                ("/plays", {}, "quiz"),
                ("/desk/listed", {}, "listed"),
                ("/desk/move", {}, "code"),
                ("/language", {}, "language"),
                ("/desk/name", {}, "name"),
                ("/desk/code", {}, "code"),
                (f"/plays/{self.play}/again", {}, "numbers"),
                (round_, {**answer, "rev": "x"}, "rev"),
                (round_, answer, "do"),
                (round_, {"rev": "1", "do": "save"}, "words"),
                (round_, answer, self.nasty() or "?"),
                (f"/plays/{self.play}/rounds/2", answer, "words"),
                (f"/plays/{self.nasty()}/again", {}, "x"),
                ("/sign-in", {"name": "marie"}, "password"),
                ("/sign-in/code", {"next": ""}, "code"),
                (f"/users/first/{self.nasty()}", {}, "name"),
                (f"/users/reset/{self.nasty()}", {}, "password"),
            )
        )
        value = self.nasty()
        if broken == "rev":
            value = f"{value}x"
        sent = {"csrf_token": self.token, **fields, broken: value}
        return (
            "POST",
            path,
            {
                "data": urlencode(sent, errors="surrogatepass"),
                "content_type": "application/x-www-form-urlencoded",
            },
        )

    def headers(self):
        value = "".join(c for c in self.nasty() if c not in "\r\n").encode("utf-8", "replace")
        names = self.chance.sample(HEADERS, 3)
        headers = dict.fromkeys(names, value.decode("latin1"))
        method = self.chance.choice(("GET", "HEAD", "OPTIONS"))
        return method, self.chance.choice(self.paths), {"headers": headers}

    def cookie(self):
        junk = self.nasty().encode("utf-8", "replace").decode("latin1").replace("\n", "")
        cookies = "; ".join(f"{name}={junk}" for name in COOKIES)
        path = self.chance.choice(self.paths)
        method = self.chance.choice(METHODS)
        data = {"csrf_token": self.token} if method == "POST" else None
        return method, path, {"headers": {"Cookie": cookies.replace("\r", "")}, "data": data}


def test_malformed_requests_get_a_readable_answer_and_change_nothing(either):
    visitor = Visitor(either.test_client())
    visitor.lock(visitor.start("find-the-bias"))
    fuzzer = Fuzzer(either, visitor, seed=20261122)
    before, statuses = contents(either), set()

    for n in range(REQUESTS):
        method, path, options = fuzzer.request()
        answer = fuzzer.send(method, path, {**options})
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (n, method, path, options)
        assert b"Traceback" not in answer.data
        if n % 100 == 0:
            assert contents(either) == before, (n, method, path, options)

    assert contents(either) == before
    assert statuses >= {200, 400, 404, 405, 422}
    assert visitor.get("/desk").select_one(".plays tbody tr")


def test_the_fuzzer_notices_a_failure(app):
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    visitor = Visitor(app.test_client())
    fuzzer = Fuzzer(app, visitor, seed=1)

    requests = [fuzzer.request() for _ in range(REQUESTS)]
    tried = [(m, p, o) for m, p, o in requests if p == "/broken" and m == "GET"]

    assert tried
    method, path, options = tried[0]
    assert fuzzer.send(method, path, options).status_code == 500


@pytest.mark.parametrize("field", ["quiz", "code", "listed", "language"])
def test_the_character_nul_is_turned_away(either, field):
    visitor = Visitor(either.test_client())
    paths = {"quiz": "/plays", "code": "/desk/move", "listed": "/desk/listed"}
    path = paths.get(field, "/language")
    before = contents(either)

    fields = {"csrf_token": csrf(visitor.client), field: "a\0b"}
    assert visitor.client.post(path, data=fields).status_code == 400
    for address in ("/quizzes/%00", "/plays/a%00b", "/leaderboards/%00", "/%00"):
        assert visitor.client.get(address).status_code == 400
    assert contents(either) == before
