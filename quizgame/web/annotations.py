"""TODO."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from quizgame.domain.errors import NotFoundError
from quizgame.services.annotations import NO_SUCH_ARTICLE
from quizgame.web.access import require_user

blueprint = Blueprint("annotations", __name__)


@blueprint.get("/annotations/<set_id>")
@require_user
def show(set_id: str) -> ResponseReturnValue:
    """TODO."""
    raise NotFoundError(NO_SUCH_ARTICLE)
