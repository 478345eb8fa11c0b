"""Reading samples of other programs' files, and changing them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quizgame.domain.passages import Article, Source
from quizgame.formats import FORMATS, About, Imported
from quizgame.services.taxonomy import get_taxonomy

SAMPLES = Path(__file__).parent / "formats" / "samples"
FILES = {
    "ptc": ("ptc/article731.txt", "ptc/article731.labels"),
    "brat": ("brat/bus.txt", "brat/bus.ann"),
    "doccano": ("doccano/bus.jsonl",),
    "label_studio": ("label_studio/bus.json",),
    "spreadsheet": ("spreadsheet/bus.csv",),
    "web_annotation": ("web_annotation/bus.txt", "web_annotation/bus.jsonld"),
    "article_document": ("article.json",),
    "fact_base": ("late-buses.txt", "late-buses.json"),
}
"""The sample of each format that can be read."""


def sample(format_id: str, *names: str) -> dict[str, bytes]:
    """A format's sample: its usual files, or others."""
    paths = [SAMPLES / name for name in names or FILES[format_id]]
    return {path.name: path.read_bytes() for path in paths}


def about(id_: str = "bus", **more: Any) -> About:
    """What an importer is told beside the files."""
    return About(id_, Source("The bus", "Town Echo", "2026-11-01", "en"), get_taxonomy(), **more)


def read(format_id: str, files: Mapping[str, bytes], id_: str = "bus") -> Imported:
    """Read files in a format."""
    reader = FORMATS[format_id].read
    assert reader is not None
    return reader(files, about(id_))


def write(format_id: str, article: Article) -> dict[str, bytes]:
    """Write an article in a format."""
    writer = FORMATS[format_id].write
    assert writer is not None
    return dict(writer(article, get_taxonomy()).files)


def found(article: Article) -> list[tuple[str, str, str]]:
    """What was found: passage, words, category."""
    return [
        (passage.id, passage.quote(annotation.span), annotation.category)
        for passage in article.passages
        for annotation in passage.annotations
    ]


def swapped(files: Mapping[str, bytes], suffix: str, old: str, new: str) -> dict[str, bytes]:
    """Files in which some words of one are other words."""
    (name,) = (name for name in files if name.endswith(suffix))
    assert old.encode() in files[name]
    return {**files, name: files[name].replace(old.encode(), new.encode(), 1)}
