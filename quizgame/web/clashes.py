"""Two people at one passage: both versions are shown, and nobody's is overwritten silently."""

import msgspec
from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import BadRequest

from quizgame.domain.errors import InputError, StaleError
from quizgame.domain.markup import Markup
from quizgame.services import annotations, clashes
from quizgame.services.markup import Begun
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.annotations import read_rev
from quizgame.web.requests import takes_up_to, wants_json

blueprint = Blueprint("clashes", __name__, url_prefix="/annotations")
MINE, THEIRS = "mine", "theirs"
MOST = 2_000_000
FRAME = {"rev", "begun", "mine", "do"}


def show(begun: Begun, mine: Markup) -> ResponseReturnValue:
    """Show both versions, and what differs. A script is only told that there are two."""
    if wants_json():
        return jsonify(saved=False, conflict=True), 409
    clash = clashes.clash(begun, mine)
    html = render_template(
        "clashes/show.html",
        set=begun.set_,
        number=begun.number,
        begun=begun.rev,
        clash=clash,
        sealed=_signer(begun).dumps(msgspec.to_builtins(mine)),
    )
    return html, 409


@blueprint.post("/<set_id>/passages/<int:number>/settle")
@require_user
@takes_up_to(MOST)
def settle(set_id: str, number: int) -> ResponseReturnValue:
    """Make one version of two: mine, theirs, or some of each."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    sent = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    if any(len(values) > 1 for values in sent.values()) or request.files:
        raise BadRequest
    if not sent.keys() >= FRAME:
        raise BadRequest
    saw = Begun(set_, visitor().user_id, number, read_rev(request.form["begun"]))
    mine = _unsealed(saw)
    begun = Begun(set_, visitor().user_id, number, read_rev(request.form["rev"]))
    clash = clashes.clash(saw, mine)
    keys = [change.key for change in clash.changes]
    chosen = {f"take {at}": key for at, key in enumerate(keys)}
    do = sent["do"][0]
    if do not in {MINE, THEIRS, "merge"} or sent.keys() - chosen.keys() - FRAME:
        raise BadRequest
    if begun.rev != clash.rev:
        return show(saw, mine)
    taken = set(keys) if do == MINE else {k for n, k in chosen.items() if sent.get(n) == [MINE]}
    if do != THEIRS:
        try:
            clashes.settle(begun, mine, taken, now=now())
        except StaleError:
            return show(saw, mine)
        except InputError as error:
            flash(_(str(error)))
    return redirect(url_for("annotations.edit", set_id=set_id, number=number), 303)


def _unsealed(begun: Begun) -> Markup:
    """Return one's own version as it was shown: nobody else can have made it up."""
    try:
        return msgspec.convert(_signer(begun).loads(request.form["mine"]), Markup)
    except (BadSignature, msgspec.ValidationError):
        raise BadRequest from None


def _signer(begun: Begun) -> URLSafeSerializer:
    salt = f"clash {begun.set_.public_id} {begun.number} {begun.rev} {begun.user_id}"
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=salt)
