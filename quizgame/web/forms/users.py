"""Forms of users: coming in, signing in, and what one may change.

They take exactly their own fields. What will do as a name or a password is for the services to say.
"""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField

from quizgame.domain.errors import N_
from quizgame.web.forms._form import FILL_IN, NOT_LONG, PageForm


def _secret(label: str, autocomplete: str) -> PasswordField:
    kind = {"autocomplete": autocomplete}
    return PasswordField(label, [FILL_IN, NOT_LONG], render_kw=kind)


class SignInForm(PageForm):
    """Who one is, and the proof."""

    name = StringField(
        N_("User name or e-mail address"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = _secret(N_("Password"), "current-password")
    next = HiddenField(validators=[NOT_LONG])


class CodeForm(PageForm):
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


class RegistrationForm(PageForm):
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


class NewPasswordForm(PageForm):
    """A new password, by a link."""

    password = PasswordField(
        N_("New password"),
        [FILL_IN, NOT_LONG],
        description=RegistrationForm.password.kwargs["description"],
        render_kw={"autocomplete": "new-password"},
    )


class AddressForm(PageForm):
    """Asking for a link because the password is lost."""

    email = StringField(
        N_("E-mail address"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class InvitationForm(PageForm):
    """Inviting somebody."""

    role = StringField(N_("Role"))
    email = StringField(
        N_("Their e-mail address"),
        [NOT_LONG],
        description=N_("May stay empty: you can hand the link over yourself."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )


class ProfileForm(PageForm):
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


class PasswordForm(PageForm):
    """Changing one's password."""

    old = _secret(N_("Password until now"), "current-password")
    new = PasswordField(
        N_("New password"),
        [FILL_IN, NOT_LONG],
        description=RegistrationForm.password.kwargs["description"],
        render_kw={"autocomplete": "new-password"},
    )


class ProofForm(PageForm):
    """The password once more, before something that cannot be undone."""

    password = _secret(N_("Your password"), "current-password")


class LeaveForm(PageForm):
    """Leaving: what becomes of published sets, and the password once more."""

    sets = StringField(N_("What becomes of your published sets"))
    password = _secret(N_("Your password"), "current-password")


class ConfirmForm(PageForm):
    """The first code of an authenticator app."""

    code = StringField(
        N_("Code that the app shows"),
        [FILL_IN, NOT_LONG],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
