"""Tokens and codes: made by chance, kept as digests only."""

import secrets
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and figures that nobody mixes up."""


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Make an id that tells nothing: 128 random bits."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """Return what is kept of a token or code."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
