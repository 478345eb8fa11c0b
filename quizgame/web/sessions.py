"""Signing in and out."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizgame.domain.errors import InputError, NotFoundError
from quizgame.services import sessions
from quizgame.web.access import TOKEN, enter, leave, limiter, local_path, now
from quizgame.web.forms.users import CodeForm, SignInForm
from quizgame.web.requests import read_form

blueprint = Blueprint("sessions", __name__)

HALF = "half"
"""Where in the session cookie stands that the password was right and the code is to come."""
TRIES = "30 per minute; 300 per hour"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    form = SignInForm.of_request(next=request.args.get("next", ""))
    if form.is_sent():
        try:
            token, is_in = sessions.sign_in(form.said("name"), form.said("password"), now=now())
            if is_in:
                return _go_on(token, form.said("next"))
            leave()
            session[HALF] = token
            return redirect(url_for(".take_second_step", next=form.said("next") or None), 303)
        except InputError as error:
            form.refuse(error)
    may_mail = current_app.extensions["mailer"].is_configured
    page = render_template("sessions/sign_in.html", form=form, may_mail=may_mail)
    return page, 422 if form.errors else 200


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
def take_second_step() -> ResponseReturnValue:
    """Ask for the code of the second step."""
    half = session.get(HALF)
    form = CodeForm.of_request(next=request.args.get("next", ""))
    if not isinstance(half, str):
        return redirect(url_for(".sign_in"), 303)
    if form.is_sent():
        try:
            token = sessions.take_second_step(half, form.said("code"), now=now())
            return _go_on(token, form.said("next"))
        except InputError as error:
            form.refuse(error)
        except NotFoundError:
            leave()
            flash(_("That took too long. Sign in again."))
            return redirect(url_for(".sign_in"), 303)
    return render_template("sessions/code.html", form=form), 422 if form.errors else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    read_form()
    token = session.get(TOKEN)
    if isinstance(token, str):
        sessions.sign_out(token)
    leave()
    return redirect(url_for("quizzes.front_page"), 303)


def _go_on(token: str, path: str) -> ResponseReturnValue:
    enter(token)
    return redirect(local_path(path), 303)
