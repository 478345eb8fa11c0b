"""T-01: nothing that can be reached before a round's lock depends on its key."""

import base64
import shutil
from dataclasses import replace
from hashlib import sha256
from itertools import chain

import build
import pytest
from canaries import spellings
from databases import close, make_app
from flask import request
from twins import LAST, ONE, OTHERS, SECRET, Seen, Watcher, article, draft, fix_chance

from quizgame.services import quizzes


@pytest.fixture
def watch(planted, tmp_path, monkeypatch):
    """Play a twin up to a round, in its own database; return what was seen before each lock."""

    def watch_twin(twin, until=LAST, leak=None):
        folder = shutil.copytree(planted, tmp_path / f"twin-{len(list(tmp_path.iterdir()))}")
        with monkeypatch.context() as patch:
            fix_chance(patch)
            app = make_app(folder, SECRET_KEY=SECRET)
            with app.app_context():
                build.publish(draft(), article(twin))
            if leak:
                app.after_request(lambda response: leak(response) or response)
            seen = list(Watcher(app).watch(until))
            close(app)
        return seen

    return watch_twin


def differences(one, other):
    """What was asked where two histories are not the same, byte for byte."""
    one, other = list(chain(*one)), list(chain(*other))
    assert len(one) == len(other) > 100
    return [a.asked for a, b in zip(one, other, strict=True) if a != b]


def found(seen, canaries):
    """What was asked where an answer holds a canary, however it is spelled."""
    hidden = [spelling for canary in canaries for spelling in spellings(canary)]
    return [
        answer.asked
        for answer in seen
        if any(spelling in answer.body + str(answer.headers).encode() for spelling in hidden)
    ]


@pytest.mark.parametrize("number", OTHERS)
def test_nothing_reached_before_the_lock_depends_on_the_key(watch, number):
    one, other = watch(ONE, number), watch(OTHERS[number], number)

    assert differences(one, other) == []


def test_the_twins_have_different_keys_and_the_same_prices(in_app):
    prices = []
    for twin in (ONE, *OTHERS.values()):
        build.publish(draft(), article(twin))
        prices.append(quizzes.get_quiz("herons").prices)

    assert all(p == prices[0] for p in prices)
    assert quizzes.get_quiz("herons").version == 4  # each has another digest
    assert prices[0]["marking"]["clean"] == 4


@pytest.mark.parametrize("number", [1, 3])
def test_what_comes_after_the_lock_does_depend_on_the_key(watch, number):
    until = min(number + 1, LAST)

    assert differences(watch(ONE, until), watch(OTHERS[number], until))


def test_no_canary_is_seen_before_its_lock(watch):
    error, slant, name = ONE.canaries
    secret = [{error, slant, name}, {slant, name}, {name}, set()]

    for seen, canaries in zip(watch(ONE), secret, strict=True):
        assert found(seen, canaries) == []


def test_a_canary_is_seen_after_its_lock(watch):
    seen = watch(ONE)

    for number, canary in enumerate(ONE.canaries):
        assert found(seen[number + 1], [canary])


def key_here():
    """The annotations of the round that is asked for, if it is one."""
    args = request.view_args or {}
    if "number" not in args:
        return []
    rounds = quizzes.get_quiz("herons").rounds
    number = min(args["number"], len(rounds))
    return rounds[number - 1].item.passages[0].annotations


def put(response, more):
    if response.mimetype == "text/html":
        response.data += more


def in_an_attribute(response):
    starts = ",".join(str(a.span.start) for a in key_here())
    response.data = response.data.replace(b"<main", f'<main data-key="{starts}"'.encode())


def in_the_length(response):
    put(response, b" " * sum(a.span.start for a in key_here()))


def in_a_header(response):
    told = "".join(f"{a.span.start} {a.category}" for a in key_here())
    response.headers["X-Trace"] = sha256(told.encode()).hexdigest()


def in_a_comment(response):
    told = "".join(a.why for a in key_here()).encode()
    put(response, b"<!-- " + base64.b64encode(told) + b" -->")


def in_an_order(response):
    if key_here() and key_here()[0].category == "flag_waving":
        response.data = response.data.replace(b"loaded_language", b"\0").replace(
            b"flag_waving", b"loaded_language"
        )


def in_a_saved_reply(response):
    if response.is_json and request.method == "POST":
        response.data = response.data.replace(b"}", b',"n":%d}' % key_here()[0].span.start)


def in_a_missing_page(response):
    if response.status_code == 404 and key_here():
        put(response, str(key_here()[0].span.start).encode())


def in_a_cookie(response):
    if key_here():
        response.set_cookie("k", key_here()[0].category + str(key_here()[0].span.start))


def in_a_status(response):
    if request.method == "POST" and key_here() and key_here()[0].span.start > 20:
        response.status_code += 1


LEAKS = (
    in_an_attribute,
    in_the_length,
    in_a_header,
    in_a_comment,
    in_a_saved_reply,
    in_a_missing_page,
    in_a_cookie,
    in_a_status,
)


@pytest.mark.parametrize("leak", LEAKS)
def test_an_app_that_leaks_the_place_is_caught(watch, leak):
    one, other = watch(ONE, 1, leak), watch(OTHERS[1], 1, leak)

    assert differences(one, other)


@pytest.mark.parametrize("leak", [in_a_header, in_an_order])
def test_an_app_that_leaks_the_name_is_caught(watch, leak):
    def later(response):
        if (request.view_args or {}).get("number", 0) > 2:
            leak(response)

    assert differences(watch(ONE, 3, later), watch(OTHERS[3], 3, later))


@pytest.mark.parametrize(
    "spell",
    [
        lambda raw: raw,
        base64.b64encode,
        lambda raw: base64.b64encode(b"a" + raw),
        lambda raw: base64.b64encode(b"ab" + raw + b"c"),
        lambda raw: raw.hex().encode(),
        lambda raw: "".join(f"%{byte:02X}" for byte in raw).encode(),
        lambda raw: sha256(raw).hexdigest().encode(),
        lambda raw: raw[::-1],
    ],
)
def test_a_canary_is_found_however_it_is_spelled(spell):
    canary = ONE.canaries[0]
    answer = Seen("GET /", 200, (), b"<p>" + spell(canary.encode()) + b"</p>")

    assert found([answer], [canary]) == ["GET /"]
    assert found([replace(answer, body=b"<p></p>")], [canary]) == []
