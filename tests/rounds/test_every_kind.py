"""What holds of every kind, unasked: a new kind's file is enough to be tried here.

Each set of the seeds is tried as a whole, and so is a small set made for each kind.
"""

import random
from statistics import fmean

import msgspec
import pytest
import sets

from quizgame.domain.items import hundredths, raw_sum
from quizgame.domain.naming import Choice
from quizgame.domain.scores import Key
from quizgame.paths import resource
from quizgame.rounds import KINDS, price

ALL = [*KINDS, *sets.seed_drafts()]
every_kind = pytest.mark.parametrize("kind", KINDS)
every_set = pytest.mark.parametrize("name", ALL)


def questions(kind):
    return [(KINDS[kind], round_.item, round_.item.question()) for round_ in sets.quiz(kind)]


def earned(name, respond):
    """What a set pays for the responses that `respond` gives to its rounds."""
    pools = sets.prices(name)
    return raw_sum([sets.score(r, respond(r), pools).points for r in sets.quiz(name)])


def best(round_):
    return KINDS[round_.kind].best(round_.item)


def ledger_bytes(round_, response, pools):
    return msgspec.json.encode(sets.score(round_, response, pools))


# the law


@every_set
def test_a_perfect_set_is_a_hundred_a_round(name):
    assert hundredths(earned(name, best)) == 10_000 * len(sets.quiz(name))


@every_set
def test_a_perfect_answer_earns_the_full_points_of_its_round(name):
    for round_ in sets.quiz(name):
        key = KINDS[round_.kind].key(round_.item)
        prices = sets.prices(name)[KINDS[round_.kind].pool.name]
        points = sets.score(round_, best(round_), sets.prices(name)).points

        if isinstance(key, Key):
            weight = sum(gold.weight for gold in key.golds)
            assert points == pytest.approx(weight * prices["find"])
        elif isinstance(key, Choice):
            assert points == pytest.approx(prices["right"][key.right])


@every_set
def test_a_perfect_answer_can_be_given_through_the_form(name):
    pools = sets.prices(name)
    for round_ in sets.quiz(name):
        form = KINDS[round_.kind].form(round_.item.question(), response=best(round_))

        assert form.is_answer()
        assert sets.score(round_, form.response, pools) == sets.score(round_, best(round_), pools)


@every_set
def test_no_blind_plan_profits(name):
    plans = {p for r in sets.quiz(name) for p in KINDS[r.kind].blind(r.item)}
    for plan in plans:
        followed = [r for r in sets.quiz(name) if plan in KINDS[r.kind].blind(r.item)]
        points = [
            sets.score(r, KINDS[r.kind].blind(r.item)[plan], sets.prices(name)).points
            for r in followed
        ]

        assert hundredths(raw_sum(points)) <= 0, plan


@every_set
def test_another_blind_plan_for_each_round_does_not_profit_on_average(name):
    mean_by_round = [
        fmean(
            sets.score(r, response, sets.prices(name)).points
            for response in KINDS[r.kind].blind(r.item).values()
        )
        for r in sets.quiz(name)
    ]

    assert hundredths(raw_sum(mean_by_round)) <= 0


@every_set
@pytest.mark.parametrize("rate", [0.03, 0.2, 0.5, 0.9])
def test_words_marked_by_chance_do_not_profit_on_average(name, rate):
    dice = random.Random(f"{name} {rate}")

    def by_chance(round_):
        item = round_.item
        marks = [
            {"passage": n, "start": word.start, "stop": word.stop, "name": ""}
            for n, passage in enumerate(item.passages)
            for word in passage.words
            if dice.random() < rate
        ]
        return {"marks": marks, "nothing": not marks}

    pools = sets.prices(name)
    marking = [r for r in sets.quiz(name) if isinstance(KINDS[r.kind].key(r.item), Key)]
    totals = [
        raw_sum([sets.score(r, by_chance(r), pools).points for r in marking]) for _ in range(25)
    ]

    assert fmean(totals) < 0 or not marking


@every_set
def test_every_blind_plan_is_an_answer(name):
    for round_ in sets.quiz(name):
        kind, question = KINDS[round_.kind], round_.item.question()
        for plan, response in kind.blind(round_.item).items():
            form = kind.form(question, response=response)

            assert form.is_answer(), plan
            assert form.response == response, plan


# pages and forms


@every_kind
def test_there_is_a_template(kind):
    assert (resource("templates") / "rounds" / f"{kind}.html").is_file()
    assert KINDS[kind].title
    assert KINDS[kind].task


@every_kind
def test_the_form_needs_only_the_question(kind):
    for made, _, question in questions(kind):
        assert made.form(question).names()


@every_set
def test_the_question_does_not_depend_on_the_key(name):
    for round_ in sets.quiz(name):
        stripped = sets.without_key(round_.item)

        assert msgspec.json.encode(round_.item.question()) == msgspec.json.encode(
            stripped.question()
        )


@every_kind
def test_what_no_page_offers_is_turned_away(kind):
    for made, _, question in questions(kind):
        for name in sorted(made.form(question).names() - {"nothing"}):
            form = made.form(question, {name: ["no such thing"]})

            assert not form.validate(), name
            assert form.errors, name


@every_kind
def test_a_response_that_answers_nothing_is_turned_away(kind):
    for made, _, question in questions(kind):
        for sent in ({}, {"do": ["lock"]}):
            form = made.form(question, sent)

            assert form.validate()
            assert not form.is_answer()
            assert form.errors


@every_kind
def test_an_unanswered_form_can_be_kept_and_shown_again(kind):
    for made, _, question in questions(kind):
        response = made.form(question, {"do": ["save"]}).response

        assert made.form(question, response=response).response == response


# determinism


@every_set
def test_from_response_item_and_prices_the_same_ledger_comes_out_byte_for_byte(name):
    pools = sets.prices(name)
    stored = sets.thawed(pools)
    for round_ in sets.quiz(name):
        kind, again = KINDS[round_.kind], sets.thawed(round_)
        for response in [best(round_), *kind.blind(round_.item).values()]:
            kept = sets.thawed(response)

            assert ledger_bytes(again, kept, stored) == ledger_bytes(round_, response, pools)


@every_set
def test_a_set_is_priced_the_same_from_its_stored_rounds(name):
    stored = [sets.thawed(round_) for round_ in sets.quiz(name)]

    assert msgspec.json.encode(price(stored)) == msgspec.json.encode(sets.prices(name))


@every_set
def test_every_word_that_is_shown_has_a_known_state(name):
    known = {"caught", "missed", "stet", "spill", "grey", "focus"}
    for round_ in sets.quiz(name):
        kind = KINDS[round_.kind]
        for response in kind.blind(round_.item).values():
            states = kind.states(round_.item, response)

            assert set(states.values()) <= known
            assert all(at < len(round_.item.passages[n].words) for n, at in states)
