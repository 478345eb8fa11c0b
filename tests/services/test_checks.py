"""The linter of content: each rule catches a broken copy of the seeds, or a small unfair set."""

from dataclasses import replace

import pytest
import sets
from click.testing import CliRunner

from quizgame.cli import commands
from quizgame.domain.quizzes import RoundDraft
from quizgame.formats import article_document
from quizgame.services import seeds

ARTICLE = sets.seed_article()
DRAFTS = sets.seed_drafts()
ANNOTATIONS = {a.id: a for passage in ARTICLE.passages for a in passage.annotations}


def breaches(article=ARTICLE, *drafts):
    return list(seeds.check([article], drafts))


def with_passage(name, **changes):
    """The article with one passage changed."""
    passages = [replace(p, **changes) if p.id == name else p for p in ARTICLE.passages]
    return replace(ARTICLE, passages=tuple(passages))


def with_annotation(id_, **changes):
    """The article with one annotation changed."""
    (home,) = (p for p in ARTICLE.passages if any(a.id == id_ for a in p.annotations))
    changed = [replace(a, **changes) if a.id == id_ else a for a in home.annotations]
    return with_passage(home.id, annotations=tuple(changed))


def with_rounds(name, *rounds):
    return replace(DRAFTS[name], rounds=rounds)


def test_a_breach_is_a_line_and_an_exit_code(tmp_path):
    (tmp_path / "a.json").write_bytes(article_document.write(with_annotation("A103", why="")))

    result = CliRunner().invoke(commands, ["check-content", str(tmp_path / "a.json")])

    assert result.exit_code == 1
    assert "P" in result.stdout
    assert all("A103" in line for line in result.stdout.splitlines())


def test_an_anchor_that_is_off_by_one_is_found(tmp_path):
    data = (sets.resource("seeds") / "articles" / f"{ARTICLE.id}.json").read_bytes()
    (tmp_path / "a.json").write_bytes(data.replace(b'"start": 12,', b'"start": 13,', 1))

    result = CliRunner().invoke(commands, ["check-content", str(tmp_path / "a.json")])

    assert result.exit_code != 0
    assert "A002: at 13 stands 'olunteers', not 'volunteers'" in str(result.exception)


EVIDENCE = ANNOTATIONS["A103"].evidence[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"category": "gossip"}, "'gossip' is not a category"),
        ({"category": "loaded_language"}, "not a category of layer 'error'"),
        ({"verdict": "gossip"}, "there is no verdict 'gossip'"),
        ({"severity": 4}, "severity goes from 1 to 3"),
        ({"severity": 0}, "severity goes from 1 to 3"),
        ({"difficulty": 6}, "difficulty from 1 to 5"),
        ({"agreement": 0.0}, "agreement must be above 0"),
        ({"agreement": 1.5}, "agreement must be above 0"),
        ({"span": replace(ANNOTATIONS["A103"].span, stop=9999)}, "outside the text"),
        ({"why": " "}, "the explanation is missing"),
        ({"why": "word " * 46}, "46 words; 45 are the most"),
        ({"correction": ""}, "correction is missing"),
        ({"check": ""}, "check is missing"),
        ({"evidence": ()}, "evidence is missing"),
        ({"evidence": (replace(EVIDENCE, publisher=""),)}, "title, publisher and year"),
        ({"evidence": (replace(EVIDENCE, url="javascript:1"),)}, "is not a web address"),
        ({"related": ("A999",)}, "A103: there is no annotation A999"),
        ({"id": "A999"}, ": there is no annotation A103"),
    ],
)
def test_a_broken_annotation_is_found(changes, told):
    found = breaches(with_annotation("A103", **changes))

    assert any(told in line for line in found), found
    assert all(ARTICLE.id in line for line in found)


def test_gold_without_a_word_is_found():
    passage = sets.passage("It rained … all day.", {"words": "…"})

    (line,) = breaches(sets.build.article(passage))

    assert "there is no word in the span" in line


def test_a_long_note_is_found():
    (first, *rest) = ARTICLE.passage("P3").stets
    broken = with_passage("P3", stets=(replace(first, why="word " * 46), *rest))

    assert "46 words" in breaches(broken)[0]


MARK, BIAS, NAME = "spot_the_error", "find_the_bias", "name_the_technique"
FOUR = ("exaggeration_minimisation", "flag_waving", "loaded_language", "name_calling_labeling")


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (replace(DRAFTS["starter"], article="gossip"), "there is no article gossip"),
        (with_rounds("starter", RoundDraft(MARK, ("P99",))), "there is no 'P99'"),
        (with_rounds("starter", RoundDraft("gossip", ("P1",))), "there is no round kind 'gossip'"),
        (with_rounds("starter", RoundDraft(MARK, ())), "a round has 1 to 3 passages"),
        (with_rounds("starter", RoundDraft(MARK, ("P1", "P2", "P3", "P4"))), "1 to 3 passages"),
        (with_rounds("starter", RoundDraft(MARK, ("P3",))), "need both problems and clean"),
        (with_rounds("mixed-dozen", RoundDraft(NAME, (), "A012", FOUR)), "cannot be priced"),
        (with_rounds("mixed-dozen", RoundDraft(NAME, (), "A012", FOUR[:2] * 2)), "there twice"),
        (with_rounds("mixed-dozen", RoundDraft(NAME, (), "A012", ("slogans",))), "the right name"),
        (with_rounds("mixed-dozen", RoundDraft(NAME, (), "A012", ())), "the right name"),
        (with_rounds("mixed-dozen", RoundDraft(NAME, ("P1",), "", FOUR)), "asks about"),
        (with_rounds("starter", RoundDraft(MARK, ("P6", "P24"), reasons="bias")), "perfect"),
    ],
)
def test_a_broken_set_is_found(draft, told):
    found = breaches(ARTICLE, draft)

    assert any(told in line for line in found), found


def herons(wrong, count, *, name="P1"):
    return sets.build.herons(name, wrong, count)


def named(*categories):
    """An article with one slanted passage for each category."""
    passages = [
        sets.build.herons(category, [1], 3, layer="bias", category=category)
        for category in categories
    ]
    return sets.build.article(*passages)


def naming(category, *options):
    return RoundDraft(NAME, (), f"{category}-1", (category, *options))


def one_word_sentences(count):
    """Sentences of one word, every other of which is wrong."""
    text = " ".join(f"Word{n}." for n in range(count))
    return sets.passage(text, *[{"words": f"Word{n}."} for n in range(0, count, 2)])


CLEAN = herons([], 40, name="P2")
WHOLLY_WRONG = sets.passage("It runs on water.", {"words": "It runs on water"})


@pytest.mark.parametrize(
    ("article", "rounds", "told"),
    [
        pytest.param(
            sets.build.article(herons(range(40), 60)),
            [RoundDraft(MARK, ("P1",))],
            "33% of the segments are clean",
            id="clean share",
        ),
        pytest.param(
            sets.build.article(herons([3], 100)),
            [RoundDraft(MARK, ("P1",))],
            "500 words are too many",
            id="word count",
        ),
        pytest.param(
            sets.build.article(one_word_sentences(8)),
            [RoundDraft(MARK, ("P1",))],
            "the blind plan “every second word” earns 100.00",
            id="a blind plan pays",
        ),
        pytest.param(
            sets.build.article(WHOLLY_WRONG, CLEAN),
            [RoundDraft(MARK, ("P1",)), RoundDraft(MARK, ("P2",))],
            "round 1: marking all of it earns 200.00",
            id="marking all of a round pays",
        ),
        pytest.param(
            named("exaggeration_minimisation", "name_calling_labeling"),
            [
                naming("exaggeration_minimisation", "slogans"),
                naming("name_calling_labeling", "slogans"),
            ],
            "the longest option is always right",
            id="longest option",
        ),
    ],
)
def test_an_unfair_set_is_found(article, rounds, told):
    found = list(seeds.check([article], [sets.build.draft(*rounds, article=article.id)]))

    assert any(told in line for line in found), found
