"""Own categories: whose they are, what is refused, and names that outlive them."""

import pytest
from build import NOW, article, draft, herons, marking, passage, problem
from works import make_category, own, user_id

from quizgame.domain.errors import InputError, NotFoundError
from quizgame.domain.quizzes import freeze
from quizgame.services import categories
from quizgame.services.taxonomy import get_taxonomy


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "  "},
        {"family": ""},
        {"family": "made_up"},
        {"layer": "poetry"},
        {"layer": "error"},
        {"label": "loaded LANGUAGE"},
        {"confusable_with": ("nothing",)},
    ],
    ids=str,
)
def test_what_will_not_do_is_refused(in_app, changes):
    with pytest.raises(InputError):
        make_category(**changes)
    assert categories.categories_of(user_id("marie")) == []


def test_a_name_is_there_once_in_a_layer(in_app):
    first = make_category()
    with pytest.raises(InputError, match="of that name"):
        make_category(label="WEASEL  words")
    make_category("paul")
    categories.change_category(user_id("marie"), first, own("Weasel words"), False, now=NOW)


def test_there_is_an_end_to_how_many(in_app, monkeypatch):
    monkeypatch.setattr(categories, "MOST", 1)
    make_category()
    with pytest.raises(InputError, match="the most categories"):
        make_category(label="One more")


def test_what_is_not_ones_own_is_not_changed_even_if_shared(in_app):
    id_ = make_category("marie", is_shared=True)
    paul = user_id("paul")
    for step in (
        lambda: categories.get_category(paul, id_),
        lambda: categories.change_category(paul, id_, own("Mine now"), True, now=NOW),
        lambda: categories.remove_category(paul, id_, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            step()
    assert categories.label(id_) == "Weasel words"


def test_only_what_is_shared_is_in_the_list_of_a_colleague(in_either):
    shared = make_category("marie", is_shared=True)
    alone = make_category("marie", label="Puffery")
    mine = {c.id for c in categories.taxonomy_of(user_id("marie")).categories}
    theirs = {c.id for c in categories.taxonomy_of(user_id("paul")).categories}

    assert {shared, alone} <= mine
    assert shared in theirs
    assert alone not in theirs
    [told] = categories.categories_of(user_id("paul"))
    assert (told.owner, told.is_mine, told.category.id) == ("Marie", False, shared)


def test_a_removed_one_is_offered_no_more_and_keeps_its_name(in_either):
    id_ = make_category(is_shared=True)
    marie = user_id("marie")
    categories.remove_category(marie, id_, now=NOW)

    assert id_ not in {c.id for c in categories.taxonomy_of(marie).categories}
    assert id_ in {c.id for c in categories.taxonomy_of(user_id("paul"), used={id_}).categories}
    assert categories.label(id_) == "Weasel words"
    assert categories.label("own-unknown") == "own-unknown"
    with pytest.raises(NotFoundError):
        categories.remove_category(marie, id_, now=NOW)


def test_a_changed_one_keeps_its_id_and_what_it_is_confused_with(in_app):
    id_ = make_category()
    marie = user_id("marie")
    new = own("Hedging", confusable_with=("loaded_language",))
    categories.change_category(marie, id_, new, True, now=NOW)

    row = categories.get_category(marie, id_)
    assert (row.document.id, row.document.label, row.is_shared) == (id_, "Hedging", True)


def test_a_round_offers_own_categories_only_from_the_taxonomy_that_it_is_given(in_app):
    id_ = make_category()
    text = herons("P0").text
    found = problem(text, "apple0", "a1", layer="bias", category=id_)
    plan = draft(marking("P0", kind="find_the_bias", reasons="bias"))
    about = article(passage("P0", text, found))

    [mine] = freeze(plan, about, categories.taxonomy_of(user_id("marie")))
    [theirs] = freeze(plan, about, categories.taxonomy_of(user_id("paul")))
    [built_in] = freeze(plan, about, get_taxonomy())

    assert (id_, "Weasel words") in [(o.id, o.label) for o in mine.item.options]
    assert [o.id for o in theirs.item.options] == [o.id for o in built_in.item.options]
    assert id_ not in [o.id for o in theirs.item.options]
