"""Web pages: what they say of themselves, what is the article, and that only text is left."""

import pytest
from payloads import XSS
from plain import dropped, kept, read

from quizgame.domain.errors import ContentError

BODY = "The bus was late again on Monday, and nobody at the stop knew why it had not come in time. "
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>The late bus | Town Echo</title>
<meta property="og:title" content="The late bus"><meta property="og:site_name" content="Town Echo">
<meta property="article:published_time" content="2026-03-01T08:00:00Z">
<meta name="author" content="Jo Heron"><link rel="canonical" href="/bus">
<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">
<script>evil()</script><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>The late bus</h1><p>{BODY * 2}</p><iframe src="//evil.example"></iframe>
<p>{BODY.replace("Monday", "Tuesday") * 2}</p><p>Short, but said: “Never again!”</p>
<p>Two<br>lines</p></article>
<aside><p>Subscribe to our newsletter and win a bus.</p></aside>
<footer>© Town Echo</footer></body></html>"""


def test_a_page_without_text_is_refused():
    for page in (
        "",
        " ",
        "<meta name=a>",
        "<p></p>",
        "<script>x</script>",
        "<!-- x -->",
        "<html><body>…</body>",
    ):
        with pytest.raises(ContentError, match="no text"):
            read("web_page", page)


def test_a_page_says_who_wrote_what_where_and_when():
    source = read("web_page", PAGE, url="https://town.example/x?y").source

    assert (source.title, source.author, source.outlet) == ("The late bus", "Jo Heron", "Town Echo")
    assert (source.date, source.language) == ("2026-03-01", "en-GB")
    assert source.licence == "CC BY-SA 4.0"
    assert source.url == "https://town.example/bus"


def test_linked_data_and_plain_marks_are_read_as_well():
    page = f"""<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle",
    "headline": "Títulos", "author": [{{"name": "Ana"}}, {{"name": "Luis"}}], "inLanguage": "es",
    "publisher": {{"name": "El Eco"}}, "datePublished": "2026-01-02", "license": "CC0"}}]}}</script>
    <p>{BODY}</p>"""
    source = read("web_page", page).source

    assert (source.title, source.author, source.outlet) == ("Títulos", "Ana, Luis", "El Eco")
    assert (source.date, source.language, source.licence) == ("2026-01-02", "es", "CC0")
    page = f'<h1>A title</h1><p class="byline">By Jo Heron</p><p>{BODY}</p>'
    assert read("web_page", page).source.author == "Jo Heron"
    assert read("web_page", page).source.title == "A title"


def test_the_body_is_kept_and_what_stands_around_it_is_shown():
    proposal = read("web_page", PAGE)

    assert kept(proposal) == [
        (BODY * 2).strip(),
        (BODY.replace("Monday", "Tuesday") * 2).strip(),
        "Short, but said: “Never again!”",
        "Two\nlines",
    ]
    assert "Home" in dropped(proposal)
    assert "Subscribe to our newsletter and win a bus." in dropped(proposal)
    assert proposal.removed == {"script": 1, "style": 1, "iframe": 1}


def test_the_order_of_a_page_is_kept():
    blocks = [block.text for block in read("web_page", PAGE).blocks]

    assert blocks.index("Home") < blocks.index("The late bus") < blocks.index((BODY * 2).strip())
    assert blocks[-1] == "© Town Echo"


def test_a_small_piece_of_html_is_kept_whole():
    proposal = read("web_page", "<p>One.</p><p>Two <b>bold</b> words.</p><nav>Home</nav>")

    assert kept(proposal) == ["One.", "Two bold words."]
    assert dropped(proposal) == ["Home"]


def test_what_is_hidden_is_gone():
    page = (
        f"<p>{BODY}</p><p hidden>a b</p><p style='display: none'>c d</p><p aria-hidden=true>e</p>"
    )

    assert read("web_page", page).removed == {"hidden": 3}
    assert len(read("web_page", page).blocks) == 1


@pytest.mark.parametrize("payload", XSS)
def test_no_element_survives(payload):
    proposal = read("web_page", f"<p>{BODY}</p>{payload}<p>{BODY} {payload}</p>", url="x:y")
    told = " ".join(block.text for block in proposal.blocks)

    assert (
        "alert(1)</script>" not in told.replace("&lt;", "<") or "&lt;" in payload or "&#" in payload
    )
    assert proposal.source.url == ""


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//", "http://", "http://[", "x" * 600]
)
def test_a_link_that_is_none_is_left_out(link):
    page = f'<link rel="canonical" href="{link}"><p>{BODY}</p>'

    assert read("web_page", page).source.url == ""


@pytest.mark.parametrize(
    ("encoded", "charset"),
    [
        ("<p>Größe für 12 Straßen</p>".encode("latin-1"), "iso-8859-1"),
        ("<meta charset=windows-1252><p>Größe für 12 Straßen</p>".encode("cp1252"), ""),
        ("<p>Größe für 12 Straßen</p>".encode("utf-16"), ""),
        ("<p>Größe für 12 Straßen</p>".encode("utf-8-sig"), "iso-8859-1"),
        ("<p>Größe für 12 Straßen</p>".encode(), "punycode"),
        ("<p>Größe für 12 Straßen</p>".encode(), "zlib_codec"),
        ("<p>Größe für 12 Straßen</p>".encode(), "unicode_escape"),
        ("<p>Größe für 12 Straßen</p>".encode(), "no-such-thing"),
        ("<p>Größe für 12 Straßen</p>".encode("latin-1"), ""),
    ],
)
def test_encodings_are_told_apart(encoded, charset):
    assert kept(read("web_page", encoded, charset=charset)) == ["Größe für 12 Straßen"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("他们说公共汽车又迟到了，没有人知道为什么。", "zh"),
        ("قال السائقون إن الحافلة تأخرت مرة أخرى.", "ar"),
        ("El autobús llegó tarde y los pasajeros no sabían por qué, como las otras veces.", "es"),
        ("バスがまた遅れました。", "ja"),
        ("Der Bus kam zu spät, und die Fahrer sagten, dass der Plan nicht stimmt.", "de"),
    ],
)
def test_a_language_is_told_by_its_letters_or_commonest_words(text, language):
    proposal = read("web_page", f"<p>{text}</p>", language="xx")

    assert proposal.source.language == language
    assert kept(proposal) == [text]


def test_many_blocks_are_put_together_and_none_is_lost():
    page = "".join(f"<p>Paragraph number {n} stands here.</p>" for n in range(3000))
    proposal = read("web_page", page)

    assert len(proposal.blocks) <= 400
    assert len("\n\n".join(kept(proposal)).split("\n\n")) == 3000
