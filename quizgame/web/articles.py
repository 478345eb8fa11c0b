"""Articles of a teacher: the list, the page of each version, what is said about it, its export."""

from __future__ import annotations

from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from quizgame.domain.errors import InputError
from quizgame.domain.readability import readability
from quizgame.formats import FORMATS, bundled
from quizgame.services import articles, exchanges, versions
from quizgame.services.annotations import annotated
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.articles import SourceForm, facts_of
from quizgame.web.requests import read_form

blueprint = Blueprint("articles", __name__, url_prefix="/articles")

_LANGUAGES = """ar bg bn ca cs cy da de el en es et eu fa fi fr ga he hi hr hu id is it ja ka ko lt
lv mk ms nb nl pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh zh-Hans zh-Hant"""


@blueprint.get("")
@require_user
def index() -> ResponseReturnValue:
    """List one's own articles, and those that colleagues share to be edited."""
    return render_template("articles/index.html", listed=articles.articles_of(visitor().user_id))


@blueprint.get("/<article_id>")
@require_user
def show(article_id: str) -> ResponseReturnValue:
    """Show the newest version of an article."""
    return _shown(article_id, None)


@blueprint.get("/<article_id>/versions/<int:version>")
@require_user
def of_version(article_id: str, version: int) -> ResponseReturnValue:
    """Show a version of an article."""
    return _shown(article_id, version)


@blueprint.route("/<article_id>/versions/<int:version>/about", methods=["GET", "POST"])
@require_user
def describe(article_id: str, version: int) -> ResponseReturnValue:
    """Say something else about a version; its text stays."""
    row = articles.get_own(visitor().user_id, article_id, version)
    form = SourceForm.of_request(**facts_of(row.document.source))
    if form.is_sent():
        try:
            articles.describe(visitor().user_id, article_id, version, form.source())
            flash(_("Saved."))
            return redirect(url_for(".of_version", article_id=article_id, version=version), 303)
        except InputError as error:
            form.refuse(error)
    page = render_template(
        "articles/describe.html",
        row=row,
        form=form,
        tongues=language_names(form.said("language")),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/<article_id>/remove", methods=["GET", "POST"])
@require_user
def remove(article_id: str) -> ResponseReturnValue:
    """Say what goes with an article, and take it away once that is confirmed."""
    if request.method == "POST":
        read_form()
        articles.remove(visitor().user_id, article_id, now=now())
        flash(_("The article is removed."))
        return redirect(url_for(".index"), 303)
    return render_template(
        "articles/remove.html", row=articles.get_own(visitor().user_id, article_id)
    )


@blueprint.get("/<article_id>/versions/<int:version>/files/<format_id>")
@require_user
def export(article_id: str, version: int, format_id: str) -> ResponseReturnValue:
    """Hand out a version with its key in a format."""
    row = articles.get_of(visitor().user_id, article_id, version)
    if format_id not in FORMATS or FORMATS[format_id].write is None:
        raise NotFound
    exported = exchanges.export_stored(annotated(row), format_id)
    names = list(exported.files)
    name = names[0] if len(names) == 1 else f"{names[0].rpartition('.')[0]}.zip"
    kind = FORMATS[format_id].mimetype if len(names) == 1 else "application/zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(bundled(exported.files), mimetype=kind, headers=headers)


def _shown(article_id: str, version: int | None) -> str:
    user_id = visitor().user_id
    row = articles.get_of(user_id, article_id, version)
    article = annotated(row)
    return render_template(
        "articles/show.html",
        row=row,
        article=article,
        is_own=row.owner_id == user_id,
        key=articles.key_of(row),
        versions=articles.versions_of(row),
        told=readability(article.passages, row.language),
        loose=versions.loose(row),
        formats={id_: f for id_, f in FORMATS.items() if f.write},
    )


def language_names(chosen: str) -> dict[str, str]:
    """Return the languages that a text may be in, as the reader calls them."""
    named = {code: language_name(code) for code in _LANGUAGES.split()}
    options = dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))
    if chosen not in options:
        options = {chosen: language_name(chosen) if chosen else _("choose"), **options}
    return options


@blueprint.app_template_filter()
def language_name(code: str) -> str:
    """Return the name of a language in that of the reader."""
    try:
        return Locale.parse(code, sep="-").get_display_name(get_locale()) or code
    except (ValueError, UnknownLocaleError):
        return code


@blueprint.app_template_filter()
def host(url: str) -> str:
    """Return the host of a link in ASCII, so that nobody takes it for another."""
    try:
        return (urlsplit(url).hostname or "").encode("idna").decode()
    except ValueError:
        return url


@blueprint.app_template_filter()
def is_link(url: str) -> bool:
    """Tell whether this can be followed without running anything."""
    return url.startswith(("https://", "http://"))
