"""Rows of cells out of CSV and XLSX, and into CSV without a formula in it.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and loses it when
it is read here again (safety.md T-27).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import openpyxl

from quizgame.domain.errors import ContentError
from quizgame.formats._archives import unpacked
from quizgame.formats._texts import decoded, without_nul

MOST_ROWS = 60_000
MOST_COLUMNS = 60
FORMULA = re.compile(r"'*(?:[\t\r]|\s*[=+\-@＝＋－＠])")
DELIMITERS = ",;\t"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Row = tuple[str, list[str]]
"""Where a row stands, and its cells."""


def guarded(cell: str) -> str:
    """Put an apostrophe before what looks like a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe that `guarded` put there, and no other."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def csv_written(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV with every cell quoted, and a byte order mark for Excel's sake."""
    whole = io.StringIO()
    writer = csv.writer(whole, quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return whole.getvalue().encode("utf-8-sig")


def csv_rows(name: str, data: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV file, whichever of , ; and tab is between its cells."""
    text = decoded(name, data).removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for row in reader:
            yield f"{name}, line {before + 1}", [unguarded(cell) for cell in row]
            before = reader.line_num
    except csv.Error as error:
        raise ContentError(f"{name}, line {before + 1}: {error}") from None


def xlsx_rows(name: str, data: bytes) -> Iterator[Row]:
    """Yield the rows of a workbook's first sheet."""
    for member, content in unpacked(name, data).items():
        if b"<!DOCTYPE" in content.replace(b"\0", b"") or b"<!ENTITY" in content:
            raise ContentError(f"{name}: {member!r} declares entities of its own")
    assert openpyxl.DEFUSEDXML, "defusedxml keeps openpyxl from expanding entities"
    rows: list[list[Any]] = []
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 2):
            rows.append(list(row[:MOST_COLUMNS]))
            _check_width(name, row)
        book.close()
    except ContentError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        told = " ".join(str(error).split())[:200]
        raise ContentError(f"{name}: it is not a workbook that can be read ({told})") from None
    for number, values in enumerate(rows, start=1):
        where = f"{name}, row {number}"
        yield where, [without_nul(where, unguarded(_cell(value))) for value in values]


def counted(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that are not blank, up to a limit; a file that goes on is refused."""
    for number, (where, cells) in enumerate(rows):
        if number > MOST_ROWS:
            raise ContentError(f"{name}: there are more than {MOST_ROWS:,} rows")
        if any(cell.strip() for cell in cells):
            yield where, cells


def _check_width(name: str, row: Sequence[Any]) -> None:
    if len(row) > MOST_COLUMNS:
        raise ContentError(f"{name}: there are more than {MOST_COLUMNS} columns")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ESCAPED.sub(_character, str(value))


def _character(escaped: re.Match[str]) -> str:
    """Return the character that a workbook escapes, as XML could not hold it; no half of one."""
    point = int(escaped[1], 16)
    return escaped[0] if 0xD800 <= point < 0xE000 else chr(point)
