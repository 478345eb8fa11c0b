"""Importing an article: paste it, upload it or fetch it; look at the proposal; keep it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from quizgame.domain.errors import ContentError, InputError
from quizgame.domain.readability import readability
from quizgame.fetching import Fetcher
from quizgame.formats import FORMATS, PLAIN, Hints
from quizgame.services import articles, imports
from quizgame.web.access import limiter, now, require_user, visitor
from quizgame.web.articles import language_names
from quizgame.web.forms.imports import TEXTS, AddressForm, FileForm, PasteForm, PreviewForm
from quizgame.web.requests import takes_up_to

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

MOST_BYTES = 5 * 1024 * 1024


@blueprint.route("", methods=["GET", "POST"])
@takes_up_to(MOST_BYTES)
@require_user
def paste() -> ResponseReturnValue:
    """Take a pasted text."""
    form = PasteForm.of_request(kind="plain_text")
    if form.said("kind") not in TEXTS:
        raise BadRequest
    if form.is_sent():
        suffix = PLAIN[form.said("kind")].suffixes[0]
        files = {f"{_('the pasted text')}{suffix}": form.said("text").encode()}
        try:
            return _proposed(files, _hints())
        except InputError as error:
            form.refuse(error)
    page = render_template("imports/paste.html", form=form, ways=_ways(), texts=_said(TEXTS))
    return page, 422 if form.errors else 200


@blueprint.route("/file", methods=["GET", "POST"])
@takes_up_to(MOST_BYTES)
@require_user
def upload() -> ResponseReturnValue:
    """Take one file, or several that belong together."""
    form = FileForm.of_request(format="")
    if form.is_sent():
        try:
            return _proposed(form.files(), _hints(), form.said("format"))
        except InputError as error:
            form.refuse(error)
    formats = {"": _("as the file says")}
    formats |= {id_: _(f.title) for id_, f in FORMATS.items() if f.read}
    page = render_template(
        "imports/upload.html",
        form=form,
        ways=_ways(),
        formats=formats,
        plain=[_(format_.title) for format_ in PLAIN.values()],
    )
    return page, 422 if form.errors else 200


@blueprint.route("/address", methods=["GET", "POST"])
@require_user
@limiter.limit("10 per minute; 100 per hour", methods=["POST"])
def fetch() -> ResponseReturnValue:
    """Take a page from its address, where an administrator lets this server fetch pages."""
    if not _fetcher().is_on:
        raise NotFound
    form = AddressForm.of_request()
    if form.is_sent():
        try:
            page = _fetcher().fetch(form.said("url").strip())
            hints = Hints(get_locale().language, page.url, page.charset)
            return _proposed({"page.html": page.data}, hints)
        except InputError as error:
            form.refuse(error)
    shown = render_template("imports/address.html", form=form, ways=_ways())
    return shown, 422 if form.errors else 200


@blueprint.post("/preview")
@takes_up_to(MOST_BYTES)
@require_user
def edit() -> ResponseReturnValue:
    """Look at the proposal again as it was edited, or keep the article."""
    form = PreviewForm.of_request()
    if form.step == "gather":
        form.paragraphs = imports.gathered(form.paragraphs)
    if form.step != "keep":
        return _preview(form)
    try:
        public_id = imports.keep(visitor().user_id, form.article(), now=now())
    except (InputError, ContentError) as error:
        form.refuse(error)
        return _preview(form), 422
    flash(_("The article is kept. Now look for what is wrong in it, and for what may stand."))
    return redirect(url_for("articles.show", article_id=public_id), 303)


def _proposed(files: Mapping[str, bytes], hints: Hints, format_id: str = "") -> str:
    proposal = imports.propose(files, hints, format_id)
    return _preview(PreviewForm.of_proposal(proposal), proposal.notes)


def _preview(form: PreviewForm, notes: tuple[str, ...] = ()) -> str:
    article, same = None, []
    try:
        article = form.article()
        same = articles.same_texts(visitor().user_id, article.passages)
    except (InputError, ContentError) as error:
        if str(error) not in form.form_errors:
            form.refuse(error)
    return render_template(
        "imports/preview.html",
        form=form,
        notes=notes,
        article=article,
        same=same,
        told=readability(article.passages, form.said("language")) if article else None,
        tongues=language_names(form.said("language")),
    )


def _ways() -> list[tuple[str, str]]:
    ways = [("imports.paste", _("Paste")), ("imports.upload", _("File"))]
    return [*ways, ("imports.fetch", _("Address"))] if _fetcher().is_on else ways


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {key: _(label) for key, label in words.items()}


def _hints() -> Hints:
    return Hints(get_locale().language)


def _fetcher() -> Fetcher:
    fetcher: Fetcher = current_app.extensions["fetcher"]
    return fetcher
