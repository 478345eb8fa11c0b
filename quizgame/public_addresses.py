"""Addresses on the public web: what a server may ask for when a stranger names it (T-24)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from quizgame.domain.errors import N_, InputError

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2_000
GLOBAL_V6 = IPv6Network("2000::/3")
TUNNELS = tuple(
    IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
"""IPv6 that stands for other addresses, or for none: never where a page is."""

NOT_AN_ADDRESS = N_("That is not the address of a page. It begins with https:// or http://.")
NOT_PUBLIC = N_("That address is not on the public web, so nothing was fetched.")


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask for, checked: a scheme, a host, and a path."""

    scheme: str
    host: str
    path: str


def checked(url: str) -> Target:
    """Return what an address asks for. InputError if it is none that this server follows.

    There is one reading of it, here: nothing parses it a second time on the way.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode().lower()
    except ValueError:
        raise InputError(NOT_AN_ADDRESS) from None
    is_plain = len(url) <= LONGEST_URL and not re.search(r"[\x00-\x20\x7f\\]", url)
    if not is_plain or parts.scheme not in PORTS or "@" in parts.netloc or not host:
        raise InputError(NOT_AN_ADDRESS)
    if port not in {None, PORTS[parts.scheme]} or "%" in host:
        raise InputError(NOT_AN_ADDRESS)
    if ":" not in host and not re.fullmatch(r"[a-z0-9_.-]+", host):
        raise InputError(NOT_AN_ADDRESS)
    if _is_number(host) and not is_public(host):
        raise InputError(NOT_PUBLIC)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return Target(parts.scheme, host, f"{path}?{query}" if query else path)


def is_among(host: str, allowed: Sequence[str]) -> bool:
    """Tell whether a host is one of those, or below one that begins with a dot."""
    return any(
        host == name.lstrip(".") or (name[0] == "." and host.endswith(name)) for name in allowed
    )


def is_public(address: str) -> bool:
    """Tell whether an address is on the public web: nobody's own network, no group, no tunnel."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found not in GLOBAL_V6 or any(found in net for net in TUNNELS) or found.scope_id:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_private)


def _is_number(host: str) -> bool:
    """Tell whether browsers take a host for an IP address: its last label is a number."""
    last = host.rsplit(".", 1)[-1]
    return bool(re.fullmatch(r"\d+|0x[0-9a-f]*", last)) or ":" in host
