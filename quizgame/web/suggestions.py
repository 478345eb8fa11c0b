"""Suggestions for an annotation set: what rules point to, to accept or to reject."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from quizgame.domain.hints import RULES
from quizgame.services import suggestions
from quizgame.services.annotations import BLIND
from quizgame.services.suggestions import ACCEPTED, REJECTED, Offers
from quizgame.web.access import now, require_user, visitor
from quizgame.web.requests import read_form

blueprint = Blueprint("suggestions", __name__, url_prefix="/annotations/<set_id>/suggestions")

MOST_SHOWN = 60
BY_ID = {rule.id: rule for rule in RULES}


@blueprint.get("")
@require_user
def show(set_id: str) -> ResponseReturnValue:
    """Show what is suggested, by passage."""
    found = suggestions.offers(visitor().user_id, set_id)
    chosen = _chosen(found)
    shown = found.of(chosen)[:MOST_SHOWN]
    return render_template(
        "suggestions/show.html",
        found=found,
        is_blind=found.set_.purpose == BLIND,
        rules=BY_ID,
        chosen=chosen,
        all=len(found.of(chosen)),
        passages=[
            (number, [offer for offer in shown if offer.number == number])
            for number in sorted({offer.number for offer in shown})
        ],
    )


@blueprint.post("/rulings")
@require_user
def rule(set_id: str) -> ResponseReturnValue:
    """Accept or reject one."""
    sent = read_form("key", "ruling", "rule")
    if sent["ruling"] == ACCEPTED:
        suggestions.accept(visitor().user_id, set_id, sent["key"], now=now())
        flash(_("Taken into the set. It still needs your explanation."))
    elif sent["ruling"] == REJECTED:
        suggestions.reject(visitor().user_id, set_id, sent["key"], now=now())
        flash(_("Rejected. It will not be suggested again."))
    else:
        raise BadRequest
    return redirect(_back(set_id, sent["rule"]), 303)


@blueprint.get("/all")
@require_user
def confirm(set_id: str) -> ResponseReturnValue:
    """Ask before all of one rule are accepted or rejected."""
    found = suggestions.offers(visitor().user_id, set_id)
    rule_id, ruling = request.args.get("rule", ""), request.args.get("ruling", "")
    if rule_id not in BY_ID or ruling not in {ACCEPTED, REJECTED}:
        return redirect(url_for(".show", set_id=set_id), 303)
    return render_template(
        "suggestions/confirm.html",
        found=found,
        rule=BY_ID[rule_id],
        ruling=ruling,
        offers=found.of(rule_id),
    )


@blueprint.post("/all")
@require_user
def rule_on_all(set_id: str) -> ResponseReturnValue:
    """Accept or reject all of one rule."""
    sent = read_form("rule", "ruling")
    count = suggestions.rule_on_all(
        visitor().user_id, set_id, sent["rule"], sent["ruling"], now=now()
    )
    if sent["ruling"] == ACCEPTED:
        flash(ngettext("Taken into the set: one.", "Taken into the set: %(num)d.", count))
    else:
        flash(ngettext("Rejected: one.", "Rejected: %(num)d.", count))
    return redirect(url_for(".show", set_id=set_id), 303)


def _chosen(found: Offers) -> str:
    chosen = request.args.get("rule", "")
    return chosen if chosen in found.counts() else ""


def _back(set_id: str, rule_id: str) -> str:
    if rule_id in BY_ID:
        return url_for(".show", set_id=set_id, rule=rule_id, _anchor="offers")
    return url_for(".show", set_id=set_id, _anchor="offers")
