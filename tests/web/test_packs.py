"""Set files: what is refused (T-26, T-45), what is seen before it is kept, and the way back."""

import base64
import io
import json
import time
import zipfile

import pytest
from drafting import document, draft_of, id_of
from page import Page
from payloads import XSS
from probing import contents, csrf, post

from quizgame.domain.errors import ContentError
from quizgame.formats._archives import packed
from quizgame.models.base import db
from quizgame.models.drafts import Draft
from quizgame.services import packs


@pytest.fixture
def pack(app, teacher):
    """A set file of marie's, as JSON."""
    marie = id_of(app)
    with app.app_context():
        draft_id = draft_of(marie)
    answer = teacher.client.get(f"/drafts/{draft_id}/exports/set_pack")
    return json.loads(answer.data)


def send(visitor, data, name="set.json"):
    """Upload a file."""
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    fields = {"csrf_token": csrf(visitor.client), "file": (io.BytesIO(body), name)}
    return Page(
        visitor.client.post(
            "/packs", data=fields, content_type="multipart/form-data", buffered=True
        )
    )


def keep(visitor, page):
    """Press the button below the preview."""
    return post(visitor.client, "/packs/keep", pack=page.field("pack"))


def drafts_of(app, name):
    owner = id_of(app, name)
    with app.app_context():
        return db.session.query(Draft).filter_by(owner_id=owner).all()


def changed(pack, **changes):
    return {**pack, **changes}


def article_with(pack, **changes):
    return changed(pack, article={**pack["article"], **changes})


def set_with(pack, **changes):
    return changed(pack, set={**pack["set"], **changes})


BROKEN = {
    "another format": lambda p: changed(p, format="quizgame-pack/2"),
    "an owner": lambda p: changed(p, owner_id=1),
    "an owner in the set": lambda p: set_with(p, owner_id=1),
    "an owner in the article": lambda p: article_with(p, owner_id=1),
    "no set": lambda p: {k: v for k, v in p.items() if k != "set"},
    "no round": lambda p: set_with(p, rounds=[]),
    "many rounds": lambda p: set_with(p, rounds=[p["set"]["rounds"][0]] * 4_000),
    "many passages": lambda p: article_with(
        p, passages=[{"id": f"P{n}", "text": "One. Two."} for n in range(301)]
    ),
    "no passage": lambda p: article_with(p, passages=[]),
    "a long passage": lambda p: article_with(p, passages=[{"id": "P1", "text": "a. " * 2500}]),
    "passages twice": lambda p: article_with(p, passages=[p["article"]["passages"][0]] * 2),
    "many options": lambda p: set_with(
        p, rounds=[{"kind": "name_the_technique", "options": ["x"] * 61}]
    ),
    "many categories": lambda p: changed(p, categories=[category(f"c{n}") for n in range(101)]),
    "a category of no layer": lambda p: changed(p, categories=[category("c", layer="gossip")]),
    "an odd id": lambda p: set_with(p, id="../../etc/passwd"),
    "an id with markup": lambda p: set_with(p, id="<b>"),
    "a long title": lambda p: set_with(p, title="x" * 201),
    "a long summary": lambda p: set_with(p, summary="x" * 1001),
    "no minutes": lambda p: set_with(p, minutes=0),
    "many minutes": lambda p: set_with(p, minutes=2**31),
    "minutes in words": lambda p: set_with(p, minutes="ten"),
    "NUL": lambda p: set_with(p, title="a\0b"),
    "half a character": lambda p: set_with(p, title="a\ud800b"),
    "a long text": lambda p: changed(p, credit="x" * 4001),
}


def category(id_, layer="bias", **more):
    values = {"id": id_, "label": id_, "layer": layer, "family": "call"}
    return {**values, "definition": "D.", "question": "Q?", **more}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_holds_what_no_set_needs_is_refused(app, colleague, pack, name):
    page = send(colleague, BROKEN[name](pack))

    assert page.status == 422
    assert page.select('[role="alert"]')
    assert drafts_of(app, "paul") == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": 1}',
        b"PK\x03\x04",
        b"0" * 9,
    ],
    ids=repr,
)
def test_what_is_no_set_file_is_refused(colleague, data):
    assert send(colleague, data[:100_000]).status == 422


def bomb():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("set.json", b" " * 19_000_000)
    return whole.getvalue()


def many():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}.json", b"{}")
    return whole.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        many(),
        packed({"a.json": b"{}", "b.json": b"{}"}),
        packed({"../set.json": b"{}"}),
        packed({"set.zip": packed({"set.json": b"{}"})}),
        packed({"set.json": packed({"set.json": b"{}"})}),
        packed({"set.json": b"{}"})[:-9],
    ],
    ids=["bomb", "many", "two", "up", "nested", "nested unsaid", "cut off"],
)
def test_an_archive_that_is_not_small_and_plain_is_refused(colleague, data):
    assert send(colleague, data, "set.zip").status == 422


def test_a_file_that_is_too_large_is_refused(in_app):
    a_million = b'{"format": "quizgame-pack/1", "set": [' + b"0," * 1_000_000 + b"0]}"
    for data in (b" " * (packs.MOST_BYTES + 1), a_million):
        began = time.monotonic()
        with pytest.raises(ContentError):
            packs.open_file(1, data)
        assert time.monotonic() - began < 2


def test_a_body_that_is_too_large_is_not_read(teacher, student):
    for visitor in (teacher, student):
        body = b"x" * (packs.MOST_BYTES + 100_000)
        answer = visitor.client.post("/packs", data=body, content_type="text/plain")
        assert answer.status_code in {400, 413}


@pytest.mark.parametrize("carried", ["", "x", "é", "AAAA", base64.b64encode(b"{}").decode()])
def test_what_the_preview_did_not_carry_is_refused(app, colleague, carried):
    before = contents(app)

    assert post(colleague.client, "/packs/keep", pack=carried).status_code == 422
    assert post(colleague.client, "/packs/keep", pack="", owner_id="1").status_code == 400
    assert contents(app) == before


def test_nothing_is_kept_by_looking(app, colleague, pack):
    before = contents(app)
    page = send(colleague, pack)

    assert page.status == 200
    assert page.select_one("h1").text == "The late bus"
    assert "It is fair to play as it is." in page.text
    assert contents(app) == before


@pytest.mark.parametrize("as_zip", [False, True])
def test_who_opens_a_file_owns_what_comes_out_of_it(app, colleague, pack, as_zip):
    data = json.dumps(pack).encode()
    page = send(colleague, packed({"anything.json": data}) if as_zip else data, "x.pdf")
    answer = keep(colleague, page)
    [draft] = drafts_of(app, "paul")

    assert answer.location == f"/drafts/{draft.public_id}#" or answer.location.endswith(
        draft.public_id
    )
    assert draft.public_id != pack["set"]["id"]
    assert not draft.is_listed
    assert not draft.is_shared
    assert len(drafts_of(app, "marie")) == 1
    assert len(document(app, draft.public_id).rounds) == len(pack["set"]["rounds"])
    page = colleague.get(f"/drafts/{draft.public_id}")
    assert "Nothing: it is fair to play." in page.text


def test_a_file_that_is_not_fair_says_so_and_is_not_published(app, colleague, pack):
    page = send(colleague, set_with(pack, rounds=[{"kind": "gossip", "passages": ["P1"]}]))
    assert "there is no round kind 'gossip'" in page.text
    keep(colleague, page)
    [draft] = drafts_of(app, "paul")

    answer = post(colleague.client, f"/drafts/{draft.public_id}/publish", rev="1")
    assert answer.status_code == 422


def test_categories_come_along_under_ids_of_their_own(app, colleague, pack):
    own = category("loaded_wording", label="Loaded wording")
    found = pack["article"]["passages"][1]["annotations"]
    for annotation in found:
        annotation["category"] = "loaded_wording"
    page = send(colleague, changed(pack, categories=[own]))
    assert "It is fair to play as it is." in page.text
    keep(colleague, page)
    [draft] = drafts_of(app, "paul")

    answer = colleague.client.get(f"/drafts/{draft.public_id}/exports/set_pack")
    again = json.loads(answer.data)
    [kept] = again["categories"]
    assert kept["id"] != "loaded_wording"
    assert kept["label"] == "Loaded wording"
    annotations = again["article"]["passages"][1]["annotations"]
    assert {a["category"] for a in annotations} == {kept["id"]}


@pytest.mark.parametrize("where", ["title", "text", "why", "label", "url"])
def test_scripts_in_a_file_are_text(colleague, pack, where):
    for payload in XSS[::4]:
        told = json.loads(json.dumps(pack))
        passage = told["article"]["passages"][0]
        if where == "title":
            told["set"]["title"] = payload
        elif where == "text":
            told["article"]["passages"].append({"id": "PX", "text": payload})
            told["set"]["rounds"][0]["passages"] = ["PX"]
        elif where == "why":
            passage["annotations"][0]["why"] = payload
        elif where == "url":
            passage["annotations"][0]["evidence"][0]["url"] = payload
        else:
            told["categories"] = [category("x", label=payload)]
        page = send(colleague, told)  # a page checks that nothing stands inline
        assert page.status in {200, 422}
        if page.status == 200:
            answer = keep(colleague, page)
            for path in ("", "/print", "/rehearsal/1", "/exports/printable"):
                got = colleague.client.get(answer.location.split("#")[0] + path)
                assert b"<script>alert" not in got.data
                assert b"<img src=x" not in got.data
                assert b'href="javascript' not in got.data.lower()


@pytest.mark.parametrize("odd", ["<b id=x>%d</b>", "%s %(x)s", "100%", "{{ 7*7 }}", *XSS[::9]])
def test_what_is_refused_is_told_as_text(colleague, pack, odd):
    for told in (changed(pack, format=odd), set_with(pack, id=odd), {odd: 1}):
        page = send(colleague, told)
        assert page.status == 422
        assert not page.select_one('[role="alert"]').find_all(True)
