"""Domain errors as statuses and pages: the only place that pairs them."""

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from quizgame.domain.errors import (
    BusyError,
    ClosedError,
    ContentError,
    InputError,
    NotFoundError,
    QuizgameError,
    StaleError,
    TooManyTriesError,
)

STATUSES: dict[type[QuizgameError], int] = {
    NotFoundError: 404,
    ClosedError: 409,
    StaleError: 409,
    ContentError: 422,
    InputError: 422,
    TooManyTriesError: 429,
    BusyError: 503,
}


def init_app(app: Flask) -> None:
    """Give every error a page."""
    app.register_error_handler(QuizgameError, show_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(SecurityError, show_unknown_host)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_failure)


def show_error(error: QuizgameError) -> Response:
    """Say what the error says, with its status."""
    response = page(STATUSES[type(error)], _(str(error)))
    if response.status_code == 503:
        response.headers["Retry-After"] = "2"
    if isinstance(error, TooManyTriesError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def show_csrf_error(error: CSRFError) -> Response:
    """Say that the page has been open for too long, or came from elsewhere."""
    return page(
        400,
        _(
            "This form could not be checked. It may have been open for too long, or cookies are"
            " off. Go back, reload the page and send it again."
        ),
    )


def show_unknown_host(error: SecurityError) -> Response:
    """Say that the game is not known by that name, in plain text: a page would link to it."""
    words = _(
        "The game is not known by this address. Whoever runs it can add the name to"
        " QUIZGAME_TRUSTED_HOSTS."
    )
    return make_response(words, 400, {"Content-Type": "text/plain; charset=utf-8"})


def show_http_error(error: HTTPException) -> Response:
    """Say what HTTP calls wrong, in our words."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    words = {
        400: _("That request does not make sense here. Go back and try again."),
        403: _("That came from another site, so it was not carried out."),
        404: _("There is no such page. Check the address, or go to the front page."),
        405: _("That cannot be done here."),
        413: _("That is too much at once. Send less."),
        429: _("Too many tries. Wait a minute, then try again."),
    }
    response = page(
        error.code, words.get(error.code, _("That did not work. Go back and try again."))
    )
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def show_failure(error: Exception) -> Response:
    """Say that it is our fault; the trace goes to the log, never to the page."""
    current_app.logger.exception("unexpected failure")
    return page(500, _("Something went wrong on our side. Nothing was lost; try again."))


def page(status: int, words: str) -> Response:
    """Show an error as a page, or as JSON to a script."""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(error=words), status)
    return make_response(render_template("error.html", words=words, status=status), status)
