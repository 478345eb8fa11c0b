"""doccano: each version's way of writing spans, and lines that are none."""

import json

import pytest
from importing import found, read, sample

from quizgame.domain.errors import ContentError


def lines(*entries):
    return {"a.jsonl": "\n".join(json.dumps(entry) for entry in entries).encode()}


GOOD = {"text": "Herons fly.", "label": []}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ([], "here must stand an object"),
        ({"label": []}, "there is no text"),
        ({"text": 3}, "here must stand a text, not 3"),
        ({"text": "a\0b"}, "there is a NUL"),
        ({"text": "Hi.", "label": [[0, 2]]}, "a span is its start, its end and its name"),
        ({"text": "Hi.", "label": [0, 2, "x"]}, "a span is"),
        ({"text": "Hi.", "label": [["a", 2, "x"]]}, "here must stand an offset, not 'a'"),
        ({"text": "Hi.", "label": [[True, 2, "x"]]}, "here must stand an offset, not True"),
        ({"text": "Hi.", "label": [[0, 4, "x"]]}, "0-4 is not a stretch of its text"),
        ({"text": "Hi.", "label": [[-1, 2, "x"]]}, "-1-2 is not a stretch"),
        ({"text": "Hi.", "label": [[2, 2, "x"]]}, "2-2 is not a stretch"),
        ({"text": "Hi.", "label": [[0, 2, {}]]}, "here must stand a text"),
        ({"text": "Hi.", "entities": [{"start_offset": 0}]}, "must stand an offset, not None"),
    ],
)
def test_a_line_that_does_not_fit_is_turned_away(entry, reason):
    with pytest.raises(ContentError, match=rf"^a.jsonl, line 2: .*{reason}"):
        read("doccano", lines(GOOD, entry))


@pytest.mark.parametrize("line", ["{", "[" * 100_000, '{"text": "\\ud800"}', "NaN", '{"a":1}}'])
def test_a_line_that_is_no_json_is_turned_away(line):
    with pytest.raises(ContentError, match=r"^a.jsonl, line 1: "):
        read("doccano", {"a.jsonl": line.encode()})


def test_all_ways_of_writing_spans_are_read():
    imported = read("doccano", sample("doccano"))

    assert found(imported.article) == [
        ("P1", "betrayed us all", "loaded_language"),
        ("P2", "كارثة وطنية كبرى", "exaggeration_minimisation"),
        ("P3", "cruel joke", "Rumour"),
        ("P3", "国家的耻辱", "flag_waving"),
    ]
    assert imported.notes == (
        "left out: relations (1)",
        "offsets were read as characters; check the annotations after an emoji",
        "'Rumour' is not in the taxonomy; it was kept as given (1)",
    )


def test_lines_of_text_stay_apart():
    article = read("doccano", lines(GOOD, {"text": "Buses swim."})).article

    assert [passage.text for passage in article.passages] == ["Herons fly.", "Buses swim."]
