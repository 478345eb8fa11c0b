"""JSON documents that say what they are, and where they break."""

from typing import Annotated, Any, TypeVar

import msgspec

from quizgame.domain.errors import ContentError

T = TypeVar("T")

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
"""A whole number that any database can hold."""


def decode(data: bytes, shape: type[T], name: str) -> T:
    """Read JSON into a shape; ContentError says at which place it does not fit."""
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.DecodeError as error:
        raise ContentError(f"{name}: {error}") from None


def encode(value: Any) -> bytes:
    """Write JSON that a person can read and a diff can follow."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
