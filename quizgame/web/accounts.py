"""One's own account: profile, security, everything that is kept, and leaving."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import segno
from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from quizgame.domain.errors import InputError
from quizgame.services import accounts, departures, second_steps, sessions
from quizgame.services.accounts import Profile
from quizgame.web.access import leave, now, require_user, visitor
from quizgame.web.forms._form import PageForm
from quizgame.web.forms.users import (
    ConfirmForm,
    LeaveForm,
    PasswordForm,
    ProfileForm,
    ProofForm,
)
from quizgame.web.languages import languages
from quizgame.web.requests import read_form

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.route("", methods=["GET", "POST"])
@require_user
def profile() -> ResponseReturnValue:
    """Show and change what one says of oneself."""
    user = accounts.get_account(visitor().user_id)
    form = ProfileForm.of_request(
        display_name=user.display_name, email=user.email or "", language=user.language
    )
    offered = {"": _("as the browser asks")} | {str(x): x.display_name for x in languages()}
    if form.said("language") not in offered:
        raise BadRequest
    if form.is_sent():
        new = Profile(form.said("display_name"), form.said("email"), form.said("language"))
        try:
            accounts.change_profile(user.id, new, form.said("password"), now=now())
            _speak(new.language)
            flash(_("Saved."))
            return redirect(url_for(".profile"), 303)
        except InputError as error:
            form.refuse(error)
    page = render_template("accounts/profile.html", form=form, user=user, offered=offered)
    return page, 422 if form.errors else 200


@blueprint.get("/security")
@require_user
def security() -> ResponseReturnValue:
    """Show password, second step and sessions."""
    return _security()


@blueprint.post("/password")
@require_user
def change_password() -> ResponseReturnValue:
    """Change the password; other sessions end."""
    form = PasswordForm.of_request()
    if form.is_sent():
        try:
            accounts.change_password(visitor(), form.said("old"), form.said("new"), now=now())
            flash(_("The new password is set. You are signed out everywhere else."))
            return redirect(url_for(".security"), 303)
        except InputError as error:
            form.refuse(error)
    return _security(password=form), 422


@blueprint.post("/second-step/start")
@require_user
def start_second_step() -> ResponseReturnValue:
    """Make a key for an authenticator app."""
    return _after_proof(lambda me: second_steps.start(me.user_id))


@blueprint.get("/second-step.svg")
@require_user
def second_step_picture() -> ResponseReturnValue:
    """Draw the key that waits for its first code, for a camera."""
    waiting = second_steps.pending(visitor().user_id)
    if waiting is None:
        raise NotFound
    picture = io.BytesIO()
    segno.make(waiting[1], error="m").save(
        picture, kind="svg", scale=5, light="#fff", xmldecl=False
    )
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/second-step/confirm")
@require_user
def confirm_second_step() -> ResponseReturnValue:
    """Turn the second step on, and tell the codes to recover with, once."""
    form = ConfirmForm.of_request()
    if form.is_sent():
        try:
            codes = second_steps.confirm(visitor().user_id, form.said("code"), now=now())
            return render_template("accounts/codes.html", codes=codes)
        except InputError as error:
            form.refuse(error)
    return _security(confirm=form), 422


@blueprint.post("/second-step/off")
@require_user
def turn_second_step_off() -> ResponseReturnValue:
    """Sign in with the password alone from now on."""
    return _after_proof(lambda me: second_steps.turn_off(me.user_id))


@blueprint.post("/second-step/codes")
@require_user
def renew_codes() -> ResponseReturnValue:
    """Replace the codes to recover with, and tell the new ones, once."""
    form = ProofForm.of_request()
    if form.is_sent():
        try:
            sessions.prove(visitor().user_id, form.said("password"), now=now())
            codes = second_steps.renew_codes(visitor().user_id)
            return render_template("accounts/codes.html", codes=codes)
        except InputError as error:
            form.refuse(error)
    return _security(proof=form), 422


@blueprint.post("/sessions/<session_id>/end")
@require_user
def end_session(session_id: str) -> ResponseReturnValue:
    """End one session."""
    read_form()
    sessions.end(visitor().user_id, session_id)
    return redirect(url_for(".security"), 303)


@blueprint.post("/sessions/end")
@require_user
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions, this one as well."""
    read_form()
    sessions.sign_out_everywhere(visitor().user_id)
    leave()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("sessions.sign_in"), 303)


@blueprint.get("/export")
@require_user
def export() -> ResponseReturnValue:
    """Hand out everything that is kept about the user."""
    kept = accounts.export(visitor().user_id, now=now())
    words = json.dumps(kept, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="quizgame-account.json"'}
    return Response(f"{words}\n", mimetype="application/json", headers=headers)


@blueprint.route("/delete", methods=["GET", "POST"])
@require_user
def delete() -> ResponseReturnValue:
    """Say what leaving means; on the password, delete the account."""
    me = visitor().user_id
    form = LeaveForm.of_request(sets=departures.LEAVE)
    if form.said("sets") not in departures.CHOICES:
        raise BadRequest
    if form.is_sent():
        try:
            accounts.delete_account(me, form.said("password"), form.said("sets"), now=now())
            leave()
            flash(_("Your account is deleted."))
            return redirect(url_for("sessions.sign_in"), 303)
        except InputError as error:
            form.refuse(error)
    page = render_template(
        "accounts/delete.html",
        form=form,
        fate=departures.fate_of(me),
        choices={choice: _(words) for choice, words in departures.CHOICES.items()},
    )
    return page, 422 if form.errors else 200


def _after_proof(step: Callable[[sessions.Visit], None]) -> ResponseReturnValue:
    """Take a step about security once the password has been given."""
    form = ProofForm.of_request()
    if form.is_sent():
        try:
            sessions.prove(visitor().user_id, form.said("password"), now=now())
            step(visitor())
            return redirect(url_for(".security"), 303)
        except InputError as error:
            form.refuse(error)
    return _security(proof=form), 422


def _security(**forms: PageForm) -> str:
    me = visitor()
    user = accounts.get_account(me.user_id)
    return render_template(
        "accounts/security.html",
        user=user,
        waiting=second_steps.pending(me.user_id),
        codes_left=second_steps.codes_left(me.user_id),
        sessions=sessions.sessions_of(me.user_id, now=now()),
        this_session=me.session_id,
        forms={"password": PasswordForm(), "proof": ProofForm(), "confirm": ConfirmForm(), **forms},
    )


def _speak(language: str) -> None:
    if language:
        session["language"] = language
    else:
        session.pop("language", None)
