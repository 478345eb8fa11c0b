"""What a round kind provides, and the form that every kind's answer starts from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from quizgame.domain.items import Item, Prices, Question, Response, Score
from quizgame.domain.scores import Word

Sent = Mapping[str, Sequence[str]]
"""What a browser sent: the values of each name."""


WordStates = dict[Word, str]
"""How the reveal shows words: caught, missed, stet, grey, spill or focus; others are plain."""


class Sheet:
    """What was sent, as WTForms wants to read it."""

    def __init__(self, sent: Sent) -> None:
        self._sent = sent

    def __contains__(self, name: str) -> bool:
        return name in self._sent

    def __iter__(self) -> Any:
        return iter(self._sent)

    def __len__(self) -> int:
        return len(self._sent)

    def getlist(self, name: str) -> list[str]:
        """Return all values of a name."""
        return list(self._sent.get(name, ()))


class AnswerForm(Form):
    """What may be answered to a question.

    Built from a question and what was sent, or from a question and the response stored so far.
    `validate` tells whether it can be kept; `is_answer` whether it can be locked.
    """

    def __init__(
        self, question: Question, sent: Sent | None = None, response: Response | None = None
    ) -> None:
        self.question = question
        self.sent = sent or {}
        super().__init__(Sheet(sent) if sent else None)
        if response is not None and not sent:
            self.fill(response)

    def fill(self, response: Response) -> None:
        """Show a stored response."""
        raise NotImplementedError

    @property
    def response(self) -> Response:
        """Return what was sent as a response, once it is validated."""
        raise NotImplementedError

    def is_answer(self) -> bool:
        """Tell whether it says anything; if not, add an error that says what to do."""
        raise NotImplementedError

    def names(self) -> set[str]:
        """Return the names that a browser may send."""
        return set(self._fields)


@dataclass(frozen=True, slots=True)
class Pool:
    """Rounds that are priced together: a name, and how their keys are priced."""

    name: str
    price: Callable[[Sequence[Any]], Prices]


def in_focus(item: Item, response: Response) -> WordStates:
    """Show the words of the annotation that the item asks about, if it asks about one."""
    focus = item.focus_annotation()
    if focus is None:
        return {}
    words = enumerate(item.passages[0].words)
    return {(0, at): "focus" for at, word in words if word.touches(focus.span)}


@dataclass(frozen=True, slots=True)
class RoundKind:
    """A way of asking.

    `key` reads an item's key as its pool prices it; `score` and `best` obey the law: a perfect
    answer earns the full points, and no `blind` plan has an expected total above 0. `blind` names
    plans by what they do, so that the same plan can be followed through a whole set. `layer` is the
    layer asked about, where there is one, and `states` says how the reveal shows each word.
    """

    title: str
    task: str
    form: type[AnswerForm]
    pool: Pool
    key: Callable[[Item], Any]
    score: Callable[[Item, Response, Prices], Score]
    best: Callable[[Item], Response]
    blind: Callable[[Item], dict[str, Response]]
    layer: str = ""
    states: Callable[[Item, Response], WordStates] = in_focus
