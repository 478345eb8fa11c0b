"""TODO."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.web.access import require_user

blueprint = Blueprint("categories", __name__, url_prefix="/categories")


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List them."""
    return render_template("categories/index.html")
