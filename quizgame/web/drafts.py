"""TODO."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.web.access import require_user

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List them."""
    return render_template("drafts/index.html")
