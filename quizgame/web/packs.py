"""Taking sets elsewhere, on paper or as files, and opening set files."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import ContentError
from quizgame.formats import FORMATS, Exported, SetCopy, bundled
from quizgame.rounds import KINDS
from quizgame.services import drafts, exchanges, packs
from quizgame.services.drafts import LEVELS
from quizgame.web.access import now, require_user, visitor
from quizgame.web.requests import read_form, takes_up_to

blueprint = Blueprint("packs", __name__)
MOST_CARRIED = 4 * packs.MOST_BYTES // 3 + 10_000


@blueprint.get("/drafts/<draft_id>/exports")
@require_user
def exports(draft_id: str) -> ResponseReturnValue:
    """List the formats of files, and what each loses."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    found = packs.formats()
    return render_template(
        "packs/exports.html", draft=desk.draft, formats=found, findings=desk.findings
    )


@blueprint.get("/drafts/<draft_id>/exports/<format_id>")
@require_user
def export(draft_id: str, format_id: str) -> ResponseReturnValue:
    """Give a draft out as a file."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    return download(packs.copy_of_draft(desk), format_id)


@blueprint.get("/drafts/<draft_id>/print")
@require_user
def print_draft(draft_id: str) -> ResponseReturnValue:
    """Show a draft on paper: worksheet, answer sheet, key."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    copy = packs.copy_of_draft(desk)
    return render_template(
        "packs/print.html",
        copy=copy,
        sheets=packs.sheets_of(copy),
        back=url_for("drafts.show", draft_id=draft_id),
    )


@blueprint.get("/packs")
@require_user
def index() -> ResponseReturnValue:
    """Ask for a set file."""
    return render_template("packs/index.html", error=None)


@blueprint.post("/packs")
@require_user
@takes_up_to(packs.MOST_BYTES + 10_000)
def preview() -> ResponseReturnValue:
    """Show what is in a set file, before anything is kept."""
    if set(request.form) - {"csrf_token"} or set(request.files) != {"file"}:
        raise BadRequest
    data = request.files["file"].read(packs.MOST_BYTES + 1)
    try:
        opened = packs.open_file(visitor().user_id, data)
    except ContentError as error:
        return render_template("packs/index.html", error=_(str(error))), 422
    return render_template(
        "packs/preview.html",
        pack=opened.pack,
        findings=opened.findings,
        carried=packs.carried(opened.pack),
        kinds=KINDS,
        levels=LEVELS,
    )


@blueprint.post("/packs/keep")
@require_user
@takes_up_to(MOST_CARRIED)
def keep() -> ResponseReturnValue:
    """Keep a set file as a set of one's own."""
    data = packs.uncarried(read_form("pack")["pack"])
    draft_id = packs.keep_file(visitor().user_id, data, now=now())
    flash(_("The set is yours now: look it over, then publish it."))
    return redirect(url_for("drafts.show", draft_id=draft_id), 303)


def download(copy: SetCopy, format_id: str) -> Response:
    """Return a set as a file to keep."""
    exported: Exported = exchanges.export_copy(copy, format_id, _)
    names = list(exported.files)
    kind = FORMATS[format_id].mimetype if len(names) == 1 else "application/zip"
    name = names[0] if len(names) == 1 else f"quizgame-{copy.id[:40]}.zip"
    response = Response(bundled(exported.files), mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
