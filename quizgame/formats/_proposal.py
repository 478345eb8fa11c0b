"""What a plain source (a page, a text, a document) could become: proposed, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from quizgame.domain.passages import Source

MOST_BLOCKS = 400
"""Blocks that are decided on one by one; neighbours of one fate go together beyond that."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a source, and whether it seems to belong to the article."""

    text: str
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about a source beside its bytes. `charset` is what a server said of it."""

    language: str = ""
    url: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article to be: what is known about it, and its blocks in their order, left out or not.

    `removed` counts what can never be text. What is annotated already comes as `document`, an
    article document, instead of blocks. `notes` say what else somebody should know.
    """

    source: Source
    blocks: tuple[Block, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class PlainFormat:
    """A format of plain sources. `read` gets a file's name and bytes; it raises ContentError."""

    title: str
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes, Hints], Proposal]


def few(blocks: Iterable[Block], most: int = MOST_BLOCKS) -> tuple[Block, ...]:
    """Put neighbours of one fate together, with a blank line between, where there are too many."""
    given = [block for block in blocks if block.text.strip()]
    size = 1
    while len(found := _bundled(given, size)) > most and size < len(given):
        size *= 2
    return tuple(found)


def _bundled(blocks: list[Block], size: int) -> list[Block]:
    found: list[Block] = []
    inside = 0
    for block in blocks:
        if found and inside < size and found[-1].is_kept == block.is_kept:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n\n{block.text}")
            inside += 1
        else:
            found.append(block)
            inside = 1
    return found
