"""Annotators of an article: who they are, how far they agree, and what becomes of the rest."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import InputError, StaleError
from quizgame.domain.taxonomy import Taxonomy
from quizgame.services import adjudication, agreements
from quizgame.services.adjudication import Comparison, Difference, Ruling
from quizgame.services.categories import taxonomy_of
from quizgame.web.access import limiter, now, require_user, visitor
from quizgame.web.forms.agreements import ROLES, ColleagueForm
from quizgame.web.requests import read_form

blueprint = Blueprint("agreements", __name__)

STATES = ("open", "decided", "agreed")
MOST_SHOWN = 30


@blueprint.app_template_filter()
def alpha(value: float) -> str:
    """Write a coefficient with two places, as papers do."""
    text: str = format_decimal(round(value, 2) + 0.0, format="0.00")
    return text.replace("-", "−")


@blueprint.get("/articles/<article_id>/agreement", defaults={"version": 0})
@blueprint.get("/articles/<article_id>/versions/<int:version>/agreement")
@require_user
def show(article_id: str, version: int) -> ResponseReturnValue:
    """Show the annotators of an article side by side."""
    compared = adjudication.comparison(visitor().user_id, article_id, version)
    return _page(compared, ColleagueForm())


@blueprint.post("/articles/<article_id>/agreement/colleagues")
@require_user
@limiter.limit("20 per minute; 100 per hour")
def invite(article_id: str) -> ResponseReturnValue:
    """Let a colleague in."""
    compared = adjudication.comparison(visitor().user_id, article_id)
    form = ColleagueForm.of_request()
    if form.is_sent():
        try:
            name = agreements.invite(
                visitor().user_id, article_id, form.said("name"), form.said("role"), now=now()
            )
            flash(_("%(name)s can now find the article under “Invited”.", name=name))
            return redirect(url_for(".show", article_id=article_id), 303)
        except InputError as error:
            form.refuse(error)
            compared = adjudication.comparison(visitor().user_id, article_id)
    return _page(compared, form), 422


@blueprint.post("/articles/<article_id>/agreement/colleagues/<user_id>/end")
@require_user
def revoke(article_id: str, user_id: str) -> ResponseReturnValue:
    """Let a colleague in no more."""
    read_form()
    agreements.revoke(visitor().user_id, article_id, user_id)
    flash(_("They are let in no more. What they annotated is kept."))
    return redirect(url_for(".show", article_id=article_id), 303)


@blueprint.post("/articles/<article_id>/versions/<int:version>/agreement/rulings")
@require_user
def rule(article_id: str, version: int) -> ResponseReturnValue:
    """Decide what becomes of one difference."""
    compared = adjudication.comparison(visitor().user_id, article_id, version)
    sent = read_form("key", "decision", "rev", "layer", "state", "page")
    if not sent["rev"].isascii() or not sent["rev"].isdecimal() or len(sent["rev"]) > 9:
        raise BadRequest
    ruling = Ruling(sent["key"], sent["decision"], int(sent["rev"]), _reason())
    try:
        adjudication.rule(visitor().user_id, compared, ruling, now=now())
    except StaleError as error:
        compared = adjudication.comparison(visitor().user_id, article_id, version)
        return _page(compared, ColleagueForm(), words=_(str(error))), 409
    flash(_("Decided. The step is in the history of the key."))
    there: dict[str, Any] = {name: sent[name] for name in ("layer", "state", "page") if sent[name]}
    back = url_for(".show", article_id=article_id, version=version, _anchor="differences", **there)
    return redirect(back, 303)


@blueprint.route(
    "/articles/<article_id>/versions/<int:version>/agreement/defaults", methods=["GET", "POST"]
)
@require_user
def defaults(article_id: str, version: int) -> ResponseReturnValue:
    """Show what the defaults would do; then do it."""
    compared, words = adjudication.comparison(visitor().user_id, article_id, version), ""
    if request.method == "POST":
        digest = read_form("digest")["digest"]
        try:
            count = adjudication.apply_defaults(
                visitor().user_id, compared, digest, _reason(), now=now()
            )
            flash(_("Decided as proposed: %(count)d.", count=count))
            return redirect(url_for(".show", article_id=article_id, version=version), 303)
        except StaleError as error:
            words = _(str(error))
            compared = adjudication.comparison(visitor().user_id, article_id, version)
    page = render_template(
        "agreements/defaults.html",
        compared=compared,
        taxonomy=_taxonomy(compared),
        readers=_readers(compared),
        words=words,
    )
    return page, 409 if words else 200


@blueprint.get("/articles/shared")
@require_user
def shared() -> ResponseReturnValue:
    """List the articles that somebody invited this user to."""
    entries = agreements.shared_with(visitor().user_id)
    return render_template("agreements/shared.html", entries=entries)


@blueprint.post("/articles/<article_id>/blind")
@require_user
def begin(article_id: str) -> ResponseReturnValue:
    """Begin, or go on, to annotate blind."""
    read_form()
    set_id = agreements.begin(visitor().user_id, article_id, now=now())
    return redirect(url_for("annotations.show", set_id=set_id), 303)


def _page(compared: Comparison, form: ColleagueForm, words: str = "") -> str:
    layer, state = request.args.get("layer", ""), request.args.get("state", "")
    state = state if state in STATES else "open"
    chosen = [d for d in compared.differences if _state(d) == state]
    layers = list(dict.fromkeys(d.case.layer for d in compared.differences))
    chosen = [d for d in chosen if layer not in layers or d.case.layer == layer]
    pages = max(1, -(-len(chosen) // MOST_SHOWN))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return render_template(
        "agreements/show.html",
        compared=compared,
        colleagues=agreements.colleagues(compared.version),
        is_owner=compared.version.owner_id == visitor().user_id,
        form=form,
        roles=ROLES,
        taxonomy=_taxonomy(compared),
        shown=chosen[(page - 1) * MOST_SHOWN : page * MOST_SHOWN],
        counts={s: sum(_state(d) == s for d in compared.differences) for s in STATES},
        chosen={"layer": layer if layer in layers else "", "state": state, "page": page},
        layers=layers,
        pages=pages,
        readers=_readers(compared),
        words=words,
    )


def _taxonomy(compared: Comparison) -> Taxonomy:
    """Return the terms in which anybody annotated, with colleagues' own categories."""
    used = {row.category for row in compared.rows}
    return taxonomy_of(visitor().user_id, used=used)


def _readers(compared: Comparison) -> list[tuple[int, str]]:
    """Name those who took part, by their places."""
    return [
        (who, compared.names[who] or str(_("The key")))
        for who, reading in enumerate(compared.readings)
        if reading.took_part
    ]


def _state(difference: Difference) -> str:
    if difference.decision:
        return "decided"
    return "agreed" if difference.case.is_agreed else "open"


def _reason() -> str:
    return str(_("The annotators do not agree here."))
