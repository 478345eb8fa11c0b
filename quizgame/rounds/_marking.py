"""Marking words in passages: what all kinds share that ask for it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from quizgame.domain.errors import N_
from quizgame.domain.items import Item, Prices, Question, Response, Score
from quizgame.domain.passages import Passage, Span
from quizgame.domain.scores import (
    Key,
    Mark,
    Word,
    key_of,
    marking_prices,
    score_marks,
    word_states,
)
from quizgame.rounds._kind import AnswerForm, Pool, RoundKind, Sent, WordStates

POOL = Pool("marking", marking_prices)
REASON = "reason-"
VALUE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})-[0-9]{1,9}")


def marking_kind(title: str, task: str, layer: str) -> RoundKind:
    """Make the kind that asks for the problems of one layer."""
    key = lru_cache(maxsize=2048)(lambda item: key_of(item, layer))

    def score(item: Item, response: Response, prices: Prices) -> Score:
        return score_marks(key(item), marks_of(item.passages, response), prices)

    def best(item: Item) -> Response:
        return _best(item, key(item))

    def states(item: Item, response: Response) -> WordStates:
        return word_states(key(item), marks_of(item.passages, response))

    return RoundKind(
        title, task, MarkingForm, POOL, key, score, best, blind, layer=layer, states=states
    )


def word_value(passage: int, word: Span) -> str:
    """Write a word as the value of its checkbox: the browser never counts characters."""
    return f"{passage}:{word.start}-{word.stop}"


def word_values(question: Question) -> dict[str, Word]:
    """Return the words of a question by the values of their checkboxes."""
    return {
        word_value(number, word): (number, at)
        for number, passage in enumerate(question.passages)
        for at, word in enumerate(passage.words)
    }


def find_word(passages: Sequence[Passage], value: str) -> Word | None:
    """Return the word with that value; None if there is none, however near the value comes."""
    found = VALUE.fullmatch(value)
    number, start = (int(found[1]), int(found[2])) if found else (-1, 0)
    if not 0 <= number < len(passages):
        return None
    words = passages[number].words
    at = bisect_left(words, start, key=lambda word: word.start)
    return (number, at) if [word_value(number, w) for w in words[at : at + 1]] == [value] else None


class WordsField(Field):
    """The checkboxes that were ticked, as words."""

    data: list[Word]

    def process_data(self, value: Any) -> None:
        """Start with no word, or with those of a stored response."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Look up what the browser sent."""
        self.sent = list(valuelist)

    def pre_validate(self, form: Any) -> None:
        """Turn away what is not a word of the text."""
        passages = form.question.passages
        words = {find_word(passages, value) for value in getattr(self, "sent", [])}
        self.data = [] if None in words else sorted(word for word in words if word)
        if None in words:
            raise ValidationError(N_("That is not a word of this text. Reload the page."))


class MarkingForm(AnswerForm):
    """The words that a student marked, with a reason for each mark where one is asked."""

    words = WordsField()
    nothing = BooleanField(false_values=("",))

    def __init__(
        self, question: Question, sent: Sent | None = None, response: Response | None = None
    ) -> None:
        self.reasons = {
            name.removeprefix(REASON): values[0]
            for name, values in (sent or {}).items()
            if name.startswith(REASON) and values
        }
        super().__init__(question, sent, response)

    def names(self) -> set[str]:
        """Return the names that a browser may send: one reason for each word at most."""
        reasons = word_values(self.question) if self.question.options else ()
        return super().names() | {REASON + value for value in reasons}

    def fill(self, response: Response) -> None:
        """Show a stored response."""
        marks = response["marks"]
        self.nothing.data = response["nothing"]
        self.words.data = sorted(
            word for mark in marks for word in _words_between(self.question.passages, mark)
        )
        self.reasons = {
            word_value(*_first_word(self.question.passages, mark)): mark["name"] for mark in marks
        }

    def validate_nothing(self, field: BooleanField) -> None:
        """Turn away marks together with "nothing wrong here": both cannot be meant."""
        if field.data and self.words.data:
            raise ValidationError(
                N_("You marked words and said that nothing is wrong. Take one of the two back.")
            )

    def validate_words(self, field: WordsField) -> None:
        """Turn away a reason that was not offered."""
        offered = {option.id for option in self.question.options} | {""}
        if not offered.issuperset(self.reasons.values()):
            raise ValidationError(N_("That reason is not in the list. Choose one that is."))

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Return the marks: runs of words that stand together in one segment."""
        return list(_runs(self.question.passages, self.words.data, self.reasons))

    def value(self, passage: int, word: Span) -> str:
        """Return the value of a word's checkbox."""
        return word_value(passage, word)

    def ticked(self) -> set[str]:
        """Return the values of the checkboxes that are ticked."""
        passages = self.question.passages
        return {word_value(n, passages[n].words[at]) for n, at in self.words.data}

    def reason_name(self, mark: dict[str, Any]) -> str:
        """Return the name under which the reason of a mark is sent: that of its first word."""
        return REASON + word_value(*_first_word(self.question.passages, mark))

    @property
    def response(self) -> Response:
        """Return the marks, and whether the text was cleared."""
        return {"marks": self.marks, "nothing": bool(self.nothing.data)}

    def is_answer(self) -> bool:
        """Tell whether words are marked or the text is cleared."""
        if self.words.data or self.nothing.data:
            return True
        self.words.errors = [N_("Mark at least one word, or say “Nothing wrong here”.")]
        return False


def _runs(
    passages: Sequence[Passage], words: Iterable[Word], reasons: dict[str, str]
) -> Iterator[dict[str, Any]]:
    run: list[Word] = []
    for word in [*words, (-1, -1)]:
        number, at = word
        if run and not _continues(passages, run[-1], word):
            first, last = (passages[n].words[place] for n, place in (run[0], run[-1]))
            yield {
                "passage": run[0][0],
                "start": first.start,
                "stop": last.stop,
                "name": reasons.get(word_value(run[0][0], first), ""),
            }
            run = []
        if number >= 0:
            run.append((number, at))


def _continues(passages: Sequence[Passage], last: Word, word: Word) -> bool:
    if word != (last[0], last[1] + 1):
        return False
    passage = passages[word[0]]
    before, after = (passage.segment_of(passage.words[at]) for at in (last[1], word[1]))
    return before == after


def _words_between(passages: Sequence[Passage], mark: dict[str, Any]) -> Iterator[Word]:
    stretch = Span(mark["start"], mark["stop"])
    for at, word in enumerate(passages[mark["passage"]].words):
        if word.touches(stretch):
            yield mark["passage"], at


def _first_word(passages: Sequence[Passage], mark: dict[str, Any]) -> tuple[int, Span]:
    number, at = next(_words_between(passages, mark))
    return number, passages[number].words[at]


def marks_of(passages: Sequence[Passage], response: Response) -> list[Mark]:
    """Read the marks of a stored response."""
    return [
        Mark(frozenset(_words_between(passages, mark)), mark["name"]) for mark in response["marks"]
    ]


def _response(item: Item, words: Iterable[Word], reasons: dict[str, str] | None = None) -> Response:
    chosen = sorted(words)
    marks = list(_runs(item.passages, chosen, reasons or {}))
    return {"marks": marks, "nothing": not marks}


def _best(item: Item, key: Key) -> Response:
    """Mark the gold words and nothing else, each span under one of its names."""
    marks = []
    for gold in key.golds:
        for number in sorted({word[0] for word in gold.words}):
            places = [item.passages[number].words[at] for n, at in gold.words if n == number]
            start, stop = min(w.start for w in places), max(w.stop for w in places)
            name = min(gold.names) if item.options else ""
            marks.append({"passage": number, "start": start, "stop": stop, "name": name})
    return {"marks": marks, "nothing": not marks}


def blind(item: Item) -> dict[str, Response]:
    """Mark without reading: every word, none, or one of each kind of place."""
    everything = list(word_values(item.question()).values())
    plans = {"mark all": everything, "mark nothing": [], "every second word": everything[::2]}
    for name, at in (("first words", 0), ("fourth words", 3), ("last words", -1)):
        plans[name] = list(_one_of_each(item, at))
    return {name: _response(item, words) for name, words in plans.items()}


def _one_of_each(item: Item, at: int) -> Iterator[Word]:
    for number, passage in enumerate(item.passages):
        for segment in passage.segments:
            inside = [(number, i) for i, word in enumerate(passage.words) if segment.holds(word)]
            if inside:
                yield inside[min(at, len(inside) - 1)]
