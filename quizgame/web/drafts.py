"""TODO."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.domain.errors import NotFoundError
from quizgame.services.annotations import NO_SUCH_ARTICLE
from quizgame.web.access import require_user

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List them."""
    return render_template("drafts/index.html")


@blueprint.get("/<draft_id>")
@require_user
def show(draft_id: str) -> ResponseReturnValue:
    """TODO."""
    raise NotFoundError(NO_SUCH_ARTICLE)


@blueprint.post("")
@require_user
def create() -> ResponseReturnValue:
    """TODO."""
    raise NotFoundError(NO_SUCH_ARTICLE)
