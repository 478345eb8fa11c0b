"""From several annotators to one key."""

import itertools
from dataclasses import replace

import pytest
from build import EVIDENCE, passage, problem

from quizgame.domain.adjudication import cases, ruled
from quizgame.domain.comparison import Reading
from quizgame.domain.errors import InputError
from quizgame.domain.markup import Markup, markup_of
from quizgame.domain.passages import Evidence, GreyZone, Span

TEXT = "One two three. Four five six. Seven eight nine."
WHY = "We do not agree."


def reading(id_, *quotes, took_part=True, **more):
    found = [problem(TEXT, quote, f"{id_}-{quote}", **more) for quote in quotes]
    return Reading(id_, (passage("P1", TEXT, *found),), took_part)


def after(readings, decision=None, start=None):
    """The key after every case was decided so."""
    markup = start or markup_of(readings[0].passages[0])
    for case in cases(readings):
        markup = ruled(markup, case, decision or case.default(), WHY)
    return markup


def test_marks_that_overlap_make_one_case():
    readings = [reading("key", "two three", "eight"), reading("b", "three. Four"), reading("c")]
    first, second = cases(readings)

    assert (first.marked_by, second.marked_by) == (2, 1)
    assert TEXT[first.span.start : first.span.stop] == "two three. Four"
    assert not first.is_agreed


def test_marks_that_only_touch_make_two():
    assert len(cases([reading("key", "One "), reading("b", "two")])) == 2


def test_layers_do_not_meet():
    assert len(cases([reading("key", "two"), reading("b", "two", layer="bias")])) == 2


def test_the_same_words_with_the_same_category_are_agreed_whatever_the_comma():
    assert cases([reading("key", "three"), reading("b", "three.")])[0].is_agreed
    assert not cases([reading("key", "three"), reading("b", "two three")])[0].is_agreed
    other = reading("b", "three", category="wrong_actor")
    assert not cases([reading("key", "three"), other])[0].is_agreed
    assert not cases([reading("key", "three"), reading("b", "three"), reading("c")])[0].is_agreed


@pytest.mark.parametrize("decision", ["", "accept", "accept-1", "accept-x", "delete", "merge"])
def test_other_decisions_are_refused(decision):
    [case] = cases([reading("key", "two"), reading("b")])

    with pytest.raises(InputError):
        ruled(Markup(()), case, decision, WHY)


@pytest.mark.parametrize(
    ("marked_by", "annotators", "default"),
    [(1, 2, "grey"), (2, 2, "accept-0"), (1, 3, "grey"), (2, 3, "accept-0"), (2, 4, "grey")],
)
def test_what_half_or_fewer_marked_becomes_a_grey_zone(marked_by, annotators, default):
    readings = [
        reading(str(n) if n else "key", *(["two"] if n < marked_by else []))
        for n in range(annotators)
    ]

    assert cases(readings)[0].default() == default


def test_a_grey_zone_replaces_the_annotation_of_the_key():
    markup = after([reading("key", "two", "eight"), reading("b", "eight"), reading("c")])

    assert markup.grey == (GreyZone(Span(4, 7), "error", WHY),)
    [kept] = markup.annotations
    assert (kept.id, kept.marked_by, kept.annotators) == ("key-eight", 2, 3)
    assert kept.agreement == pytest.approx(2 / 3)
    assert kept.weight == pytest.approx(kept.severity * 2 / 3)


def test_what_others_found_comes_in_with_their_reasons_and_an_id_of_its_own():
    readings = [reading("key"), reading("b", "two", why="B says."), reading("c", "two")]
    [made] = after(readings).annotations

    assert (made.why, made.marked_by, made.annotators) == ("B says.", 2, 3)
    assert made.id not in {"b-two", "c-two"}
    assert after(readings).annotations == (made,)


def test_what_was_written_into_it_since_is_kept_when_one_more_annotator_comes():
    readings = [reading("key"), reading("b", "two"), reading("c", "two")]
    first = after(readings)
    edited = replace(first, annotations=(replace(first.annotations[0], why="Mine."),))
    [made] = after([*readings, reading("d", "two")], None, edited).annotations

    assert (made.why, made.marked_by, made.annotators) == ("Mine.", 3, 4)


def test_the_category_of_most_wins_and_the_key_breaks_ties():
    named = {"category": "wrong_actor"}
    most = [reading("key", "two"), reading("b", "two", **named), reading("c", "two", **named)]
    tie = most[:2]

    assert cases(most)[0].default() == "accept-1"
    assert cases(tie)[0].default() == "accept-0"


def test_merging_keeps_the_whole_stretch_all_reasons_and_all_evidence():
    other = Evidence("Log", "Depot", "2026")
    key = reading("key", "two three", why="K.", evidence=(EVIDENCE,), correction="", check="Ask.")
    blind = reading("b", "three. Four", why="B.", evidence=(EVIDENCE, other), correction="Four.")
    [made] = after([key, blind], "merge").annotations

    assert TEXT[made.span.start : made.span.stop] == "two three. Four"
    assert (made.id, made.why, made.correction, made.check) == (
        "key-two three",
        "K. B.",
        "Four.",
        "Ask.",
    )
    assert made.evidence == (EVIDENCE, other)
    assert made.agreement == 1


def test_rejecting_leaves_nothing():
    markup = after([reading("key", "two"), reading("b", "eight")], "reject")

    assert markup.annotations == ()
    assert markup.grey == ()


def test_ruling_again_replaces_the_ruling_before():
    readings = [reading("key", "two"), reading("b", "two three")]
    for first, second in itertools.product(
        ["grey", "merge", "accept-0", "accept-1", "reject"], repeat=2
    ):
        once = after(readings, second)
        twice = after(readings, second, after(readings, first))
        assert [a.span for a in twice.annotations] == [a.span for a in once.annotations]
        assert twice.grey == once.grey


def test_what_else_stands_in_the_key_is_left_alone():
    mine = problem(TEXT, "Seven", "mine")
    zone = GreyZone(Span(30, 35), "error", "mine")
    start = Markup((), (mine, problem(TEXT, "two", "key-two")), (), (zone,))
    markup = after([reading("key", "two"), reading("b", "two")], None, start)

    assert mine in markup.annotations
    assert markup.grey == (zone,)
    assert len(markup.annotations) == 2


def test_a_later_edit_of_the_key_is_not_undone_by_accepting_it():
    better = problem(TEXT, "two", "key-two", why="Better.")
    markup = after([reading("key", "two"), reading("b", "two")], "accept-0", Markup((), (better,)))

    assert markup.annotations[0].why == "Better."


def test_a_case_keeps_its_key_as_long_as_the_same_is_marked():
    def key(*readings):
        return [case.key for case in cases(readings)]

    same = key(reading("key", "two"), reading("b", "two"))
    assert key(reading("key", "two", why="Other."), reading("b", "two")) == same
    assert key(reading("key", "two"), reading("b", "two three")) != same
    assert key(reading("key", "two"), reading("c", "two")) != same


def test_a_key_that_took_no_part_does_not_count():
    readings = [reading("key", took_part=False), reading("b", "two"), reading("c", "two")]
    [case] = cases(readings)

    assert case.is_agreed
    assert case.annotators == 2
