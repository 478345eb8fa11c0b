"""Who is asking, from where, and what every answer to them carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadSignature, URLSafeSerializer

from quizgame.domain.errors import NotFoundError
from quizgame.services import players, sessions
from quizgame.services.sessions import Visit
from quizgame.services.users import ADMINISTRATOR, NO_SUCH_USER
from quizgame.web import cookies
from quizgame.web.cookies import verified
from quizgame.web.requests import (
    is_secret,
    most_bytes,
    refuse_nameless,
    refuse_nul,
    refuse_other_sites,
)

COOKIE = "player"
TOKEN = "user"  # noqa: S105 - a name, no secret
"""Where in the session cookie the token of a signed-in user is."""
LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f-\x9f\\]*")
YEAR = 365 * 24 * 60 * 60
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=False)


def init_app(app: Flask) -> None:
    """Check where requests come from, and put the headers on every response."""
    app.before_request(let_large_in)
    app.before_request(refuse_nameless)
    csrf.init_app(app)
    limiter.init_app(app)
    cookies.init_app(app)
    app.extensions["player_signer"] = URLSafeSerializer(app.config["SECRET_KEY"], salt=COOKIE)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_nul)
    app.after_request(add_headers)


def now() -> datetime:
    """Read the clock, in the server's time zone."""
    return datetime.now(current_app.config["TIMEZONE"])


def let_large_in() -> None:
    """Take more than usual where a view does, from users only, before anything reads the form."""
    most = most_bytes()
    if most and visit():
        request.max_content_length = request.max_form_memory_size = most


def add_headers(response: Response) -> Response:
    """Add the headers of safety, and keep what is personal out of caches."""
    if is_secret():
        response.headers["Referrer-Policy"] = "no-referrer"
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("Cookie")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if "player_token" in g:
        _set_cookie(response, g.player_token)
    return response


def visit() -> Visit | None:
    """Return who is signed in in this browser, if anybody is."""
    if "visit" not in g:
        token = session.get(TOKEN)
        g.visit = sessions.find(token, now=now()) if isinstance(token, str) else None
    found: Visit | None = g.visit
    return found


def user_id() -> int | None:
    """Return the id of who is signed in, if anybody is."""
    found = visit()
    return found.user_id if found else None


def visitor() -> Visit:
    """Return who is signed in, in a view that requires it."""
    found = visit()
    assert found is not None
    return found


def require_user(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let only users see a view; others are asked to sign in, and come back."""

    @wraps(view)
    def wrapped(**values: Any) -> Any:
        return view(**values) if visit() else ask_to_sign_in()

    return wrapped


def require_administrator(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let only administrators see a view; for other users there is no such page."""

    @require_user
    @wraps(view)
    def wrapped(**values: Any) -> Any:
        if visitor().role != ADMINISTRATOR:
            raise NotFoundError(NO_SUCH_USER)
        return view(**values)

    return wrapped


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in, and from there back to the page that was asked for."""
    back = request.path if request.method == "GET" else None
    return redirect(url_for("sessions.sign_in", next=back), 303)


def enter(token: str) -> None:
    """Sign this browser in by the token of a new session; nothing of before is taken along."""
    chosen = session.get("language")
    session.clear()
    session[TOKEN] = token
    g.pop("visit", None)
    if language := visitor().language or chosen:
        session["language"] = language


def leave() -> None:
    """Forget in this browser who was signed in."""
    session.clear()
    g.pop("visit", None)


def local_path(path: str) -> str:
    """Return a path of this site; one that could lead elsewhere becomes the overview."""
    return path if LOCAL.fullmatch(path) else url_for("dashboard.show")


def player_id() -> int | None:
    """Return who plays on this device, if anybody does yet."""
    if "player_id" not in g:
        token = _token()
        g.player_id = players.find_player_id(token) if token else None
    found: int | None = g.player_id
    return found


def ensure_player() -> int:
    """Return who plays on this device; make them if nobody does yet."""
    found = player_id()
    if found is None:
        g.player_id, g.player_token = players.create_player(now=now())
        found = int(g.player_id)
    return found


def become(token: str) -> None:
    """Let this device hold that token from now on."""
    g.pop("player_id", None)
    g.player_token = token


def _token() -> str | None:
    if "player_token" in g:
        return str(g.player_token)
    sent = request.cookies.get(COOKIE, "")
    try:
        token = verified(_signer(), sent) if sent else None
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def _set_cookie(response: Response, token: str) -> None:
    signed: Any = _signer().dumps(token)
    response.set_cookie(
        COOKIE,
        signed,
        max_age=YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _signer() -> URLSafeSerializer:
    signer: URLSafeSerializer = current_app.extensions["player_signer"]
    return signer
