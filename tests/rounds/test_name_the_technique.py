"""Naming one span: the right name, one of its family, another, or "unsure"."""

import pytest
import sets

from quizgame.rounds import KINDS

KIND = KINDS["name_the_technique"]
ROUNDS = sets.quiz("name_the_technique")
POOLS = sets.prices("name_the_technique")
LOADED = ROUNDS[0]


def form(**sent):
    return KIND.form(LOADED.item.question(), sent)


@pytest.mark.parametrize("name", ["gossip", "Loaded language", "loaded_language ", "B1", "\0"])
def test_a_name_that_is_not_offered_is_turned_away(name):
    sent = form(name=[name])

    assert not sent.validate()
    assert sent.name.errors == ["That name is not in the list. Choose one that is."]


def test_unsure_is_an_answer_and_choosing_nothing_is_none():
    unsure, nothing = form(name=[""]), form(do=["lock"])

    assert (unsure.validate(), unsure.is_answer(), unsure.response) == (True, True, {"name": ""})
    assert (nothing.validate(), nothing.is_answer()) == (True, False)
    assert nothing.name.errors == ["Choose a name, or “Unsure”."]


@pytest.mark.parametrize(
    ("name", "what", "points"),
    [
        ("loaded_language", "right", 100),
        ("exaggeration_minimisation", "near", 20),  # (½ - e)/(1 - e) with e = 1.5/4
        ("slogans", "wrong", -60),
        ("", "unsure", 0),
        (None, "unsure", 0),
    ],
)
def test_a_name_pays_by_how_close_it_is(name, what, points):
    (line,) = sets.score(LOADED, {"name": name}, POOLS).ledger

    assert (line.what, line.about) == (what, "B1")
    assert line.points == pytest.approx(points)


def test_choosing_at_random_earns_nothing_where_all_families_are_as_large():
    spread = [sets.replace(option, family="") for option in sets.OPTIONS]
    rounds = [sets.replace(r, item=sets.replace(r.item, options=tuple(spread))) for r in ROUNDS]
    pools = sets.price(rounds)

    for option in sets.OPTIONS:
        always = [sets.score(r, {"name": option.id}, pools).points for r in rounds]
        assert sum(always) == pytest.approx(0)


def test_the_reveal_shows_the_words_that_were_asked_about():
    states = KIND.states(LOADED.item, {"name": ""})

    words = LOADED.item.passages[0].words
    shown = [LOADED.item.passages[0].quote(words[at]) for _, at in sorted(states)]
    assert shown == ["The", "glorious", "fleet"]
    assert set(states.values()) == {"focus"}
