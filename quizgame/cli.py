"""The `quizgame` command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from quizgame import cli_formats, database
from quizgame.app import create_app
from quizgame.config import ConfigError, Settings, read_settings
from quizgame.domain.errors import QuizgameError
from quizgame.formats import article_document, quiz_document
from quizgame.models.base import db
from quizgame.paths import is_checkout, resource
from quizgame.services import invitations, regrading, resets, seeds, users
from quizgame.version import VERSION


@click.group()
@click.version_option(VERSION, prog_name="quizgame")
def commands() -> None:
    """Tell true from false, and slanted from fair, in a real article."""


for command in (cli_formats.import_files, cli_formats.export_files, cli_formats.import_fact_base):
    commands.add_command(command)


def main() -> None:
    """Run the command; what the user can mend is told in one line."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _leave(error.format_message())
    except (ConfigError, QuizgameError, OSError) as error:
        _leave(str(error))


@commands.command()
def serve() -> None:
    """Bring the database up to date, plant the seeds, and serve."""
    settings = read_settings()
    _prepare(settings)
    from quizgame import server  # noqa: PLC0415 - gevent, only where it serves

    before, after = server.raise_open_files()
    if after > before:
        click.echo(f"open files: raised from {before} to {after}")
    _refuse_taken_port(settings)
    click.echo(f"quizgame {VERSION} is at {settings.address} (Ctrl-C stops it)")
    _tell_first_link(settings)
    sys.stdout.flush()
    server.Server(settings, lambda: create_app(settings)).run()


@commands.command("user-link")
@click.option("--first", is_flag=True, help="A link to create one more administrator.")
@click.option("--reset", metavar="NAME", help="A link for NAME to set a new password.")
@click.option("--no-second-step", is_flag=True, help="With --reset: their phone is lost as well.")
def user_link(first: bool, reset: str | None, no_second_step: bool) -> None:
    """Make a link that works once, within an hour, for somebody who is locked out."""
    if first == bool(reset) or (no_second_step and not reset):
        raise click.UsageError("say either --first or --reset NAME")
    settings = read_settings()
    app, now = create_app(settings), datetime.now(settings.timezone)
    with app.app_context():
        database.check(db.engine)
        if not reset:
            token = invitations.make_rescue_link(now=now)
            click.echo(f"{settings.links_begin}/users/first/{token}")
            return
        user_id = users.find_by_name(reset).public_id
        if no_second_step:
            users.take_second_step_away(user_id)
        token = resets.issue(user_id, None, now=now)
        click.echo(f"{settings.links_begin}/users/reset/{token}")


@commands.command()
@click.argument("revision", default="head")
def migrate(revision: str) -> None:
    """Bring the database up to date, or to a REVISION."""
    app = create_app()
    with app.app_context():
        database.upgrade(db.engine, revision)


@commands.command("make-migration")
@click.argument("message")
def make_migration(message: str) -> None:
    """Draft a migration from what the models say and the database does not (for developers).

    MESSAGE says what it does, such as "Add classrooms". Read what was drafted before you keep it.
    """
    if not is_checkout():
        raise ConfigError("migrations are drafted in a checkout, not in an installed package")
    app = create_app()
    with app.app_context():
        database.check(db.engine)
        click.echo(database.draft(db.engine, message, today=datetime.now(UTC).date()))


@commands.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
def seed(folder: Path | None) -> None:
    """Load articles and sets from seeds/, or from another FOLDER laid out like it."""
    settings = read_settings()
    app = create_app(settings)
    with app.app_context():
        database.check(db.engine)
        _plant(folder or resource("seeds"), settings)


@commands.command("check-content")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check_content(paths: tuple[Path, ...]) -> None:
    """Lint articles and sets: seeds/, or the files and folders given.

    Prints one line for each breach and exits with 1 if there is any.
    """
    breaches = 0
    articles, drafts = _read(paths or (resource("seeds"),))
    for breach in seeds.check(articles, drafts):
        click.echo(breach)
        breaches += 1
    if breaches:
        click.echo(f"{breaches} to mend", err=True)
        sys.exit(1)
    for line in seeds.habits(articles, drafts):
        click.echo(f"note: {line}", err=True)
    click.echo(f"{len(articles)} articles and {len(drafts)} sets: nothing to mend", err=True)


@commands.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def rescore(dry_run: bool) -> None:
    """Compute every ledger again from response, item and prices, and show differences."""
    app = create_app()
    with app.app_context():
        database.check(db.engine)
        differences = regrading.differences() if dry_run else regrading.apply()
        for difference in differences:
            click.echo(str(difference))
        click.echo(f"{len(differences)} differences", err=True)


def _leave(words: str) -> NoReturn:
    click.echo(f"quizgame: {' '.join(words.split())}", err=True)
    sys.exit(2)


def _prepare(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        database.upgrade(db.engine)
        _plant(resource("seeds"), settings)
        db.session.remove()
        db.engine.dispose()


def _tell_first_link(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        token = invitations.make_first_link(now=datetime.now(settings.timezone))
        db.session.remove()
        db.engine.dispose()
    if token:
        click.echo("nobody can prepare lessons yet; this link, once, makes the first teacher:")
        click.echo(f"  {settings.links_begin}/users/first/{token}")


def _plant(folder: Path, settings: Settings) -> None:
    new = seeds.plant(folder, now=datetime.now(settings.timezone))
    if new:
        click.echo(f"published: {', '.join(new)}")


def _read(paths: tuple[Path, ...]) -> tuple[list[Any], list[Any]]:
    articles, drafts = [], []
    readers: dict[str, Callable[[bytes], Any]] = {
        article_document.NAME: article_document.read,
        quiz_document.NAME: quiz_document.read,
    }
    for path in paths:
        if path.is_dir():
            more_articles, more_drafts = seeds.read_folder(path)
            articles += more_articles
            drafts += more_drafts
            continue
        data = path.read_bytes()
        kind = next((name for name in readers if f'"{name}"'.encode() in data[:400]), "")
        if not kind:
            raise click.ClickException(f"{path}: this is neither an article nor a set document")
        (articles if kind == article_document.NAME else drafts).append(readers[kind](data))
    return articles, drafts


def _refuse_taken_port(settings: Settings) -> None:
    import socket  # noqa: PLC0415

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ConfigError(
                f"QUIZGAME_HOST and QUIZGAME_PORT: {settings.host}:{settings.port} cannot be used "
                f"({error.strerror}); choose another port"
            ) from None
