"""Emoji, right-to-left, CJK, combining marks and CR LF, in every format in and out."""

import csv
import io
import json
from unicodedata import normalize

import pytest
from importing import read, write

from quizgame.formats import FORMATS

RAW = (
    "A bus 🚌 left.\r\n\r\n"
    "قال المجلس إنها كارثة وطنية كبرى.\r\nنعم 🚍.\r\n\r\n"
    "国家的耻辱。👩‍👩‍👧 fled; 👍🏽 said so.\r\n\r\n"
    "Cafe\u0301 owners betrayed us: naïve, a\u0327\u0301.\r\n"
)
QUOTES = (
    "🚌 left",
    "كارثة وطنية كبرى",
    "耻辱",
    "👩‍👩‍👧 fled",
    "Cafe\u0301 owners",
    "a\u0327\u0301",
)
PLACES = [(RAW.index(quote), RAW.index(quote) + len(quote), quote) for quote in QUOTES]
NAME = "Loaded_Language"


def ptc():
    labels = "".join(f"7\t{NAME}\t{start}\t{stop}\r\n" for start, stop, _ in PLACES)
    return {"article7.txt": RAW.encode(), "article7.labels": labels.encode()}


def brat():
    found = (f"T{n}\t{NAME} {a} {b}\t{quote}\r\n" for n, (a, b, quote) in enumerate(PLACES, 1))
    return {"a.txt": RAW.encode(), "a.ann": "".join(found).encode()}


def doccano():
    line = json.dumps({"text": RAW, "label": [[a, b, NAME] for a, b, _ in PLACES]})
    return {"a.jsonl": f"{line}\r\n".encode()}


def label_studio():
    result = [
        {
            "value": {"start": a, "end": b, "text": quote, "labels": [NAME]},
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
        }
        for a, b, quote in PLACES
    ]
    return {
        "a.json": json.dumps(
            [{"data": {"text": RAW}, "annotations": [{"result": result}]}]
        ).encode()
    }


def web_annotation():
    found = [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": NAME}],
            "target": {
                "source": "a.txt",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": quote},
                    {"type": "TextPositionSelector", "start": a, "end": b},
                ],
            },
        }
        for a, b, quote in PLACES
    ]
    return {"a.txt": RAW.encode(), "a.jsonld": json.dumps(found).encode()}


def spreadsheet():
    whole = io.StringIO(newline="")
    rows = csv.writer(whole, lineterminator="\r\n")
    rows.writerow(["text", "quote", "start", "end", "category"])
    rows.writerow([RAW, *[""] * 4])
    rows.writerows([RAW, quote, a, b, NAME] for a, b, quote in PLACES)
    return {"a.csv": whole.getvalue().encode()}


MAKERS = (ptc, brat, doccano, label_studio, web_annotation, spreadsheet)
BOTH = [id_ for id_, format_ in FORMATS.items() if format_.read and format_.write]


def whole(article):
    """The text; where passages are cut, some formats do not tell."""
    return "\n\n".join(passage.text for passage in article.passages).strip()


def quoted(article):
    return [p.quote(a.span) for p in article.passages for a in p.annotations]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_quote_is_found_where_it_stood(maker):
    article = read(maker.__name__, maker()).article

    assert sorted(quoted(article)) == sorted(normalize("NFC", quote) for quote in QUOTES)
    assert not [p for p in article.passages if "\r" in p.text]
    assert all(p.text == normalize("NFC", p.text) for p in article.passages)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("id_", BOTH)
def test_it_goes_out_in_every_format_and_comes_back_the_same(id_, maker):
    article = read(maker.__name__, maker()).article

    back = read(id_, write(id_, article)).article

    assert whole(back) == whole(article)
    assert quoted(back) == quoted(article)
