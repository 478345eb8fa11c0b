"""JSON of other programs: read without a schema, asked piece by piece, refused by place."""

from __future__ import annotations

from typing import Any

import msgspec

from quizgame.domain.errors import ContentError
from quizgame.formats._texts import decoded


def parsed(where: str, data: bytes | str) -> Any:
    """Read JSON; ContentError if it is none, or too deep or too large."""
    text = decoded(where, data) if isinstance(data, bytes) else data
    if "\\u0000" in text:
        raise ContentError(f"{where}: there is a NUL character")
    try:
        return msgspec.json.decode(text.removeprefix("\ufeff"))
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise ContentError(f"{where}: {error}") from None


def mapping(where: str, value: Any) -> dict[str, Any]:
    """Return a value that must be an object."""
    if not isinstance(value, dict):
        raise ContentError(f"{where}: here must stand an object, not {_shown(value)}")
    return value


def listing(value: Any) -> list[Any]:
    """Return a value as a list: JSON-LD and others leave the brackets off where there is one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(where: str, value: Any) -> str:
    """Return a value that must be a text; nothing is the empty text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ContentError(f"{where}: here must stand a text, not {_shown(value)}")
    return value


def offset(where: str, value: Any) -> int:
    """Return a value that must be an offset: a number, or one written as text."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 12:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ContentError(f"{where}: here must stand an offset, not {_shown(value)}")
    return value


def looks_like(data: bytes, *marks: bytes) -> bool:
    """Tell whether a file holds all of some marks."""
    return all(mark in data for mark in marks)


def _shown(value: Any) -> str:
    return f"{value!r:.40}"
