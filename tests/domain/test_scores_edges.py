"""The edge cases that scoring.md part 1, 14 decides, one by one."""

from dataclasses import replace

import keys
import pytest
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.items import Tally
from quizgame.domain.naming import Names
from quizgame.domain.scores import (
    Gold,
    Mark,
    key_of,
    marking_prices,
    merge,
    score_marks,
    word_states,
)

TEXT = "Bus one left at five. It runs on water! Nobody was hurt. Rain fell."
SEGMENTS = [(0, 5), (5, 10), (10, 15), (15, 20)]
NAMES = Names((("a", "one"), ("b", "one"), ("c", "two"), ("d", "three")))


def ledger(key, marks):
    return score_marks(key, marks, marking_prices([key])).ledger


def named_key(*names, run=(1, 4)):
    key = keys.key(SEGMENTS, [run], names=NAMES)
    return replace(key, golds=(replace(key.golds[0], names=frozenset(names)),))


# marks


def test_words_marked_twice_count_once():
    key = keys.key(SEGMENTS, [(1, 4), (11, 12)])

    assert ledger(key, keys.marks((1, 4), (2, 4), (1, 2), (6, 7), (6, 8))) == ledger(
        key, keys.marks((1, 4), (6, 8))
    )


def test_where_one_mark_ends_and_the_next_begins_has_no_effect():
    key = keys.key(SEGMENTS, [(1, 4)])

    assert ledger(key, keys.marks((1, 2), (2, 4))) == ledger(key, keys.marks((1, 4)))


def test_a_stored_mark_that_crosses_a_segments_end_is_cut_there():
    key = named_key("a")

    crossing = ledger(key, keys.marks((1, 7), name="a"))

    assert crossing == ledger(key, keys.marks((1, 5), (5, 7), name="a"))
    assert [line.what for line in crossing] == ["caught", "charge"]


def test_a_cut_mark_counts_in_each_segment_only_with_the_words_it_has_there():
    key = named_key("a", run=(2, 8))
    one_in_each, two_in_one = keys.marks((4, 6), name="c"), keys.marks((6, 8), name="a")

    assert ledger(key, [*one_in_each, *two_in_one])[0].named == 1


# gold


def test_same_words_twice_are_one_span_of_the_larger_weight_for_which_every_name_is_right():
    light, heavy = Gold("A", keys.words((1, 3)), 2, frozenset({"a"})), Gold("B", keys.words((1, 3)))
    heavy = replace(heavy, weight=3, names=frozenset({"c"}))

    assert merge([light, heavy]) == (Gold("A", keys.words((1, 3)), 3, frozenset({"a", "c"})),)
    assert merge([heavy, light])[0].weight == 3


def test_annotations_of_the_same_words_are_merged_where_an_item_is_read():
    text = "It runs on water, they say. Nobody was hurt."
    twice = [{"words": "runs on water", "id_": i, "severity": s} for i, s in (("A", 2), ("B", 3))]
    with_a_stray_comma = {"words": "runs on water,", "id_": "C", "category": "wrong_cause"}

    key = key_of(sets.item(sets.passage(text, *twice, with_a_stray_comma)), "error")

    assert [(g.id, g.weight, sorted(g.names)) for g in key.golds] == [
        ("A", 3, ["factual_error", "wrong_cause"])
    ]


def test_gold_across_two_segments_makes_both_problems_but_is_paid_once():
    key = keys.key(SEGMENTS, [(3, 7)], weights=[2])

    prices = marking_prices([key])

    assert (prices["problems"], prices["clean"], prices["find"]) == (2, 2, 50)
    assert score_marks(key, keys.marks((3, 4)), prices).tally == Tally(2, 1, 2, 0)


def test_a_light_or_optional_or_contested_span_is_grey_and_others_are_gold():
    fields = [{"severity": 1}, {"optional": True}, {"verdict": "contested"}, {"severity": 3}]

    found = [
        key_of(sets.item(sets.passage(TEXT, {"words": "five", **some})), "error") for some in fields
    ]

    assert [(len(key.golds), len(key.grey)) for key in found] == [(0, 1), (0, 1), (0, 1), (1, 0)]


def test_weight_is_severity_times_agreement():
    item = sets.item(sets.passage(TEXT, {"words": "five", "severity": 3, "agreement": 0.5}))

    assert key_of(item, "error").golds[0].weight == 1.5


@pytest.mark.parametrize("layer", ["bias", "contradiction", "omission"])
def test_other_layers_are_ignored(layer):
    item = sets.item(sets.passage(TEXT, {"words": "five", "layer": layer}))

    key = key_of(item, "error")

    assert not key.golds
    assert not key.grey
    assert len(key.clean()) == 4


def test_damage_done_by_translation_is_grey_for_errors_and_nothing_for_bias():
    item = sets.item(sets.passage(TEXT, {"words": "water", "layer": "artefact"}))

    assert len(key_of(item, "error").clean()) == 3
    assert len(key_of(item, "bias").clean()) == 4


def test_damage_that_is_an_error_as_well_is_an_error():
    found = [{"words": "water", "layer": layer, "id_": layer} for layer in ("artefact", "error")]

    key = key_of(sets.item(sets.passage(TEXT, *found)), "error")

    assert [gold.id for gold in key.golds] == ["error"]
    assert not key.grey


# grey words, segments


def test_grey_words_leave_marks_and_counts():
    key = keys.key(SEGMENTS, [(1, 3)], grey=keys.words((3, 5)))

    assert ledger(key, keys.marks((1, 5))) == ledger(key, keys.marks((1, 3)))


def test_nothing_in_a_segment_with_grey_and_no_gold_pays_or_costs():
    passage = sets.passage(TEXT, {"words": "five"}, grey=[("runs", "error")])
    key = key_of(sets.item(passage), "error")
    its_segment = Mark(key.segments[1].words)

    assert not score_marks(key, [its_segment], marking_prices([key])).points
    assert (len(key.problems()), len(key.clean())) == (1, 2)


def test_gold_beats_grey_where_they_overlap():
    passage = sets.passage(TEXT, {"words": "runs on water"}, grey=[("It runs on", "error")])

    key = key_of(sets.item(passage), "error")

    assert len(key.golds[0].words) == 3
    assert len(key.grey) == 1


def test_a_grey_zone_is_grey_for_its_own_layer_only():
    item = sets.item(sets.passage(TEXT, {"words": "five"}, grey=[("runs", "bias")]))

    assert not key_of(item, "error").grey


def test_a_sentence_with_a_blanked_out_word_is_not_clean():
    blanked = {"words": "****", "layer": "artefact"}
    item = sets.item(sets.passage("It runs on ****. Nobody was hurt.", blanked))

    assert [segment.id for segment in key_of(item, "error").clean()] == ["0:1"]


def test_a_segment_without_a_word_is_none():
    text = "It runs on water. … Nobody was hurt."
    item = sets.item(sets.passage(text, {"words": "water"}, cuts=(18, 20)))

    assert [segment.id for segment in key_of(item, "error").segments] == ["0:0", "0:2"]


@given(st.sets(st.integers(0, 19)), st.sets(st.integers(5, 9)))
def test_whatever_grey_words_are_marked_the_ledger_is_the_same(marked, grey_marked):
    key = keys.key(SEGMENTS, [(1, 3), (11, 12)], grey=keys.words((5, 10)))
    plain = [Mark(frozenset((0, at) for at in marked - set(range(5, 10))))]
    more = [Mark(frozenset((0, at) for at in marked | grey_marked))]

    assert ledger(key, plain) == ledger(key, more)


# pools


@pytest.mark.parametrize(
    "key", [keys.key(SEGMENTS, SEGMENTS), keys.key(SEGMENTS, [])], ids=["no clean", "no gold"]
)
def test_a_pool_without_problems_or_without_clean_segments_is_practice(key):
    prices = marking_prices([key])

    assert (prices["find"], prices["charge"], prices["ranked"]) == (0, 0, False)
    assert score_marks(key, keys.marks((0, 20)), prices).points == 0


def test_all_marking_rounds_are_one_pool():
    found, clean = keys.key(SEGMENTS, [(1, 3)], weights=[4]), keys.key(SEGMENTS, [])

    prices = marking_prices([found, clean])

    assert (prices["find"], prices["charge"]) == (50, pytest.approx(200 / 7))
    assert score_marks(clean, [], prices).points == 0  # silence is perfect
    assert score_marks(found, keys.marks((1, 3)), prices).points == 200


@pytest.mark.parametrize(("problems", "ranked"), [(19, False), (20, True)])
def test_a_set_ranks_from_twenty_problems_and_twenty_clean_segments_on(problems, ranked):
    key = keys.key([(n, n + 1) for n in range(40)], [(n, n + 1) for n in range(problems)])
    mirrored = keys.key([(n, n + 1) for n in range(40)], [(n, n + 1) for n in range(problems, 40)])

    assert marking_prices([key])["ranked"] is ranked
    assert marking_prices([mirrored])["ranked"] is ranked


# names


def test_a_tie_of_two_marks_goes_to_the_leftmost():
    key = named_key("a", run=(1, 3))
    right_first, wrong_first = ("a", "c"), ("c", "a")

    named = [
        ledger(key, [*keys.marks((1, 2), name=one), *keys.marks((2, 3), name=other)])[0].named
        for one, other in (right_first, wrong_first)
    ]

    assert named == [1, pytest.approx(NAMES.credit("c", "a"))]


def test_the_order_in_which_marks_are_stored_does_not_matter():
    key = named_key("a", run=(1, 3))
    marks = [*keys.marks((1, 2), name="a"), *keys.marks((2, 3), name="c")]

    assert ledger(key, marks) == ledger(key, marks[::-1])


def test_the_mark_with_most_of_the_words_gives_the_name():
    key = named_key("a")

    line = ledger(key, [*keys.marks((1, 2), name="c"), *keys.marks((2, 4), name="a")])[0]

    assert line.named == 1


def test_no_name_earns_six_tenths_and_so_does_a_wrong_one():
    key = named_key("a")

    earned = {n: ledger(key, keys.marks((1, 4), name=n))[0].points for n in ("a", "", "c")}

    assert earned == {"a": 100, "": pytest.approx(60), "c": pytest.approx(60)}


def test_of_several_accepted_names_each_is_right():
    key = named_key("a", "d")

    assert [ledger(key, keys.marks((1, 4), name=n))[0].named for n in "ad"] == [1, 1]


# the reveal


def test_each_word_is_revealed_as_what_it_was():
    key = keys.key(SEGMENTS, [(1, 3)], grey=keys.words((5, 6)))

    states = word_states(key, keys.marks((2, 4), (5, 6), (11, 12)))

    assert {at: state for (_, at), state in states.items()} == {
        1: "missed",
        2: "caught",
        3: "spill",
        5: "grey",
        11: "stet",
    }
