"""T-18, T-38: what is typed stays text: in pages, headers, queries and templates."""

from collections import Counter
from dataclasses import replace
from urllib.parse import quote

import build
import pytest
from page import Page
from payloads import INJECTIONS, XSS
from probing import contents, post

from quizgame.domain.passages import Evidence, Source, Stet

FORMS = (
    ("/plays", "quiz"),
    ("/desk/move", "code"),
    ("/desk/listed", "listed"),
    ("/language", "language"),
)


def shape(page):
    """The elements of a page with the names of their attributes, and where its links lead."""
    tags = Counter(
        (tag.name, tuple(sorted({*tag.attrs} - {"aria-current"}))) for tag in page.find_all(True)
    )
    schemes = {
        str(tag[name]).partition(":")[0].strip().lower()
        for tag in page.find_all(True)
        for name in ("href", "src", "action")
        if ":" in str(tag.get(name, "")).partition("/")[0]
    }
    return tags, schemes - {"https", "http"}


def is_harmless(answer, harmless):
    """Tell whether a page has the same elements as with harmless text, and headers of ours only."""
    assert answer.status_code < 500
    assert "evil" not in answer.headers.get("Location", "").partition("?")[0]
    assert "player=evil" not in str(answer.headers)
    if not answer.content_type.startswith("text/html") or answer.status_code in {303, 308}:
        return True
    shapes = shape(Page(answer)), shape(Page(harmless))
    return shapes[0] == shapes[1] and not shapes[0][1]


@pytest.mark.parametrize("payload", XSS + INJECTIONS)
def test_what_is_typed_is_never_markup(app, student, payload):
    client, typed, before = student.client, quote(payload, safe=""), contents(app)

    for template in ("/quizzes/{}", "/plays/{}", "/plays/{}/rounds/1", "/leaderboards/{}", "/{}"):
        harmless = client.get(template.format("nothing"))
        assert is_harmless(client.get(template.format(typed)), harmless), template
    for query in ("from", "when", "x"):
        harmless = client.get(f"/leaderboards/all?{query}=nothing")
        assert is_harmless(client.get(f"/leaderboards/all?{query}={typed}"), harmless), query
    for path, name in FORMS:
        harmless = post(client, path, **{name: "nothing"})
        assert is_harmless(post(client, path, **{name: payload}), harmless), path
    assert contents(app) == before


@pytest.mark.parametrize("payload", XSS)
def test_what_headers_say_is_never_markup(student, payload):
    value = "".join(c for c in payload if " " <= c <= "~")
    for name in ("Referer", "User-Agent", "Accept-Language", "X-Forwarded-Host", "Cookie"):
        for path in ("/", "/nowhere", "/desk"):
            harmless = student.client.get(path)
            answer = student.client.get(path, headers={name: value})
            assert is_harmless(answer, harmless), (name, path)

    answer = student.client.get("/", headers={"Host": value})
    assert answer.status_code == 400
    assert answer.content_type.startswith("text/plain")


def test_what_is_marked_is_never_markup(app, student):
    with app.app_context():
        build.short_set()
    page = student.start("short")
    fields = {"rev": "1", "do": "save"}
    harmless = post(student.client, page.path, words="nothing", **fields)
    for payload in XSS + INJECTIONS:
        answer = post(student.client, page.path, words=payload, **fields)
        assert answer.status_code == 422
        assert is_harmless(answer, harmless)


def poisoned(text):
    """A set in which every text of the author is that text."""
    sentence = f"{text} One. Two."
    evidence = Evidence(text, text, text, text, f"javascript:{text}", text)
    facts = {"why": text, "correction": text, "check": text, "evidence": (evidence,)}
    words = {**facts, "layer": "bias", "category": "loaded_language"}
    passages = (
        build.passage("P0", sentence, build.problem(sentence, "One", "A1", **facts)),
        build.passage(
            "P1",
            sentence,
            build.problem(sentence, "Two", "A2", **words),
            stets=(Stet("S1", build.Span(0, len(sentence)), ("error", "bias"), text, (evidence,)),),
        ),
    )
    about = build.article(*passages)
    about = replace(about, source=Source(text, text, text, "en", text, text, text))
    names = ("loaded_language", "flag_waving")
    rounds = (
        build.marking("P0", reasons="error"),
        build.marking("P1", kind="find_the_bias"),
        build.naming("A2", *names),
    )
    return build.draft(*rounds, title=text[:200], summary=text), about


def walk(visitor):
    """Play the set through to its boards; yield the shape of every page."""
    for path in ("/", "/quizzes", "/quizzes/herons"):
        yield visitor.get(path)
    page = visitor.start("herons")
    yield page
    page = visitor.send(page, words=page.values("One", "Two"), do="save")
    yield page
    reveal = visitor.lock(page, "One", "Two")
    yield reveal
    page = visitor.get(reveal.select_one(".actions a")["href"])
    yield visitor.send(page, do="lock")
    reveal = visitor.lock(page, "One")
    yield reveal
    page = visitor.get(reveal.select_one(".actions a")["href"])
    yield visitor.send(page, name="nothing", do="lock")
    yield visitor.send(page, name="flag_waving", do="lock")
    for path in (f"/plays/{page.path.split('/')[2]}", "/desk", "/leaderboards/herons"):
        yield visitor.get(path)


def publish(app, text):
    with app.app_context():
        plan, about = poisoned(text)
        build.publish(plan, about)


@pytest.mark.parametrize("payload", XSS, ids=range(len(XSS)))
def test_what_an_author_writes_is_never_markup(app, student, payload):
    publish(app, payload)

    for page in walk(student):
        tags, schemes = shape(page)
        assert page.status in {200, 422}
        assert not schemes, page.path
        names = {name for name, _ in tags}
        assert not names & {"svg", "img", "iframe", "object", "embed", "base", "marquee", "math"}
        assert not any(a.startswith("on") or a in {"style", "srcdoc"} for _, at in tags for a in at)
        scripts = [script for script in page.select("script") if script.text.strip()]
        assert not scripts
        assert all(str(s["src"]).startswith("/static/") for s in page.select("script"))
        assert all(str(f["action"]).startswith("/") for f in page.select("form"))


def test_templates_are_not_run_on_what_an_author_writes(app, student):
    publish(app, "{{ 7 * 191 }}{% if 1 %}{{ config }}{% endif %} %(total)s %s")

    for page in walk(student):
        assert "1337" not in page.text
        assert "SECRET_KEY" not in page.text
