"""New versions of an article, and what needs a hand to find its place in them."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from quizgame.domain.carrying import Place
from quizgame.domain.errors import N_, ContentError, InputError, StaleError
from quizgame.domain.passages import Span
from quizgame.formats import Hints
from quizgame.services import articles, imports, versions
from quizgame.web.access import now, require_user, visitor
from quizgame.web.forms.articles import VersionForm
from quizgame.web.imports import MOST_BYTES
from quizgame.web.requests import read_form, takes_up_to

blueprint = Blueprint("versions", __name__, url_prefix="/articles/<article_id>/versions")

NO_PLAIN_TEXT = N_("Annotations come in with a new article. Choose a file that is a plain text.")
PLACE = re.compile(r"(\d{1,6}):(\d{1,7})-(\d{1,7})", re.ASCII)


@blueprint.route("/<int:version>/change", methods=["GET", "POST"])
@takes_up_to(MOST_BYTES)
@require_user
def change(article_id: str, version: int) -> ResponseReturnValue:
    """Change the text: that makes a new version."""
    row = articles.get_own(visitor().user_id, article_id, version)
    form = VersionForm.of_request(text=versions.text_of(row))
    if form.is_sent():
        try:
            if files := form.files():
                _read(form, row.language, files)
            else:
                text = form.said("text").replace("\r\n", "\n")
                made = versions.add_version(visitor().user_id, article_id, version, text, now=now())
                return _made(article_id, made)
        except (InputError, ContentError, StaleError) as error:
            form.refuse(error)
    page = render_template("versions/change.html", form=form, row=row)
    return page, 422 if form.errors else 200


def _read(form: VersionForm, language: str, files: dict[str, bytes]) -> None:
    """Put the text of a file into the form, to be looked over before it becomes a version."""
    proposal = imports.propose(files, Hints(language))
    if proposal.document:
        raise InputError(NO_PLAIN_TEXT)
    form["text"].data = "\n\n".join(block.text for block in proposal.blocks if block.is_kept)
    flash(_("This is the text of the file. Look it over, then make the new version."))


@blueprint.get("/<int:version>/loose")
@require_user
def loose(article_id: str, version: int) -> ResponseReturnValue:
    """List what was found in the version before and has no place in this one."""
    row = articles.get_of(visitor().user_id, article_id, version)
    key = articles.key_of(row)
    return render_template(
        "versions/loose.html",
        row=row,
        loose=versions.loose(row),
        key=versions.ruling_key,
        set_id=key.public_id if key else "",
    )


@blueprint.post("/<int:version>/loose")
@require_user
def place(article_id: str, version: int) -> ResponseReturnValue:
    """Give one of them its place, or leave it out."""
    row = articles.get_of(visitor().user_id, article_id, version)
    sent = read_form("key", "place")
    try:
        chosen = _place(sent["place"])
        versions.place(visitor().user_id, row, sent["key"], chosen, now=now())
        flash(_("It has its place now.") if chosen else _("It is left out."))
    except (InputError, StaleError) as error:
        flash(_(str(error)))
    return redirect(url_for(".loose", article_id=article_id, version=version), 303)


def _made(article_id: str, version: int) -> ResponseReturnValue:
    """Tell that there is a new version, and lead to what needs a hand, if anything does."""
    row = articles.get_own(visitor().user_id, article_id, version)
    count = len(versions.loose(row))
    flash(_("This is version %(number)d.", number=version))
    if not count:
        return redirect(url_for("articles.show", article_id=article_id), 303)
    flash(
        ngettext(
            "One annotation could not be placed with certainty: show where it belongs.",
            "%(num)d annotations could not be placed with certainty: show where they belong.",
            count,
        )
    )
    return redirect(url_for(".loose", article_id=article_id, version=version), 303)


def _place(sent: str) -> Place | None:
    if not sent:
        return None
    found = PLACE.fullmatch(sent)
    if not found:
        raise BadRequest
    number, start, stop = map(int, found.groups())
    if not start < stop:
        raise BadRequest
    return Place(number, Span(start, stop))
