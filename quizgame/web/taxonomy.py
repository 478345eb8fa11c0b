"""The field guide: every category, with an example from an article."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizgame.services import guide, plays
from quizgame.web.access import player_id

blueprint = Blueprint("taxonomy", __name__)


@blueprint.get("/guide")
def show() -> ResponseReturnValue:
    """Show the field guide."""
    you = player_id()
    met = plays.annotations_met(you) if you is not None else ()
    return render_template("taxonomy/guide.html", guide=guide.get_guide(met))
