"""The propaganda corpus: spans land on their words, and what is no row is named by its line."""

import pytest
from importing import found, read, sample, swapped, write

from quizgame.domain.errors import ContentError

ROW = "731\tLoaded_Language\t4\t12"


def ptc():
    return sample("ptc")


def with_row(row):
    return swapped(ptc(), ".labels", ROW, row)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("731 Loaded_Language 4 12", "line 1: there are 1 columns"),
        ("731\tLoaded_Language\t4\t12\tx", "line 1: there are 5 columns"),
        ("731\tLoaded_Language\tfour\t12", "line 1: 'four' and '12' are not offsets"),
        ("731\tLoaded_Language\t4\t" + "9" * 5_000, "line 1: .* are not offsets"),
        ("731\tLoaded_Language\t12\t4", "line 1: 12-4 is not a stretch"),
        ("731\tLoaded_Language\t4\t4", "line 1: 4-4 is not a stretch"),
        ("731\tLoaded_Language\t4\t999", "line 1: 4-999 is not a stretch of the text, which has 2"),
        ("731\tLoaded_Language\t-4\t12", "line 1: -4-12 is not a stretch"),
        ("731\tLoaded_Language\t16\t18", "line 1: 16-18 covers no text"),
    ],
)
def test_a_row_that_does_not_fit_is_turned_away(row, reason):
    with pytest.raises(ContentError, match=rf"^article731.labels, {reason}"):
        read("ptc", with_row(row))


def test_rows_about_nothing_but_other_articles_are_turned_away():
    labels = b"1\tDoubt\t0\t3\n2\tDoubt\t0\t3\n"

    with pytest.raises(ContentError, match=r"line 1: no row is about article731.txt"):
        read("ptc", ptc() | {"article731.labels": labels})


def test_a_million_rows_are_turned_away():
    with pytest.raises(ContentError, match="more than 200,000 lines"):
        read("ptc", {"a.txt": b"a", "a.tsv": b"1\t0\t\n" * 800_000})


def test_spans_land_on_their_words_after_emoji_and_in_any_script():
    assert found(read("ptc", ptc()).article) == [
        ("P1", "shameful", "loaded_language"),
        ("P2", "betrayed us all", "exaggeration_minimisation"),
        ("P3", "كارثة وطنية كبرى", "exaggeration_minimisation"),
        ("P4", "国家的耻辱", "flag_waving"),
        ("P5", "cruel joke", "loaded_language"),
        ("P5", "Nobody asked them", "straw_man_red_herring"),
    ]


def test_files_come_back_byte_for_byte():
    files = ptc()

    assert write("ptc", read("ptc", files, id_="731").article) == files


def test_rows_without_technique_are_read_from_crlf_and_loose_accents():
    imported = read("ptc", sample("ptc", "ptc/article732.txt", "ptc/article732.task1-SI.labels"))

    assert [words for _, words, _ in found(imported.article)] == [
        "shameful", "Café owners", "cruel joke", "耻辱",
    ]  # fmt: skip
    assert {category for _, _, category in found(imported.article)} == {"unnamed"}
    assert "left out: rows about other articles (1)" in imported.notes


def test_rows_without_technique_are_written_without():
    labels = b"731\t4\t12\n"
    article = read("ptc", ptc() | {"article731.labels": labels}).article

    assert write("ptc", article)["article1.labels"] == b"1\t4\t12\n"


def test_the_question_mark_of_test_files_is_no_technique():
    labels = b"731\t?\t4\t12\n"

    assert found(read("ptc", ptc() | {"article731.labels": labels}).article) == [
        ("P1", "shameful", "unnamed")
    ]


def test_lines_are_segments_and_a_line_alone_has_sentences():
    files = {"a.txt": b"Herons\nfly. They do.\n\nBuses swim. So what?\n", "a.tsv": b""}
    first, second = read("ptc", files).article.passages

    assert [first.quote(s) for s in first.segments] == ["Herons\n", "fly. They do."]
    assert [second.quote(s) for s in second.segments] == ["Buses swim. ", "So what?"]


def test_a_span_over_two_paragraphs_is_cut():
    imported = read("ptc", with_row("731\tLoaded_Language\t4\t39"))

    assert [words for _, words, _ in found(imported.article)][:2] == [
        "shameful bus",
        "The 🚌 betrayed us all",
    ]
    assert any("cut where a passage ends" in note for note in imported.notes)


def test_what_the_corpus_has_no_name_for_is_left_out_and_counted():
    article = read("spreadsheet", {"a.csv": b"text,quote,category\nHe flew.,flew,euphemism\n"})
    written = write("ptc", article.article)

    assert written["article1.labels"] == b""


def test_a_corpus_article_of_ten_thousand_words_is_read():
    text = "News\n\n" + "\n\n".join("It is a cruel joke. " * 50 for _ in range(40))
    rows = [f"9\tDoubt\t{at}\t{at + 5}\n" for at in range(6, 40_000, 133)]

    article = read("ptc", {"article9.txt": text.encode(), "a.labels": "".join(rows).encode()})

    assert sum(len(p.words) for p in article.article.passages) == 10_001
    assert len(rows) > 300
    assert len(found(article.article)) >= 300
