"""The teacher's overview, the demo lesson, and short help."""

from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from quizgame.domain.errors import NotFoundError
from quizgame.services import dashboard, health, quizzes
from quizgame.services.users import ADMINISTRATOR
from quizgame.web.access import require_user, visitor

blueprint = Blueprint("dashboard", __name__, url_prefix="/teacher")

DEMO = "starter"
"""The set of the demo lesson, from the seeds."""


@blueprint.get("")
@require_user
def show() -> ResponseReturnValue:
    """Show what a teacher may want to go on with; to those who have nothing yet, how to begin."""
    me = visitor()
    cards = dashboard.cards_of(me.user_id)
    own = (cards[name] for name in ("articles", "drafts", "sets"))
    server = None
    if me.role == ADMINISTRATOR:
        server = health.look(Path(current_app.instance_path))
    return render_template(
        "dashboard/show.html",
        name=me.display_name,
        cards=cards,
        is_new=not any(card.total or not card.is_well for card in own),
        server=server,
    )


@blueprint.get("/lesson")
@require_user
def lesson() -> ResponseReturnValue:
    """Show the demo lesson: a set of this server's own, and a plan for 45 minutes."""
    try:
        quiz = quizzes.get_quiz(DEMO)
    except NotFoundError:  # a server without our seeds
        quiz = None
    return render_template("dashboard/lesson.html", quiz=quiz)


@blueprint.get("/help")
@require_user
def help_() -> ResponseReturnValue:
    """Say in short how a set comes about, and what the words mean."""
    return render_template("dashboard/help.html")
