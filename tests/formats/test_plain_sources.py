"""Plain text, Markdown, Word documents and PDF become proposals; what would do harm is refused."""

import io
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import assembled, dropped, kept, pdf, read, rewritten, stream, word

from quizgame.domain.errors import ContentError
from quizgame.formats import PLAIN

DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:1/canary">]>'
PDF_HEAD = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
    b"/Resources << /Font << /F1 3 0 R >> >> >>",
]
LINES = [
    "The bus was late again on Monday and nobody knew why it did not come in",
    "time. The drivers said that the plan was wrong, and that they had told the",
    "town so.",
    "A second paragraph begins here, and it is as long as the lines above it are,",
    "with a hyphe-",
    "nated word.",
]


# refusals


@pytest.mark.parametrize("id_", PLAIN)
@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x00", b"PK\x03\x04", b"%PDF-1.4\n"])
def test_what_holds_no_text_is_refused(id_, data):
    try:
        found = kept(read(id_, data))
    except ContentError as error:
        found = [str(error)]

    assert found


@pytest.mark.parametrize("entities", [DOCTYPE, OUTSIDE, DOCTYPE.replace(b"DOCTYPE", b"DOCTYPE ")])
@pytest.mark.parametrize("member", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_entities_in_a_document_are_refused(entities, member):
    data = word("Hello.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.read(member)[:20]
    bomb = rewritten(data, member, start, entities + start)

    with pytest.raises(ContentError, match="entities"):
        read("word_document", bomb)


def test_entities_in_another_encoding_are_refused():
    data = word("Hello.")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = archive.read("word/document.xml")
    text = whole.decode().replace("UTF-8", "UTF-16").replace("?>", f"?>{DOCTYPE.decode()}", 1)
    bomb = rewritten(data, "word/document.xml", whole, text.encode("utf-16"))

    with pytest.raises(ContentError, match="entities"):
        read("word_document", bomb)


def test_a_document_is_opened_as_warily_as_any_archive():
    whole = io.BytesIO(word("Hello."))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", bytes(3_000_000))

    with pytest.raises(ContentError, match="packed too tightly"):
        read("word_document", whole.getvalue())


@pytest.mark.parametrize("cut", [100, 4_000, 10_000, 20_000])
def test_a_broken_document_is_refused(cut):
    with pytest.raises(ContentError):
        read("word_document", word("Hello.")[:cut])


def test_a_pdf_of_too_many_pages_is_refused():
    with pytest.raises(ContentError, match="60 are the most"):
        read("pdf", pdf(*[["Hello there."]] * 61))


def test_a_pdf_of_pictures_says_so():
    with pytest.raises(ContentError, match="pictures"):
        read("pdf", pdf([], []))


def test_a_pdf_that_swells_or_bites_its_tail_is_refused():
    swollen = zlib.compress(b"(a) Tj T*\n" * 10_000_000, 9)
    for bomb in (swollen, zlib.compress(swollen, 9)):
        filters = b"/FlateDecode " * (1 + (bomb is not swollen))
        tracemalloc.start()
        with pytest.raises(ContentError, match="Limit reached"):
            read("pdf", assembled(*PDF_HEAD, stream(bomb, b"/Filter [%s]" % filters)))
        assert tracemalloc.get_traced_memory()[1] < 400_000_000
        tracemalloc.stop()
    ring = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    with pytest.raises(ContentError):
        read("pdf", assembled(PDF_HEAD[0], ring))


@given(st.integers(0, 1_500), st.binary(max_size=30), st.integers(0, 60))
@settings(max_examples=120, deadline=None)
def test_no_bytes_break_the_reading_of_a_pdf(at, some, gone):
    data = pdf(LINES)
    try:
        told = kept(read("pdf", data[:at] + some + data[at + gone :]))
    except ContentError as error:
        told = str(error).splitlines()

    assert told


@pytest.mark.parametrize("id_", ["plain_text", "markdown", "web_page"])
def test_too_much_is_refused_with_a_number(id_):
    with pytest.raises(ContentError, match=r"characters; 1,000,000|5 MB are the most"):
        read(id_, "Some words. " * 100_000)
    with pytest.raises(ContentError, match="5 MB are the most"):
        read(id_, "Some words. " * 500_000)


# what is read


def test_paragraphs_of_a_text_stand_between_blank_lines():
    proposal = read("plain_text", "A title\r\n\r\nOne\r\nline.\r\n \r\n\r\nTwo.\r\n")

    assert proposal.source.title == "A title"
    assert dropped(proposal) == ["A title"]
    assert kept(proposal) == ["One\nline.", "Two."]


def test_a_text_without_a_title_has_none():
    assert read("plain_text", "One sentence.\n\nTwo.").source.title == ""
    assert kept(read("plain_text", "Just one line")) == ["Just one line"]


def test_what_nobody_can_see_is_taken_out():
    proposal = read("plain_text", "\ufeffa\x07b\u0085c\u2028d \x1b[31m e\u0301.")

    assert kept(proposal) == ["ab\nc\nd [31m é."]


def test_markdown_becomes_text():
    text = "---\ntitle: 'Hi'\nauthor: Jo\n---\n# Head\n\n*One* [two](http://x.example) `a<b`\n\n"
    proposal = read("markdown", text + "1. three\n2. four\n\n| a | b |\n|---|---|\n| 5 | 6 |\n")

    assert (proposal.source.title, proposal.source.author) == ("Hi", "Jo")
    assert kept(proposal) == ["One two a<b", "three", "four", "a b", "5 6"]


def test_html_in_markdown_is_text_or_nothing():
    proposal = read(
        "markdown", "Hello <b>you</b>.\n\n<script>evil()</script>\n\n<img src=x onerror=y>"
    )

    assert kept(proposal) == ["Hello you."]


def test_a_word_document_is_read_in_its_order():
    data = word("One.", "", "Two 🚌 é.", title="The title", table=[["a", "b"], ["c", "d"]])
    proposal = read("word_document", data)

    assert proposal.source.title == "The title"
    assert kept(proposal) == ["One.", "Two 🚌 é.", "a | b", "c | d"]


def test_lines_of_a_pdf_become_paragraphs_and_running_heads_are_left_out():
    pages = [["Town Echo", f"{n}. {LINES[0]}", *LINES[1:], f"End {n}.", str(n)] for n in range(5)]
    proposal = read("pdf", pdf(*pages))

    assert kept(proposal)[:2] == [
        "0. " + " ".join(LINES[:3]),
        f"{LINES[3]} with a hyphenated word.",
    ]
    assert set(dropped(proposal)) == {"Town Echo", "0", "1", "2", "3", "4"}
    assert len(kept(proposal)) == 15
