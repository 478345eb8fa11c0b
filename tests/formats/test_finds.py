"""What others found is placed, named and counted, or turned away by the line it stands in."""

import pytest
from importing import about, found

from quizgame.domain.errors import ContentError
from quizgame.formats import _finds
from quizgame.formats._finds import Find, compose
from quizgame.formats._texts import normal

TEXT = "Herons fly.\n\nBuses 🚌 swim.\n"


def composed(*finds, text=TEXT, **more):
    return compose(about(), normal(text), finds, **more)


def find(start, stop, name="loaded_language", **more):
    return Find(f"a.tsv, line {start}", start, stop, name, **more)


@pytest.mark.parametrize(
    ("start", "stop", "reason"),
    [
        (4, 4, "is not a stretch"),
        (5, 3, "is not a stretch"),
        (-1, 3, "is not a stretch"),
        (3, 29, "is not a stretch"),
        (10**9, 2 * 10**9, "is not a stretch"),
        (11, 13, "covers no text"),
    ],
)
def test_a_find_that_stands_nowhere_is_turned_away_by_its_line(start, stop, reason):
    with pytest.raises(ContentError, match=f"a.tsv, line {start}: .*{reason}"):
        composed(find(start, stop))


def test_two_finds_of_one_name_are_turned_away():
    with pytest.raises(ContentError, match="line 3: the id 'T1' is there twice"):
        composed(find(0, 3, id="T1"), find(3, 6, id="T1"))


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\ufeff"])
def test_no_text_is_no_article(text):
    with pytest.raises(ContentError, match="no text"):
        composed(text=text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n\n" * 5_001, "5,001 passages are too many"),
        ("a" * 20_001, "passage P1 has 20,001 characters without an end of a sentence"),
    ],
)
def test_a_text_that_nobody_could_play_is_turned_away(text, reason):
    with pytest.raises(ContentError, match=reason):
        composed(text=text)


def test_too_many_finds_are_turned_away():
    with pytest.raises(ContentError, match="50,001 annotations are too many"):
        composed(*[find(0, 6)] * 50_001)


def test_finds_that_multiply_by_cutting_are_turned_away(monkeypatch):
    monkeypatch.setattr(_finds, "MOST_FINDS", 10)
    text = "a\n\n" * 8

    with pytest.raises(ContentError, match="more than 10 annotations after cutting"):
        composed(find(0, 20), find(1, 20), text=text)


def test_a_find_across_passages_is_cut_and_its_parts_are_related():
    imported = composed(find(7, 18, id="T1"))

    assert found(imported.article) == [
        ("P1", "fly.", "loaded_language"),
        ("P2", "Buses", "loaded_language"),
    ]
    first, second = (p.annotations[0] for p in imported.article.passages)
    assert (first.id, first.related, second.id, second.related) == (
        "T1", ("T1-2",), "T1-2", ("T1",),
    )  # fmt: skip
    assert imported.notes == ("cut where a passage ends: annotations (1)",)


def test_white_space_around_a_find_is_left_out():
    assert found(composed(find(6, 13)).article)[0][1] == "fly."


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("loaded_language", "loaded_language"),
        ("Loaded Language", "loaded_language"),
        ("LOADED-LANGUAGE", "loaded_language"),
        ("Exaggeration,Minimization", "exaggeration_minimisation"),
        ("Name_Calling,Labeling", "name_calling_labeling"),
        ("Appeal_to_fear-prejudice", "appeal_to_fear_prejudice"),
        ("Thought-terminating_Cliches", "thought_terminating_cliche"),
        ("Doubt", "casting_doubt"),
        ("Whataboutism", "whataboutism"),
        ("Reductio_ad_hitlerum", "reductio_ad_hitlerum"),
        ("False_Dilemma-No_Choice", "black_and_white_fallacy"),
        ("factual_error", "factual_error"),
    ],
)
def test_names_are_known_however_they_are_spelled(name, category):
    imported = composed(find(0, 6, name))

    assert found(imported.article)[0][2] == category
    assert not imported.notes


def test_a_name_of_another_layer_is_not_that_name():
    (annotation,) = composed(find(0, 6, "Doubt", layer="error")).article.passages[0].annotations

    assert (annotation.category, annotation.layer) == ("Doubt", "error")


def test_an_unknown_name_is_kept_and_told():
    imported = composed(find(0, 6, "Rumour"), find(7, 10, "Rumour"), find(7, 9, ""))

    assert [category for _, _, category in found(imported.article)] == [
        "Rumour", "Rumour", "unnamed",
    ]  # fmt: skip
    assert imported.notes == (
        "'Rumour' is not in the taxonomy; it was kept as given (2)",
        "annotations without a category are called 'unnamed' (1)",
    )


def test_a_crowd_of_unknown_names_is_told_shortly():
    imported = composed(*(find(0, 6, f"Rumour {n}") for n in range(30)))

    assert len(imported.notes) == 21
    assert imported.notes[-1] == "so were other names that are not in it (10)"


def test_a_name_that_could_mean_two_is_told():
    imported = composed(find(0, 6, "Bandwagon,Reductio_ad_hitlerum"))

    assert found(imported.article)[0][2] == "appeal_to_popularity"
    assert "could also mean reductio_ad_hitlerum" in imported.notes[0]


@pytest.mark.parametrize(
    ("name", "layer", "verdict"),
    [
        ("loaded_language", "bias", "opinion"),
        ("wrong_date_or_number", "error", "unsupported"),
        ("mistranslation", "artefact", "artefact"),
        ("Rumour", "bias", "opinion"),
    ],
)
def test_the_verdict_is_the_weakest_of_its_layer(name, layer, verdict):
    (annotation,) = composed(find(0, 6, name)).article.passages[0].annotations

    assert (annotation.layer, annotation.verdict) == (layer, verdict)
    assert annotation.is_gold(layer)
    assert (annotation.why, annotation.verified) == ("", False)
