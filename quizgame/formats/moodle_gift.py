"""A set as Moodle GIFT: rounds that ask for a name become multiple choice questions.

A wrong name costs what guessing would earn, in the steps that Moodle knows, so blind choosing is
worth nothing there either. Explanations become general feedback.

Source: Moodle documentation, GIFT format.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.items import Item, Option
from quizgame.domain.naming import Names
from quizgame.formats._format import Asked, Exported, Format, SetCopy, file_name, left_out

SHARES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20]
SHARES += [16.66667, 14.28571, 12.5, 11.11111, 10, 5]
GRADES = sorted({0.0, *SHARES, *(-share for share in SHARES)})
"""The weights, in percent, that Moodle lets an answer have."""


def export(quiz: SetCopy) -> Exported:
    """Write the choice rounds of a set."""
    asked = [round_ for round_ in quiz.rounds if round_.right]
    if not asked:
        raise ContentError(f"{quiz.id}: GIFT can only hold rounds that ask for a name")
    category = f"$CATEGORY: {_line(quiz.title.replace('/', '//'))}\n"
    questions = [category, *(_question(round_, quiz) for round_ in asked)]
    left = len(quiz.rounds) - len(asked)
    notes = left_out(N_("left out: rounds that do not ask for a name (%(count)d)"), left)
    files = {file_name(quiz.id, ".gift.txt"): "\n".join(questions).encode()}
    return Exported(files, notes)


FORMAT = Format(
    title=N_("Moodle GIFT"),
    suffix=".gift.txt",
    mimetype="text/plain",
    loses=N_(
        "Only rounds that ask for a name; marking in the text is left out. “Unsure” is to "
        "leave a question unanswered. The file holds the answers."
    ),
    export=export,
)


def _question(asked: Asked, quiz: SetCopy) -> str:
    title = f"{asked.number}. {quiz.say(asked.title)}"
    stem = f"<p>{_html(quiz.say(asked.task))}</p>{''.join(_paragraphs(asked.item, quiz))}"
    names = Names.of(asked.item.options)
    answers = [_answer(option, asked.right, names) for option in asked.item.options]
    told = _told(asked.item)
    if told:
        answers.append(f"\t####{_escaped(_html(told))}")
    return "\n".join([f"::{_escaped(title)}::[html]{_escaped(stem)} {{", *answers, "}\n"])


def _paragraphs(item: Item, quiz: SetCopy) -> Iterator[str]:
    focus = item.focus_annotation()
    for number, passage in enumerate(item.passages):
        text = _html(passage.text)
        if focus is not None and number == 0:
            start, stop = focus.span.start, focus.span.stop
            parts = (passage.text[:start], passage.text[start:stop], passage.text[stop:])
            before, words, after = map(_html, parts)
            text = f"{before}<strong><u>{words}</u></strong>{after}"
        yield f'<blockquote lang="{html.escape(quiz.language)}" dir="auto">{text}</blockquote>'


def _answer(option: Option, right: str, names: Names) -> str:
    words = _escaped(_html(option.label))
    hint = f"#{_escaped(_html(option.hint))}" if option.hint else ""
    if option.id == right:
        return f"\t={words}{hint}"
    wanted = 100 * names.credit(option.id, right)
    grade = min(GRADES, key=lambda grade: abs(grade - wanted))
    return f"\t~%{_number(grade)}%{words}{hint}"


def _number(grade: float) -> str:
    """Write a weight as Moodle lists it: -33.33333, 50, 0."""
    return f"{grade:.5f}".rstrip("0").rstrip(".")


def _told(item: Item) -> str:
    focus = item.focus_annotation()
    return " → ".join(filter(None, (focus.why, focus.correction))) if focus else ""


def _html(text: str) -> str:
    return html.escape(text, quote=False)


def _escaped(text: str) -> str:
    """Put a backslash before what means something in GIFT, and keep line breaks inside a line."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")


def _line(text: str) -> str:
    return " ".join(text.split())
