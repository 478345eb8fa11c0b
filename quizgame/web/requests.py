"""What a request may bring: from where, how much, and which fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import BadRequest, Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_other_sites() -> None:
    """Refuse what another site's page made the browser send."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    is_foreign = site not in {"same-origin", "none"}
    if origin == "null" and is_secret():
        origin = None
    if origin and origin.partition("://")[2] != request.host:
        is_foreign = True
    if is_foreign:
        raise Forbidden


def refuse_nameless() -> None:
    """Refuse a part of a form without a name: the check of its token would stumble over it."""
    if any(name is None for name in request.form):
        raise BadRequest


def refuse_nul() -> None:
    """Refuse the character NUL: it is in no address and no answer, and PostgreSQL chokes on it."""
    if "\0" in request.path or any("\0" in value for value in request.form.values()):
        raise BadRequest


def takes_up_to(most: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view that takes forms of up to so many bytes from users."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return mark


def read_form(*names: str) -> dict[str, str]:
    """Return the fields of a form. BadRequest unless each is sent once, and nothing else."""
    sent = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    if set(sent) != set(names) or request.files or any(len(v) > 1 for v in sent.values()):
        raise BadRequest
    return {name: values[0] for name, values in sent.items()}


def wants_json() -> bool:
    """Tell whether a script asks, rather than a reader."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html"


def holds_secret(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose address is a secret: its pages tell nobody where they are.

    Their forms therefore come from an origin called "null". That is let pass here, and here only:
    who made up the form on another site would have to know the address, and the token as well.
    """
    view.holds_secret = True  # type: ignore[attr-defined]
    return view


def is_secret() -> bool:
    """Tell whether the address that is asked for is a secret."""
    return getattr(_view(), "holds_secret", False)


def _view() -> object:
    return current_app.view_functions.get(request.endpoint or "")


def most_bytes() -> int:
    """Return how much the view that is asked for takes from users; 0 if no more than others."""
    return int(getattr(_view(), "most_bytes", 0))
