"""The steps of a passage: what changed, by whom and when; undone, redone, brought back."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizgame.domain.errors import InputError, StaleError
from quizgame.services import annotations, revisions
from quizgame.services.markup import Begun
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.annotations import read_rev
from quizgame.web.requests import read_form

blueprint = Blueprint("revisions", __name__, url_prefix="/annotations")


@blueprint.get("/<set_id>/passages/<int:number>/history")
@require_user
def index(set_id: str, number: int) -> ResponseReturnValue:
    """List the steps of a passage."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    return render_template(
        "revisions/index.html",
        set=set_,
        standing=annotations.standing(set_, number),
        history=revisions.history(set_, number),
        is_closed=set_.finished_at is not None,
    )


@blueprint.post("/<set_id>/passages/<int:number>/undo")
@require_user
def undo(set_id: str, number: int) -> ResponseReturnValue:
    """Bring back what stood before the last step."""
    return _step(set_id, number, read_form, revisions.undo)


@blueprint.post("/<set_id>/passages/<int:number>/redo")
@require_user
def redo(set_id: str, number: int) -> ResponseReturnValue:
    """Bring back what was undone last."""
    return _step(set_id, number, read_form, revisions.redo)


@blueprint.post("/<set_id>/passages/<int:number>/restore")
@require_user
def restore(set_id: str, number: int) -> ResponseReturnValue:
    """Bring back a step of the history."""
    set_ = annotations.get_set(visitor().user_id, set_id)
    sent = read_form("rev", "restored")
    begun = Begun(set_, visitor().user_id, number, read_rev(sent["rev"]))
    return _carry_out(partial(revisions.restore, begun, read_rev(sent["restored"])), set_id, number)


def _step(
    set_id: str,
    number: int,
    read: Callable[..., dict[str, str]],
    step: Callable[..., int],
) -> ResponseReturnValue:
    set_ = annotations.get_set(visitor().user_id, set_id)
    begun = Begun(set_, visitor().user_id, number, read_rev(read("rev")["rev"]))
    return _carry_out(partial(step, begun), set_id, number)


def _carry_out(step: Callable[..., int], set_id: str, number: int) -> ResponseReturnValue:
    """Take a step back or forth; where it comes too late, say so: nothing typed is lost."""
    try:
        step(now=now())
    except StaleError:
        flash(_("Somebody has changed this passage meanwhile. This is how it stands now."))
    except InputError as error:
        flash(_(str(error)))
    return redirect(url_for("annotations.edit", set_id=set_id, number=number), 303)
