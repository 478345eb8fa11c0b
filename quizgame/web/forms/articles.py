"""Forms of articles: what is said about them, and their text in a new version."""

from __future__ import annotations

from typing import Any, Self

from flask import request
from werkzeug.exceptions import BadRequest
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from quizgame.domain.errors import N_
from quizgame.domain.passages import Source
from quizgame.web.forms._form import NOT_LONG, PageForm

FACTS = ("title", "author", "outlet", "date", "language", "licence", "url", "note")


class SourceForm(PageForm):
    """What is said about an article. What will do is for the services to say."""

    title = StringField(N_("Title"), [NOT_LONG], render_kw={"dir": "auto"})
    author = StringField(N_("By-line"), [NOT_LONG], render_kw={"dir": "auto"})
    outlet = StringField(N_("Outlet"), [NOT_LONG], render_kw={"dir": "auto"})
    date = StringField(N_("Date"), [NOT_LONG], description=N_("As year-month-day if you know it."))
    language = StringField(N_("Language of the text"), [NOT_LONG])
    licence = StringField(
        N_("Licence"),
        [NOT_LONG],
        description=N_(
            "What lets you use the text: your own work, a free licence, or a short excerpt."
        ),
    )
    url = StringField(
        N_("Link to the source"),
        [Length(max=500, message=N_("That is too long."))],
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
    note = StringField(
        N_("Note"),
        [Length(max=500, message=N_("That is too long."))],
        description=N_("Shown to nobody but who works on the article."),
        render_kw={"dir": "auto"},
    )

    def source(self) -> Source:
        """Return what was said."""
        return Source(**{name: self.said(name) for name in FACTS})


class VersionForm(PageForm):
    """Another text of the same article."""

    text = TextAreaField(
        N_("Text"),
        description=N_("A blank line begins a new passage."),
        render_kw={"class": "is-tall", "rows": "24", "dir": "auto"},
    )

    @classmethod
    def of_request(cls, **before: Any) -> Self:
        """Return the form as sent. BadRequest if other fields were sent."""
        if request.method != "POST":
            return cls(**before)
        if set(request.form) - {"csrf_token"} != {"text"} or set(request.files) - {"file"}:
            raise BadRequest
        return cls(text=request.form["text"])

    @staticmethod
    def files() -> dict[str, bytes]:
        """Return the file to read the text from, if one was chosen."""
        file = request.files.get("file")
        return {file.filename[-200:]: file.read()} if file and file.filename else {}


def facts_of(source: Source) -> dict[str, Any]:
    """Return the fields of a form by what is said about an article."""
    return {name: getattr(source, name) for name in FACTS}
