"""JSON documents that say what they are, and where they break."""

from typing import Annotated, Any, TypeVar

import msgspec

from quizgame.domain.errors import ContentError
from quizgame.formats._format import Files

T = TypeVar("T")

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
"""A whole number that any database can hold."""


def decode(data: bytes, shape: type[T], name: str) -> T:
    """Read JSON into a shape; ContentError says at which place it does not fit."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{name}: {error}") from None


def says(files: Files, name: str) -> bool:
    """Tell whether this is one file that says, near its beginning, that it is such a document."""
    return len(files) == 1 and all(f'"{name}"'.encode() in data[:400] for data in files.values())


def encode(value: Any) -> bytes:
    """Write JSON that a person can read and a diff can follow."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
