"""brat standoff: pieces and notes, and lines that do not fit their text."""

import pytest
from importing import found, read, sample, swapped

from quizgame.domain.errors import ContentError

LINE = "T1\tLoaded_Language 4 12\tshameful"


def with_line(line):
    return swapped(sample("brat"), ".ann", LINE, line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tLoaded_Language 4 14\tshameful", "at 4 stands 'shameful b', not 'shameful'"),
        ("T1\tLoaded_Language 5 12\tshameful", "at 5 stands 'hameful'"),
        ("T1\tLoaded_Language 4 12\tshameless", "at 4 stands 'shameful', not 'shameless'"),
        ("T1\tLoaded_Language 4 12", "at 4 stands 'shameful', not ''"),
        ("T1\tLoaded_Language 12 4\t", "12-4 is not a stretch"),
        ("T1\tLoaded_Language 9000 9001\t", "9000-9001 is not a stretch"),
        ("T1\tLoaded_Language -4 12\tshameful", "after the id come"),
        ("T1\tLoaded_Language\tshameful", "after the id come"),
        ("T1 Loaded_Language 4 12 shameful", "after the id come"),
        ("T1\tLoaded_Language 4 12;\tshameful", "after the id come"),
        ("T1\tLoaded_Language 0 " + "9" * 5_000 + "\tshameful", "shorter than where they stand"),
        ("T1\tX " + ";".join(["0 200"] * 50_000) + "\tshameful", "shorter than where they stand"),
        ("T2\tLoaded_Language 4 12\tshameful", "the id 'T2' is there twice"),
        ("Hello", "no line of brat begins with 'H'"),
        ("#1\tAnnotatorNotes", "a note is"),
    ],
    ids=range(15),
)
def test_a_line_that_does_not_fit_is_turned_away(line, reason):
    with pytest.raises(ContentError, match=rf"^bus.ann, line [13]: .*{reason}"):
        read("brat", with_line(line))


def test_pieces_become_related_annotations():
    passage = read("brat", sample("brat")).article.passages[1]

    assert [(a.id, passage.quote(a.span), a.related) for a in passage.annotations] == [
        ("T2", "betrayed", ("T2.2",)),
        ("T2.2", "Zoë paid", ("T2",)),
    ]


def test_words_are_found_through_crlf_loose_accents_and_other_scripts():
    assert [words for _, words, _ in found(read("brat", sample("brat")).article)] == [
        "shameful", "betrayed", "Zoë paid", "كارثة وطنية كبرى", "cruel joke", "Café owners",
        "国家的耻辱",
    ]  # fmt: skip


def test_a_note_is_why_and_the_rest_is_counted():
    imported = read("brat", sample("brat"))

    assert imported.article.passages[0].annotations[0].why == "A judgement, not a fact."
    assert imported.notes == ("left out: attributes (1)", "left out: relations (2)")


def test_a_note_on_something_else_is_counted():
    imported = read("brat", swapped(sample("brat"), ".ann", "AnnotatorNotes T1", "Why R1"))

    assert "left out: notes on other things (1)" in imported.notes


def test_a_line_break_in_the_words_is_a_space_there():
    files = {"a.txt": b"Herons\nfly.", "a.ann": b"T1\tDoubt 0 10\tHerons fly\n"}

    assert found(read("brat", files).article) == [("P1", "Herons\nfly", "casting_doubt")]
