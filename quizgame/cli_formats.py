"""The commands that bring articles in from other programs, and take things out to them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from quizgame import database
from quizgame.app import create_app
from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.domain.passages import Source
from quizgame.formats import FORMATS, About, Exported, article_document, bundled, fact_base
from quizgame.models.base import db
from quizgame.services import exchanges, quizzes
from quizgame.services.taxonomy import get_taxonomy

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)
READ = click.Choice([id_ for id_, format_ in FORMATS.items() if format_.read])
WRITTEN = click.Choice([id_ for id_, f in FORMATS.items() if f.write or f.export])


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.argument("target", type=TARGET)
@click.option("--format", "format_id", type=READ, default=None, help="If it cannot be told.")
@click.option("--id", "id_", default="", help="The article's id; else the first file's name.")
@click.option("--title", default="", help="The article's title; else its id.")
@click.option("--outlet", default="")
@click.option("--date", default="")
@click.option("--language", default="en", show_default=True)
@click.option("--licence", default="")
@click.option("--url", default="")
def import_files(
    files: tuple[Path, ...], target: Path, format_id: str | None, id_: str, **source: str
) -> None:
    """Make an article document, TARGET, of annotated FILES (a text and its labels, or one file)."""
    _refuse_existing(target)
    id_ = id_ or re.sub(r"[^\w]+", "-", files[0].stem.lower()).strip("-")
    source["title"] = source["title"] or id_
    about = About(id_, Source(**source), get_taxonomy(), _watched)
    data = {path.name: path.read_bytes() for path in files}
    if len(data) < len(files):
        raise ContentError("two of the files have the same name")
    imported = exchanges.import_article(data, about, format_id or "")
    target.write_bytes(article_document.write(imported.article))
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)
    passages = imported.article.passages
    found = sum(len(passage.annotations) for passage in passages)
    click.echo(f"{target}: {len(passages)} passages, {found} annotations")


@click.command("export")
@click.argument("what")
@click.argument("target", type=TARGET)
@click.option("--format", "format_id", type=WRITTEN, required=True)
@click.option("--version", type=int, default=None, help="Of an article; else the newest.")
def export_files(what: str, target: Path, format_id: str, version: int | None) -> None:
    """Write WHAT in another format as TARGET.

    WHAT is the file of an article document, or the id of an article (a teacher's as well: it
    stands in its address) or of a published set. Several files become one zip archive.
    """
    _refuse_existing(target)
    exported = _exported(what, format_id, version)
    target.write_bytes(bundled(exported.files))
    for note in (FORMATS[format_id].loses, *exported.notes):
        if note:
            click.echo(f"note: {note}", err=True)
    click.echo(f"{target}: {', '.join(exported.files)}")


@click.command("import-fact-base")
@click.argument("text", type=FILE)
@click.argument("annotations", type=FILE)
@click.argument("target", type=TARGET)
@click.option("--id", "id_", required=True, help="The article's id, such as late-buses.")
@click.option("--title", required=True)
@click.option("--outlet", default="")
@click.option("--date", default="")
@click.option("--language", default="en", show_default=True)
def import_fact_base(text: Path, annotations: Path, target: Path, id_: str, **source: str) -> None:
    """Make an article document, TARGET, of a TEXT and an expert's ANNOTATIONS."""
    article = fact_base.read(text.read_bytes(), annotations.read_bytes(), id_, Source(**source))
    target.write_bytes(article_document.write(article))
    click.echo(f"{target}: {len(article.passages)} passages")


def _exported(what: str, format_id: str, version: int | None) -> Exported:
    if Path(what).is_file():
        article = article_document.read(Path(what).read_bytes())
        return exchanges.export_article(article, format_id)
    with create_app().app_context():
        database.check(db.engine)
        if FORMATS[format_id].export:
            return exchanges.export_quiz(quizzes.get_quiz(what), format_id)
        try:
            article = exchanges.stored_article(what, version)
        except NotFoundError:
            raise NotFoundError(f"{what} is neither a file nor an article here") from None
        return exchanges.export_stored(article, format_id)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise click.ClickException(f"{target} is there already; nothing was changed")


def _watched(things: Sequence[Any]) -> Iterator[Any]:
    """Show on a terminal how far the reading is."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(things, label="Reading", file=sys.stderr, hidden=hidden) as bar:
        yield from bar
