"""Rehearsing a set before it is published: readers with habits, and oneself as a student."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizgame.domain.errors import NotFoundError
from quizgame.domain.items import Round
from quizgame.rounds import KINDS, AnswerForm
from quizgame.services import drafts, rehearsals
from quizgame.services.compositions import NO_SUCH_ROUND
from quizgame.services.drafts import Desk
from quizgame.services.reveals import reveal_round
from quizgame.web.access import require_user, visitor
from quizgame.web.plays import read_frame
from quizgame.web.requests import wants_json

blueprint = Blueprint("rehearsals", __name__, url_prefix="/drafts/<draft_id>/rehearsal")


@blueprint.get("")
@require_user
def show(draft_id: str) -> ResponseReturnValue:
    """Show what readers with habits would earn, and lead to each round."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    found = desk.findings
    outcomes = rehearsals.rehearse(found.rounds, found.prices) if found.rounds else []
    return render_template(
        "rehearsals/show.html",
        draft=desk.draft,
        findings=found,
        outcomes=outcomes,
        perfect=rehearsals.perfect(found.rounds),
        kinds=KINDS,
    )


@blueprint.get("/<int:number>")
@require_user
def ask(draft_id: str, number: int) -> ResponseReturnValue:
    """Ask a round as a student is asked."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    round_ = _round(desk, number)
    return _ask(desk, round_, KINDS[round_.kind].form(round_.item.question()), 0)


@blueprint.post("/<int:number>")
@require_user
def answer(draft_id: str, number: int) -> ResponseReturnValue:
    """Show the reveal of what was marked. Nothing is stored, and no board hears of it."""
    desk = drafts.on_desk(visitor().user_id, draft_id)
    round_ = _round(desk, number)
    form = KINDS[round_.kind].form(round_.item.question(), request.form.to_dict(flat=False))
    rev = read_frame(form)
    is_lock = request.form.get("do") == "lock"
    if not form.validate() or (is_lock and not form.is_answer()):
        if wants_json():
            words = [_(str(message)) for messages in form.errors.values() for message in messages]
            return jsonify(saved=False, errors=words), 422
        return _ask(desk, round_, form, rev - 1), 422
    if not is_lock:
        return jsonify(saved=True, rev=rev) if wants_json() else _ask(desk, round_, form, rev)
    page = reveal_round(round_, form.response, desk.findings.prices)
    following = next((r.number for r in desk.findings.rounds if r.number > number), None)
    return render_template(
        "rehearsals/reveal.html", draft=desk.draft, page=page, following=following
    )


def _round(desk: Desk, number: int) -> Round:
    found = desk.findings.round(number)
    if found is None:
        raise NotFoundError(NO_SUCH_ROUND)
    return found


def _ask(desk: Desk, round_: Round, form: AnswerForm, rev: int) -> str:
    question = form.question
    return render_template(
        "rehearsals/round.html",
        frame=f"rounds/{round_.kind}.html",
        draft=desk.draft,
        count=len(desk.draft.document.rounds),
        round=round_,
        place=round_.number,
        kind=KINDS[round_.kind],
        question=question,
        options=question.options,
        form=form,
        rev=rev + 1,
    )
