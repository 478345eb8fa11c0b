"""Playing: rounds, reveals and the summary."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.rounds import KINDS, AnswerForm
from quizgame.services import answers, plays, quizzes, reveals, summaries
from quizgame.web.access import ensure_player, now, player_id
from quizgame.web.requests import read_form, wants_json

blueprint = Blueprint("plays", __name__, url_prefix="/plays")
FRAME = {"csrf_token", "rev", "do"}
MOST_REVS = 1_000_000


@blueprint.post("")
def start() -> ResponseReturnValue:
    """Start a set, or go on with it."""
    quiz = quizzes.get_quiz(read_form("quiz")["quiz"])
    play_id = plays.start_play(ensure_player(), quiz.public_id, now=now())
    return redirect(url_for(".show", play_id=play_id), 303)


@blueprint.post("/<play_id>/again")
def again(play_id: str) -> ResponseReturnValue:
    """Start a practice play of what was missed."""
    read_form()
    play = plays.get_play(play_id, player_id())
    return redirect(url_for(".show", play_id=plays.practise_again(play, now=now())), 303)


@blueprint.get("/<play_id>")
def show(play_id: str) -> ResponseReturnValue:
    """Go on with a play, or sum it up once all its rounds are locked."""
    play = plays.get_play(play_id, player_id())
    number = plays.current_number(play)
    if number is not None:
        return redirect(url_for(".ask", play_id=play_id, number=number), 303)
    summary = summaries.summarise(play)
    return render_template("plays/summary.html", play=play, summary=summary)


@blueprint.get("/<play_id>/rounds/<int:number>")
def ask(play_id: str, number: int) -> ResponseReturnValue:
    """Ask one round, as it was left."""
    play = plays.get_play(play_id, player_id())
    round_ = plays.get_round(play, number)
    stored = plays.find_answer(play, number)
    if stored is not None and stored.locked_at is not None:
        return redirect(url_for(".reveal", play_id=play_id, number=number), 303)
    question = round_.item.question()
    form = KINDS[round_.kind].form(question, response=stored.response if stored else None)
    return _round_page(play, round_, form, stored.rev if stored else 0)


@blueprint.post("/<play_id>/rounds/<int:number>")
def answer(play_id: str, number: int) -> ResponseReturnValue:
    """Save what is marked so far, or lock it and go on to its reveal."""
    play = plays.get_play(play_id, player_id())
    round_ = plays.get_round(play, number)
    form = KINDS[round_.kind].form(round_.item.question(), request.form.to_dict(flat=False))
    rev = _read_frame(form)
    is_lock = request.form.get("do") == "lock"
    if not form.validate() or (is_lock and not form.is_answer()):
        return _refused(play, round_, form, rev)
    if is_lock:
        answers.lock_answer(play, number, form.response, rev, now=now())
        return redirect(url_for(".reveal", play_id=play_id, number=number), 303)
    answers.save_answer(play, number, form.response, rev, now=now())
    if wants_json():
        return jsonify(saved=True, rev=rev)
    return redirect(url_for(".ask", play_id=play_id, number=number), 303)


@blueprint.get("/<play_id>/rounds/<int:number>/reveal")
def reveal(play_id: str, number: int) -> ResponseReturnValue:
    """Show what was caught, missed and wrongly accused, with the evidence."""
    play = plays.get_play(play_id, player_id())
    stored = plays.get_answer(play, number)
    page = reveals.reveal(play, stored)
    following = plays.current_number(play)
    return render_template("plays/reveal.html", play=play, page=page, following=following)


def _read_frame(form: AnswerForm) -> int:
    """Check what is sent beside the answer; return its rev. Unknown fields are refused."""
    unknown = set(request.form) - form.names() - FRAME
    if unknown or request.files or request.form.get("do") not in {"save", "lock"}:
        raise BadRequest
    rev = request.form.get("rev", "")
    if not (rev.isascii() and rev.isdecimal() and len(rev) < 8 and 0 < int(rev) <= MOST_REVS):
        raise BadRequest
    return int(rev)


def _refused(play: Any, round_: Any, form: AnswerForm, rev: int) -> ResponseReturnValue:
    if wants_json():
        words = [_(str(message)) for messages in form.errors.values() for message in messages]
        return jsonify(saved=False, errors=words), 422
    return _round_page(play, round_, form, rev - 1), 422


def _round_page(play: Any, round_: Any, form: AnswerForm, rev: int) -> str:
    question = form.question
    return render_template(
        f"rounds/{round_.kind}.html",
        play=play,
        quiz=plays.get_quiz(play),
        round=round_,
        kind=KINDS[round_.kind],
        place=play.numbers.index(round_.number) + 1,
        question=question,
        options=plays.shuffled(play, round_.number, question.options),
        form=form,
        rev=rev + 1,
    )
