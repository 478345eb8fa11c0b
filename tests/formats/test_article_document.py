"""Annotated articles as documents: what is turned away, and that nothing is lost."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.errors import ContentError
from quizgame.domain.passages import Span, cut
from quizgame.formats import article_document
from quizgame.paths import resource

SAMPLE = (Path(__file__).parent / "samples" / "article.json").read_bytes()
(SEED,) = (resource("seeds") / "articles").glob("*.json")


def changed(change):
    """The sample after a change to its plain JSON."""
    document = deepcopy(json.loads(SAMPLE))
    change(document, document["passages"][0], document["passages"][0]["annotations"][0])
    return json.dumps(document).encode()


def position(found, **values):
    found["selector"][1].update(values)


def quote(found, **values):
    found["selector"][0].update(values)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d, p, a: d.update(format="quizgame-article/2"), "the format is"),
        (lambda d, p, a: d.pop("format"), "format"),
        (lambda d, p, a: d.update(colour="red"), "colour"),
        (lambda d, p, a: p.update(colour="red"), "colour"),
        (lambda d, p, a: a.update(colour="red"), "colour"),
        (lambda d, p, a: quote(a, colour="red"), "colour"),
        (lambda d, p, a: d.update(version="two"), "version"),
        (lambda d, p, a: d.update(version=2**80), "article: "),
        (lambda d, p, a: a.update(severity=2**80), "article: "),
        (lambda d, p, a: a.update(agreement="half"), "agreement"),
        (lambda d, p, a: a.update(why=None), "why"),
        (lambda d, p, a: quote(a, exact="runs on beer"), "stands 'runs on water'"),
        (lambda d, p, a: quote(a, prefix="The 🚌 "), "prefix or suffix"),
        (lambda d, p, a: quote(a, suffix="! No"), "prefix or suffix"),
        (lambda d, p, a: position(a, start=5, end=18), "stands 'uns on water.'"),  # UTF-16
        (lambda d, p, a: position(a, end=46), "is outside the text"),
        (lambda d, p, a: position(a, end=10**9), "is outside the text"),
        (lambda d, p, a: position(a, end=2**80), "article: "),
        (lambda d, p, a: position(a, start=-41, end=-28), ">= 0"),
        (lambda d, p, a: position(a, start=17, end=4), "is outside the text"),
        (lambda d, p, a: position(a, start=4, end=4), "is outside the text"),
        (lambda d, p, a: a["selector"].pop(), "one quote selector and one position"),
        (lambda d, p, a: a["selector"].append(a["selector"][0]), "one quote selector and one"),
        (lambda d, p, a: a["selector"][0].update(type="XPathSelector"), "XPathSelector"),
        (lambda d, p, a: p["annotations"].append(a), "the id A1 is there twice"),
        (lambda d, p, a: d["passages"].append(p | {"annotations": []}), "P1 is there twice"),
        (lambda d, p, a: p.update(segments=[[0, 19], [20, 45]]), "do not cover the text"),
        (lambda d, p, a: p.update(segments=[[0, 19], [19, 44]]), "do not cover the text"),
        (lambda d, p, a: p.update(segments=[[0, 19], [18, 45]]), "out of order"),
        (lambda d, p, a: p.update(segments=[[0, 19], [19, 46]]), "outside the text"),
        (lambda d, p, a: p.update(segments=[[0, 45], [45, 45]]), "out of order"),
        (lambda d, p, a: p.update(segments=[[0, 6], [6, 45]]), "cut through a word"),
        (lambda d, p, a: p.update(words=[[4, 8], [2, 3]]), "out of order"),
        (lambda d, p, a: p.update(words=[[4, 99]]), "outside the text"),
        (lambda d, p, a: p["stets"][0]["selector"][0].update(start=20), "T1: at 20 stands"),
        (lambda d, p, a: p["grey"][0]["selector"][1].update(start=35), "P1 grey: at 35 stands"),
        (lambda d, p, a: p.update(text=p["text"].replace("water", "steam")), "A1: at 4 stands"),
    ],
)
def test_a_document_that_does_not_hold_together_is_turned_away(change, reason):
    with pytest.raises(ContentError) as refused:
        article_document.read(changed(change))

    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", SAMPLE + b"x", b"[" * 5000, b'{"format": NaN}'],
    ids=["empty", "half", "list", "null", "not UTF-8", "more after it", "deep", "NaN"],
)
def test_what_is_not_such_json_is_turned_away(data):
    with pytest.raises(ContentError):
        article_document.read(data)


def test_a_document_is_read_as_it_says():
    article = article_document.read(SAMPLE)

    (passage,) = article.passages
    (found,) = passage.annotations
    assert (article.id, article.version, article.source.outlet) == ("late-buses", 2, "Town Echo")
    assert passage.quote(found.span) == "runs on water"
    assert (found.optional, found.verified, found.agreement) == (True, False, 0.5)
    assert [passage.quote(s) for s in passage.segments] == [
        "A 🚌 runs on water. ",
        "Nobody was hurt, ",
        "they say.",
    ]
    assert passage.words == cut("P1", passage.text).words
    assert [stet.layers for stet in passage.stets] == [("error", "bias")]
    assert passage.quote(passage.grey[0].span) == "they say"
    assert article.pairs[0].kind == "strict"


@pytest.mark.parametrize("data", [SAMPLE, SEED.read_bytes()], ids=["sample", "seed"])
def test_what_is_written_reads_as_the_same(data):
    article = article_document.read(data)

    written = article_document.write(article)

    assert article_document.read(written) == article
    assert article_document.write(article_document.read(written)) == written


def test_the_seed_is_written_as_it_stands():
    assert article_document.write(article_document.read(SEED.read_bytes())) == SEED.read_bytes()


@given(st.text(min_size=1, max_size=40), st.data())
def test_any_text_and_span_come_back(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    passage = sets.passage("x", {"words": "x"})
    found = sets.replace(passage.annotations[0], span=Span(start, stop))
    article = sets.build.article(sets.replace(cut("P1", text), annotations=(found,)))

    assert article_document.read(article_document.write(article)) == article


def test_how_many_annotators_marked_it_comes_back_and_is_left_out_where_nobody_compared():
    article = article_document.read(SAMPLE)
    (passage,) = article.passages
    assert (passage.annotations[0].marked_by, passage.annotations[0].annotators) == (0, 0)
    assert b"annotators" not in article_document.write(article)

    found = sets.replace(passage.annotations[0], marked_by=2, annotators=3)
    compared = sets.replace(passage, annotations=(found,))
    compared_article = sets.replace(article, passages=(compared,))
    assert article_document.read(article_document.write(compared_article)) == compared_article
