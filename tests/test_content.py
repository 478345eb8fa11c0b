"""The seeds: the article to the letter, what experts found in it, and sets that are fair."""

from collections import Counter
from hashlib import sha256

import pytest
import sets
from click.testing import CliRunner

from quizgame.cli import commands
from quizgame.domain.scores import key_of

ARTICLE = sets.seed_article()
DRAFTS = sets.seed_drafts()
ANNOTATIONS = {a.id: a for passage in ARTICLE.passages for a in passage.annotations}
STETS = [stet.id for passage in ARTICLE.passages for stet in passage.stets]
TEXT_DIGEST = "12000b4e8382dd6ee0182b5a20f208446727438e9667b7ca12689f493fbf5feb"


def test_the_article_is_untouched_to_the_letter():
    text = "\n\n".join(passage.text for passage in ARTICLE.passages)

    assert [passage.id for passage in ARTICLE.passages] == [f"P{n}" for n in range(1, 43)]
    assert sha256(text.encode()).hexdigest() == TEXT_DIGEST


def test_everything_the_experts_found_is_there():
    assert sorted(ANNOTATIONS) == [f"A{n:03}" for n in range(1, 191)]
    assert sorted(id_ for id_ in STETS if id_.startswith("T")) == [f"T{n:02}" for n in range(1, 30)]
    assert sum(id_.endswith("-clean") for id_ in STETS) == 13
    assert [pair.id for pair in ARTICLE.pairs] == [f"C{n:02}" for n in range(1, 21)]
    assert max(Counter(STETS).values()) == 1


@pytest.mark.parametrize("found", ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_every_finding_is_explained_and_can_be_checked(found):
    assert 0 < len(found.why.split()) <= 45
    assert found.correction.strip()
    assert found.check.strip()
    assert found.evidence
    assert all(e.title and e.publisher and e.year for e in found.evidence)


@pytest.mark.parametrize("layer", ["error", "bias"])
def test_every_clean_sentence_has_a_note_why_it_may_stand(layer):
    key = key_of(sets.item(*ARTICLE.passages), layer)

    for segment in key.clean():
        number, at = map(int, segment.id.split(":"))
        passage = ARTICLE.passages[number]
        notes = [stet for stet in passage.stets if layer in stet.layers]
        sentence = passage.segments[at]
        assert any(stet.span.touches(sentence) for stet in notes), passage.quote(sentence)


def test_there_are_the_sets_that_were_asked_for():
    ranked = [name for name in DRAFTS if sets.prices(name)["marking"]["ranked"]]

    assert {"starter", "spot-the-error", "find-the-bias", "mixed-dozen"} <= set(DRAFTS)
    assert {"spot-the-error", "find-the-bias"} <= set(ranked)
    assert (len(DRAFTS["starter"].rounds), len(DRAFTS["mixed-dozen"].rounds)) == (5, 12)
    assert len({round_.kind for round_ in DRAFTS["mixed-dozen"].rounds}) >= 3


@pytest.mark.parametrize("name", ["spot-the-error", "find-the-bias"])
def test_a_ranked_set_has_enough_of_both_and_a_fair_share_clean(name):
    prices = sets.prices(name)["marking"]

    assert prices["problems"] >= 20
    assert prices["clean"] >= 20
    assert 0.4 <= prices["clean"] / (prices["clean"] + prices["problems"]) <= 0.7


def test_two_rounds_of_the_starter_are_wholly_clean():
    keys = [sets.KINDS[round_.kind].key(round_.item) for round_ in sets.quiz("starter")]

    assert sum(not key.golds for key in keys) == 2


@pytest.mark.parametrize("layer", ["error", "bias"])
def test_a_finding_that_is_not_sure_makes_no_key(layer):
    unsure = [a for a in ANNOTATIONS.values() if a.verdict == "contested" or a.severity < 2]

    assert unsure
    assert not [a.id for a in unsure if a.is_gold(layer)]


def test_the_seeds_are_clean():
    result = CliRunner().invoke(commands, ["check-content"])

    assert result.exit_code == 0, result.output
    assert not result.stdout
