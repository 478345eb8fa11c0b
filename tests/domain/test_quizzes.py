"""Drafts become rounds with their own copy of what they ask about; taxonomies give the names."""

import build
import pytest
import sets

from quizgame.domain.errors import ContentError
from quizgame.domain.quizzes import RoundDraft, freeze
from quizgame.services.taxonomy import get_taxonomy

TEXT = "The glorious fleet runs on water."
FOUND = {"words": "glorious", "id_": "A1", "layer": "bias", "category": "loaded_language"}
ARTICLE = build.article(sets.passage(TEXT, FOUND))
TAXONOMY = get_taxonomy()


def frozen(*rounds):
    return freeze(build.draft(*rounds), ARTICLE, TAXONOMY)


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        (RoundDraft("spot_the_error", ("P9",)), "P9"),
        (RoundDraft("name_the_technique", (), "A9", ("slogans",)), "A9"),
        (RoundDraft("name_the_technique", (), "A1", ("slogan",)), "slogan"),
    ],
)
def test_what_is_not_there_cannot_be_asked_about(plan, missing):
    with pytest.raises(ContentError, match=f"herons, round 1: there is no '{missing}'"):
        frozen(plan)


def test_rounds_are_numbered_from_one():
    rounds = frozen(*[RoundDraft("spot_the_error", ("P1",))] * 2)

    assert [round_.number for round_ in rounds] == [1, 2]
    assert rounds[0].item.passages == (ARTICLE.passages[0],)
    assert not rounds[0].item.options


def test_a_round_about_one_annotation_shows_its_passage_and_the_options():
    (round_,) = frozen(RoundDraft("name_the_technique", (), "A1", ("loaded_language", "slogans")))

    assert round_.item.focus_annotation().id == "A1"
    assert [option.label for option in round_.item.options] == ["Loaded language", "Slogans"]


def test_reasons_are_all_categories_of_a_layer_by_family():
    (round_,) = frozen(RoundDraft("spot_the_error", ("P1",), reasons="error"))

    families = [option.family for option in round_.item.options]
    assert len(families) == len(TAXONOMY.of_layer("error"))
    assert families == sorted(families, key=[f.id for f in TAXONOMY.families].index)


def test_a_category_is_found_by_its_id_and_labelled():
    assert TAXONOMY.category("slogans").label == TAXONOMY.label("categories", "slogans")
    assert TAXONOMY.label("families", "never heard of") == "never heard of"
    with pytest.raises(KeyError):
        TAXONOMY.category("never heard of")


def test_every_category_can_be_named_and_mixed_up_inside_its_layer():
    for category in TAXONOMY.categories:
        assert category.label, category.id
        assert category.definition, category.id
        assert category.question, category.id
        assert category.family in {family.id for family in TAXONOMY.families}
        assert category.id not in category.confusable_with
