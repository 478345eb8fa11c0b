"""Leaderboards: one set or all, for ever or this week."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quizgame.services import leaderboards, quizzes
from quizgame.web.access import now, player_id

blueprint = Blueprint("leaderboards", __name__, url_prefix="/leaderboards")


@blueprint.get("/<scope>")
def show(scope: str) -> ResponseReturnValue:
    """Show a page of a board, always with where you are."""
    quiz = None if scope == leaderboards.ALL_SETS else quizzes.get_quiz(scope)
    is_week = request.args.get("when") == "week"
    week = leaderboards.week_of(now()) if is_week else ""
    name = leaderboards.board_name(str(quiz.id) if quiz else leaderboards.ALL_SETS, week)
    you = player_id()
    cursor = request.args.get("from", "")
    if cursor == "you" and you is not None:
        cursor = leaderboards.around(name, you)
    return render_template(
        "leaderboards/show.html",
        board=leaderboards.get_board(name, you, cursor),
        cursor=cursor,
        is_week=is_week,
        quiz=quiz,
        quizzes=quizzes.open_quizzes(),
        scope=scope,
    )
