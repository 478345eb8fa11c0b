"""Annotators side by side, on segments and on words."""

import pytest
from build import passage, problem

from quizgame.domain.comparison import Reading, compare, used, word_range
from quizgame.domain.passages import GreyZone, Span

TEXT = "One two three. Four five six. Seven eight nine."


def reading(id_, *quotes, grey=(), took_part=True, **more):
    found = [problem(TEXT, quote, f"{id_}{n}", **more) for n, quote in enumerate(quotes)]
    zones = tuple(GreyZone(Span(TEXT.index(q), TEXT.index(q) + len(q)), "error", "") for q in grey)
    return Reading(id_, (passage("P1", TEXT, *found, grey=zones),), took_part)


def test_nobody_who_marks_nothing_is_compared():
    assert compare([reading("a"), reading("b")]) == []


def test_a_segment_is_marked_if_a_word_of_it_is():
    layer, category = compare([reading("a", "two"), reading("b", "three. Four")])

    assert (layer.layer, layer.category) == ("error", "")
    assert category.category == "factual_error"
    assert layer.marked == (1, 2)
    assert layer.segments.observed == pytest.approx(2 / 3)
    assert layer.words.observed == pytest.approx(6 / 9)


def test_categories_are_told_apart_only_where_names_are_asked_for():
    rows = compare([reading("a", "two"), reading("b", "two", category="wrong_actor")])
    layer, *categories = rows

    assert layer.segments.alpha == 1
    assert layer.named.alpha < 1
    assert [row.category for row in categories] == ["factual_error", "wrong_actor"]
    assert all(row.segments.alpha < 1 and row.named is None for row in categories)


def test_layers_are_compared_apart():
    rows = compare([reading("a", "two"), reading("b", "five", layer="bias", category="slogans")])

    assert [(row.layer, row.category) for row in rows] == [
        ("error", ""),
        ("error", "factual_error"),
        ("bias", ""),
        ("bias", "slogans"),
    ]
    assert used([reading("a", "two")]) == {"error": {"factual_error"}}


def test_a_grey_zone_counts_as_not_judged():
    [layer, _] = compare([reading("a", "two", grey=["Four five six"]), reading("b", "two")])

    assert layer.segments.units == 2
    assert layer.words.units == 6


def test_a_key_that_took_no_part_does_not_count():
    rows = compare([reading("key", took_part=False), reading("a", "two"), reading("b", "two")])

    assert rows[0].segments.alpha == 1
    assert rows[0].segments.pairable == 6
    assert rows[0].marked == (0, 1, 1)


def test_everybody_marking_everything_has_no_alpha():
    [layer, _] = compare([reading("a", TEXT), reading("b", TEXT)])

    assert layer.segments.alpha is None
    assert not layer.is_debatable


def test_little_agreement_is_debatable():
    [layer, _] = compare([reading("a", "two"), reading("b", "five")])

    assert layer.is_debatable


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 3), ["One"]),
        ((0, 4), ["One"]),
        ((2, 5), ["One", "two"]),
        ((3, 4), []),
        ((13, 15), []),
        ((44, 47), ["nine"]),
        ((46, 47), []),
        ((0, 47), ["One", "two", "three", "Four", "five", "six", "Seven", "eight", "nine"]),
    ],
)
def test_a_span_touches_words(span, words):
    whole = passage("P1", TEXT)

    found = [whole.quote(whole.words[at]) for at in word_range(whole, Span(*span))]

    assert found == words
