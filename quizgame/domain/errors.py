"""What can go wrong, by name. The web pairs each with a status; nobody else does."""

from typing import Self


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a sentence for translation; whoever shows it translates it."""
    return text


class Sentence(str):
    """A sentence with values in it: in English as it stands, and sayable in any language.

    `words` is what translators get, with %(name)s for each value; `values` go into it.
    """

    words: str
    values: dict[str, object]

    def __new__(cls, words: str, **values: object) -> Self:
        """Put the values into the words."""
        made = super().__new__(cls, words % values)
        made.words, made.values = words, values
        return made


class QuizgameError(Exception):
    """Something a person can be told about, in the sentence that it carries."""


class NotFoundError(QuizgameError):
    """There is no such thing, or it is not theirs to see."""


class ClosedError(QuizgameError):
    """It is too late: locked, finished or withdrawn."""


class StaleError(QuizgameError):
    """A newer version of the same thing has been stored already."""


class ContentError(QuizgameError):
    """An article, a taxonomy or a set does not hold together."""


class BusyError(QuizgameError):
    """The database did not answer in time; nothing was changed."""


class InputError(QuizgameError):
    """What was typed will not do; the sentence says what would."""


class TooManyTriesError(QuizgameError):
    """Somebody has guessed often: the next try has to wait for some seconds."""

    def __init__(self, words: str, seconds: int) -> None:
        super().__init__(words)
        self.seconds = seconds
