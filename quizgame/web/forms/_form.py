"""What the forms of teachers share: they take exactly their own fields."""

from __future__ import annotations

from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import DataRequired, Length

from quizgame.domain.errors import N_, QuizgameError
from quizgame.web.requests import read_form

FILL_IN = DataRequired(N_("Fill in everything that is needed."))
NOT_LONG = Length(max=300, message=N_("That is too long."))


class PageForm(Form):
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
