"""The Propaganda Techniques Corpus, as SemEval-2020 Task 11 lays it out.

An article's text (article123.txt: title, blank line, one sentence a line) and a table of spans:
id, technique, begin, end with tabs between (TC), or id, begin, end without the technique (SI).
Offsets are code points. Paragraphs become passages and lines their segments.

Source: Da San Martino et al., SemEval-2020 Task 11 (2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Annotation, Article, Passage, Span, cut
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats._finds import Find, compose
from quizgame.formats._format import (
    About,
    Exported,
    Files,
    Format,
    Imported,
    file_name,
    is_pair,
    left_out,
    named,
)
from quizgame.formats._names import UNNAMED, key
from quizgame.formats._texts import decoded, joined, lines, normal

LABELS = (".labels", ".tsv")
INVENTORY = "SE2020"
TECHNIQUES = {
    key(name): name
    for name in (
        "Appeal_to_Authority",
        "Appeal_to_fear-prejudice",
        "Bandwagon,Reductio_ad_hitlerum",
        "Black-and-White_Fallacy",
        "Causal_Oversimplification",
        "Doubt",
        "Exaggeration,Minimisation",
        "Flag-Waving",
        "Loaded_Language",
        "Name_Calling,Labeling",
        "Repetition",
        "Slogans",
        "Thought-terminating_Cliches",
        "Whataboutism,Straw_Men,Red_Herring",
    )
}
UNTOLD = "?"
"""What stands for the technique in the corpus's own test files."""


def recognises(files: Files) -> bool:
    """Tell whether this is a text with a table of spans."""
    return is_pair(files, *LABELS)


def read(files: Files, about: About) -> Imported:
    """Read an article of the corpus; rows about other articles are left out, and counted."""
    texts, tables = named(files, ".txt"), named(files, *LABELS)
    if len(texts) != 1 or len(tables) != 1:
        raise ContentError("give one text (.txt) and its table of spans (.labels or .tsv)")
    raw = decoded(texts[0], files[texts[0]])
    rows = [_row(where, line) for where, line in lines(tables[0], files[tables[0]])]
    mine, others = _of_article(texts[0], rows)
    notes = left_out(N_("left out: rows about other articles (%(count)d)"), others)
    return compose(about, normal(raw), mine, notes=notes, cutter=_cut_at_lines)


def write(article: Article, taxonomy: Taxonomy) -> Exported:
    """Write text and table; categories for which the corpus has no name are left out."""
    text, starts = joined(article)
    number = re.sub(r"\D", "", article.id) or "1"
    rows, lost = [], 0
    for begin, passage in zip(starts, article.passages, strict=True):
        for annotation in passage.annotations:
            technique = _technique(annotation, taxonomy)
            if technique is None:
                lost += 1
                continue
            place = (str(begin + annotation.span.start), str(begin + annotation.span.stop))
            rows.append("\t".join([number, *technique, *place]) + "\n")
    lack = N_("left out: annotations without a name in this corpus (%(count)d)")
    notes = left_out(lack, lost)
    files = {
        file_name(f"article{number}", ".txt"): f"{text}\n".encode(),
        file_name(f"article{number}", ".labels"): "".join(rows).encode(),
    }
    return Exported(files, notes)


FORMAT = Format(
    title=N_("Propaganda Techniques Corpus (SemEval-2020 Task 11)"),
    suffix=".labels",
    mimetype="text/tab-separated-values",
    loses=N_(
        "Keeps spans and technique names only: no explanation, correction, evidence or verdict, "
        "and nothing that is not one of the corpus's 14 techniques."
    ),
    recognises=recognises,
    read=read,
    write=write,
)


def _row(where: str, line: str) -> tuple[str, Find]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) not in (3, 4):
        raise ContentError(f"{where}: there are {len(cells)} columns with tabs between, not 3 or 4")
    technique = "" if len(cells) == 3 or cells[1] == UNTOLD else cells[1]
    try:
        start, stop = int(cells[-2]), int(cells[-1])
    except ValueError:
        raise ContentError(f"{where}: {cells[-2]!r} and {cells[-1]!r} are not offsets") from None
    return cells[0], Find(where, start, stop, technique)


def _of_article(text: str, rows: list[tuple[str, Find]]) -> tuple[list[Find], int]:
    """Return the rows about this text, and how many are about others."""
    numbers = re.findall(r"\d+", text)
    mine = [find for id_, find in rows if id_ in numbers] if numbers else []
    if not mine and len({id_ for id_, _ in rows}) == 1:
        mine = [find for _, find in rows]
    if rows and not mine:
        raise ContentError(f"{rows[0][1].where}: no row is about {text}")
    return mine, len(rows) - len(mine)


def _cut_at_lines(id_: str, text: str) -> Passage:
    """Make a passage whose segments are its lines; a text of one line is cut at sentences."""
    passage = cut(id_, text)
    ends = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    ends[-1] = len(text)
    spans = tuple(Span(*pair) for pair in pairwise(ends) if pair[0] < pair[1])
    return replace(passage, segments=spans) if len(spans) > 1 else passage


def _technique(annotation: Annotation, taxonomy: Taxonomy) -> list[str] | None:
    """Return the column of the technique: none for unnamed spans; None if it cannot be said."""
    if annotation.category == UNNAMED:
        return []
    known = {category.id: category for category in taxonomy.categories}
    if annotation.category not in known:
        return [" ".join(annotation.category.split())]
    for name in _origins(annotation, taxonomy):
        if key(name) in TECHNIQUES:
            return [TECHNIQUES[key(name)]]
    return None


def _origins(annotation: Annotation, taxonomy: Taxonomy) -> Iterator[str]:
    for origin in taxonomy.category(annotation.category).origin:
        if origin.inventory == INVENTORY:
            yield origin.name
