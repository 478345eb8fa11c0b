"""My desk: name, board or no board, moving to another device, and what was played."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import NotFoundError
from quizgame.services import players, plays
from quizgame.web.access import become, ensure_player, limiter, now, player_id
from quizgame.web.requests import read_form

blueprint = Blueprint("players", __name__, url_prefix="/desk")


@blueprint.get("")
def desk() -> ResponseReturnValue:
    """Show who plays on this device, and what was played."""
    return _desk()


@blueprint.post("/name")
def rename() -> ResponseReturnValue:
    """Give another name."""
    read_form()
    players.rename(ensure_player())
    return redirect(url_for(".desk"), 303)


@blueprint.post("/listed")
def set_listed() -> ResponseReturnValue:
    """Go on the boards, or off them."""
    listed = read_form("listed")["listed"]
    if listed not in {"yes", "no"}:
        raise BadRequest
    players.set_listed(ensure_player(), listed == "yes")
    return redirect(url_for(".desk"), 303)


@blueprint.post("/code")
@limiter.limit("30 per hour")
def make_code() -> ResponseReturnValue:
    """Make a code with which another device can take over."""
    read_form()
    return _desk(code=players.make_code(ensure_player(), now=now()))


@blueprint.post("/move")
@limiter.limit("10 per minute; 60 per hour")
def move_here() -> ResponseReturnValue:
    """Take over the player who waits on another device."""
    code = read_form("code")["code"]
    try:
        become(players.move_here(code[:40], now=now()))
    except NotFoundError as error:
        return _desk(error=_(str(error))), 422
    return redirect(url_for(".desk"), 303)


def _desk(code: str = "", error: str = "") -> str:
    found = player_id()
    return render_template(
        "players/desk.html",
        player=players.get_player(found) if found is not None else None,
        plays=plays.plays_of(found) if found is not None else [],
        code=code,
        error=error,
    )
