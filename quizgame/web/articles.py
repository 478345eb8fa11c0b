"""TODO."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.domain.errors import NotFoundError
from quizgame.services.annotations import NO_SUCH_ARTICLE
from quizgame.web.access import require_user

blueprint = Blueprint("articles", __name__, url_prefix="/articles")


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List them."""
    return render_template("articles/index.html")


@blueprint.get("/<article_id>")
@require_user
def show(article_id: str) -> ResponseReturnValue:
    """TODO."""
    raise NotFoundError(NO_SUCH_ARTICLE)
