"""What stands behind the game: health, licences, privacy."""

from flask import Blueprint, current_app, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from quizgame.services import health
from quizgame.web.access import limiter

blueprint = Blueprint("about", __name__)


@blueprint.get("/healthz")
@limiter.exempt
def healthz() -> ResponseReturnValue:
    """Say version, schema revision and the state of the database."""
    state = health.report()
    return make_response(jsonify(state), 200 if state["database"] == "ok" else 503)


@blueprint.get("/ok")
@limiter.exempt
def ok() -> ResponseReturnValue:
    """Answer with next to nothing: what the bench measures everything against."""
    return make_response(jsonify(ok=True))


@blueprint.get("/licences")
def licences() -> ResponseReturnValue:
    """Name what the game is made with, and under which licence."""
    return render_template("about/licences.html")


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say what is kept of a player, in words for children."""
    return render_template("about/privacy.html")


@blueprint.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Answer browsers that ask for an icon here whatever the page says."""
    return current_app.send_static_file("img/icon.svg")
