"""What a linter of content has to say: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Breach:
    """One sentence about one place.

    `words` can be translated; `values` fill it. `round` is the round concerned (0 if it is the
    whole set), `passage` and `annotation` what stands in the article,
    `key` the find in its passage, as the editor calls it. `is_advice` marks what a
    set may be published with: it is playable, and its reveal tells less than it could.
    """

    where: str
    words: str
    values: dict[str, Any] = field(default_factory=dict)
    round: int = 0
    passage: str = ""
    annotation: str = ""
    is_advice: bool = False
    key: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.words % self.values if self.values else self.words}"


Breaches = Iterator[Breach]
