"""Forms of imports: what is brought in, and the proposal, whose whole state is the form itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Self

from flask import request
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, StringField, TextAreaField

from quizgame.domain.errors import N_, InputError
from quizgame.domain.passages import Article
from quizgame.formats import FORMATS, Proposal
from quizgame.services import imports
from quizgame.services.articles import checked_link
from quizgame.services.imports import Paragraph
from quizgame.web.forms._form import NOT_LONG, PageForm
from quizgame.web.forms.articles import FACTS, SourceForm, facts_of

TEXTS = {"plain_text": N_("Plain text"), "markdown": N_("Markdown"), "web_page": N_("HTML source")}
LISTS = ("text", "kept", "begins", "removed")
STEPS = ("update", "gather", "keep")
MOST_FILES = 200
NO_FILE = N_("Choose a file.")
SAME_NAME = N_("Two of the files have the same name.")


class PasteForm(PageForm):
    """A text, and what it is written in."""

    text = TextAreaField(
        N_("Text of the article"), render_kw={"class": "is-tall", "rows": "18", "dir": "auto"}
    )
    kind = StringField(N_("What you paste"))


class AddressForm(PageForm):
    """The address of a page."""

    url = StringField(
        N_("Address of the page"),
        [NOT_LONG],
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )


class FileForm(PageForm):
    """Files, and in which format they are if that cannot be told."""

    format = StringField(N_("Format"))

    @classmethod
    def of_request(cls, **before: Any) -> Self:
        """Return the form as sent. BadRequest if other fields were sent."""
        if request.method != "POST":
            return cls(**before)
        names = set(request.form) - {"csrf_token"}
        if names != {"format"} or set(request.files) - {"files"}:
            raise BadRequest
        if request.form["format"] not in {"", *FORMATS}:
            raise BadRequest
        return cls(format=request.form["format"])

    @staticmethod
    def files() -> dict[str, bytes]:
        """Return the files by their names. Raises InputError if there are none."""
        sent = [file for file in request.files.getlist("files") if file.filename]
        named = {_base(str(file.filename)): file.read() for file in sent[:MOST_FILES]}
        if not named:
            raise InputError(NO_FILE)
        if len(named) < len(sent):
            raise InputError(SAME_NAME)
        return named


class PreviewForm(SourceForm):
    """A proposal as it is edited: what is said about the article, and its paragraphs."""

    document = HiddenField()
    paragraphs: Sequence[Paragraph] = ()
    removed: Mapping[str, int] = MappingProxyType({})
    step: str = ""

    @classmethod
    def of_proposal(cls, proposal: Proposal) -> Self:
        """Return the form in which a proposal is edited."""
        source = replace(proposal.source, url=_shown_link(proposal.source.url))
        form = cls(document=proposal.document, **facts_of(source))
        form.paragraphs = [Paragraph(block.text, block.is_kept) for block in proposal.blocks]
        form.removed = dict(proposal.removed)
        return form

    @classmethod
    def of_request(cls, **before: Any) -> Self:
        """Return the form as sent. BadRequest unless it is one that we made."""
        sent = {name: values for name, values in request.form.lists() if name != "csrf_token"}
        single = {*FACTS, "document", "do"}
        if request.files or single - set(sent) or set(sent) - single - set(LISTS):
            raise BadRequest
        if any(len(sent[name]) > 1 for name in single) or sent["do"][0] not in STEPS:
            raise BadRequest
        form = cls(data={name: sent[name][0] for name in single - {"do"}})
        form.step = sent["do"][0]
        texts = sent.get("text", [])
        kept, begins = (_numbers(sent.get(name, []), len(texts)) for name in ("kept", "begins"))
        form.paragraphs = [
            Paragraph(text.replace("\r\n", "\n"), n in kept, n in begins)
            for n, text in enumerate(texts)
        ]
        form.removed = dict(_count(told) for told in sent.get("removed", [])[:20])
        return form

    def article(self) -> Article:
        """Make the article. Raises InputError or ContentError."""
        if self.said("document"):
            return imports.of_document(self.source(), self.said("document"))
        return imports.composed_of(self.source(), imports.text_of(self.paragraphs))


def _shown_link(url: str) -> str:
    """Return a link that will do, with its host in ASCII: a look-alike is seen at once."""
    try:
        return checked_link(url)
    except InputError:
        return ""


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1][:200]


def _numbers(values: Sequence[str], count: int) -> set[int]:
    known = {str(n): n for n in range(count)}
    if not set(values) <= set(known):
        raise BadRequest
    return {known[value] for value in values}


def _count(told: str) -> tuple[str, int]:
    name, _, count = told.partition("=")
    if not (name.isascii() and name.isalpha() and count.isascii() and count.isdecimal()):
        raise BadRequest
    return name[:20], int(count[:6])
