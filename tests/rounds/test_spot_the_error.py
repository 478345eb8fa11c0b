"""Marking words: this kind's own examples; the mechanics are those of find_the_bias, too."""

import pytest
import sets
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.scores import marking_prices
from quizgame.rounds import KINDS

KIND = KINDS["spot_the_error"]
TEXT = "It runs on water, they say. Nobody was hurt."
ITEM = sets.item(sets.passage(TEXT, {"words": "runs on water"}))
REASONED = sets.item(
    sets.passage(TEXT, {"words": "runs on water", "category": "slogans"}), options=sets.OPTIONS
)
PRICES = marking_prices([KIND.key(ITEM)])
RUNS, ON, WATER, THEY, NOBODY = "0:3-7", "0:8-10", "0:11-16", "0:18-22", "0:28-34"


def form(item=ITEM, **sent):
    return KIND.form(item.question(), {name: list(values) for name, values in sent.items()})


def mark(start, stop, name="", passage=0):
    return {"passage": passage, "start": start, "stop": stop, "name": name}


@pytest.mark.parametrize(
    "value",
    [
        "0:3-8",
        "0:3-6",
        "1:3-7",
        "0:16-17",
        "0:03-7",
        " 0:3-7",
        "-1:3-7",
        "0:٣-7",
        "",
        "0:3-7\0",
        "🚌",
    ],
)
def test_what_is_not_a_word_of_the_text_is_turned_away(value):
    sent = form(words=[RUNS, value])

    assert not sent.validate()
    assert sent.words.errors == ["That is not a word of this text. Reload the page."]
    assert not sent.words.data


def test_marks_and_nothing_wrong_here_cannot_both_be_meant():
    sent = form(words=[RUNS], nothing=["1"])

    assert not sent.validate()
    assert "Take one of the two back" in sent.nothing.errors[0]


def test_nothing_wrong_here_is_an_answer():
    sent = form(nothing=["1"])

    assert sent.validate()
    assert sent.is_answer()
    assert sent.response == {"marks": [], "nothing": True}


def test_an_unticked_box_is_not_said():
    sent = form(nothing=[""])

    assert sent.validate()
    assert not sent.is_answer()
    assert sent.words.errors == ["Mark at least one word, or say “Nothing wrong here”."]


def test_words_that_stand_together_are_one_mark_and_others_are_more():
    sent = form(words=[WATER, RUNS, ON, RUNS, NOBODY])

    assert sent.validate()
    assert sent.marks == [mark(3, 16), mark(28, 34)]


def test_a_mark_stops_at_the_end_of_its_segment():
    sent = form(words=["0:23-26", NOBODY])

    assert sent.validate()
    assert sent.marks == [mark(23, 26), mark(28, 34)]


def test_words_of_two_passages_are_never_one_mark():
    item = sets.item(sets.passage("One bus"), sets.passage("two buses"))
    sent = form(item, words=["0:4-7", "1:0-3"])

    assert sent.validate()
    assert sent.marks == [mark(4, 7), mark(0, 3, passage=1)]


def test_a_reason_that_is_not_offered_is_turned_away():
    sent = form(REASONED, words=[RUNS], **{"reason-" + RUNS: ["gossip"]})

    assert not sent.validate()
    assert sent.words.errors == ["That reason is not in the list. Choose one that is."]


def test_where_no_reasons_are_asked_none_is_taken():
    sent = form(ITEM, words=[RUNS], **{"reason-" + RUNS: ["slogans"]})

    assert not sent.validate()
    assert not any(name.startswith("reason-") for name in form().names())


def test_the_reason_of_a_mark_is_that_of_its_first_word():
    sent = form(REASONED, words=[RUNS, ON], **{"reason-" + RUNS: ["slogans"], "reason-" + ON: [""]})

    assert sent.validate()
    assert sent.marks == [mark(3, 10, "slogans")]
    assert sent.reason_name(sent.marks[0]) == "reason-" + RUNS


def test_a_stored_response_is_shown_again():
    response = {"marks": [mark(3, 10, "slogans"), mark(28, 34)], "nothing": False}

    shown = KIND.form(REASONED.question(), response=response)

    assert shown.response == response
    assert shown.words.data == [(0, 1), (0, 2), (0, 6)]


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ([RUNS, ON, WATER], 100),
        ([RUNS, ON], 200 / 3),
        ([RUNS, ON, WATER, THEY], 600 / 7),
        ([RUNS, ON, WATER, NOBODY], 0),
        ([NOBODY], -100),
        ([], 0),
    ],
)
def test_finds_pay_and_false_charges_cost(words, points):
    sent = form(words=words)
    assert sent.validate()

    assert KIND.score(ITEM, sent.response, PRICES).points == pytest.approx(points)


def test_a_reason_counts_four_tenths_of_a_find():
    earned = [
        KIND.score(REASONED, {"marks": [mark(3, 16, name)], "nothing": False}, PRICES).points
        for name in ("slogans", "", "flag_waving")
    ]

    assert earned == pytest.approx([100, 60, 60])


def test_the_ledger_says_what_and_about_what():
    response = {"marks": [mark(3, 10), mark(28, 34)], "nothing": False}

    lines = KIND.score(ITEM, response, PRICES).ledger

    assert [(line.what, line.about) for line in lines] == [
        ("caught", "runs on water"),
        ("charge", "0:1"),
    ]


def test_a_slanted_sentence_is_clean_in_an_error_round():
    slanted = {"words": "Nobody was hurt", "layer": "bias"}
    item = sets.item(sets.passage(TEXT, {"words": "water"}, slanted))

    assert [segment.id for segment in KIND.key(item).clean()] == ["0:1"]


@given(st.sets(st.sampled_from(range(9))), st.sets(st.sampled_from([4, 5, 6, 7, 8])))
def test_grey_words_change_no_score(marked, more):
    passage = sets.passage(
        TEXT + " Rain fell.",
        {"words": "runs on water"},
        grey=[("they say. Nobody was hurt", "error")],
    )
    item = sets.item(passage)
    prices = marking_prices([KIND.key(item)])

    def ledger(places):
        marks = [mark(passage.words[at].start, passage.words[at].stop) for at in sorted(places)]
        return KIND.score(item, {"marks": marks, "nothing": not marks}, prices)

    assert ledger(marked) == ledger(marked | more) == ledger(marked - {4, 5, 6, 7, 8})
