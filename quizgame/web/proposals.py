"""“Make me a set of so many minutes”: shown with its reasons before anything is replaced."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import StaleError
from quizgame.rounds import KINDS
from quizgame.services import drafts, proposals
from quizgame.services.drafts import Desk
from quizgame.web.access import now, require_user, visitor
from quizgame.web.drafts import conflict
from quizgame.web.forms.drafts import read_rev
from quizgame.web.requests import read_form

blueprint = Blueprint("proposals", __name__, url_prefix="/drafts/<draft_id>/proposal")
MOST_MINUTES = 120


@blueprint.get("")
@require_user
def show(draft_id: str) -> ResponseReturnValue:
    """Show which rounds would be made, and why."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    minutes = _minutes(request.args.get("minutes", str(proposals.SHORT)))
    return render_template(
        "proposals/show.html",
        draft=desk.draft,
        minutes=minutes,
        proposal=_proposal(desk, minutes),
        kinds=KINDS,
        passages={p.id: p for p in desk.material.article.passages},
        most=MOST_MINUTES,
    )


@blueprint.post("")
@require_user
def take(draft_id: str) -> ResponseReturnValue:
    """Make these rounds those of the set."""
    desk, sent = drafts.on_desk(visitor().user_id, draft_id), read_form("rev", "minutes")
    rev, minutes = read_rev(sent["rev"]), _minutes(sent["minutes"])
    rounds = _proposal(desk, minutes).rounds
    if not rounds:
        return redirect(url_for(".show", draft_id=draft_id, minutes=minutes), 303)
    try:
        drafts.save_rounds(visitor().user_id, draft_id, rev, rounds, now=now())
    except StaleError as error:
        return conflict(desk, error, [])
    flash(ngettext("One round was made.", "%(num)d rounds were made.", len(rounds)))
    return redirect(url_for("drafts.show", draft_id=draft_id, _anchor="rounds"), 303)


def _proposal(desk: Desk, minutes: int) -> proposals.Proposal:
    material = desk.material
    return proposals.propose(desk.draft.document, material.article, material.taxonomy, minutes)


def _minutes(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed[:6]) <= MOST_MINUTES):
        raise BadRequest
    return int(typed)
