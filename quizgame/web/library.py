"""The library of this server, for signed-in teachers: its pages hold the keys."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizgame.rounds import KINDS
from quizgame.services import exchanges, library, packs, quizzes
from quizgame.services.drafts import LEVELS
from quizgame.services.library import Wanted
from quizgame.web.access import now, require_user, visitor
from quizgame.web.packs import download
from quizgame.web.requests import read_form

blueprint = Blueprint("library", __name__, url_prefix="/library")
ASKED = ("text", "topic", "technique", "language", "level", "length")
LONGEST = 100


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """Search the library."""
    said = {name: request.args.get(name, "").replace("\0", "")[:LONGEST] for name in ASKED}
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    wanted = Wanted(**said, page=max(1, number))
    found = library.search(visitor().user_id, wanted)
    last = wanted.page * library.PAGE >= found.count
    return render_template(
        "library/index.html", wanted=wanted, said=said, found=found, last=last, levels=LEVELS
    )


@blueprint.get("/<public_id>")
@require_user
def show(public_id: str) -> ResponseReturnValue:
    """Show a set with its key."""
    return _page(public_id, None)


@blueprint.get("/<public_id>/versions/<int:version>")
@require_user
def show_version(public_id: str, version: int) -> ResponseReturnValue:
    """Show one version of a set with its key."""
    return _page(public_id, version)


@blueprint.post("/<public_id>/fork")
@require_user
def fork(public_id: str) -> ResponseReturnValue:
    """Make a copy of a set one's own."""
    read_form()
    draft_id = library.fork(visitor().user_id, public_id, now=now())
    flash(_("The copy is yours: change what you like. Its credit says where it is from."))
    return redirect(url_for("drafts.show", draft_id=draft_id), 303)


@blueprint.get("/<public_id>/versions/<int:version>/print")
@require_user
def print_version(public_id: str, version: int) -> ResponseReturnValue:
    """Show a version on paper: worksheet, answer sheet, key."""
    copy = exchanges.copy_of(library.get_set(visitor().user_id, public_id, version))
    return render_template(
        "packs/print.html",
        copy=copy,
        sheets=packs.sheets_of(copy),
        back=url_for(".show_version", public_id=public_id, version=version),
    )


@blueprint.get("/<public_id>/versions/<int:version>/exports/<format_id>")
@require_user
def export(public_id: str, version: int, format_id: str) -> ResponseReturnValue:
    """Give a version out as a file."""
    quiz = library.get_set(visitor().user_id, public_id, version)
    return download(exchanges.copy_of(quiz), format_id)


def _page(public_id: str, version: int | None) -> str:
    quiz = library.get_set(visitor().user_id, public_id, version)
    said = quizzes.tell(quiz)
    copy = exchanges.copy_of(quiz)
    return render_template(
        "library/show.html",
        quiz=quiz,
        said=said,
        is_mine=said.owner_id == visitor().user_id,
        sheets=packs.sheets_of(copy),
        kinds=KINDS,
        formats=packs.formats(),
        levels=LEVELS,
    )
