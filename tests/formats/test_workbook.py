"""A workbook of annotations, as openpyxl and this program read it."""

import io
from dataclasses import replace

import openpyxl
import pytest
from build import article, herons, passage, problem
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import read, sample, write

from quizgame.domain.errors import ContentError
from quizgame.formats import _cells, workbook

READ = ("spreadsheet", "ptc", "brat", "doccano", "label_studio", "web_annotation")


def cells(whole):
    """The sheet as somebody else's program reads it."""
    [data] = write("workbook", whole).values()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["annotations"]
    return [list(row) for row in book.active.iter_rows()]


def test_it_is_one_sheet_with_a_frozen_header():
    rows = cells(article(herons("P1")))

    assert [cell.value for cell in rows[0]][:4] == ["passage", "text", "id", "quote"]
    assert rows[0][0].parent.freeze_panes == "A2"
    assert len(rows) == 3


def test_numbers_are_numbers():
    _, first, _ = cells(article(herons("P1")))

    assert [cell.data_type for cell in first[4:6]] == ["n", "n"]
    assert isinstance(first[4].value, int)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1", "'=1", "=HYPERLINK(1)", "＝1"],
)
def test_no_cell_is_a_formula(cell):
    whole = article(herons("P1", category=cell, why=cell, correction=cell))

    rows = cells(whole)

    assert not [c for row in rows for c in row if c.data_type == "f"]
    triggers = ("=", "+", "-", "@", "\t", "\r", "＝")
    assert not [c for row in rows for c in row if str(c.value or "").startswith(triggers)]


@pytest.mark.parametrize("id_", READ)
def test_every_sample_comes_back_as_its_table_does(id_):
    about = read(id_, sample(id_)).article
    [data] = write("workbook", about).values()

    back = read("spreadsheet", {"a.xlsx": data}).article

    assert back == read("spreadsheet", write("spreadsheet", about)).article
    assert [p.text for p in back.passages] == [p.text for p in about.passages]


def test_the_same_article_gives_the_same_bytes():
    about = article(herons("P1"))

    assert write("workbook", about) == write("workbook", about)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=150)
def test_whatever_is_written_in_a_cell_comes_back(words):
    whole = article(passage("P1", "Herons fly.", problem("Herons fly.", "fly", "A1", why=words)))

    [data] = write("workbook", whole).values()
    back = read("spreadsheet", {"a.xlsx": data}).article

    expected = words if words.strip() else ""
    assert back.passages[0].annotations[0].why == expected


@pytest.mark.parametrize("words", ["_x0041_", "_x005F_x0041_", "a\x07b", "a\x1bb\r\nc", "\ufffe_"])
def test_what_xml_cannot_hold_is_escaped_and_comes_back(words):
    whole = article(passage("P1", "Herons fly.", problem("Herons fly.", "fly", "A1", why=words)))

    [data] = write("workbook", whole).values()

    assert read("spreadsheet", {"a.xlsx": data}).article == whole_again(whole)


def whole_again(whole):
    return replace(read("spreadsheet", write("spreadsheet", whole)).article)


def test_a_text_that_no_cell_can_hold_is_told_and_nothing_is_cut():
    long = article(passage("P1", "🚌 " * 12_000))

    with pytest.raises(ContentError, match="take CSV"):
        write("workbook", long)


def test_rows_without_end_are_told(monkeypatch):
    monkeypatch.setattr(_cells, "MOST_ROWS", 2)
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)

    with pytest.raises(ContentError, match="more than 2 rows"):
        write("workbook", article(*(herons(f"P{n}") for n in range(3))))
