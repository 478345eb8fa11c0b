"""Tables of annotations: read from CSV and XLSX, written as CSV without a formula in it."""

import csv
import io
import zipfile

import openpyxl
import pytest
from build import article, herons, passage, problem
from hypothesis import given
from hypothesis import strategies as st
from importing import found, read, sample, write

from quizgame.domain.errors import ContentError
from quizgame.formats import _cells
from quizgame.formats._archives import packed
from quizgame.formats._cells import guarded, unguarded

TEXT = "Herons fly. Herons swim."
HEADER = "passage,text,quote,start,end,category,severity,verified,agreement"


def table(*rows, header=HEADER):
    return {"a.csv": "\n".join([header, *rows]).encode()}


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def with_member(data, name, content):
    """The workbook with other content in one of its members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return packed(members | {name: content})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"P1,{TEXT},buses", "'buses' is not in the text"),
        (f"P1,{TEXT},Herons", "'Herons' stands in several places"),
        (f"P1,{TEXT},fly,8,11", "at 8 stands 'ly.', not 'fly'"),
        (f"P1,{TEXT},fly,11,8", "11-8 is not a stretch"),
        (f"P1,{TEXT},,7,99", "7-99 is not a stretch"),
        (f"P1,{TEXT},fly,seven,10", "start is 'seven', not a whole number"),
        (f"P1,{TEXT},fly,7,10.5", "end is '10.5', not a whole number"),
        (f"P1,{TEXT},fly,{'9' * 5_000},1", "not a whole number"),
        ("P9,,fly", "there is no text for passage 'P9'"),
        ("P0,Other.,fly", "passage 'P0' has another text in a row above"),
        (f"P1,{TEXT},fly,,,Doubt,much", "severity is 'much'"),
        (f"P1,{TEXT},fly,,,Doubt,2,perhaps", "verified is 'perhaps'"),
        (f"P1,{TEXT},fly,,,Doubt,2,yes,7", "agreement is '7'"),
        (f"P1,{TEXT},fly,,,Doubt,2,yes,nan", "agreement is 'nan'"),
        (f"P1,{TEXT},fly,,,Doubt,2,yes,1,x", "more cells than columns"),
        (f'P1,"{TEXT}"x,fly', "expected after"),
        ('P1,"Herons', "unexpected end"),
    ],
)
def test_a_row_that_does_not_fit_is_turned_away(row, reason):
    with pytest.raises(ContentError, match=rf"^a.csv, line 3: .*{reason}"):
        read("spreadsheet", table("P0,Buses fly.,fly", row))


@pytest.mark.parametrize(
    ("header", "reason"),
    [("passage,quote", "no column called text"), ("text,quote,Words", "a column is there twice")],
)
def test_a_header_that_does_not_fit_is_turned_away(header, reason):
    with pytest.raises(ContentError, match=rf"^a.csv, line 1: .*{reason}"):
        read("spreadsheet", table("x", header=header))


def test_rows_without_end_are_turned_away(monkeypatch):
    monkeypatch.setattr(_cells, "MOST_ROWS", 100)
    rows = ["P1,Herons."] * 101

    for files in (table(*rows), {"a.xlsx": workbook(["text"], *[["Herons."]] * 101)}):
        with pytest.raises(ContentError, match="more than 100 rows"):
            read("spreadsheet", files)
    assert read("spreadsheet", table(*rows[1:])).article.passages


def test_a_line_is_that_of_the_file_and_not_of_the_table():
    rows = ['P0,"Two\nlines"', "P1,One.,two"]

    with pytest.raises(ContentError, match=r"^a.csv, line 4: "):
        read("spreadsheet", table(*rows))


GOOD = workbook(["text", "quote", "start", "end", "category"], [TEXT, "fly", 7, 10.0, "Doubt"])
LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a whole zip archive"),
        (b"text,quote", "not a whole zip archive"),
        (packed({"a.txt": b"x"}), "not a workbook"),
        (with_member(GOOD, "xl/workbook.xml", b"<workbook"), "not a workbook"),
        (with_member(GOOD, "xl/worksheets/sheet1.xml", b"<x><"), "not a workbook"),
        (with_member(GOOD, "xl/sharedStrings.xml", LAUGHS), "declares entities"),
        (with_member(GOOD, "xl/workbook.xml", LAUGHS.decode().encode("utf-16")), "declares"),
        (with_member(GOOD, "xl/media/x.bin", bytes(9_000_000)), "packed too tightly"),
        (with_member(GOOD, "../x.xml", b"x"), "not a name inside"),
        (with_member(GOOD, "xl/embeddings/x.xlsx", GOOD), "archive inside an archive"),
        (workbook(["text"] + [""] * 60 + ["x"]), "more than 60 columns"),
        (workbook(["text", "quote"], [TEXT, "buses"]), ", row 2: 'buses' is not in"),
    ],
    ids=range(12),
)
def test_a_hostile_or_broken_workbook_is_turned_away(data, reason):
    with pytest.raises(ContentError, match=rf"^a.xlsx.*({reason})"):
        read("spreadsheet", {"a.xlsx": data})


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"')
    assert lying != sheet

    imported = read("spreadsheet", {"a.xlsx": with_member(GOOD, "xl/worksheets/sheet1.xml", lying)})

    assert found(imported.article) == [("P1", "fly", "casting_doubt")]


def test_a_workbook_says_the_same_as_its_table():
    with io.StringIO(sample("spreadsheet")["bus.csv"].decode("utf-8-sig"), newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))

    from_book = read("spreadsheet", {"a.xlsx": workbook(*rows)})

    assert from_book == read("spreadsheet", sample("spreadsheet"))


def test_a_persons_table_is_read():
    imported = read("spreadsheet", sample("spreadsheet"))

    assert found(imported.article) == [
        ("P1", "betrayed us all", "loaded_language"),
        ("P1", "The", "repetition"),
        ("P2", "كارثة وطنية كبرى", "exaggeration_minimisation"),
        ("P3", "国家的耻辱", "flag_waving"),
        ("P3", "Café owners", "Rumour"),
    ]
    assert imported.article.passages[2].annotations[1].why == "=SUM(A1)"
    assert "left out: columns (mood)" in imported.notes


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1", "'=1", "''=1", "' =1", "＝1", "\tx"],
)
def test_a_formula_is_written_as_words(cell):
    whole = article(herons("P1", category=cell))

    written = write("spreadsheet", whole)["herons.csv"]

    cells = [c for row in csv.reader(io.StringIO(written.decode("utf-8-sig"))) for c in row]
    assert f"'{cell}" in cells
    assert not [c for c in cells if c[:1] in ("=", "+", "-", "@", "\t", "\r", "＝")]


@given(st.text(st.sampled_from("'=+-@ \t\r\nax"), max_size=8))
def test_the_guard_can_be_taken_off_again(cell):
    assert unguarded(guarded(cell)) == cell


def test_a_table_keeps_what_it_has_columns_for():
    text = "-5 herons 🚌 “fly”, they say;\nor swim."
    clean = passage("intro", "Nothing here.")
    whole = article(clean, passage("P1", text, problem(text, "fly", "A1", agreement=0.25)))

    assert read("spreadsheet", write("spreadsheet", whole)).article.passages == whole.passages
