"""W3C Web Annotations: found by quote, by position, in either unit; written as the model asks."""

import json

import pytest
from build import article, herons, passage, problem
from importing import found, read, sample, write

from quizgame.domain.errors import ContentError

TEXT = "Herons fly. Herons 🚌 swim.\n".encode()


def annotation(selector, body="Why.", **more):
    return {"type": "Annotation", "body": body, "target": {"selector": selector}, **more}


def quote(exact, **around):
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def position(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def files(*annotations):
    return {"a.txt": TEXT, "a.jsonld": json.dumps(annotations).encode()}


@pytest.mark.parametrize(
    ("selector", "reason"),
    [
        (None, "neither a quote nor a position"),
        ({"type": "CssSelector", "value": "p"}, "neither a quote nor a position"),
        (quote("buses"), "'buses' is not in the text"),
        (quote(""), "the quote is empty"),
        (quote("Herons"), "'Herons' stands in several places"),
        (quote("Herons", prefix="Two "), "'Two Herons' is not in the text"),
        (quote(3), "here must stand a text, not 3"),
        ([quote("fly"), position(6, 9)], "at 6 stands ' fl', not 'fly'"),
        ([quote("fly"), position(9, 7)], "9-7 is not a stretch"),
        ([quote("fly"), position("x", 9)], "here must stand an offset"),
        (position(0, 99), "0-99 is not a stretch"),
        (position(-1, 3), "-1-3 is not a stretch"),
    ],
)
def test_an_annotation_that_stands_nowhere_is_turned_away(selector, reason):
    good = annotation(quote("fly"))

    with pytest.raises(ContentError, match=rf"^a.jsonld, annotation 2: .*{reason}"):
        read("web_annotation", files(good, annotation(selector)))


@pytest.mark.parametrize(
    ("own", "reason"),
    [({"severity": "high"}, "severity"), ({"severity": 2**80}, "annotation 1"), (3, "object")],
)
def test_what_we_wrote_ourselves_is_checked_as_well(own, reason):
    with pytest.raises(ContentError, match=reason):
        read("web_annotation", files(annotation(quote("fly"), quizgame=own)))


def test_many_quotes_without_a_place_in_a_long_text_are_turned_away():
    text = b"Herons fly. " * 83_000 + b"Buses swim."
    some = json.dumps([annotation(quote("Buses swim"))] * 3_000).encode()

    with pytest.raises(ContentError, match="too many quotes without a place"):
        read("web_annotation", {"a.txt": text, "a.jsonld": some})


def test_pages_that_are_elsewhere_are_not_fetched():
    collection = {"type": "AnnotationCollection", "first": "https://notes.example/page1"}

    with pytest.raises(ContentError, match="pages are elsewhere"):
        read("web_annotation", {"a.txt": TEXT, "a.jsonld": json.dumps(collection).encode()})


def test_others_ways_of_saying_it_are_read():
    imported = read("web_annotation", sample("web_annotation"))

    assert found(imported.article) == [
        ("P1", "shameful", "unnamed"),
        ("P2", "betrayed us all", "loaded_language"),
        ("P3", "كارثة وطنية كبرى", "exaggeration_minimisation"),
        ("P4", "国家的耻辱", "flag_waving"),  # its position counts UTF-16
        ("P5", "Café owners", "unnamed"),
    ]
    whys = [a.why for p in imported.article.passages for a in p.annotations]
    assert whys == ["A judgement.", "Nobody was betrayed.", "", "", "Unkind."]
    assert "left out: targets in other texts (1)" in imported.notes


@pytest.mark.parametrize("wrapped", ["items", "first"])
def test_collections_and_pages_are_opened(wrapped):
    items = [annotation(quote("fly"))]
    document = {"items": items} if wrapped == "items" else {"first": {"items": items}}

    article_ = read(
        "web_annotation", {"a.txt": TEXT, "a.json": json.dumps(document).encode()}
    ).article

    assert [words for _, words, _ in found(article_)] == ["fly"]


def test_positions_are_written_in_code_points_with_their_words():
    text = "The 🚌 swims."
    written = write("web_annotation", article(passage("P1", text, problem(text, "swims", "A"))))

    (item,) = json.loads(written["herons.jsonld"])["first"]["items"]
    exact, place = item["target"]["selector"]
    assert (exact["exact"], exact["prefix"], exact["suffix"]) == ("swims", "The 🚌 ", ".")
    assert (place["start"], place["end"]) == (6, 11)
    assert item["target"]["source"] == "herons.txt"


def test_nothing_of_an_annotation_is_lost():
    whole = article(herons("P1", severity=3, agreement=0.5, related=("P2-0",)), herons("P2"))

    assert read("web_annotation", write("web_annotation", whole)).article.passages == whole.passages
