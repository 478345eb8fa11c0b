"""Two clicks at once, on each database: one thing is made, and nobody is told of a failure."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from annotated import LATER, TEXT, blind, key_of, mark, store
from build import NOW, problem
from people import make_user
from sqlalchemy import func, select

from quizgame.domain.errors import StaleError
from quizgame.models.annotations import AnnotationSet, PassageRevision, SetRuling
from quizgame.models.base import db
from quizgame.services import adjudication, agreements, suggestions
from quizgame.services.adjudication import Ruling
from quizgame.services.annotations import ANNOTATOR

AT_ONCE = 6


def at_once(app, job):
    """Let several do the same at the same moment; return what each got, errors included."""
    ready = Barrier(AT_ONCE)

    def run(_):
        with app.app_context():
            ready.wait()
            try:
                return job()
            except StaleError as error:
                return error

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def count(model, **values):
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**values))


@pytest.fixture
def marie(in_either):
    return make_user("marie")


@pytest.fixture
def paul(in_either):
    return make_user("paul")


def test_one_blind_set_is_begun(in_either, marie, paul):
    article = store(marie)
    invited = at_once(
        in_either, lambda: agreements.invite(marie, article, "paul", ANNOTATOR, now=NOW)
    )
    begun = at_once(in_either, lambda: agreements.begin(paul, article, now=NOW))

    assert set(invited) == {"Paul"}
    assert len(set(begun)) == 1
    assert count(AnnotationSet, purpose="blind") == 1


def test_one_decision_is_stored_and_the_others_are_told(in_either, marie, paul):
    article = store(marie)
    mark(key_of(article), 0, [problem(TEXT, "bus", "K1")])
    blind(article, marie, "paul")
    [difference] = adjudication.comparison(marie, article).differences
    ruling = Ruling(difference.case.key, "grey", difference.rev, "We differ.")
    db.session.rollback()

    def decide():
        compared = adjudication.comparison(marie, article)
        adjudication.rule(marie, compared, ruling, now=LATER)

    answers = at_once(in_either, decide)

    assert answers.count(None) == 1
    assert all(isinstance(answer, StaleError) for answer in answers if answer is not None)
    assert count(PassageRevision) == 2
    assert count(SetRuling) == 1


def test_a_suggestion_is_accepted_at_most_once(in_either, marie):
    key = key_of(store(marie)).public_id
    offer = suggestions.offers(marie, key).offers[0].key
    db.session.rollback()

    at_once(in_either, lambda: suggestions.accept(marie, key, offer, now=NOW))

    assert count(SetRuling) == 1
    assert count(PassageRevision) == 1
