"""Names and addresses in settings: by which the game is asked for, told of, and sends mail."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
PUBLIC_URL = re.compile(r"https?://([\w.-]+|\[[0-9a-f:]+\])(:\d{1,5})?", re.ASCII)
SENDER = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def trusted_hosts(given: str, host: str, public_url: str) -> tuple[str, ...]:
    """Return the names by which browsers may ask for the game, without ports."""
    if given:
        names = tuple(name.strip() for name in given.split(",") if name.strip())
        for name in names:
            if not _is_host(name.removeprefix(".")):
                raise ValueError(f"QUIZGAME_TRUSTED_HOSTS: {name!r} is not the name of a host")
        return names
    own = {*LOOPBACK, socket.gethostname(), f"{socket.gethostname()}.local"}
    if public := urlsplit(public_url).hostname:
        own.add(f"[{public}]" if ":" in public else public)
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        own |= _own_addresses()
    else:
        own.add(host)
    return tuple(sorted(filter(_is_host, own)))


def allowed_hosts(given: str) -> tuple[str, ...]:
    """Return the hosts whose pages may be fetched, in ASCII; one with a dot first, its subdomains.

    ValueError if one of them is no host's name.
    """
    names = tuple(name.strip().lower() for name in given.split(",") if name.strip())
    for name in names:
        if not _is_host(name.removeprefix(".")) or set(name) & set("/:*@ "):
            raise ValueError(
                f"QUIZGAME_URL_IMPORT_HOSTS: {name!r} is not the name of a host; write "
                "news.example, or .news.example for all its subdomains as well"
            )
    return tuple(
        name.encode("idna").decode() if name[0] != "." else _dotted(name) for name in names
    )


def public_url(given: str) -> str:
    """Return what links in letters begin with. ValueError if no browser could follow them."""
    url = given.rstrip("/")
    if url and not PUBLIC_URL.fullmatch(url):
        raise ValueError(
            f"QUIZGAME_PUBLIC_URL is {given!r}; it must be like https://quiz.school.example"
        )
    return url


def mail_url(given: str, sender: str) -> str:
    """Return the address of the mail server. ValueError if it is none, or the sender is missing."""
    try:
        parts = urlsplit(given)
        is_good = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
    except ValueError:
        is_good = False
    if given and not is_good:
        raise ValueError("QUIZGAME_MAIL_URL must be like smtp://user:password@mail.example:587")
    if bool(given) != bool(sender) or (sender and not SENDER.fullmatch(sender)):
        raise ValueError(
            "QUIZGAME_MAIL_URL and QUIZGAME_MAIL_FROM go together: a mail server, and the address "
            "that mail comes from, such as quizgame@school.example"
        )
    return given


def _dotted(name: str) -> str:
    return "." + name[1:].encode("idna").decode()


def _is_host(name: str) -> bool:
    try:
        return bool(name.encode("idna"))
    except UnicodeError:
        return False


def _own_addresses() -> set[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
    except OSError:
        return set()
    return {f"[{a[4][0]}]" if ":" in str(a[4][0]) else str(a[4][0]) for a in found}
