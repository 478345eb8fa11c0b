"""Annotation sets: who may work on which, steps on both databases, undo, redo, two at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from build import NOW, herons, passage
from works import ANNOTATOR, BLIND, EDITOR, GOLD, add_set, make_set, share, store_article, user_id

from quizgame.domain.errors import ClosedError, InputError, NotFoundError, StaleError
from quizgame.domain.markup import markup_of, put, remove
from quizgame.domain.passages import GreyZone, Span, Stet
from quizgame.services import annotations, clashes, lints, markup, revisions
from quizgame.services.markup import Begun
from quizgame.services.taxonomy import get_taxonomy

STET = Stet("a000000000001", Span(0, 5), ("error",), "Seen by all.")


def begun(set_, rev=None, number=0, name="marie"):
    stands = annotations.standing(set_, number)
    return Begun(set_, user_id(name), number, stands.rev if rev is None else rev)


@pytest.fixture
def key(in_either):
    public_id = make_set("marie")
    make_set("noise", id_="noise")
    return annotations.get_set(user_id("marie"), public_id)


def stet(set_, why, rev=None, name="marie", now=NOW):
    find = replace(STET, why=why)
    word = f"edit {STET.id}" if annotations.standing(set_, 0).passage.stets else "stet"
    at_work = begun(set_, rev, name=name)
    return markup.change(at_work, lambda p: put(p, find), word, now=now)


def whys(set_, number=0):
    return [s.why for s in annotations.standing(set_, number).passage.stets]


def test_strangers_and_annotators_find_no_key(key):
    share("paul", ANNOTATOR)
    share("rosa", EDITOR)
    for name in ("stranger", "paul"):
        with pytest.raises(NotFoundError):
            annotations.get_set(user_id(name), key.public_id)
    assert annotations.get_set(user_id("rosa"), key.public_id).id == key.id


def test_a_blind_set_is_for_its_annotator_alone(in_app):
    version = store_article("marie")
    share("paul", ANNOTATOR)
    blind = add_set(version, "paul", BLIND)
    with pytest.raises(NotFoundError):
        annotations.get_set(user_id("marie"), blind)
    found = annotations.get_set(user_id("paul"), blind)
    assert annotations.standing(found, 0).passage.annotations == ()


def test_the_key_of_this_servers_own_text_is_nobodys(in_app):
    public_id = make_set(None)

    with pytest.raises(NotFoundError):
        annotations.get_set(user_id("marie"), public_id)


def test_a_passage_or_a_revision_that_is_not_there_is_not_found(key):
    for number, rev in ((2, None), (-1, None), (0, 7)):
        with pytest.raises(NotFoundError):
            annotations.standing_at(key, number, rev)


def test_a_step_from_an_old_revision_is_refused_and_changes_nothing(key):
    stet(key, "first")
    stet(key, "second")

    for rev in (0, 1, 3):
        with pytest.raises(StaleError):
            stet(key, "late", rev=rev)
    assert whys(key) == ["second"]


def test_what_changes_nothing_is_no_step(key):
    assert stet(key, "first") == 1
    assert stet(key, "first") == 1
    assert len(revisions.revisions(key.id, 0)) == 1


def test_steps_of_one_passage_leave_the_others_alone(key):
    stet(key, "first")

    assert whys(key, 1) == []
    assert [s.rev for s in annotations.standings(key)] == [1, 0]
    assert annotations.annotated(annotations.version_of(key)).passages[0].stets


def test_undo_and_redo_walk_a_straight_line(key):
    with pytest.raises(InputError):
        revisions.undo(begun(key), now=NOW)
    later = NOW
    for why in ("one", "two", "three"):
        later += timedelta(minutes=5)
        stet(key, why, now=later)

    revisions.undo(begun(key), now=later)
    revisions.undo(begun(key), now=later)
    assert whys(key) == ["one"]
    revisions.redo(begun(key), now=later)
    assert whys(key) == ["two"]
    revisions.undo(begun(key), now=later)
    revisions.undo(begun(key), now=later)
    assert whys(key) == []
    with pytest.raises(InputError):
        revisions.undo(begun(key), now=later)
    for _ in range(3):
        revisions.redo(begun(key), now=later)
    assert whys(key) == ["three"]
    with pytest.raises(InputError):
        revisions.redo(begun(key), now=later)
    assert len(revisions.revisions(key.id, 0)) == 11


def test_a_new_step_ends_the_way_back(key):
    stet(key, "one")
    revisions.undo(begun(key), now=NOW)
    stet(key, "other")

    assert revisions.stack(key, 0).redo is None
    revisions.undo(begun(key), now=NOW)
    assert whys(key) == []


def test_what_is_typed_without_a_pause_is_undone_at_once(key):
    stet(key, "a")
    for seconds, why in ((1, "ab"), (2, "abc"), (3, "abcd")):
        stet(key, why, now=NOW + timedelta(seconds=seconds))
    stet(key, "after lunch", now=NOW + timedelta(hours=1))

    revisions.undo(begun(key), now=NOW)
    assert whys(key) == ["abcd"]
    revisions.undo(begun(key), now=NOW)
    assert whys(key) == ["a"]


def test_an_undo_from_an_old_page_is_refused(key):
    stet(key, "one")
    stet(key, "two")

    for step in (revisions.undo, lambda b, now: revisions.restore(b, 0, now=now)):
        with pytest.raises(StaleError):
            step(begun(key, rev=1), now=NOW)


def test_any_step_can_be_brought_back_and_history_tells_who_did_what(key):
    share("paul", EDITOR)
    stet(key, "one")
    stet(key, "two", name="paul")
    revisions.restore(begun(key), 1, now=NOW)
    revisions.restore(begun(key), 0, now=NOW)

    told = [(e.rev, e.word, e.who, [c.kind for c in e.changes]) for e in revisions.history(key, 0)]
    assert told == [
        (4, "restore", "Marie", ["removed"]),
        (3, "restore", "Marie", ["changed"]),
        (2, f"edit {STET.id}", "Paul", ["changed"]),
        (1, "stet", "Marie", ["added"]),
    ]
    assert revisions.history(key, 1) == []
    with pytest.raises(NotFoundError):
        revisions.restore(begun(key), 9, now=NOW)


def test_an_id_is_never_in_two_passages(key):
    stet(key, "here")
    with pytest.raises(InputError):
        markup.adder(key, replace(STET, why="there"))(annotations.standing(key, 1).passage)


def test_two_people_get_both_versions_and_settle_them(key):
    share("paul", EDITOR)
    stet(key, "base")
    base = annotations.standing(key, 0).passage
    mine = put(base, replace(STET, why="mine"))
    stet(key, "theirs", name="paul")
    zone = GreyZone(Span(6, 7), "bias", "theirs too")
    markup.change(begun(key, name="paul"), lambda p: put(p, zone), "grey", now=NOW)

    clash = clashes.clash(begun(key, rev=1), mine)
    assert (clash.others, clash.rev, clash.latest) == (("Paul",), 3, NOW)
    assert [c.key for c in clash.changes] == [f"stet {STET.id}", "grey bias 6 7"]
    assert clash.only_theirs == {"grey bias 6 7"}
    with pytest.raises(StaleError):
        clashes.settle(begun(key, rev=2), mine, [], now=NOW)
    clashes.settle(begun(key, rev=3), mine, [f"stet {STET.id}"], now=NOW)
    assert whys(key) == ["mine"]
    assert annotations.standing(key, 0).passage.grey == (zone,)


def test_a_version_that_does_not_fit_the_text_is_refused(key):
    wrong = replace(markup_of(annotations.standing(key, 0).passage), segments=(Span(0, 3),))

    with pytest.raises(InputError):
        clashes.settle(begun(key), wrong, ["segments"], now=NOW)


def test_who_is_finished_changes_nothing_until_it_is_reopened(in_either):
    version = store_article("marie")
    share("paul", ANNOTATOR)
    blind = annotations.get_set(user_id("paul"), add_set(version, "paul", BLIND))
    stet(blind, "one", name="paul")
    annotations.finish(blind, now=NOW)
    assert blind.finished_at == NOW
    with pytest.raises(ClosedError):
        stet(blind, "two", name="paul")
    with pytest.raises(ClosedError):
        revisions.undo(begun(blind, name="paul"), now=NOW)
    annotations.reopen(blind)
    assert stet(blind, "two", name="paul") == 2


def test_a_key_is_never_finished(key):
    with pytest.raises(NotFoundError):
        annotations.finish(key, now=NOW)


def test_the_linter_says_where_and_what(in_app):
    bad = replace(herons("P0").annotations[0], correction="", evidence=())
    one = passage("P0", herons("P0").text, bad, *herons("P0").annotations[1:])
    full = herons("P1", range(4))
    public_id = make_set("marie", one, full, passage("P2", "All is well here."))
    set_ = annotations.get_set(user_id("marie"), public_id)
    article = annotations.version_of(set_).document

    found = lints.breaches(article, annotations.standings(set_), get_taxonomy())

    assert [(b.words % b.values, b.key) for b in found[0]] == [
        ("correction is missing", "annotation P0-0"),
        ("evidence is missing", "annotation P0-0"),
        (lints.NEVER_FAIR, ""),
    ]
    assert lints.NO_CLEAN in [b.words for b in found[1]]
    assert found[2] == []


def test_what_was_removed_comes_back_by_undo(key):
    markup.change(begun(key), lambda p: remove(p, "annotation P0-0"), "remove", now=NOW)
    assert [a.id for a in annotations.standing(key, 0).passage.annotations] == ["P0-2"]
    revisions.undo(begun(key), now=NOW)
    assert [a.id for a in annotations.standing(key, 0).passage.annotations] == ["P0-0", "P0-2"]


def test_the_purposes_are_those_of_the_floor_below():
    assert (GOLD, BLIND) == ("gold", "blind")
