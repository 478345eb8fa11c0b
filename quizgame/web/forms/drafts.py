"""Forms of sets in the making."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, IntegerField, StringField, TextAreaField

from quizgame.domain.errors import N_
from quizgame.services.drafts import LICENCES, Facts
from quizgame.web.forms._form import FILL_IN, NOT_LONG, PageForm

MOST_REV = 10_000_000
YES, NO = "yes", "no"


def read_rev(value: str) -> int:
    """Return the rev that a form carries. BadRequest if it is none."""
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and int(value) <= MOST_REV):
        raise BadRequest
    return int(value)


def read_lists(one: Collection[str], many: Collection[str]) -> dict[str, list[str]]:
    """Return the fields of a form of which some may come often. BadRequest for any other."""
    sent = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    allowed = {*one, *many}
    if set(sent) - allowed or request.files or any(len(sent.get(name, ())) != 1 for name in one):
        raise BadRequest
    return {name: sent.get(name, []) for name in allowed}


class FactsForm(PageForm):
    """What is said about a set, and who may find it."""

    rev = HiddenField()
    title = StringField(N_("Title"), [FILL_IN, NOT_LONG])
    summary = TextAreaField(
        N_("Summary"), description=N_("What it is about, in a sentence that gives nothing away.")
    )
    language = StringField(
        N_("Language"), [NOT_LONG], description=N_("As a code: en, zh, es, ar …")
    )
    minutes = IntegerField(N_("Minutes"), render_kw={"min": "1", "max": "600"})
    topic = StringField(N_("Topic"), [NOT_LONG], description=N_("Such as: history, climate."))
    level = StringField(N_("Level"))
    licence = StringField(N_("Licence"))
    own_licence = StringField(N_("Another licence"), [NOT_LONG])
    credit = StringField(
        N_("Credit"), description=N_("Whom to name: authors, sources, who helped.")
    )
    listed = StringField(N_("Students find it"))
    shared = StringField(N_("Colleagues on this server"))

    @classmethod
    def of_draft(cls, draft: Any) -> FactsForm:
        """Return the form as a draft stands."""
        known = draft.licence in {"", *LICENCES}
        return cls(
            rev=str(draft.rev),
            title=draft.document.title,
            summary=draft.document.summary,
            language=draft.document.language,
            minutes=draft.document.minutes,
            topic=draft.topic,
            level=draft.level,
            licence=draft.licence if known else "",
            own_licence="" if known else draft.licence,
            credit=draft.credit,
            listed=YES if draft.is_listed else NO,
            shared=YES if draft.is_shared else NO,
        )

    def facts(self) -> Facts:
        """Return what was typed. BadRequest for what no form of ours sends."""
        if {self.said("listed"), self.said("shared")} - {YES, NO}:
            raise BadRequest
        if self.said("licence") not in {"", *LICENCES}:
            raise BadRequest
        return Facts(
            title=self.said("title").strip(),
            summary=self.said("summary").strip(),
            language=self.said("language").strip() or "en",
            minutes=int(self.minutes.data or 0),
            topic=self.said("topic").strip(),
            level=self.said("level"),
            licence=self.said("own_licence").strip() or self.said("licence"),
            credit=self.said("credit").strip(),
            is_listed=self.said("listed") == YES,
            is_shared=self.said("shared") == YES,
        )
