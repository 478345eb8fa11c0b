"""Colleagues of an article, and what each of them may see: refusals first."""

from datetime import timedelta

import pytest
from annotated import LATER, TEXT, blind, bus, key_of, mark, store
from build import NOW, problem
from people import make_user, public_id

from quizgame.domain.errors import InputError, NotFoundError
from quizgame.models.base import db
from quizgame.models.users import User
from quizgame.services import agreements, annotations, users
from quizgame.services.annotations import ANNOTATOR, EDITOR
from quizgame.services.readings import ADJUDICATED, readings


@pytest.fixture
def marie(in_either):
    return make_user("marie")


@pytest.fixture
def paul(in_either):
    return make_user("paul", email="paul@herons.example")


@pytest.fixture
def article(marie):
    return store(marie)


def version_of(article, user_id):
    return agreements.find_version(user_id, article)


@pytest.mark.parametrize("name", ["", "nobody", "paul@herons.example", "PAUL ALL", "marie2"])
def test_nobody_is_invited_by_another_name(marie, paul, article, name):
    with pytest.raises(InputError, match="Nobody can be invited"):
        agreements.invite(marie, article, name, ANNOTATOR, now=NOW)


def test_who_may_not_come_in_is_told_like_nobody(marie, paul, article):
    users.deactivate(public_id("paul"))

    with pytest.raises(InputError, match="Nobody can be invited"):
        agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)


def test_one_does_not_invite_oneself_nor_to_another_role(marie, paul, article):
    with pytest.raises(InputError, match="That is you"):
        agreements.invite(marie, article, "marie", ANNOTATOR, now=NOW)
    with pytest.raises(InputError):
        agreements.invite(marie, article, "paul", "owner", now=NOW)


@pytest.mark.parametrize("role", [None, ANNOTATOR, EDITOR])
def test_only_the_owner_invites_and_revokes(marie, paul, article, role):
    make_user("rosa")
    if role:
        agreements.invite(marie, article, "paul", role, now=NOW)
    agreements.invite(marie, article, "rosa", ANNOTATOR, now=NOW)

    with pytest.raises(NotFoundError):
        agreements.invite(paul, article, "rosa", EDITOR, now=NOW)
    with pytest.raises(NotFoundError):
        agreements.revoke(paul, article, public_id("rosa"))
    assert annotations.role_in(users.find_by_name("rosa").id, article) == ANNOTATOR


def test_the_articles_of_this_server_have_no_annotators(marie):
    for article in ("volunteers-in-korea", "nowhere", ""):
        with pytest.raises(NotFoundError):
            agreements.find_version(marie, article)


def test_an_annotator_never_gets_at_the_key_nor_at_others(marie, paul, article):
    rosa = make_user("rosa")
    agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    hers = blind(article, marie, "rosa", [problem(TEXT, "bus", "R1")])
    key = key_of(article)

    with pytest.raises(NotFoundError):
        agreements.find_version(paul, article)
    for foreign in (key.public_id, hers):
        with pytest.raises(NotFoundError):
            annotations.get_set(paul, foreign)
    with pytest.raises(NotFoundError):
        annotations.get_set(marie, hers)
    with pytest.raises(NotFoundError):
        annotations.get_set(rosa, key.public_id)


def test_a_blind_set_begins_with_nothing_found_and_there_is_one_of_each(marie, paul, article):
    mark(key_of(article), 0, [problem(TEXT, "bus", "K1")])
    agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)

    set_id = agreements.begin(paul, article, now=NOW)

    assert agreements.begin(paul, article, now=LATER) == set_id
    standing = annotations.standings(annotations.get_set(paul, set_id))[0]
    assert standing.passage.text == TEXT
    assert not standing.passage.annotations


def test_who_is_not_invited_cannot_begin(marie, paul, article):
    for who in (marie, paul):
        with pytest.raises(NotFoundError):
            agreements.begin(who, article, now=NOW)


def test_revoking_ends_the_access_and_keeps_the_work(marie, paul, article):
    set_id = blind(article, marie, "paul", [problem(TEXT, "bus", "B1")])

    agreements.revoke(marie, article, public_id("paul"))

    with pytest.raises(NotFoundError):
        annotations.get_set(paul, set_id)
    with pytest.raises(NotFoundError):
        agreements.begin(paul, article, now=LATER)
    with pytest.raises(NotFoundError):
        agreements.revoke(marie, article, public_id("paul"))
    assert agreements.shared_with(paul) == []
    version = version_of(article, marie)
    assert readings(version)[1] == ["", "Paul"]
    [gone] = agreements.colleagues(version)
    assert (gone.role, gone.finished_at) == ("", LATER)


def test_who_has_seen_the_key_annotates_blind_no_more(marie, paul, article):
    agreements.invite(marie, article, "paul", EDITOR, now=NOW)

    with pytest.raises(InputError, match="has seen the key"):
        agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    assert version_of(article, paul).public_id == article


def test_what_one_was_invited_to_is_listed_with_how_far_one_is(marie, paul, article):
    assert agreements.shared_with(paul) == []
    agreements.invite(marie, article, " Paul ", ANNOTATOR, now=NOW)
    [entry] = agreements.shared_with(paul)
    assert (entry.article_id, entry.owner, entry.role, entry.set_id) == (
        article,
        "Marie",
        ANNOTATOR,
        "",
    )

    set_id = agreements.begin(paul, article, now=NOW)
    annotations.finish(annotations.get_set(paul, set_id), now=LATER)

    [entry] = agreements.shared_with(paul)
    assert (entry.set_id, entry.finished_at) == (set_id, LATER)


def test_only_what_was_handed_in_counts_and_as_it_was(marie, paul, article):
    set_id = blind(article, marie, "paul", [problem(TEXT, "bus", "B1")])
    version = version_of(article, marie)

    found, names = readings(version)
    assert [a.id for a in found[1].passages[0].annotations] == ["B1"]
    assert names == ["", "Paul"]

    annotations.reopen(annotations.get_set(paul, set_id))
    assert len(readings(version)[0]) == 1


def test_what_is_handed_in_by_somebody_who_has_seen_the_key_does_not_count(marie, paul, article):
    set_id = blind(article, marie, "paul", [problem(TEXT, "bus", "B1")])
    version = version_of(article, marie)
    agreements.invite(marie, article, "paul", EDITOR, now=LATER + timedelta(hours=1))
    assert len(readings(version)[0]) == 2

    set_ = annotations.get_set(paul, set_id)
    annotations.reopen(set_)
    annotations.finish(set_, now=LATER + timedelta(hours=2))
    assert len(readings(version)[0]) == 1


def test_the_key_counts_as_it_was_before_anybody_ruled(marie, paul, article):
    key = key_of(article)
    mark(key, 0, [problem(TEXT, "bus", "K1")])
    step = annotations.Step(
        0, 1, annotations.markup_of(version_of(article, marie).document.passages[0]), ADJUDICATED
    )
    annotations.save(key.id, marie, step, now=NOW)
    mark(key, 0, [problem(TEXT, "late", "K2")])

    [reading], _ = readings(version_of(article, marie))

    assert [a.id for a in reading.passages[0].annotations] == ["K1"]
    assert reading.took_part


def test_a_key_without_marks_takes_no_part(marie, article):
    [reading], _ = readings(version_of(article, marie))

    assert not reading.took_part


def test_a_newer_version_is_what_is_annotated(marie, paul, article):
    first = blind(article, marie, "paul")
    newer = bus(text="The bus came early.")
    store(marie, type(newer)(newer.id, 2, newer.source, newer.passages))

    second = agreements.begin(paul, article, now=LATER)

    assert second != first
    assert [entry.version for entry in agreements.shared_with(paul)] == [2]
    assert agreements.find_version(marie, article).version == 2
    assert agreements.find_version(marie, article, 1).version == 1
    with pytest.raises(NotFoundError):
        agreements.find_version(marie, article, 3)


def test_one_who_left_is_named_as_accounts_left_them(marie, paul, article):
    blind(article, marie, "paul", [problem(TEXT, "bus", "B1")])
    shown = db.session.get_one(User, paul).display_name

    assert readings(version_of(article, marie))[1][1] == shown


@pytest.mark.parametrize("number", [2, 2**31, 10**30])
def test_a_version_that_is_not_there_is_not_found(marie, article, number):
    with pytest.raises(NotFoundError):
        agreements.find_version(marie, article, number)


def test_inviting_twice_changes_the_role(marie, paul, article):
    agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    agreements.invite(marie, article, "paul", EDITOR, now=LATER)

    assert annotations.role_in(paul, article) == EDITOR
    assert len(agreements.shared_with(paul)) == 1
