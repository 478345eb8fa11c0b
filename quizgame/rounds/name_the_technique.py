"""Name the technique: one span in its sentence, a few names to choose from, or "unsure"."""

from wtforms import StringField
from wtforms.validators import ValidationError

from quizgame.domain.errors import N_
from quizgame.domain.items import Item, Prices, Response, Score
from quizgame.domain.naming import Choice, Names, choice_prices, score_choice
from quizgame.rounds._kind import AnswerForm, Pool, RoundKind


class Form(AnswerForm):
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


def key(item: Item) -> Choice:
    """Return the names on offer and the right one."""
    focus = item.focus_annotation()
    assert focus is not None
    return Choice(Names.of(item.options), focus.category)


def score(item: Item, response: Response, prices: Prices) -> Score:
    """Score the chosen name; one of the same family is half right."""
    return score_choice(key(item), response["name"] or "", item.focus, prices)


def best(item: Item) -> Response:
    """Name it rightly."""
    return {"name": key(item).right}


def blind(item: Item) -> dict[str, Response]:
    """Choose without reading: always the same name, or never any."""
    always = {f"always {option.id}": {"name": option.id} for option in item.options}
    return {"unsure": {"name": ""}, **always}


KIND = RoundKind(
    title=N_("Name the technique"),
    task=N_("What is the marked wording doing? Choose its name; “unsure” is free."),
    form=Form,
    pool=Pool("naming", choice_prices),
    key=key,
    score=score,
    best=best,
    blind=blind,
)
