"""Forms of the annotation editor: they take exactly their own fields, and as many rows as needed.

What was found may be stored unfinished: what is still missing is for the linter to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, Length

from quizgame.domain.errors import N_
from quizgame.domain.passages import Annotation, Evidence, GreyZone, Span, Stet
from quizgame.domain.taxonomy import Taxonomy

MOST_ROWS = 10
FRAME = {"csrf_token", "rev", "start", "stop", "do"}
ROW = re.compile(r"evidence-[0-9]-(title|publisher|year|locator|url|supports)")
VERDICTS = {
    "error": "false",
    "bias": "one_sided",
    "artefact": "artefact",
    "contradiction": "contradiction",
    "omission": "missing_context",
}
"""What most finds of a layer turn out to be: a beginning, to be changed."""


def _line(label: str, most: int = 300, **more: Any) -> StringField:
    return StringField(label, [Length(max=most, message=N_("That is too long."))], **more)


def _text(label: str, hint: str) -> TextAreaField:
    too_long = Length(max=1500, message=N_("That is too long."))
    return TextAreaField(label, [too_long], description=hint, render_kw={"rows": 3})


class EvidenceForm(Form):
    """One row of evidence."""

    title = _line(N_("Title"))
    publisher = _line(N_("Publisher"))
    year = _line(N_("Year"), 40)
    locator = _line(N_("Where in it (page, section)"))
    url = _line(N_("Web address"), 2000, render_kw={"inputmode": "url"})
    supports = _line(N_("What it shows"))

    def evidence(self) -> Evidence:
        """Return the row."""
        values = {name: (value or "").strip() for name, value in self.data.items()}
        return Evidence(**values)


class FindForm(Form):
    """What all finds share: a stretch of text, and a reason."""

    why = _text(N_("Why"), N_("At most 45 words: students read this at the reveal."))

    @classmethod
    def of_request(cls, **before: Any) -> Self:
        """Return the form as sent, or as it looks before. BadRequest if other fields were sent."""
        if request.method != "POST":
            return cls(**before)
        fields = dict(request.form.lists())
        repeated = [name for name, values in fields.items() if len(values) > 1 and name != "layers"]
        unknown = [name for name in fields if name not in cls.names() and not cls.is_row(name)]
        if unknown or repeated or request.files:
            raise BadRequest
        return cls(MultiDict(request.form))

    @classmethod
    def names(cls) -> set[str]:
        """Return the names that a browser may send, but for those of rows."""
        return FRAME | {field.name for field in cls()}

    @classmethod
    def is_row(cls, name: str) -> bool:
        """Tell whether a name is that of a field of a row."""
        return "evidence" in cls() and ROW.fullmatch(name) is not None

    def said(self, name: str) -> str:
        """Return what was typed into a field."""
        return str(self[name].data or "").strip()

    def sentences(self) -> list[str]:
        """Return what is wrong with it, in sentences."""
        return list(_flat(self.errors))


class EvidencedForm(FindForm):
    """A find with evidence, in rows of which the last is empty."""

    evidence = FieldList(FormField(EvidenceForm), max_entries=MOST_ROWS)
    dropped = -1

    def rows(self) -> tuple[Evidence, ...]:
        """Return the rows that say something."""
        found = [row.form.evidence() for at, row in enumerate(self.evidence) if at != self.dropped]
        return tuple(row for row in found if row != Evidence("", "", ""))

    def drop(self, at: int) -> None:
        """Leave a row out."""
        self.dropped = at

    def blank(self) -> None:
        """Offer a row to fill in."""
        last = self.evidence[-1].form.evidence() if len(self.evidence) else None
        if last != Evidence("", "", "") and len(self.evidence) < MOST_ROWS:
            self.evidence.append_entry()


class AnnotationForm(EvidencedForm):
    """One annotation; its layer is that of its category."""

    usual = VERDICTS

    category = StringField(N_("Category"))
    verdict = StringField(N_("Verdict"))
    severity = StringField(
        N_("Severity"), [AnyOf(("1", "2", "3"), N_("Choose a severity from 1 to 3."))]
    )
    difficulty = StringField(
        N_("Difficulty"), [AnyOf(tuple("12345"), N_("Choose a difficulty from 1 to 5."))]
    )
    correction = _text(N_("Correction"), N_("How the words could stand."))
    check = _text(N_("How could you check?"), N_("A move that a reader can make, off this page."))
    optional = BooleanField(N_("Grey: neither rewarded nor punished"), false_values=("",))
    verified = BooleanField(N_("Verified: checked against the evidence"), false_values=("",))

    @classmethod
    def of(cls, annotation: Annotation) -> Self:
        """Return the form with what is stored."""
        values = {name: getattr(annotation, name) for name in cls._names()}
        ranks = {"severity": str(annotation.severity), "difficulty": str(annotation.difficulty)}
        return cls.of_request(**{**values, **ranks, "evidence": annotation.evidence})

    @classmethod
    def new(cls, layer: str) -> Self:
        """Return the form as it looks before anything is said."""
        start = {"verdict": VERDICTS.get(layer, ""), "severity": "2", "difficulty": "3"}
        return cls.of_request(**start, verified=True)

    @classmethod
    def _names(cls) -> tuple[str, ...]:
        return ("why", "category", "verdict", "correction", "check", "optional", "verified")

    def check_terms(self, taxonomy: Taxonomy) -> bool:
        """Tell whether category and verdict are in the list; if not, say so."""
        if self.said("category") not in {category.id for category in taxonomy.categories}:
            self.category.errors = [N_("Choose a category.")]
        elif not self.said("verdict"):
            self.verdict.data = VERDICTS[taxonomy.category(self.said("category")).layer]
        if self.said("verdict") not in {verdict.id for verdict in taxonomy.verdicts}:
            self.verdict.errors = [N_("Choose a verdict.")]
        return not (self.category.errors or self.verdict.errors)

    def values(self, taxonomy: Taxonomy) -> dict[str, Any]:
        """Return what an annotation is made of, but for its id and its span."""
        category = taxonomy.category(self.said("category"))
        texts = {n: self.said(n) for n in ("verdict", "why", "correction", "check")}
        return {
            **texts,
            "category": category.id,
            "layer": category.layer,
            "severity": int(self.said("severity")),
            "difficulty": int(self.said("difficulty")),
            "optional": bool(self.optional.data),
            "verified": bool(self.verified.data),
            "evidence": self.rows(),
        }


class StetForm(EvidencedForm):
    """Why a stretch may stand."""

    layers = SelectMultipleField(
        N_("Fair as far as these go"),
        [DataRequired(N_("Choose at least one layer."))],
        validate_choice=False,
    )

    def stet(self, id_: str, span: Span) -> Stet:
        """Return what was said."""
        return Stet(id_, span, tuple(self.layers.data or ()), self.said("why"), self.rows())


class GreyForm(FindForm):
    """Why a stretch is taken out of the key of a layer."""

    layer = StringField(N_("Layer"))

    def zone(self, span: Span) -> GreyZone:
        """Return what was said."""
        return GreyZone(span, self.said("layer"), self.said("why"))


def read_rev(text: str) -> int:
    """Read a revision. BadRequest if it is none."""
    return _number(text)


def read_span(start: str, stop: str) -> Span:
    """Read a span from an address or a form. BadRequest if it is none."""
    if not _number(start) < _number(stop):
        raise BadRequest
    return Span(int(start), int(stop))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise BadRequest
    return int(text)


def _flat(messages: object) -> Iterator[str]:
    """Yield the sentences in what WTForms makes of the errors of rows."""
    if isinstance(messages, dict):
        messages = list(messages.values())
    if isinstance(messages, list | tuple):
        for inner in messages:
            yield from _flat(inner)
    else:
        yield str(messages)
