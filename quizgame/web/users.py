"""Users: how they come in, how they get a new password, and what administrators do about them."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from quizgame.domain.errors import InputError
from quizgame.mail import Mailer
from quizgame.services import invitations, links, resets, sessions, users
from quizgame.services.users import NewUser
from quizgame.web.access import enter, limiter, now, require_administrator, visitor
from quizgame.web.forms.users import AddressForm, InvitationForm, NewPasswordForm, RegistrationForm
from quizgame.web.requests import holds_secret, read_form

blueprint = Blueprint("users", __name__, url_prefix="/users")


@blueprint.route("/first/<token>", methods=["GET", "POST"], defaults={"purpose": links.FIRST})
@blueprint.route(
    "/invitation/<token>", methods=["GET", "POST"], defaults={"purpose": links.INVITATION}
)
@holds_secret
def accept(token: str, purpose: str) -> ResponseReturnValue:
    """Let somebody in by a link."""
    link = links.find(token, purpose, now=now())
    form = RegistrationForm.of_request(email=link.email or "")
    if form.is_sent():
        person = NewUser(
            name=form.said("name"),
            display_name=form.said("display_name"),
            email=form.said("email"),
            password=form.said("password"),
        )
        try:
            user_id = invitations.accept(token, purpose, person, now=now())
            enter(sessions.begin(user_id, now=now()))
            return redirect(url_for("dashboard.show"), 303)
        except InputError as error:
            form.refuse(error)
    page = render_template("users/accept.html", form=form, is_first=purpose == links.FIRST)
    return page, 422 if form.errors else 200


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@holds_secret
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by a link."""
    name = resets.who(token, now=now())
    form = NewPasswordForm.of_request()
    if form.is_sent():
        try:
            resets.set_password(token, form.said("password"), now=now())
            flash(_("The new password is set, and all sessions have ended. Sign in with it."))
            return redirect(url_for("sessions.sign_in"), 303)
        except InputError as error:
            form.refuse(error)
    return render_template("users/reset.html", form=form, name=name), 422 if form.errors else 200


@blueprint.route("/reset", methods=["GET", "POST"])
@limiter.limit("5 per minute; 30 per hour", methods=["POST"])
def request_reset() -> ResponseReturnValue:
    """Send a link to whoever has lost their password, if this server sends mail."""
    if not _mailer().is_configured:
        raise NotFound
    form = AddressForm.of_request()
    if form.is_sent():
        token = resets.request(form.said("email"), now=now())
        if token:
            _send(form.said("email").strip(), _("A new password"), _link("users.reset", token))
        return render_template("users/request_reset.html", form=None)
    page = render_template("users/request_reset.html", form=form)
    return page, 422 if form.errors else 200


@blueprint.get("")
@require_administrator
def index() -> ResponseReturnValue:
    """List the users and the open invitations."""
    return _index(InvitationForm())


@blueprint.post("/invitations")
@require_administrator
def invite() -> ResponseReturnValue:
    """Invite somebody: show the link, and send it if that can be done."""
    form = InvitationForm.of_request()
    if form.said("role") not in users.ROLES:
        raise BadRequest
    if not form.validate():
        return _index(form), 422
    try:
        token = invitations.invite(
            visitor().user_id, form.said("role"), form.said("email"), now=now()
        )
    except InputError as error:
        form.refuse(error)
        return _index(form), 422
    link = _link("users.accept", token, purpose=links.INVITATION)
    if form.said("email") and _mailer().is_configured:
        _send(form.said("email").strip(), _("An invitation"), link)
    return _index(InvitationForm(), link=link, life=format_timedelta(links.INVITED))


@blueprint.post("/invitations/<invitation_id>/revoke")
@require_administrator
def revoke(invitation_id: str) -> ResponseReturnValue:
    """Withdraw an invitation."""
    read_form()
    invitations.revoke(invitation_id)
    return redirect(url_for(".index"), 303)


@blueprint.post("/<user_id>/reset")
@require_administrator
def issue_reset(user_id: str) -> ResponseReturnValue:
    """Make a link by which a user can set a new password."""
    read_form()
    token = resets.issue(user_id, visitor().user_id, now=now())
    return _index(
        InvitationForm(), link=_link("users.reset", token), life=format_timedelta(links.SOON)
    )


@blueprint.post("/<user_id>/role")
@require_administrator
def change_role(user_id: str) -> ResponseReturnValue:
    """Give a user another role."""
    role = read_form("role")["role"]
    if role not in users.ROLES:
        raise BadRequest
    users.change_role(user_id, role)
    return redirect(url_for(".index"), 303)


@blueprint.post("/<user_id>/active")
@require_administrator
def set_active(user_id: str) -> ResponseReturnValue:
    """Let a user in no more, or again."""
    active = read_form("active")["active"]
    if active not in {"yes", "no"}:
        raise BadRequest
    change = users.activate if active == "yes" else users.deactivate
    change(user_id)
    return redirect(url_for(".index"), 303)


@blueprint.post("/<user_id>/second-step")
@require_administrator
def take_second_step_away(user_id: str) -> ResponseReturnValue:
    """Let a user who lost phone and codes sign in with the password alone."""
    read_form()
    users.take_second_step_away(user_id)
    return redirect(url_for(".index"), 303)


def _index(form: InvitationForm, **more: object) -> str:
    return render_template(
        "users/index.html",
        form=form,
        users=users.all_users(),
        invitations=invitations.open_invitations(now=now()),
        roles={role: _(words) for role, words in users.ROLES.items()},
        **more,
    )


def _link(endpoint: str, token: str, purpose: str | None = None) -> str:
    path = url_for(endpoint, token=token, purpose=purpose)
    return f"{current_app.config['LINKS_BEGIN']}{path}"


def _mailer() -> Mailer:
    mailer: Mailer = current_app.extensions["mailer"]
    return mailer


def _send(to: str, subject: str, link: str) -> None:
    words = _("This link works once, and not for long:")
    unasked = _("If you did not expect it, do nothing.")
    _mailer().send(to, f"quizgame: {subject}", f"{words}\n\n{link}\n\n{unasked}\n")
