"""Who is asking, from where, and what every answer to them carries."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from time import time
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest, Forbidden

from quizgame.services import players

COOKIE = "player"
YEAR = 365 * 24 * 60 * 60
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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

MOST_REMEMBERED = 8192

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, headers_enabled=False)


def init_app(app: Flask) -> None:
    """Check where requests come from, and put the headers on every response."""
    csrf.init_app(app)
    limiter.init_app(app)
    app.session_interface = Sessions()
    app.extensions["player_signer"] = URLSafeSerializer(app.config["SECRET_KEY"], salt=COOKIE)
    app.extensions["session_signer"] = SecureCookieSessionInterface().get_signing_serializer(app)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_nul)
    app.after_request(add_headers)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions. A cookie whose signature was right is not verified again, only its age."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return the app's signer."""
        signer: URLSafeTimedSerializer = app.extensions["session_signer"]
        return signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Read the cookie; one that is forged or too old is as good as none."""
        sent = request.cookies.get(self.get_cookie_name(app))
        if not sent:
            return self.session_class()
        try:
            values, signed_at = _verified(self.get_signing_serializer(app), sent, is_timed=True)
        except BadSignature:
            return self.session_class()
        age = int(time()) - int(signed_at.timestamp())
        if not 0 <= age <= app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(deepcopy(values))


@lru_cache(MOST_REMEMBERED)
def _verified(signer: Any, sent: str, is_timed: bool = False) -> Any:
    """Return what was signed, and when if it is timed. What is forged raises: no place is lost."""
    return signer.loads(sent, return_timestamp=True) if is_timed else signer.loads(sent)


def now() -> datetime:
    """Read the clock, in the server's time zone."""
    return datetime.now(current_app.config["TIMEZONE"])


def refuse_other_sites() -> None:
    """Refuse what another site's page made the browser send."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    is_foreign = site not in {"same-origin", "none"}
    if origin and origin.partition("://")[2] != request.host:
        is_foreign = True
    if is_foreign:
        raise Forbidden


def refuse_nul() -> None:
    """Refuse the character NUL: it is in no address and no answer, and PostgreSQL chokes on it."""
    if "\0" in request.path or any("\0" in value for value in request.form.values()):
        raise BadRequest


def read_form(*names: str) -> dict[str, str]:
    """Return the fields of a form. BadRequest unless each is sent once, and nothing else."""
    sent = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    if set(sent) != set(names) or request.files or any(len(v) > 1 for v in sent.values()):
        raise BadRequest
    return {name: values[0] for name, values in sent.items()}


def add_headers(response: Response) -> Response:
    """Add the headers of safety, and keep what is personal out of caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("Cookie")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if "player_token" in g:
        _set_cookie(response, g.player_token)
    return response


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
        token = _verified(_signer(), sent) if sent else None
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
