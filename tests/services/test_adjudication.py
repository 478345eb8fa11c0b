"""Ruling on differences, on each database; nobody's work is overwritten."""

import pytest
from annotated import LATER, TEXT, blind, key_of, mark, store
from build import NOW, problem
from people import make_user

from quizgame.domain.errors import InputError, NotFoundError, StaleError
from quizgame.services import adjudication, agreements, annotations
from quizgame.services.adjudication import Ruling
from quizgame.services.annotations import ANNOTATOR
from quizgame.services.readings import ADJUDICATED
from quizgame.services.revisions import revisions


@pytest.fixture
def marie(in_either):
    return make_user("marie")


@pytest.fixture
def article(marie):
    """Marie marks "bus" and "Heroic", Paul "bus" and "Monday", Rosa "bus" only."""
    for name in ("paul", "rosa"):
        make_user(name)
    article = store(marie)
    mark(key_of(article), 0, [problem(TEXT, q, f"K-{q}") for q in ("bus", "Heroic")])
    blind(
        article,
        marie,
        "paul",
        [problem(TEXT, q, f"B-{q}", why=f"B {q}") for q in ("bus", "Monday")],
    )
    blind(article, marie, "rosa", [problem(TEXT, "bus", "C-bus")])
    return article


def compared(marie, article):
    return adjudication.comparison(marie, article)


def difference(marie, article, words):
    found = compared(marie, article).differences
    return next(d for d in found if d.excerpt.words == words)


def rule(marie, article, words, decision, rev=None):
    about = difference(marie, article, words)
    ruling = Ruling(about.case.key, decision, about.rev if rev is None else rev, "We differ.")
    adjudication.rule(marie, compared(marie, article), ruling, now=LATER)


def key(article):
    return annotations.standings(key_of(article))[0].passage


def test_others_compare_nothing(marie, article):
    stranger = make_user("eve")

    with pytest.raises(NotFoundError):
        compared(stranger, article)
    with pytest.raises(NotFoundError):
        compared(make_user("annie"), article)


def test_a_decision_begun_at_an_older_step_is_refused_and_changes_nothing(marie, article):
    about = difference(marie, article, "Heroic")
    mark(key_of(article), 0, [problem(TEXT, q, f"K-{q}") for q in ("bus", "Heroic", "late")])

    with pytest.raises(StaleError):
        rule(marie, article, "Heroic", "grey", rev=about.rev)
    assert len(key(article).annotations) == 3
    assert not key(article).grey
    assert not difference(marie, article, "Heroic").decision


@pytest.mark.parametrize("decision", ["", "accept-1", "accept-7", "merge", "drop"])
def test_what_cannot_be_decided_is_refused(marie, article, decision):
    with pytest.raises(InputError):
        rule(marie, article, "Heroic", decision)
    assert not difference(marie, article, "Heroic").decision


def test_a_case_that_is_no_more_is_refused(marie, article):
    with pytest.raises(StaleError):
        adjudication.rule(
            marie, compared(marie, article), Ruling("0" * 40, "grey", 1, ""), now=LATER
        )


def test_a_decision_is_a_step_of_the_key(marie, article):
    rule(marie, article, "Monday", "accept-1")

    made = next(a for a in key(article).annotations if a.why == "B Monday")
    assert (made.marked_by, made.annotators) == (1, 3)
    assert made.agreement == pytest.approx(1 / 3)
    latest = revisions(key_of(article).id, 0)[0]
    assert (latest.change, latest.user_id, latest.rev) == (ADJUDICATED, marie, 2)
    assert difference(marie, article, "Monday").decision == "accept"


def test_rejecting_what_is_not_in_the_key_is_remembered_without_a_step(marie, article):
    rule(marie, article, "Monday", "reject")

    assert difference(marie, article, "Monday").decision == "reject"
    assert len(revisions(key_of(article).id, 0)) == 1


def test_one_may_decide_again(marie, article):
    rule(marie, article, "Heroic", "grey")
    assert key(article).grey
    rule(marie, article, "Heroic", "accept-0")

    assert not key(article).grey
    assert {a.id for a in key(article).annotations} == {"K-bus", "K-Heroic"}
    assert difference(marie, article, "Heroic").decision == "accept"


def test_the_defaults_do_what_was_previewed(marie, article):
    preview = compared(marie, article)

    assert (
        adjudication.apply_defaults(marie, preview, preview.digest(), "We differ.", now=LATER) == 3
    )

    passage = key(article)
    [bus] = passage.annotations
    assert (bus.id, bus.agreement, bus.marked_by, bus.annotators) == ("K-bus", 1, 3, 3)
    assert [passage.quote(zone.span) for zone in passage.grey] == ["Monday", "Heroic"]
    assert {zone.why for zone in passage.grey} == {"We differ."}
    assert compared(marie, article).open() == []
    assert revisions(key_of(article).id, 0)[0].change == ADJUDICATED


def test_the_defaults_are_not_applied_to_something_else(marie, article):
    digest = compared(marie, article).digest()
    make_user("tom")
    blind(article, marie, "tom", [problem(TEXT, "Heroic", "D1")])

    with pytest.raises(StaleError):
        adjudication.apply_defaults(marie, compared(marie, article), digest, "", now=LATER)
    assert len(revisions(key_of(article).id, 0)) == 1


def test_the_defaults_leave_alone_what_is_decided(marie, article):
    rule(marie, article, "Heroic", "accept-0")
    preview = compared(marie, article)
    adjudication.apply_defaults(marie, preview, preview.digest(), "", now=LATER)

    assert {a.id for a in key(article).annotations} == {"K-bus", "K-Heroic"}


def test_another_annotator_opens_what_was_decided(marie, article):
    preview = compared(marie, article)
    adjudication.apply_defaults(marie, preview, preview.digest(), "", now=LATER)
    make_user("tom")
    blind(article, marie, "tom", [problem(TEXT, "bus", "D1")])

    assert len(compared(marie, article).open()) == 3
    preview = compared(marie, article)
    adjudication.apply_defaults(marie, preview, preview.digest(), "", now=LATER)
    [bus] = key(article).annotations
    assert (bus.marked_by, bus.annotators) == (4, 4)


def test_ruling_does_not_make_annotators_agree(marie, article):
    before = compared(marie, article).rows
    preview = compared(marie, article)
    adjudication.apply_defaults(marie, preview, preview.digest(), "", now=LATER)

    assert compared(marie, article).rows == before


def test_an_editor_rules_too_and_an_annotator_does_not(marie, article):
    tom, ann = make_user("tom"), make_user("ann")
    agreements.invite(marie, article, "tom", "editor", now=NOW)
    agreements.invite(marie, article, "ann", ANNOTATOR, now=NOW)

    rule(tom, article, "Heroic", "reject")
    with pytest.raises(NotFoundError):
        compared(ann, article)
    assert [a.id for a in key(article).annotations] == ["K-bus"]
