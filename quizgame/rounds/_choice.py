"""Choosing one of a few names for one span: what all kinds share that ask for it."""

from collections.abc import Callable
from functools import lru_cache

from wtforms import StringField
from wtforms.validators import ValidationError

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.items import Item, Prices, Response, Score
from quizgame.domain.naming import Choice, Names, choice_prices, score_choice
from quizgame.domain.passages import Annotation
from quizgame.rounds._kind import AnswerForm, Pool, RoundKind


def choice_kind(title: str, task: str, pool: str, right: Callable[[Annotation], str]) -> RoundKind:
    """Make the kind that asks for a name of the annotation in focus; `right` reads the key."""

    @lru_cache(maxsize=2048)
    def key(item: Item) -> Choice:
        focus = item.focus_annotation()
        if focus is None:
            raise ContentError("a round of this kind asks about one annotation; name its focus")
        return Choice(Names.of(item.options), right(focus))

    def score(item: Item, response: Response, prices: Prices) -> Score:
        return score_choice(key(item), response["name"] or "", item.focus, prices)

    def best(item: Item) -> Response:
        return {"name": key(item).right}

    return RoundKind(title, task, ChoiceForm, Pool(pool, choice_prices), key, score, best, blind)


class ChoiceForm(AnswerForm):
    """The name that a student chose; the empty one means "unsure"."""

    name = StringField()

    def fill(self, response: Response) -> None:
        """Show a stored response."""
        self.name.data = response["name"]

    def validate_name(self, field: StringField) -> None:
        """Turn away a name that was not offered."""
        offered = {option.id for option in self.question.options} | {"", None}
        if field.data not in offered:
            raise ValidationError(N_("That name is not in the list. Choose one that is."))

    @property
    def response(self) -> Response:
        """Return the name; None as long as nothing is chosen."""
        return {"name": self.name.data}

    def is_answer(self) -> bool:
        """Tell whether a name, or "unsure", is chosen."""
        if self.name.data is not None:
            return True
        self.name.errors = [N_("Choose a name, or “Unsure”.")]
        return False


def blind(item: Item) -> dict[str, Response]:
    """Choose without reading: always the same name, or never any."""
    always = {f"always {option.id}": {"name": option.id} for option in item.options}
    return {"unsure": {"name": ""}, **always}
