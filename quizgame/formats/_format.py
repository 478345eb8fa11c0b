"""What a file format provides: how it reads and writes articles, or takes a published set out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizgame.domain.errors import Sentence
from quizgame.domain.items import Item
from quizgame.domain.passages import Article, Source
from quizgame.domain.taxonomy import Category, Taxonomy

Files = Mapping[str, bytes]
"""Files by their names: some formats keep the text and what was found in it apart."""


@dataclass(frozen=True, slots=True)
class About:
    """What an importer is told beside the files.

    `watch` is given whatever takes long, item by item, so that somebody can show how far it is.
    """

    id: str
    source: Source
    taxonomy: Taxonomy
    watch: Callable[[Sequence[Any]], Iterable[Any]] = iter


@dataclass(frozen=True, slots=True)
class Imported:
    """An article, and what somebody should know about how it was read: one sentence a note."""

    article: Article
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """Files, and what was left out of them: one sentence a note."""

    files: Files
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A round as an exporter sees it.

    `layer` is what a marking round asks about, `right` the option that a choice round wants;
    a round of another kind has neither.
    """

    number: int
    title: str
    task: str
    item: Item
    layer: str = ""
    right: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SetCopy:
    """A set with its keys, for its teacher to take elsewhere.

    `categories` are those of teachers that its key or its options name, `labels` the names of all.
    `say` puts an exporter's own sentences into the language of who reads them.
    """

    id: str
    title: str
    language: str
    rounds: tuple[Asked, ...]
    say: Callable[[str], str] = str
    summary: str = ""
    minutes: int = 0
    topic: str = ""
    level: str = ""
    licence: str = ""
    credit: str = ""
    categories: tuple[Category, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def left_out(what: str, count: int) -> tuple[Sentence, ...]:
    """Tell how many of something were left out, if any were; `what` is marked with N_."""
    return (Sentence(what, count=count),) if count else ()


def nothing(files: Files) -> bool:
    """Recognise no file: for formats that only go out."""
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is called, and which ways it goes.

    `loses` says what of an article or a set does not survive in it. `recognises` looks at names
    and beginnings only, and never raises. `read` raises ContentError, which names file and line.
    """

    title: str
    suffix: str
    mimetype: str
    loses: str
    recognises: Callable[[Files], bool] = nothing
    read: Callable[[Files, About], Imported] | None = None
    write: Callable[[Article, Taxonomy], Exported] | None = None
    export: Callable[[SetCopy], Exported] | None = None


def file_name(id_: str, suffix: str) -> str:
    """Make a file's name of an id: never a path, whatever the id says."""
    return (re.sub(r"[^\w.-]+", "-", id_).strip(".-")[:80] or "quizgame") + suffix


def named(files: Files, *suffixes: str) -> list[str]:
    """Return the names that end so, whatever the case."""
    return [name for name in files if name.lower().endswith(suffixes)]


def is_pair(files: Files, *suffixes: str) -> bool:
    """Tell whether these are one text and one file that ends so."""
    texts = len(named(files, ".txt"))
    return len(files) == 2 and texts == 1 and len(named(files, *suffixes)) == 1
