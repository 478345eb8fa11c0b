"""Plain annotations as a workbook of one sheet: XLSX out. `spreadsheet` reads it again.

The few parts that Office Open XML asks for are written here: so the same article gives the same
bytes, and nothing of who exported it, or when, is in them.

Source: ECMA-376, part 1: SpreadsheetML (18.3), shared string escapes (22.9.2.19, ST_Xstring).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Article
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats._archives import packed
from quizgame.formats._cells import MOST_ROWS, guarded
from quizgame.formats._format import Exported, Format, file_name
from quizgame.formats._xml import UNWRITABLE, add, document
from quizgame.formats.spreadsheet import COLUMNS, table_of, without_column

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
BEGIN = (
    f"<?xml version='1.0' encoding='utf-8'?>\n"
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
END = "</sheetData></worksheet>\n"
LETTERS = ascii_uppercase
assert len(COLUMNS) <= len(LETTERS)
LONGEST = 32_767
"""Characters that a cell can hold, as Excel counts them: in UTF-16 units."""
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write(article: Article, taxonomy: Taxonomy) -> Exported:
    """Write a row for each annotation, and one for each passage without any."""
    rows = []
    for number, cells in enumerate(table_of(article), start=1):
        if number > MOST_ROWS + 1:
            raise ContentError(f"{article.id}: there are more than {MOST_ROWS:,} rows; take CSV")
        rows.append(_row(number, cells))
    members = {
        "[Content_Types].xml": document(_types()),
        "_rels/.rels": document(_relation("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": document(_book()),
        "xl/_rels/workbook.xml.rels": document(_relation("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f"{BEGIN}{''.join(rows)}{END}".encode(),
    }
    return Exported({file_name(article.id, ".xlsx"): packed(members)}, without_column(article))


FORMAT = Format(
    title=N_("Workbook (XLSX)"),
    suffix=".xlsx",
    mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    loses=N_(
        "Keeps the first evidence of each annotation only. Why clean text may stand, grey zones, "
        "pairs, relations and own cuts of sentences and words are left out. Cells that look like "
        "formulas begin with an apostrophe, which is taken away again here."
    ),
    write=write,
)


def _row(number: int, cells: Sequence[Any]) -> str:
    """Write a row. As text, for there may be a million cells; blank ones are left out."""
    written = []
    for column, cell in enumerate(cells):
        place = f"{LETTERS[column]}{number}"
        if isinstance(cell, int | float):
            written.append(f'<c r="{place}"><v>{cell}</v></c>')
        elif cell:
            words = escape(_held(str(cell)))
            is_ = f'<is><t xml:space="preserve">{words}</t></is>'
            written.append(f'<c r="{place}" t="inlineStr">{is_}</c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def _held(words: str) -> str:
    """Return words as a cell holds them: no formula, and what XML cannot hold is escaped."""
    words = guarded(words)
    if 2 * len(words) > LONGEST and len(words.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        raise ContentError(f"a cell holds {LONGEST:,} characters at most; take CSV: {words[:40]!r}")
    escaped = ESCAPE.sub("_x005F_", words)
    return re.sub(f"{UNWRITABLE.pattern}|\r", lambda found: f"_x{ord(found.group()):04X}_", escaped)


def _types() -> Element:
    types = Element("Types", xmlns=f"{PACKAGE}content-types")
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    add(types, "Default", Extension="rels", ContentType=rels)
    add(types, "Default", Extension="xml", ContentType="application/xml")
    parts = {"/xl/workbook.xml": "sheet.main+xml", "/xl/worksheets/sheet1.xml": "worksheet+xml"}
    for part, kind in parts.items():
        add(types, "Override", PartName=part, ContentType=f"{TYPE}{kind}")
    return types


def _relation(kind: str, target: str) -> Element:
    relations = Element("Relationships", xmlns=f"{PACKAGE}relationships")
    add(relations, "Relationship", Id="rId1", Type=f"{OFFICE}/{kind}", Target=target)
    return relations


def _book() -> Element:
    book = Element("workbook", {"xmlns": MAIN, "xmlns:r": OFFICE})
    sheet = {"name": "annotations", "sheetId": "1", "r:id": "rId1"}
    add(add(book, "sheets"), "sheet", **sheet)
    return book
