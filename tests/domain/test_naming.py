"""Names without paying guesses: T10 of scoring.md and the prices of part 1, 14."""

from itertools import product
from statistics import fmean

import pytest

from quizgame.domain.items import Option, raw_sum
from quizgame.domain.naming import Choice, Names, choice_prices, score_choice
from quizgame.domain.scores import FINDING_SHARE

FOURTEEN = Names(
    (*tuple((f"n{at}", f"f{at // 4}") for at in range(12)), ("n12", "f3"), ("n13", "f3"))
)
YES_NO = Names((("yes", "yes"), ("no", "no")))


def points(choices, prices, choose):
    return raw_sum([score_choice(c, choose(c), "A", prices).points for c in choices])


def test_the_right_name_earns_all_a_near_one_some_and_a_wrong_one_costs():  # T10
    assert FOURTEEN.blind("n0") == pytest.approx(0.1786, abs=5e-5)
    credits = [FOURTEEN.credit(name, "n0") for name in ("n0", "n1", "n5")]
    assert credits == pytest.approx([1, 0.3913, -0.2174], abs=5e-5)


def test_a_name_drawn_at_random_earns_nothing_on_average():  # T10
    for right, _ in FOURTEEN.families:
        mean = fmean(FOURTEEN.credit(name, right) for name, _ in FOURTEEN.families)
        assert mean == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("name", "credit"), [("n0", 0.8333), ("n1", 0.6304), ("n5", 0.5)])
def test_naming_adds_to_finding_and_never_takes_away(name, credit):  # T10 in 6.2
    named = max(0.0, FOURTEEN.credit(name, "n0"))

    assert 5 / 6 * (FINDING_SHARE + (1 - FINDING_SHARE) * named) == pytest.approx(credit, abs=5e-5)


def test_a_name_that_is_not_on_offer_earns_and_costs_nothing():
    assert FOURTEEN.credit("stranger", "n0") == 0
    assert FOURTEEN.credit("n0", "stranger") == 0


def test_a_single_name_on_offer_is_no_achievement():
    assert Names((("only", "family"),)).credit("only", "only") == 0


def test_an_option_without_a_family_is_one_of_its_own():
    names = Names.of([Option("a", "A"), Option("b", "B")])

    assert names.closeness("a", "b") == 0


def test_seven_yes_and_three_no_are_priced_by_key():
    choices = [Choice(YES_NO, "yes")] * 7 + [Choice(YES_NO, "no")] * 3

    prices = choice_prices(choices)

    for choice, value in ((choices[0], 71.4), (choices[-1], 166.7)):
        wrong = "no" if choice.right == "yes" else "yes"
        earned = [score_choice(choice, name, "A", prices).points for name in (choice.right, wrong)]
        assert earned == pytest.approx([value, -value], abs=0.05)
    assert points(choices, prices, lambda c: "yes") == pytest.approx(0)
    assert points(choices, prices, lambda c: "no") == pytest.approx(0)
    assert points(choices, prices, lambda c: c.right) == pytest.approx(1000)


def test_over_the_same_names_the_blind_share_is_that_of_the_largest_family():
    """Our e, by what always-one-name earns, is scoring.md's largest (1 + 0.5·f)/k."""
    choices = [Choice(FOURTEEN, name) for name, _ in FOURTEEN.families]

    assert choice_prices(choices)["blind"] == pytest.approx((1 + 0.5 * 3) / 14)


def test_only_names_that_are_keys_count_for_the_blind_share():
    choices = [Choice(FOURTEEN, right) for right in ("n0", "n1", "n1", "n5")]

    prices = choice_prices(choices)

    assert prices["blind"] == pytest.approx((1 + 0.5 * 1) / 3)
    assert prices["right"] == pytest.approx({"n0": 400 / 3, "n1": 400 / 6, "n5": 400 / 3})


@pytest.mark.parametrize("rights", list(product(["n0", "n1", "n5"], repeat=4)))
def test_no_name_pays_when_always_chosen(rights):
    choices = [Choice(FOURTEEN, right) for right in rights]
    prices = choice_prices(choices)

    for name, _ in FOURTEEN.families:
        assert points(choices, prices, lambda c, name=name: name) <= 1e-9
    best = points(choices, prices, lambda c: c.right)
    assert best == pytest.approx(0 if prices["practice"] else 400)


def test_guessing_does_not_pay_where_some_rounds_offer_few_names_and_others_many():
    few = [Names(((f"a{n}", f"a{n}"), (f"a{(n + 1) % 4}", f"a{(n + 1) % 4}"))) for n in range(4)]
    many = Names(tuple((f"{x}{n}", f"{x}{n}") for x in "ab" for n in range(4)))
    choices = [Choice(names, f"a{n}") for n, names in enumerate(few)]
    choices += [Choice(many, f"b{n}") for n in range(4)]
    prices = choice_prices(choices)

    guessed = [
        fmean(score_choice(c, name, "A", prices).points for name, _ in c.names.families)
        for c in choices
    ]

    assert raw_sum(guessed) <= 1e-9


def test_one_key_only_is_practice():
    choices = [Choice(YES_NO, "yes")] * 3

    prices = choice_prices(choices)

    assert prices["practice"]
    assert points(choices, prices, lambda c: c.right) == 0


def test_a_name_that_is_never_offered_where_it_is_wrong_is_practice():
    choices = [Choice(YES_NO, "yes"), Choice(Names((("a", "a"), ("b", "b"))), "a")]

    assert choice_prices(choices)["practice"]


@pytest.mark.parametrize(
    ("name", "what"), [("n0", "right"), ("n1", "near"), ("n5", "wrong"), ("", "unsure")]
)
def test_the_ledger_says_how_close_it_was(name, what):
    choices = [Choice(FOURTEEN, right) for right in ("n0", "n5", "n9")]

    (line,) = score_choice(choices[0], name, "A7", choice_prices(choices)).ledger

    assert (line.what, line.about) == (what, "A7")
    assert (line.points == 0) is (what == "unsure")
