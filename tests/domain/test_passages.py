"""Passages: spans, pieces, and what may be told."""

import pytest
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.passages import Span, cut

TEXT = "“Late,” he said. It’s 漢字 👍 time."


@pytest.mark.parametrize("pair", [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_stretch_or_one_before_the_text_is_no_span(pair):
    with pytest.raises(ValueError, match="is not a span"):
        Span(*pair)


def test_spans_touch_hold_and_have_a_length():
    assert len(Span(2, 5)) == 3
    assert Span(2, 5).touches(Span(4, 9))
    assert not Span(2, 5).touches(Span(5, 9))
    assert Span(2, 5).holds(Span(2, 5))
    assert not Span(2, 5).holds(Span(2, 6))


@given(st.text(min_size=1, max_size=60))
def test_pieces_lose_nothing(text):
    passage = cut("P1", text)

    pieces = [piece for segment in passage.segments for piece in passage.pieces(segment)]

    assert "".join(quote for quote, _ in pieces) == text
    assert tuple(word for _, word in pieces if word) == passage.words


def test_pieces_tell_words_from_what_stands_between_them():
    passage = cut("P1", TEXT)

    pieces = list(passage.pieces(passage.segments[0]))

    assert pieces == [
        ("“", None),
        ("Late", Span(1, 5)),
        (",” ", None),
        ("he", Span(8, 10)),
        (" ", None),
        ("said", Span(11, 15)),
        (". ", None),
    ]


def test_the_segment_of_a_span_is_the_one_it_begins_in():
    passage = cut("P1", "One. Two.")

    assert passage.segment_of(Span(3, 7)) == Span(0, 5)
    assert passage.segment_of(Span(5, 7)) == Span(5, 9)


def test_a_bare_passage_keeps_the_text_and_nothing_found_in_it():
    passage = sets.passage("It rained. It snowed.", {"words": "rained"}, grey=[("snowed", "bias")])

    assert passage.bare() == cut("P1", passage.text)


def test_an_annotation_is_found_by_its_id():
    passage = sets.passage("It rained.", {"words": "rained", "id_": "A1"})

    assert passage.annotation("A1").span == Span(3, 9)
    with pytest.raises(KeyError):
        passage.annotation("A2")
    with pytest.raises(KeyError):
        sets.build.article(passage).passage("P9")
