"""“Make me a set of so many minutes”: whatever the article, it is fair, in time, and the same."""

import random
import time

import build
import pytest
import sets
from build import article, draft, herons, passage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgame.domain.items import hundredths
from quizgame.domain.passages import Article
from quizgame.services.blindness import blind_totals
from quizgame.services.linting import lint
from quizgame.services.proposals import propose
from quizgame.services.taxonomy import get_taxonomy

TAXONOMY = get_taxonomy()
ERRORS = [c.id for c in TAXONOMY.of_layer("error")]
SLANTS = [c.id for c in TAXONOMY.of_layer("bias")]


def proposed(about, minutes=15):
    return propose(draft(), about, TAXONOMY, minutes)


def told(proposal):
    return " ".join(n.words % n.values if n.values else n.words for n in proposal.notes)


@st.composite
def articles(draw):
    """Articles of one to a dozen passages, with anything found in them, or nothing."""
    passages = []
    for number in range(draw(st.integers(1, 12))):
        count = draw(st.integers(1, 7))
        text = " ".join(f"Heron {n} ate apple{n} and slept." for n in range(count))
        found = []
        for at in sorted(draw(st.sets(st.integers(0, count - 1)))):
            layer = draw(st.sampled_from(["error", "bias"]))
            category = draw(st.sampled_from(ERRORS if layer == "error" else SLANTS))
            quote = draw(st.sampled_from([f"apple{at}", f"Heron {at} ate apple{at} and slept."]))
            severity = draw(st.integers(1, 3))
            more = {"layer": layer, "category": category, "severity": severity}
            more["difficulty"] = draw(st.integers(1, 5))
            found.append(build.problem(text, quote, f"A{number}-{at}", **more))
        passages.append(passage(f"P{number}", text, *found))
    return article(*passages)


@given(about=articles(), minutes=st.integers(1, 60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_proposed_passes_the_linter_and_pays_nobody_blind(about, minutes):
    proposal = proposed(about, minutes)
    assert proposal.notes
    if not proposal.rounds:
        return
    plan = draft(*proposal.rounds)
    findings = lint(plan, about, TAXONOMY)

    assert findings.musts == []
    totals = blind_totals(findings.rounds, findings.prices)
    assert not [name for name, total in totals.items() if hundredths(total) > 0]
    assert proposed(about, minutes).rounds == proposal.rounds
    assert len(proposal.rounds) == 1 or findings.balance.minutes <= minutes


def test_no_article_is_too_small():
    for about in (
        article(herons("P1")),
        article(herons("P1", wrong=())),
        article(herons("P1", wrong=range(4))),
        article(passage("P1", "…")),
        Article("empty", 1, build.SOURCE, ()),
    ):
        assert proposed(about).notes


def test_one_passage_makes_one_round():
    proposal = proposed(article(herons("P1")))

    assert [plan.passages for plan in proposal.rounds] == [("P1",)]
    assert "not enough for 15 minutes" in told(proposal)


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (article(herons("P1", wrong=())), "annotate it first"),
        (article(herons("P1", severity=1)), "severity of 2 or 3"),
        (article(herons("P1", verdict="contested")), "optional or contested"),
        (article(herons("P1", wrong=range(4))), "too close together"),
        (article(herons("P1", wrong=range(0, 200, 2), count=200)), "400 words"),
    ],
)
def test_it_says_what_is_missing(about, words):
    proposal = proposed(about)

    assert proposal.rounds == ()
    assert words in told(proposal)


@pytest.mark.parametrize("minutes", [5, 10, 15, 20, 30, 45])
def test_the_seed_article_fills_the_time_in_a_balanced_way(minutes):
    balance = proposed(sets.seed_article(), minutes).balance

    assert minutes * 0.75 <= balance.minutes <= minutes
    assert 0.4 <= balance.share <= 0.7
    assert len(balance.techniques) >= minutes // 3


def test_a_lesson_mixes_kinds_and_ranks():
    proposal = proposed(sets.seed_article(), 45)

    assert {p.kind for p in proposal.rounds} == {
        "find_the_bias",
        "name_the_technique",
        "spot_the_error",
    }
    assert proposal.balance.is_ranked


def test_no_round_that_asks_for_a_name_is_revealed_by_another():
    about = sets.seed_article()
    proposal = proposed(about, 30)
    bias = {id_ for p in proposal.rounds if p.kind == "find_the_bias" for id_ in p.passages}
    named = {p.focus for p in proposal.rounds if p.focus}

    assert named
    homes = {a.id: whole.id for whole in about.passages for a in whole.annotations}
    assert not {homes[id_] for id_ in named} & bias


def corpus(words=10_000, found=300):
    """An article as the propaganda corpus has them: long, of one layer, explained by nobody."""
    chance = random.Random(7)
    passages, left = [], found
    for number in range(words // 80):
        text = " ".join(f"Heron {n} of pond {number} ate apple{n} quietly." for n in range(10))
        spots = sorted(chance.sample(range(10), min(left, chance.randint(0, 5))))
        left -= len(spots)
        more = {"layer": "bias", "why": "", "correction": "", "check": "", "evidence": ()}
        more |= {"verified": False, "verdict": "one_sided"}
        problems = [
            build.problem(
                text, f"apple{n}", f"{number}-{n}", category=chance.choice(SLANTS), **more
            )
            for n in spots
        ]
        passages.append(passage(f"P{number}", text, *problems))
    return article(*passages)


def test_a_long_corpus_article_becomes_a_playable_set_in_a_moment():
    about = corpus()
    began = time.monotonic()
    proposal = proposed(about, 45)

    assert time.monotonic() - began < 20
    assert sum(len(p.annotations) for p in about.passages) >= 290
    assert proposal.balance.is_ranked
    assert not lint(draft(*proposal.rounds), about, TAXONOMY).musts
    assert lint(draft(*proposal.rounds), about, TAXONOMY).advice
