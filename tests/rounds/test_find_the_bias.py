"""The bias layer: what is gold, what is clean."""

import pytest
import sets

from quizgame.domain.scores import marking_prices
from quizgame.rounds import KINDS

KIND = KINDS["find_the_bias"]
TEXT = "The glorious fleet runs on water. Nobody was hurt. Rain fell."
SLANT = {"words": "glorious", "layer": "bias", "category": "loaded_language"}


def key(*found, grey=()):
    return KIND.key(sets.item(sets.passage(TEXT, *found, grey=grey)))


def test_wrong_sentences_and_damaged_ones_are_clean_in_a_bias_round():
    found = {"words": "Nobody was hurt"}, {"words": "Rain", "layer": "artefact"}

    read = key(SLANT, *found)

    assert [gold.id for gold in read.golds] == ["glorious"]
    assert [segment.id for segment in read.clean()] == ["0:1", "0:2"]


def test_an_author_may_take_a_sentence_out():
    read = key(SLANT, grey=[("Nobody", "bias")])

    assert [segment.id for segment in read.clean()] == ["0:2"]


def test_a_slight_slant_is_grey():
    read = key(SLANT, {"words": "Rain", "layer": "bias", "severity": 1})

    assert [segment.id for segment in read.clean()] == ["0:1"]


@pytest.mark.parametrize(("words", "points"), [("glorious", 100), ("fleet", 0), ("Rain", -50)])
def test_only_the_slant_pays(words, points):
    item = sets.item(sets.passage(TEXT, SLANT))
    start = TEXT.index(words)
    mark = {"passage": 0, "start": start, "stop": start + len(words), "name": ""}

    score = KIND.score(item, {"marks": [mark], "nothing": False}, marking_prices([KIND.key(item)]))

    assert score.points == points
