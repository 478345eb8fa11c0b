"""brat standoff: a text (.txt) and its annotations (.ann), one a line.

T1<tab>Type 0 5;8 12<tab>words is a stretch of the text, in pieces if need be; #1<tab>AnnotatorNotes
T1<tab>words is a note on it, kept as its why. Relations, events and attributes have no place here:
they are counted. Offsets are code points, and are checked against the words.

Source: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizgame.domain.errors import N_, ContentError
from quizgame.formats._anchors import same_words
from quizgame.formats._finds import Find, compose
from quizgame.formats._format import About, Files, Format, Imported, is_pair, left_out, named
from quizgame.formats._texts import decoded, lines, normal

ANNOTATIONS = (".ann", ".a1", ".a2")
OTHERS = {
    "R": N_("left out: relations (%(count)d)"),
    "E": N_("left out: events (%(count)d)"),
    "A": N_("left out: attributes (%(count)d)"),
    "M": N_("left out: attributes (%(count)d)"),
    "N": N_("left out: references (%(count)d)"),
    "*": N_("left out: relations (%(count)d)"),
}
ROOM = 1_000
"""Characters by which white space may make a place longer than its words."""
PIECES = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")


@dataclass(frozen=True, slots=True)
class Bound:
    """A stretch of the text, in one piece or several."""

    where: str
    id: str
    type: str
    pieces: tuple[tuple[int, int], ...]
    words: str


def recognises(files: Files) -> bool:
    """Tell whether this is a text with a file of annotations."""
    return is_pair(files, *ANNOTATIONS)


def read(files: Files, about: About) -> Imported:
    """Read text and annotations; a line that does not fit the text is refused."""
    texts, tables = named(files, ".txt"), named(files, *ANNOTATIONS)
    if len(texts) != 1 or len(tables) != 1:
        raise ContentError("give one text (.txt) and its annotations (.ann)")
    text = normal(decoded(texts[0], files[texts[0]]))
    bounds: list[Bound] = []
    whys: dict[str, list[str]] = {}
    others: Counter[str] = Counter()
    for where, line in lines(tables[0], files[tables[0]]):
        if line.startswith("T"):
            bounds.append(_bound(where, line, text.raw))
        elif line.startswith("#"):
            about_id, note = _note(where, line)
            whys.setdefault(about_id, []).append(note)
        elif line[0] in OTHERS:
            others[OTHERS[line[0]]] += 1
        else:
            raise ContentError(f"{where}: no line of brat begins with {line[0]!r}")
    finds = [find for bound in bounds for find in _finds(bound, whys)]
    notes = [note for what, count in others.items() for note in left_out(what, count)]
    stray = len(whys.keys() - {bound.id for bound in bounds})
    notes += left_out(N_("left out: notes on other things (%(count)d)"), stray)
    return compose(about, text, finds, notes=notes)


FORMAT = Format(
    title=N_("brat standoff"),
    suffix=".ann",
    mimetype="text/plain",
    loses=N_("Relations, events, attributes and references to databases are left out."),
    recognises=recognises,
    read=read,
)


def _bound(where: str, line: str, raw: str) -> Bound:
    cells = line.split("\t", 2)
    placed = PIECES.fullmatch(cells[1].strip()) if len(cells) > 1 else None
    if placed is None:
        raise ContentError(f"{where}: after the id come a tab, a type, and where it stands")
    pieces = tuple(_piece(pair) for pair in placed[2].split(";"))
    words = cells[2] if len(cells) > 2 else ""
    if sum(stop - start for start, stop in pieces) > len(words) + ROOM:
        raise ContentError(f"{where}: the words are shorter than where they stand")
    stands = " ".join(raw[start:stop] for start, stop in pieces)
    if not same_words(stands, words):
        raise ContentError(f"{where}: at {pieces[0][0]} stands {stands[:80]!r}, not {words[:80]!r}")
    return Bound(where, cells[0], placed[1], pieces, words)


def _piece(pair: str) -> tuple[int, int]:
    start, _, stop = pair.partition(" ")
    return int(start[:12]), int(stop[:12])


def _note(where: str, line: str) -> tuple[str, str]:
    cells = line.split("\t", 2)
    target = cells[1].split() if len(cells) == 3 else []
    if len(target) != 2:
        raise ContentError(f"{where}: a note is #, its type, what it is about, and its words")
    return target[1], cells[2].strip()


def _finds(bound: Bound, whys: dict[str, list[str]]) -> Iterator[Find]:
    """Yield one find for each piece; the pieces of one annotation are related."""
    ids = [bound.id, *(f"{bound.id}.{n}" for n in range(2, len(bound.pieces) + 1))]
    first = Find(bound.where, 0, 0, bound.type, fields={"why": " ".join(whys.get(bound.id, ()))})
    for id_, (start, stop) in zip(ids, bound.pieces, strict=True):
        others = ids if len(ids) < 10 else ids[:1]
        related = tuple(other for other in others if other != id_)
        yield replace(
            first, id=id_, start=start, stop=stop, fields={**first.fields, "related": related}
        )
