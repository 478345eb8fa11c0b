"""Plain annotations as a table: CSV and XLSX in, CSV out (`workbook` writes XLSX).

One row an annotation. `passage` names the passage, whose `text` stands in one of its rows;
`quote` is what was found, and `start` and `end` say where if it stands there more than once (code
points from the passage's beginning). `category` and whatever else is known follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizgame.domain.errors import N_, ContentError, Sentence
from quizgame.domain.passages import Annotation, Article, Evidence, Passage
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats._anchors import Anchors
from quizgame.formats._cells import Row, counted, csv_rows, csv_written, xlsx_rows
from quizgame.formats._finds import Find, Placed, compose
from quizgame.formats._format import (
    About,
    Exported,
    Files,
    Format,
    Imported,
    file_name,
    left_out,
    named,
)
from quizgame.formats._texts import Normal, normal

SUFFIXES = (".csv", ".tsv", ".xlsx")
WHERE = ("passage", "text", "id", "quote", "start", "end", "layer", "category")
WORDS = ("verdict", "why", "correction", "check", "confidence")
NUMBERS = ("severity", "difficulty")
EVIDENCE = ("evidence_title", "evidence_publisher", "evidence_year", "evidence_url")
COLUMNS = (*WHERE, *WORDS, *NUMBERS, "verified", "agreement", *EVIDENCE)
ALSO = {
    "technique": "category",
    "label": "category",
    "begin": "start",
    "stop": "end",
    "explanation": "why",
    "words": "quote",
    "exact": "quote",
}
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
GAP = "\n\n"

Cells = Mapping[str, str]


@dataclass(slots=True)
class Table:
    """What has been read of a table so far: texts by passage, and rows that found something."""

    texts: dict[str, str] = field(default_factory=dict)
    found: list[tuple[str, str, Cells]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, where: str, cells: Cells) -> None:
        """Take a row: a text, a find, or both."""
        text = cells.get("text", "")
        passage = cells.get("passage", "").strip() or self._passage_of(text)
        if text.strip() and self.texts.setdefault(passage, text) != text:
            raise ContentError(f"{where}: passage {passage!r} has another text in a row above")
        if cells.get("quote") or cells.get("start", "").strip():
            self.found.append((where, passage, cells))

    def _passage_of(self, text: str) -> str:
        """Name a passage by its text; a row that says neither goes on with the last passage."""
        if not text.strip():
            return next(reversed(self.texts), "")
        return self.names.setdefault(text, f"P{len(self.texts) + 1}")


def recognises(files: Files) -> bool:
    """Tell whether this is one table."""
    return len(files) == 1 and len(named(files, *SUFFIXES)) == 1


def read(files: Files, about: About) -> Imported:
    """Read one table."""
    if not recognises(files):
        raise ContentError("give one table (.csv, .tsv or .xlsx)")
    ((name, data),) = files.items()
    rows = xlsx_rows(name, data) if name.lower().endswith(".xlsx") else csv_rows(name, data)
    table, notes = _table(name, counted(name, rows))
    text, places, begins = _placed(table)
    anchors = {passage: Anchors(words) for passage, words in table.texts.items()}
    finds = []
    for where, passage, cells in table.found:
        if passage not in anchors:
            raise ContentError(f"{where}: there is no text for passage {passage!r}")
        start, stop = _place(where, cells, anchors[passage])
        begin = begins[passage]
        finds.append(_find(where, cells, begin + start, begin + stop))
    return compose(about, text, finds, notes=notes, places=places)


def write(article: Article, taxonomy: Taxonomy) -> Exported:
    """Write a row for each annotation, and one for each passage without any."""
    rows = [[str(cell) for cell in row] for row in table_of(article)]
    return Exported({file_name(article.id, ".csv"): csv_written(rows)}, without_column(article))


def table_of(article: Article) -> Iterator[Sequence[Any]]:
    """Yield the rows of an article's table, the header first; numbers are numbers."""
    yield COLUMNS
    for passage in article.passages:
        for row in _rows(passage):
            yield [row.get(name, "") for name in COLUMNS]


def without_column(article: Article) -> tuple[str, ...]:
    """Tell what of an article has no column."""
    more = sum(len(a.evidence) > 1 for p in article.passages for a in p.annotations)
    return left_out(N_("left out: evidence after the first (of %(count)d annotations)"), more)


FORMAT = Format(
    title=N_("Spreadsheet (CSV, XLSX)"),
    suffix=".csv",
    mimetype="text/csv",
    loses=N_(
        "Keeps the first evidence of each annotation only. Why clean text may stand, grey zones, "
        "pairs, relations and own cuts of sentences and words are left out. Cells that look like "
        "formulas begin with an apostrophe, which is taken away again here."
    ),
    recognises=recognises,
    read=read,
    write=write,
)


def _table(name: str, rows: Iterator[Row]) -> tuple[Table, list[str]]:
    where, header = next(rows, (f"{name}, line 1", []))
    columns = [ALSO.get(cell, cell) for cell in (c.strip().casefold() for c in header)]
    if "text" not in columns:
        raise ContentError(f"{where}: there is no column called text")
    if len(set(columns) - {""}) < len([column for column in columns if column]):
        raise ContentError(f"{where}: a column is there twice")
    table = Table()
    for place, cells in rows:
        if len(cells) > len(columns):
            raise ContentError(f"{place}: there are more cells than columns")
        table.add(place, dict(zip(columns, cells, strict=False)))
    unknown = ", ".join(sorted(set(columns) - set(COLUMNS) - {""}))
    return table, [Sentence(N_("left out: columns (%(names)s)"), names=unknown)] if unknown else []


def _placed(table: Table) -> tuple[Normal, list[Placed], dict[str, int]]:
    """Return all texts as one, where its passages stand, and where they begin in the raw text."""
    begins, length = {}, 0
    for passage, words in table.texts.items():
        begins[passage] = length
        length += len(words) + len(GAP)
    text = normal(GAP.join(table.texts.values()))
    places = [
        (passage, text.place(begins[passage], begins[passage] + len(words)))
        for passage, words in table.texts.items()
    ]
    return text, places, begins


def _place(where: str, cells: Cells, anchors: Anchors) -> tuple[int, int]:
    quote = cells.get("quote", "")
    if not cells.get("start", "").strip():
        return anchors.find(where, quote)
    start = _number(where, cells, "start")
    if not cells.get("end", "").strip():
        return anchors.place(where, start, start + len(quote), quote)
    stop = _number(where, cells, "end")
    if quote:
        return anchors.place(where, start, stop, quote)
    if not 0 <= start < stop <= len(anchors.text):
        raise ContentError(f"{where}: {start}-{stop} is not a stretch of its passage")
    return start, stop


def _find(where: str, cells: Cells, start: int, stop: int) -> Find:
    known = {name: cells[name] for name in COLUMNS if cells.get(name, "").strip()}
    fields: dict[str, Any] = {name: known[name] for name in WORDS if name in known}
    fields |= {name: _number(where, known, name) for name in NUMBERS if name in known}
    if "verified" in known:
        if known["verified"].strip().casefold() not in YES:
            raise ContentError(f"{where}: verified is {known['verified']!r}; say yes or no")
        fields["verified"] = YES[known["verified"].strip().casefold()]
    if "agreement" in known:
        fields["agreement"] = _share(where, known["agreement"])
    if any(name in known for name in EVIDENCE):
        title, publisher, year, url = (known.get(name, "") for name in EVIDENCE)
        fields["evidence"] = (Evidence(title, publisher, year, url=url),)
    layer, category = known.get("layer", "").strip(), known.get("category", "").strip()
    return Find(where, start, stop, category, layer, known.get("id", ""), fields)


def _number(where: str, cells: Cells, name: str) -> int:
    value = cells[name].strip()
    if not value.isdecimal() or len(value) > 9:
        raise ContentError(f"{where}: {name} is {value!r:.40}, not a whole number")
    return int(value)


def _share(where: str, value: str) -> float:
    try:
        share = float(value.strip().replace(",", "."))
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise ContentError(f"{where}: agreement is {value!r:.40}, not a share above 0 and up to 1")
    return share


def _rows(passage: Passage) -> Iterator[dict[str, Any]]:
    """Yield the rows of a passage; its text stands in the first only."""
    found: Sequence[Annotation | None] = passage.annotations or (None,)
    for number, annotation in enumerate(found):
        row: dict[str, Any] = {"passage": passage.id, "text": "" if number else passage.text}
        if annotation is not None:
            row |= {
                name: getattr(annotation, name) for name in COLUMNS if hasattr(annotation, name)
            }
            row |= {"quote": passage.quote(annotation.span), "start": annotation.span.start}
            row |= {"end": annotation.span.stop, "verified": _yes(annotation.verified)}
            row |= _evidence(annotation.evidence)
        yield row


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _evidence(evidence: Sequence[Evidence]) -> dict[str, str]:
    if not evidence:
        return {}
    first = evidence[0]
    return dict(zip(EVIDENCE, (first.title, first.publisher, first.year, first.url), strict=True))
