"""The language of the pages: that of the browser, or one that was chosen."""

from babel import Locale, negotiate_locale
from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from quizgame.web.requests import read_form

blueprint = Blueprint("languages", __name__)


def languages() -> list[Locale]:
    """Return the languages that there is a catalogue for; English needs none."""
    known = current_app.extensions
    if "languages" not in known:
        found = known["babel"].instance.list_translations()
        known["languages"] = sorted({Locale("en"), *found}, key=str)
    offered: list[Locale] = known["languages"]
    return offered


def choose_locale() -> str:
    """Return the language chosen on this device, else the best of what the browser asks for."""
    offered = [str(locale) for locale in languages()]
    chosen = session.get("language") if len(offered) > 1 else None
    if chosen in offered:
        return str(chosen)
    asked = list(request.accept_languages.values())
    return negotiate_locale(asked, offered, sep="-") or "en"


@blueprint.post("/language")
def choose() -> ResponseReturnValue:
    """Keep the language chosen."""
    chosen = read_form("language")["language"]
    if chosen not in [str(locale) for locale in languages()]:
        raise BadRequest
    session["language"] = chosen
    return redirect(url_for("quizzes.front_page"), 303)
