"""Form of an own category. What will do is for the service to say."""

from __future__ import annotations

from typing import Self

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms import BooleanField, Form, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from quizgame.domain.errors import N_, QuizgameError
from quizgame.domain.taxonomy import Category

TOO_LONG = N_("That is too long.")


def _text(label: str, hint: str) -> TextAreaField:
    rows = {"rows": 2, "dir": "auto"}
    return TextAreaField(
        label, [Length(max=600, message=TOO_LONG)], description=hint, render_kw=rows
    )


class CategoryForm(Form):
    """What a category is, and with what it is easily mixed up."""

    label = StringField(
        N_("Name"),
        [DataRequired(N_("Give the category a name.")), Length(max=60, message=TOO_LONG)],
        render_kw={"dir": "auto"},
    )
    family = StringField(
        N_("Layer and family"),
        [DataRequired(N_("Choose a family."))],
        description=N_("In rounds that ask for a name, one of the same family is half right."),
    )
    definition = TextAreaField(
        N_("Definition"),
        [DataRequired(N_("Say what it is.")), Length(max=600, message=TOO_LONG)],
        description=N_("Shown beside the name, to you and to students."),
        render_kw={"rows": 2, "dir": "auto"},
    )
    question = _text(N_("Question"), N_("What a reader asks to notice it."))
    made_up = _text(N_("Example"), N_("A made-up sentence that shows it."))
    confusable_with = SelectMultipleField(N_("Easily mixed up with"), validate_choice=False)
    is_shared = BooleanField(N_("Colleagues on this server may use it"), false_values=("",))

    @classmethod
    def of_request(cls, category: Category | None = None, is_shared: bool = False) -> Self:
        """Return the form as sent, or as it looks before. BadRequest if other fields were sent."""
        if request.method != "POST":
            if category is None:
                return cls()
            said = {n: getattr(category, n) for n in ("label", "definition", "question", "made_up")}
            return cls(
                **said,
                family=f"{category.layer} {category.family}",
                confusable_with=list(category.confusable_with),
                is_shared=is_shared,
            )
        sent = dict(request.form.lists())
        names = {field.name for field in cls()} | {"csrf_token"}
        single = [name for name, values in sent.items() if len(values) > 1]
        if sent.keys() - names or set(single) - {"confusable_with"} or request.files:
            raise BadRequest
        return cls(MultiDict(request.form))

    def is_sent(self) -> bool:
        """Tell whether the form was sent, and holds what can be looked at."""
        return request.method == "POST" and self.validate()

    def category(self) -> Category:
        """Return what was said, still without an id."""
        layer, _, family = str(self.family.data).partition(" ")
        return Category(
            id="",
            label=str(self.label.data).strip(),
            layer=layer,
            family=family,
            definition=str(self.definition.data or "").strip(),
            question=str(self.question.data or "").strip(),
            confusable_with=tuple(self.confusable_with.data or ()),
            made_up=str(self.made_up.data or "").strip(),
        )

    def refuse(self, error: QuizgameError) -> None:
        """Show what a service had against it."""
        self.form_errors.append(str(error))
