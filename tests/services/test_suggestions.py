"""Suggestions for a set: accepted they need a teacher, rejected they stay away."""

import json

import pytest
from annotated import LATER, TEXT, blind, bus, key_of, mark, store
from build import NOW, problem
from people import make_user
from sqlalchemy import func, select

from quizgame.domain.errors import ClosedError, ContentError, NotFoundError, StaleError
from quizgame.formats import suggestion_rules
from quizgame.models.annotations import PassageRevision, SetRuling
from quizgame.models.base import db
from quizgame.services import agreements, annotations, checks, suggestions, users
from quizgame.services.annotations import ANNOTATOR
from quizgame.services.revisions import revisions
from quizgame.services.taxonomy import get_taxonomy


@pytest.fixture
def marie(in_either):
    return make_user("marie")


@pytest.fixture
def key(marie):
    return key_of(store(marie))


def offered(user_id, key):
    return [
        (o.number, o.rule.id, o.excerpt.words)
        for o in suggestions.offers(user_id, key.public_id).offers
    ]


def first(user_id, key):
    return suggestions.offers(user_id, key.public_id).offers[0]


def rows(model):
    return db.session.scalar(select(func.count()).select_from(model))


FROM_TEXT = [("popularity", "Everybody knows"), ("intensifiers", "Heroic")]


def test_nothing_is_suggested_to_others(key):
    eve = make_user("eve")

    with pytest.raises(NotFoundError):
        suggestions.offers(eve, key.public_id)
    with pytest.raises(NotFoundError):
        suggestions.accept(eve, key.public_id, "0" * 40, now=NOW)
    with pytest.raises(NotFoundError):
        suggestions.rule_on_all(eve, key.public_id, "popularity", "accepted", now=NOW)


def test_what_is_not_suggested_cannot_be_ruled_on(marie, key):
    for ruling in (suggestions.accept, suggestions.reject):
        with pytest.raises(StaleError):
            ruling(marie, key.public_id, "0" * 40, now=NOW)
    for rule, ruling in (("nothing", "accepted"), ("popularity", "deleted"), ("", "accepted")):
        with pytest.raises(NotFoundError):
            suggestions.rule_on_all(marie, key.public_id, rule, ruling, now=NOW)
    assert rows(SetRuling) == rows(PassageRevision) == 0


def test_places_are_suggested_by_passage(marie, key):
    assert offered(marie, key) == [(n, *told) for n in (0, 1) for told in FROM_TEXT]


def test_what_is_accepted_waits_for_its_explanation_and_makes_no_key(marie, key):
    suggestions.accept(marie, key.public_id, first(marie, key).key, now=NOW)

    passage = annotations.standings(key)[0].passage
    [made] = passage.annotations
    assert (made.layer, made.category) == ("bias", "appeal_to_popularity")
    assert (made.verified, made.confidence, made.why) == (False, "low", "")
    assert not made.is_gold("bias")
    article = bus()
    article = type(article)(article.id, 1, article.source, (passage,))
    breaches = checks.check_article(article, get_taxonomy())
    assert any("explanation is missing" in str(breach) for breach in breaches)
    assert offered(marie, key)[0] == (0, *FROM_TEXT[1])
    latest = revisions(key.id, 0)[0]
    assert (latest.change, latest.rev) == (suggestions.CHANGE, 1)


def test_what_is_rejected_is_not_suggested_again(marie, key):
    suggestions.reject(marie, key.public_id, first(marie, key).key, now=NOW)

    assert offered(marie, key)[0] == (0, *FROM_TEXT[1])
    assert rows(PassageRevision) == 0


def test_a_second_click_is_told_and_changes_nothing(marie, key):
    offer = first(marie, key)
    suggestions.accept(marie, key.public_id, offer.key, now=NOW)

    with pytest.raises(StaleError):
        suggestions.accept(marie, key.public_id, offer.key, now=NOW)
    assert rows(PassageRevision) == 1


def test_all_of_one_rule_are_ruled_on_at_once(marie, key):
    assert suggestions.rule_on_all(marie, key.public_id, "popularity", "accepted", now=NOW) == 2
    assert suggestions.rule_on_all(marie, key.public_id, "intensifiers", "rejected", now=NOW) == 2

    assert offered(marie, key) == []
    assert [len(s.passage.annotations) for s in annotations.standings(key)] == [1, 1]


def test_what_was_found_by_hand_is_not_suggested(marie, key):
    mark(key, 0, [problem(TEXT, "Everybody", "K1", layer="bias", category="appeal_to_popularity")])

    assert offered(marie, key)[0] == (0, *FROM_TEXT[1])


def test_accepting_keeps_what_somebody_does_meanwhile(marie, key):
    offer = first(marie, key)
    mark(key, 0, [problem(TEXT, "bus", "K1")])

    suggestions.accept(marie, key.public_id, offer.key, now=LATER)

    found = annotations.standings(key)[0].passage.annotations
    assert {a.category for a in found} == {"appeal_to_popularity", "factual_error"}


def test_what_was_handed_in_takes_no_suggestion(marie, key):
    make_user("paul")
    set_id = blind(bus().id, marie, "paul")
    paul = users.find_by_name("paul").id
    offer = suggestions.offers(paul, set_id).offers[0]

    with pytest.raises(ClosedError):
        suggestions.accept(paul, set_id, offer.key, now=LATER)
    assert rows(SetRuling) == rows(PassageRevision) == 0


def test_a_blind_annotator_has_suggestions_of_their_own(marie, key):
    paul, article = make_user("paul"), bus().id
    agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    set_id = agreements.begin(paul, article, now=NOW)
    suggestions.reject(paul, set_id, suggestions.offers(paul, set_id).offers[0].key, now=NOW)

    assert len(offered(marie, key)) == 4
    assert len(suggestions.offers(paul, set_id).offers) == 3


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"format": "x"}, "the format is 'x'"),
        ({"rules": {"nonsense": ["a"]}}, "there is no rule 'nonsense'"),
        ({"rules": {"absolutes": ["…"]}}, "cannot be looked for"),
        ({"rules": {"absolutes": ["one t*"]}}, "cannot be looked for"),
        ({"rules": {"absolutes": ["one"], "superlatives": ["One"]}}, "is there twice"),
        ({"more": 1}, "unknown field"),
    ],
)
def test_a_list_that_does_not_hold_together_is_refused(change, complaint):
    lists = {"format": suggestion_rules.NAME, "language": "xx", "rules": {}, "except": []}
    lists |= {"sources": [], "dates": [], "clitics": []}

    assert suggestion_rules.read(json.dumps(lists).encode())[0] == "xx"
    with pytest.raises(ContentError, match=complaint):
        suggestion_rules.read(json.dumps({**lists, **change}).encode())
