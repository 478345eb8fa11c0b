"""Signed cookies: what was verified once is remembered, as a busy browser sends the same again."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from time import time
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

MOST_REMEMBERED = 8192


def init_app(app: Flask) -> None:
    """Read session cookies our way."""
    app.session_interface = Sessions()
    app.extensions["session_signer"] = SecureCookieSessionInterface().get_signing_serializer(app)


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
            values, signed_at = verified(self.get_signing_serializer(app), sent, is_timed=True)
        except BadSignature:
            return self.session_class()
        age = int(time()) - int(signed_at.timestamp())
        if not 0 <= age <= app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(deepcopy(values))


@lru_cache(MOST_REMEMBERED)
def verified(signer: Any, sent: str, is_timed: bool = False) -> Any:
    """Return what was signed, and when if it is timed. What is forged raises: no place is lost."""
    return signer.loads(sent, return_timestamp=True) if is_timed else signer.loads(sent)
