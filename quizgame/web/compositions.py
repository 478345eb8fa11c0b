"""Composing a set: adding, changing, moving and removing its rounds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import InputError, StaleError
from quizgame.domain.quizzes import RoundDraft
from quizgame.rounds import KINDS
from quizgame.services import compositions, drafts
from quizgame.services.drafts import Desk
from quizgame.web.access import now, require_user, visitor
from quizgame.web.drafts import conflict
from quizgame.web.forms.drafts import read_lists, read_rev
from quizgame.web.requests import read_form

blueprint = Blueprint("compositions", __name__, url_prefix="/drafts/<draft_id>")


@blueprint.get("/rounds")
@require_user
def add(draft_id: str) -> ResponseReturnValue:
    """Choose what a new round of a kind asks about."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    kind = compositions.get_kind(request.args.get("kind", next(iter(KINDS))))
    return _page(desk, RoundDraft(kind), None)


@blueprint.post("/rounds")
@require_user
def create(draft_id: str) -> ResponseReturnValue:
    """Put a new round at the end of a set."""
    return _keep(draft_id, None)


@blueprint.get("/rounds/<int:number>")
@require_user
def show(draft_id: str, number: int) -> ResponseReturnValue:
    """Show what a round asks about, to change it."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    return _page(desk, compositions.get_plan(desk.draft.document, number), number)


@blueprint.post("/rounds/<int:number>")
@require_user
def save(draft_id: str, number: int) -> ResponseReturnValue:
    """Change what a round asks about."""
    return _keep(draft_id, number)


@blueprint.post("/rounds/<int:number>/move")
@require_user
def move(draft_id: str, number: int) -> ResponseReturnValue:
    """Move a round a place earlier or later."""
    desk, sent = drafts.on_desk(visitor().user_id, draft_id), read_form("rev", "direction")
    if sent["direction"] not in {compositions.EARLIER, compositions.LATER}:
        raise BadRequest
    rounds = compositions.moved(desk.draft.document, number, sent["direction"])
    step = -1 if sent["direction"] == compositions.EARLIER else 1
    at = min(max(number + step, 1), len(rounds))
    return _save(desk, read_rev(sent["rev"]), rounds, at)


@blueprint.post("/rounds/<int:number>/remove")
@require_user
def remove(draft_id: str, number: int) -> ResponseReturnValue:
    """Take a round out of a set."""
    desk, rev = drafts.on_desk(visitor().user_id, draft_id), read_rev(read_form("rev")["rev"])
    return _save(desk, rev, compositions.without(desk.draft.document, number), number)


@blueprint.post("/names")
@require_user
def share_names(draft_id: str) -> ResponseReturnValue:
    """Offer the same names in all rounds of a kind that ask for one."""
    desk, rev = drafts.on_desk(visitor().user_id, draft_id), read_rev(read_form("rev")["rev"])
    return _save(desk, rev, compositions.same_names(desk.draft.document, desk.material), 0)


@blueprint.post("/article")
@require_user
def renew(draft_id: str) -> ResponseReturnValue:
    """Ask about the newest version of the article from now on."""
    desk, rev = drafts.on_desk(visitor().user_id, draft_id), read_rev(read_form("rev")["rev"])
    try:
        drafts.take_newer(visitor().user_id, draft_id, rev, now=now())
    except StaleError as error:
        return conflict(desk, error, [])
    return redirect(url_for("drafts.show", draft_id=draft_id, _anchor="lint"), 303)


def _keep(draft_id: str, number: int | None) -> ResponseReturnValue:
    desk = drafts.on_desk(visitor().user_id, draft_id)
    sent = read_lists(["rev", "kind"], ["passages", "focus", "options", "reasons"])
    kind, rev = compositions.get_kind(sent["kind"][0]), read_rev(sent["rev"][0])
    try:
        plan = _plan(desk, kind, sent)
        rounds = compositions.with_plan(desk.draft.document, plan, number)
        return _save(desk, rev, rounds, number or len(rounds))
    except InputError as error:
        typed = RoundDraft(
            kind, tuple(sent["passages"]), "".join(sent["focus"][:1]), tuple(sent["options"])
        )
        return _page(desk, typed, number, error), 422


def _plan(desk: Desk, kind: str, sent: dict[str, list[str]]) -> RoundDraft:
    if KINDS[kind].layer:
        article = desk.material.article
        return compositions.marking_plan(article, kind, sent["passages"], bool(sent["reasons"]))
    focus = "".join(sent["focus"][:1])
    document = desk.draft.document
    return compositions.choice_plan(document, desk.material, kind, focus, sent["options"])


def _save(desk: Desk, rev: int, rounds: list[RoundDraft], at: int) -> ResponseReturnValue:
    draft_id = desk.draft.public_id
    try:
        drafts.save_rounds(visitor().user_id, draft_id, rev, rounds, now=now())
    except StaleError as error:
        stands, wanted = desk.draft.document.rounds, rounds
        row = (_("Rounds"), _told(stands), _told(wanted))
        return conflict(desk, error, [row])
    anchor = f"round-{at}" if 0 < at <= len(rounds) else "rounds"
    return redirect(url_for("drafts.show", draft_id=draft_id, _anchor=anchor), 303)


def _told(rounds: Any) -> str:
    """Say in a line which rounds there are."""
    return " · ".join(
        f"{at}. {_(KINDS[plan.kind].title) if plan.kind in KINDS else plan.kind}"
        f" {plan.focus or ', '.join(plan.passages)}"
        for at, plan in enumerate(rounds, start=1)
    )


def _page(desk: Desk, plan: RoundDraft, number: int | None, error: InputError | None = None) -> str:
    if plan.kind not in KINDS:
        compositions.get_kind(plan.kind)
    article = desk.material.article
    right, names = compositions.names_for(plan, desk.material)
    return render_template(
        "compositions/show.html",
        draft=desk.draft,
        plan=plan,
        kind=KINDS[plan.kind],
        kinds=KINDS,
        number=number,
        error=_(str(error)) if error else "",
        rows=compositions.rows(article, plan.kind),
        focuses=compositions.focuses_of(article, plan.kind),
        right=right,
        names=names,
        source=article.source,
    )
