"""The form by which a colleague is let in."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import AnyOf

from quizgame.domain.errors import N_
from quizgame.services.annotations import ANNOTATOR, EDITOR
from quizgame.web.forms._form import FILL_IN, NOT_LONG, PageForm

ROLES = {ANNOTATOR: N_("annotate blind, without the key"), EDITOR: N_("edit the key with me")}


class ColleagueForm(PageForm):
    """Whom to let in, and what for."""

    name = StringField(
        N_("User name of your colleague"),
        [FILL_IN, NOT_LONG],
        description=N_("The name that they sign in with on this server."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    role = StringField(N_("They may"), [AnyOf(ROLES)], default=ANNOTATOR)
