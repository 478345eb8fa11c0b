"""Changing what is found in a passage: what is refused, what fits, and what differs."""

from dataclasses import replace

import pytest
from build import herons, passage, problem

from quizgame.domain.errors import InputError
from quizgame.domain.markup import (
    MOST_FINDS,
    Markup,
    applied,
    diff,
    is_sound,
    join,
    join_after,
    key_of,
    markup_of,
    merged,
    moved,
    place_before,
    put,
    remove,
    snapped,
    split,
    split_before,
)
from quizgame.domain.passages import GreyZone, Span, Stet
from quizgame.domain.proofs import LANES, of_layer, pieces, signs_of, tally, untouched

TEXT = "Heron 0 ate apple0 today. Heron 1 slept."
STET = Stet("s1", Span(26, 39), ("error",), "Seen by all.")
GREY = GreyZone(Span(0, 5), "bias", "Who knows.")


@pytest.fixture
def bus():
    return passage("P0", TEXT, problem(TEXT, "apple0", "a1"))


@pytest.mark.parametrize("span", [Span(0, 999), Span(24, 25), Span(5, 6)])
def test_what_holds_no_word_or_lies_outside_is_refused(bus, span):
    with pytest.raises(InputError):
        snapped(bus, span)


@pytest.mark.parametrize(
    ("text", "span", "quote"),
    [
        (TEXT, Span(8, 10), "ate"),
        (TEXT, Span(7, 9), "ate"),
        (TEXT, Span(10, 27), "ate apple0 today. Heron"),
        ("A 👩‍👩‍👧 said cafe\u0301, twice.", Span(8, 15), "said cafe\u0301"),
        ("公交车晚点了。", Span(1, 3), "交车"),
        ("قال الوزيرُ أمس.", Span(5, 6), "الوزيرُ"),
    ],
)
def test_a_stretch_snaps_to_words_in_every_script(text, span, quote):
    it = passage("P0", text)

    assert it.quote(snapped(it, span)) == quote


@pytest.mark.parametrize(
    ("edge", "step", "quote"),
    [
        ("start", -1, "0 ate apple0"),
        ("start", 1, "apple0"),
        ("stop", 1, "ate apple0 today"),
        ("stop", -1, "ate"),
    ],
)
def test_edges_move_by_a_word(bus, edge, step, quote):
    assert bus.quote(moved(bus, Span(8, 18), edge, step)) == quote


@pytest.mark.parametrize(
    ("span", "edge", "step"),
    [
        (Span(0, 5), "start", -1),
        (Span(0, 5), "start", 1),
        (Span(0, 5), "stop", -1),
        (Span(34, 39), "stop", 1),
    ],
)
def test_edges_stop_at_the_text_and_at_each_other(bus, span, edge, step):
    with pytest.raises(InputError, match="any further"):
        moved(bus, span, edge, step)


def test_a_find_outside_the_text_is_refused(bus):
    with pytest.raises(InputError):
        put(bus, replace(STET, span=Span(30, 400)))


def test_there_is_an_end_to_what_one_passage_holds(bus):
    many = tuple(replace(STET, id=f"s{n}") for n in range(MOST_FINDS - 1))
    full = applied(bus, replace(markup_of(bus), stets=many))

    with pytest.raises(InputError):
        put(full, GREY)


def test_finds_are_put_replaced_and_removed(bus):
    with_both = applied(bus, put(applied(bus, put(bus, STET)), GREY))
    assert set(markup_of(with_both).finds) == {"annotation a1", "stet s1", "grey bias 0 5"}

    changed = put(with_both, replace(STET, why="Better."))
    assert changed.stets == (replace(STET, why="Better."),)
    assert changed.annotations == bus.annotations

    elsewhere = replace(GREY, span=Span(0, 7))
    assert put(with_both, elsewhere, key_of(GREY)).grey == (elsewhere,)
    assert remove(with_both, "annotation a1").annotations == ()
    assert remove(with_both, "annotation a9") == markup_of(with_both)


def test_overlapping_finds_and_finds_over_segments_stand_side_by_side(bus):
    over = replace(bus.annotations[0], id="a2", span=Span(8, 31))

    assert [a.id for a in put(bus, over).annotations] == ["a2", "a1"]
    assert is_sound(bus, put(bus, over))


@pytest.mark.parametrize("at", [0, 2, 14, 26, 40, 999, 24, 25, 39])
def test_a_segment_is_split_between_words_only(bus, at):
    with pytest.raises(InputError):
        split(bus, at)


def test_splitting_and_joining_cover_the_text(bus):
    halves = applied(bus, split(bus, 8))
    assert [bus.quote(s) for s in halves.segments] == [
        "Heron 0 ",
        "ate apple0 today. ",
        "Heron 1 slept.",
    ]
    assert is_sound(bus, markup_of(halves))
    assert join(halves, 8) == markup_of(bus)
    assert [bus.quote(s) for s in join(bus, 26).segments] == [TEXT]
    for at in (8, 0, 40):
        with pytest.raises(InputError):
            join(bus, at)


@pytest.mark.parametrize(
    ("text", "word", "cut"),
    [
        ("He said: “Go on” today.", 2, "He said: |“Go on” today."),
        ("他说「走」吧。", 2, "他说|「走」吧。"),
        ("One, two.", 1, "One, |two."),
    ],
)
def test_opening_quotes_go_with_their_word(text, word, cut):
    it = passage("P0", text)
    at = place_before(it, it.words[word])

    assert f"{text[:at]}|{text[at:]}" == cut
    assert split_before(it, it.words[word]).segments[0].stop == at


def test_the_last_stretch_has_none_to_join(bus):
    assert len(join_after(bus, Span(0, 3)).segments) == 1
    with pytest.raises(InputError):
        join_after(bus, Span(34, 36))


@pytest.mark.parametrize(
    "changes",
    [
        {"segments": (Span(0, 26),)},
        {"segments": (Span(0, 3), Span(3, 40))},
        {"segments": (Span(0, 26), Span(20, 40))},
        {"stets": (STET, STET)},
        {"grey": (GreyZone(Span(0, 41), "bias", ""),)},
    ],
)
def test_what_cannot_stand_in_a_text_is_noticed(bus, changes):
    assert not is_sound(bus, replace(markup_of(bus), **changes))


def test_a_difference_names_what_and_which_fields(bus):
    old = put(bus, STET)
    [a1] = old.annotations
    new = Markup(split(bus, 8).segments, (replace(a1, why="New.", severity=3),), (), (GREY,))

    changes = {change.key: change for change in diff(old, new)}
    assert [c.kind for c in diff(old, new)] == ["added", "changed", "removed", "changed"]
    assert changes["annotation a1"].fields == ("severity", "why")
    assert changes["stet s1"].span == STET.span
    assert changes["segments"].span is None
    assert diff(old, old) == ()


def test_a_merge_takes_mine_where_told_and_theirs_elsewhere(bus):
    mine = put(bus, STET)
    theirs = put(bus, GREY)

    both = merged(theirs, mine, {"stet s1"})
    assert (both.stets, both.grey, both.annotations) == ((STET,), (GREY,), bus.annotations)
    assert merged(theirs, mine, {"grey bias 0 5"}).grey == ()
    assert merged(theirs, replace(mine, segments=split(bus, 8).segments), {"segments"}).segments[
        0
    ] == Span(0, 8)


def test_every_find_has_a_number_and_overlapping_ones_a_lane_each(bus):
    for n in range(5):
        find = replace(bus.annotations[0], id=f"b{n}", layer="bias", span=Span(8, 18 + n))
        bus = applied(bus, put(bus, find))
    signs = signs_of(bus)

    assert [sign.number for sign in signs] == [1, 2, 3, 4, 5, 6]
    assert {sign.lane for sign in signs} == set(range(LANES))
    assert [sign.key for sign in of_layer(signs, "error")] == ["annotation a1"]
    drawn = [p.drawn for p in pieces(bus, bus.segments[0], signs) if p.text == "apple0"]
    assert [len(d) for d in drawn] == [LANES]
    assert tally(bus) == {"error": 1, "bias": 5}
    assert (untouched(bus), untouched(bus, "bias"), untouched(bus, "omission")) == (1, 1, 2)


def test_the_pieces_of_a_proof_lose_nothing():
    it = herons("P0")
    signs = signs_of(it)
    drawn = [piece for segment in it.segments for piece in pieces(it, segment, signs)]

    assert "".join(piece.text for piece in drawn) == it.text
    assert [p.text for p in drawn if p.begins] == ["apple0", "apple2"]
