"""TODO."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.web.access import require_user

blueprint = Blueprint("dashboard", __name__, url_prefix="/teacher")


@blueprint.get("")
@require_user
def show() -> ResponseReturnValue:
    """Show what a teacher may want to go on with."""
    return render_template("dashboard/show.html")
