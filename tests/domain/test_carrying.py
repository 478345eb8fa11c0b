"""What was found is carried into a new version by exact words, or not at all."""

import pytest
from build import SOURCE, article, herons, passage, problem
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.carrying import carried, findings, places
from quizgame.domain.passages import Article, GreyZone, Span, Stet, cut


def bare(*texts):
    return Article("herons", 2, SOURCE, tuple(cut(f"P{n}", t) for n, t in enumerate(texts, 1)))


def quotes(found):
    return {a.id: (p.id, p.quote(a.span)) for p in found.passages for a in p.annotations}


BUS = "The bus was late. The driver was late too, and nobody said a word about the bus to him."


def late(quote="The driver was late", **more):
    return article(passage("P1", BUS, problem(BUS, quote, "A1"), **more))


@pytest.mark.parametrize(
    "text",
    [
        BUS.replace("The driver was late", "The driver was early"),
        BUS.replace("too", "as well"),
        f"{BUS} {BUS}",
        BUS[40:],
        BUS.replace("late", "láte"),
        BUS.upper(),
        "",
    ],
)
def test_words_that_differ_stay_loose(text):
    found, loose = carried(late(), bare(text or "x", "Something else."))

    assert quotes(found) == {}
    assert [finding.quote for finding in loose] == ["The driver was late"]


def test_a_look_alike_is_not_taken_for_the_place():
    old = article(passage("P1", "Yes, yes. Late.", problem("Yes, yes. Late.", "Late", "A1")))

    found, loose = carried(old, bare("Late. Early.", "Yes, yes! Late."))

    assert quotes(found) == {}
    assert len(places(loose[0], found)) == 2


def test_an_unchanged_passage_is_taken_as_it_is():
    old = late(
        stets=(Stet("S1", Span(0, 3), ("error",), "Fair."),),
        grey=(GreyZone(Span(4, 7), "error", "?"),),
    )
    new = bare("A new one.", BUS, "Another.")

    found, loose = carried(old, new)

    assert loose == []
    assert found.passages[1].annotations == old.passages[0].annotations
    assert found.passages[1].stets == old.passages[0].stets
    assert found.passages[1].grey == old.passages[0].grey
    assert found.passages[1].id == "P2"


def test_a_passage_that_is_there_twice_is_searched_and_stays_loose():
    found, loose = carried(late(), bare(BUS, BUS))

    assert quotes(found) == {}
    assert len(loose) == 1


def test_what_moved_with_its_neighbours_is_found():
    found, loose = carried(late(), bare(f"Before 🚌 that. {BUS}", "Elsewhere."))

    assert quotes(found) == {"A1": ("P1", "The driver was late")}
    assert loose == []


def test_pairs_go_along_only_with_both_ends():
    assert carried(article(herons("P1")), bare("x"))[0].pairs == ()


@given(st.text(min_size=1, max_size=60), st.text(max_size=30), st.data())
def test_whatever_is_carried_has_its_words(text, more, data):
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    old = article(passage("P1", text, problem(text, text[start:stop], "A1")))
    new = bare(more + text, more or "x")

    found, loose = carried(old, new)

    assert len(quotes(found)) + len(loose) == 1
    assert all(quote == text[start:stop] for _, quote in quotes(found).values())
    for finding in [*loose, *findings(old.passages[0])]:
        for place in places(finding, new):
            assert new.passages[place.number].quote(place.span) == finding.quote
