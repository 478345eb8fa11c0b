"""Forms of users: coming in, signing in, and what one may change.

They take exactly their own fields. What will do as a name or a password is for the services to say.
"""

from __future__ import annotations

from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from quizgame.domain.errors import N_, QuizgameError
from quizgame.web.access import read_form

FILL_IN = DataRequired(N_("Fill in everything that is needed."))
NOT_LONG = Length(max=300, message=N_("That is too long."))


class UserForm(Form):
    """What all of them share."""

    @classmethod
    def of_request(cls, **before: Any) -> Self:
        """Return the form as sent, or as it looks before. BadRequest if other fields were sent."""
        if request.method != "POST":
            return cls(**before)
        return cls(MultiDict(read_form(*(field.name for field in cls()))))

    def is_sent(self) -> bool:
        """Tell whether the form was sent, and holds what can be looked at."""
        return request.method == "POST" and self.validate()

    def said(self, name: str) -> str:
        """Return what was typed into a field."""
        return str(self[name].data or "")

    def refuse(self, error: QuizgameError) -> None:
        """Show what a service had against it."""
        self.form_errors.append(str(error))


def _secret(label: str, autocomplete: str) -> PasswordField:
    kind = {"autocomplete": autocomplete}
    return PasswordField(label, [FILL_IN, NOT_LONG], render_kw=kind)


class SignInForm(UserForm):
    """Who one is, and the proof."""

    name = StringField(
        N_("User name or e-mail address"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = _secret(N_("Password"), "current-password")
    next = HiddenField(validators=[NOT_LONG])


class CodeForm(UserForm):
    """The second step."""

    code = StringField(
        N_("Code"),
        [FILL_IN, NOT_LONG],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    next = HiddenField(validators=[NOT_LONG])


class RegistrationForm(UserForm):
    """Coming in by a link."""

    name = StringField(
        N_("User name"),
        [FILL_IN, NOT_LONG],
        description=N_("To sign in with: letters a-z, figures, dots and hyphens."),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    display_name = StringField(
        N_("Name that others see"),
        [NOT_LONG],
        description=N_("As your class knows you. May stay empty."),
        render_kw={"autocomplete": "name"},
    )
    email = StringField(
        N_("E-mail address"),
        [NOT_LONG],
        description=N_(
            "To sign in with and, if this server sends mail, for a lost password. May stay empty."
        ),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    password = PasswordField(
        N_("Password"),
        [FILL_IN, NOT_LONG],
        description=N_("At least 10 characters; a few words that do not belong together are good."),
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(UserForm):
    """A new password, by a link."""

    password = PasswordField(
        N_("New password"),
        [FILL_IN, NOT_LONG],
        description=RegistrationForm.password.kwargs["description"],
        render_kw={"autocomplete": "new-password"},
    )


class AddressForm(UserForm):
    """Asking for a link because the password is lost."""

    email = StringField(
        N_("E-mail address"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class InvitationForm(UserForm):
    """Inviting somebody."""

    role = StringField(N_("Role"))
    email = StringField(
        N_("Their e-mail address"),
        [NOT_LONG],
        description=N_("May stay empty: you can hand the link over yourself."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )


class ProfileForm(UserForm):
    """What one says of oneself."""

    display_name = StringField(
        N_("Name that others see"), [FILL_IN, NOT_LONG], render_kw={"autocomplete": "name"}
    )
    email = StringField(
        N_("E-mail address"),
        [NOT_LONG],
        description=N_("May stay empty."),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    language = StringField(N_("Language"))
    password = PasswordField(
        N_("Password"),
        [NOT_LONG],
        description=N_("Only if you change the e-mail address."),
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(UserForm):
    """Changing one's password."""

    old = _secret(N_("Password until now"), "current-password")
    new = PasswordField(
        N_("New password"),
        [FILL_IN, NOT_LONG],
        description=RegistrationForm.password.kwargs["description"],
        render_kw={"autocomplete": "new-password"},
    )


class ProofForm(UserForm):
    """The password once more, before something that cannot be undone."""

    password = _secret(N_("Your password"), "current-password")


class ConfirmForm(UserForm):
    """The first code of an authenticator app."""

    code = StringField(
        N_("Code that the app shows"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
