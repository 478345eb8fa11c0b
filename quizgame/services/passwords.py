"""Passwords: what will do as one, and the Argon2id hash that is kept of it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Sequence
from typing import Any
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizgame.domain.errors import N_, InputError

SHORTEST = 10
LONGEST = 128
LEAST_SCORE = 2
ESTIMATED = 72
"""zxcvbn looks no further: its time grows with the square of the length."""

TOO_SHORT = N_("Use at least 10 characters.")
TOO_LONG = N_("Use at most 128 characters.")
TOO_COMMON = N_(
    "This password is easy to guess, or among those that leaked elsewhere. Use another."
)
OWN_NAME = N_("Your own name or e-mail address is no password.")

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The least that OWASP's Password Storage Cheat Sheet asks of Argon2id: 19 MiB, two rounds."""


class Workshop:
    """Where hashing is done: here and now, unless the server names a place that stalls nobody."""

    def __init__(self) -> None:
        self.run: Callable[..., Any] = _here


def _here(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    return function(*args)


WORKSHOP = Workshop()


def hash_password(password: str) -> str:
    """Return what is kept of a password. Takes tens of milliseconds: never while a write waits."""
    return str(WORKSHOP.run(HASHER.hash, (_plain(password),)))


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether the password is the kept one; nobody's takes as long as somebody's."""
    return bool(WORKSHOP.run(_verify, (_plain(password), kept or NOBODYS)))


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made at other costs than those of today."""
    return HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, own: Sequence[str]) -> None:
    """Raise InputError unless it will do as a password of somebody whose own words are these."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise InputError(TOO_SHORT)
    if len(plain) > LONGEST:
        raise InputError(TOO_LONG)
    words = {word.casefold() for word in own if word}
    words |= {word.partition("@")[0] for word in words}
    if plain.casefold() in words:
        raise InputError(OWN_NAME)
    if WORKSHOP.run(_score, (plain, sorted(words))) < LEAST_SCORE:
        raise InputError(TOO_COMMON)


def _plain(password: str) -> str:
    """Bring a password to one spelling, whatever the keyboard made of its accents."""
    return normalize("NFKC", password)


def _verify(password: str, kept: str) -> bool:
    try:
        return HASHER.verify(kept, password.encode(errors="surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def _score(password: str, own: list[str]) -> int:
    """Estimate from 0 to 4 how hard it is to guess: with lists of 30,000 leaked ones and more."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - a megabyte of lists, for those who set passwords

    return int(zxcvbn(password[:ESTIMATED], user_inputs=list(own))["score"])


def _nobodys() -> str:
    """Make a hash that no password has, of the same cost as the others."""
    salt, ash = (
        base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode()
        for size in (HASHER.salt_len, HASHER.hash_len)
    )
    costs = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${ash}"


NOBODYS = _nobodys()
