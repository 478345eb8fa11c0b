"""Importing by its pages: limits with clear words, addresses only where they are wanted (T-37)."""

import io

import pytest
from canary import PAGE, PUBLIC, Net, saying
from databases import close, make_app
from page import Page, Visitor
from people import make_user, sign_in
from plain import pdf, word
from probing import contents, csrf
from web.test_articles import TEXT, flashes, kept, paste, proposal, send, upload

MANY = "\n\n".join(f"Paragraph number {n} stands here." for n in range(3_000))


# refusals


@pytest.mark.parametrize("path", ["/imports", "/imports/file", "/imports/preview"])
def test_five_megabytes_are_the_most(teacher, student, path):
    body = {"text": "a" * 5_300_000, "kind": "plain_text"}
    answer = teacher.client.post(path, data={"csrf_token": csrf(teacher.client), **body})
    assert answer.status_code == 413
    assert "too much" in answer.text

    body["text"] = "a" * 300_000  # who is not signed in may send no more than elsewhere
    answer = student.client.post(path, data={"csrf_token": csrf(student.client), **body})
    assert answer.status_code in {303, 413}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 1_000_001, "1,000,000 are the most"),
        ("e\u0301" + "\u0301" * 50, "accents"),
        ("", "no text"),
        (" \r\n ", "no text"),
        ("\u200b", None),
    ],
)
def test_texts_that_will_not_do_are_refused_in_words(app, teacher, text, words):
    before = contents(app)
    page = paste(teacher, text)

    assert page.status == (422 if words else 200)
    assert words is None or words in flashes(page)
    assert contents(app) == before


def test_a_sentence_without_end_is_refused_with_a_number(teacher):
    page = paste(teacher, "word" * 10_000)

    assert "20,000 are the most" in flashes(page)
    assert send(teacher, page).status == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "delete"},
        {"kept": ["0", "99"]},
        {"kept": ["-1"]},
        {"kept": ["x"]},
        {"begins": ["٣"]},
        {"removed": ["<b>=1"]},
        {"removed": ["script"]},
        {"title": ["a", "b"]},
        {"owner_id": "1"},
        {"id": "x"},
        {"version": "9"},
        {"public_id": "x"},
    ],
    ids=str,
)
def test_a_proposal_takes_its_own_fields_only(app, teacher, fields):
    before = contents(app)
    data = {**proposal(paste(teacher)), "do": "keep", **fields}

    answer = teacher.client.post("/imports/preview", data=data, content_type="multipart/form-data")

    assert answer.status_code == 400
    assert contents(app) == before


def test_other_forms_take_their_own_fields_only(teacher):
    token = {"csrf_token": csrf(teacher.client)}
    for path, data in [
        ("/imports", {"text": "a", "kind": "exe"}),
        ("/imports", {"text": "a"}),
        ("/imports", {"text": "a", "kind": "plain_text", "owner": "1"}),
        ("/imports", {"text": "a", "kind": "plain_text", "files": (io.BytesIO(b"a"), "a.txt")}),
        ("/imports/file", {"format": "exe"}),
        ("/imports/file", {"format": "", "other": (io.BytesIO(b"a"), "a.txt")}),
    ]:
        assert teacher.client.post(path, data={**token, **data}).status_code == 400, data


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Choose a file"),
        ({"a.exe": b"MZ"}, "cannot be read"),
        ({"a.svg": b"<svg/>"}, "cannot be read"),
        ({"a.docx": b"PK\x03\x04"}, "zip archive"),
        ({"a.pdf": b"%PDF-1.7 nothing"}, "PDF"),
        ({"../../a.txt": b"", "b/a.txt": b""}, "same name"),
        ({"a.txt": b"", "a.ann": b"T1"}, "a.ann"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(teacher, files, words):
    page = upload(teacher, files)

    assert page.status == 422
    assert words in flashes(page)


# what is read


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT.encode()),
        ("a.md", f"# {TEXT}".encode()),
        ("a.html", f"<h1>The late bus</h1><p>{TEXT.split(chr(10) * 2, 1)[1]}</p>".encode()),
        ("a.docx", word(*TEXT.split("\n\n")[1:], title="The late bus")),
        ("a.pdf", pdf(["The late bus", "", *TEXT.split("\n\n")[1:]])),
    ],
)
def test_files_of_each_kind_become_articles(teacher, name, data):
    page = send(teacher, upload(teacher, {name: data}))

    assert page.h1.text == "The late bus"
    assert "Nobody asked the passengers." in page.select_one(".proof").text


def test_a_long_article_comes_through_its_proposal_whole(teacher):
    page = paste(teacher, MANY)
    assert len(page.select("textarea")) <= 400

    page = send(teacher, page, title="Long")

    assert [p.text for p in page.select(".passage")] == MANY.split("\n\n")


def test_short_paragraphs_can_be_put_together(teacher):
    page = send(
        teacher, paste(teacher, "\n\n".join(["A title", *["One two three four."] * 60])), "gather"
    )

    assert 3 <= len(page.select("input[name=begins][checked]")) <= 4
    assert len(page.select("input[name=kept][checked]")) == 60


def test_text_is_normalised_once(teacher):
    page = kept(teacher, "Title\r\n\r\nCafe\u0301 \U0001f68c.\rLine\u2028two.")

    assert page.select_one(".passage").text == "Café \U0001f68c.\nLine\ntwo."


def test_hosts_that_look_alike_are_shown_in_ascii(teacher):
    page = kept(teacher, url="https://аррӏе.example/a")

    link = page.select_one('a[rel~="nofollow"]')
    assert link.text == "xn--80ak6aa92e.example"
    assert link["href"] == "https://xn--80ak6aa92e.example/a"
    assert set(link["rel"]) == {"noopener", "noreferrer", "nofollow"}


# by address


@pytest.fixture
def net():
    made = Net()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def fetching(data_dir, net):
    """A teacher of a server that fetches pages, from a web of its own."""
    app = make_app(data_dir, URL_IMPORT="1")
    app.extensions["fetcher"].__init__(True, (), net.resolve, net.dial)
    with app.app_context():
        make_user("marie")
    visitor = Visitor(app.test_client())
    sign_in(visitor, "marie")
    yield visitor
    close(app)


def fetch(visitor, url):
    data = {"csrf_token": csrf(visitor.client), "url": url}
    return Page(visitor.client.post("/imports/address", data=data))


def test_addresses_are_nowhere_unless_they_are_switched_on(teacher):
    assert "Address" not in teacher.get("/imports").select_one(".tabs").text
    assert teacher.get("/imports/address").status == 404
    assert fetch(teacher, "http://good.example/").status == 404


def test_an_address_inside_is_refused_in_words(fetching, net):
    net.names["inside.example"] = [["127.0.0.1"]]

    for url in ("http://inside.example/", "http://127.0.0.1/", "http://[::1]/"):
        page = fetch(fetching, url)
        assert page.status == 422
        assert "not on the public web" in flashes(page)
    assert net.hits == []


def test_a_page_is_fetched_and_proposed(fetching, net):
    body = PAGE + "<p>Größe für alle, und das ist nicht neu.</p>".encode("latin-1")
    net.server.answer = saying(200, [("Content-Type", "text/html; charset=iso-8859-1")], body)

    page = fetch(fetching, " http://good.example/a ")

    assert page.status == 200
    assert page.select_one("input[name=url]")["value"] == "http://good.example/a"
    assert page.select_one("input[name=outlet]")["value"] == "good.example"
    assert "Größe" in page.text
    assert net.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("path", ["/imports", "/imports/file", "/plays", "/sign-in"])
def test_a_part_without_a_name_is_refused(teacher, path):
    part = b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"

    answer = teacher.client.post(path, data=part, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 400
    assert "<h1>" in answer.text
