"""Readers with habits: by the real rules, always the same, whatever the kind of round."""

import pytest
import sets

from quizgame.domain.items import hundredths
from quizgame.rounds import KINDS
from quizgame.services.rehearsals import READERS, perfect, rehearse

NAMES = [*sets.seed_drafts(), *KINDS]


def earned(name):
    return {o.reader.name: o for o in rehearse(sets.quiz(name), sets.prices(name))}


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_read_earns_nothing(name):
    outcomes = earned(name)

    assert hundredths(outcomes["Marks everything"].mean) <= 0
    assert hundredths(outcomes["Marks nothing"].mean) == 0
    assert hundredths(outcomes["Guesses"].mean) <= 0


@pytest.mark.parametrize("name", NAMES)
def test_who_reads_with_care_does_best_and_nobody_is_better_than_perfect(name):
    outcomes = earned(name)
    best = max(outcomes.values(), key=lambda outcome: outcome.mean)

    assert best.reader.name == "The careful reader"
    assert all(o.most <= perfect(sets.quiz(name)) + 0.01 for o in outcomes.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_set_gives_the_same_points(name):
    assert rehearse(sets.quiz(name), sets.prices(name)) == rehearse(
        sets.quiz(name), sets.prices(name)
    )


def test_every_round_is_told_for_every_reader():
    for outcome in rehearse(sets.quiz("starter"), sets.prices("starter")):
        assert len(outcome.rounds) == 5
        assert sum(outcome.rounds) == pytest.approx(outcome.mean)
        assert outcome.least <= outcome.mean <= outcome.most
    assert len({reader.name for reader in READERS}) == len(READERS) >= 5
