"""Label Studio: one annotator's work, checked against the words beside it."""

import json

import pytest
from importing import found, read, sample

from quizgame.domain.errors import ContentError


def value(start, end, text="fly", names=("Doubt",)):
    return {"start": start, "end": end, "text": text, "labels": list(names)}


def task(*values, text="Herons fly. Herons fly.", **work):
    results = [{"id": "x", "type": "labels", "value": v} for v in values]
    return {"data": {"text": text}, "annotations": [{"result": results, **work}]}


def tasks(*all_of_them):
    return {"a.json": json.dumps(all_of_them).encode()}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (3, "task 1: here must stand an object"),
        ({"data": {}}, "task 1: there is no text"),
        ({"data": {"a": "x", "b": "y"}}, "task 1: there is no text"),
        ({"data": {"text": 3}}, "task 1: here must stand a text"),
        ({"data": {"text": "x"}, "annotations": [3]}, "task 1: here must stand an object"),
        (task(value(7, 9)), "task 1, result 1: at 7 stands 'fl', not 'fly'"),
        (task(value(7, 10), value(6, 9)), "task 1, result 2: at 6 stands ' fl'"),
        (task(value(-3, 10)), "result 1: -3-10 is not a stretch"),
        (task(value(10, 7)), "result 1: 10-7 is not a stretch"),
        (task(value(7, 10**30)), "is not a stretch|here must stand|number"),
        (task(value(None, 10)), "result 1: here must stand an offset"),
        (task(value(7.5, 10)), "result 1: here must stand an offset"),
        (task(value(7, 99, text="")), "result 1: 7-99 is not a stretch"),
        (task(value("/div[1]/text()[1]", 3)), "result 1: it marks HTML"),
        (task(value(7, 10, names=[{}])), "result 1: here must stand a text"),
    ],
)
def test_a_result_that_does_not_fit_is_turned_away(entry, reason):
    with pytest.raises(ContentError, match=rf"^a.json.*({reason})"):
        read("label_studio", tasks(entry))


def test_the_ground_truth_is_read_and_the_rest_counted():
    imported = read("label_studio", sample("label_studio"))

    assert found(imported.article) == [
        ("P1", "betrayed us all", "loaded_language"),
        ("P2", "cruel joke", "loaded_language"),  # its offsets count UTF-16
        ("P2", "Café", "casting_doubt"),
        ("P3", "国家的耻辱", "flag_waving"),
        ("P3", "كارثة وطنية كبرى", "exaggeration_minimisation"),
    ]
    assert imported.notes == (
        "left out: predictions (1)",
        "left out: other annotators' versions (1)",
        "left out: relations (1)",
        "left out: results that mark no text (1)",
    )


def test_the_short_form_is_read():
    files = sample("label_studio", "label_studio/bus-min.json")

    assert found(read("label_studio", files).article) == [
        ("P1", "betrayed us all", "loaded_language")
    ]


def test_two_names_for_one_stretch_are_two_annotations():
    article = read(
        "label_studio", tasks(task(value("7", "10", names=["Doubt", "Slogans"])))
    ).article

    assert found(article) == [("P1", "fly", "casting_doubt"), ("P1", "fly", "slogans")]


def test_where_no_words_stand_beside_them_offsets_are_believed():
    article = read("label_studio", tasks(task(value(7, 10, text="")))).article

    assert found(article) == [("P1", "fly", "casting_doubt")]


def test_cancelled_work_is_not_read():
    article = read("label_studio", tasks(task(value(7, 10), was_cancelled=True))).article

    assert found(article) == []
