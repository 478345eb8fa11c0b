"""How values look: points, percents, marks, words of the house in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g
from flask_babel import format_datetime, format_decimal, get_locale
from flask_babel import gettext as _

from quizgame.domain.items import Question
from quizgame.domain.passages import Passage, Span
from quizgame.rounds import WordStates
from quizgame.services import categories
from quizgame.services.summaries import Summary
from quizgame.services.taxonomy import get_taxonomy
from quizgame.web.access import player_id, visit
from quizgame.web.languages import languages

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a passage whose words are all in one state; "" is plain."""

    text: str
    state: str


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    for function in (points, signed, percent, category, verdict, family, layer, moment, told):
        app.add_template_filter(function)
    app.jinja_env.globals |= {
        "get_locale": get_locale,
        "languages": languages,
        "player_id": player_id,
        "visit": visit,
        "runs": runs,
        "segments": segments,
        "marks_in_words": marks_in_words,
        "share_grid": share_grid,
    }


def points(hundredths: int) -> str:
    """Write hundredths of a point as a number of points: 41250 as 412.5."""
    text: str = format_decimal(abs(hundredths) / 100, format="#,##0.##")
    return f"{MINUS}{text}" if hundredths < 0 else text


def signed(hundredths: int) -> str:
    """Write points with their sign, where there is one."""
    return f"+{points(hundredths)}" if hundredths > 0 else points(hundredths)


def percent(share: float) -> str:
    """Write a share as a whole percentage."""
    return str(_("%(number)d %%", number=round(share * 100)))


def category(id_: str) -> str:
    """Return the label of a category: a built-in one, or one that a teacher made."""
    built_in = get_taxonomy().label("categories", id_)
    if built_in != id_:
        return built_in
    known: dict[str, str] = g.setdefault("category_labels", {})
    if id_ not in known:
        known[id_] = categories.label(id_)
    return known[id_]


def verdict(id_: str) -> str:
    """Return the label of a verdict."""
    return get_taxonomy().label("verdicts", id_)


def family(id_: str) -> str:
    """Return the label of a family."""
    return get_taxonomy().label("families", id_)


def layer(id_: str) -> str:
    """Return the label of a layer."""
    return get_taxonomy().label("layers", id_)


def moment(time: datetime) -> str:
    """Write a time as the reader's language does, in the server's time zone."""
    told: str = format_datetime(time.astimezone(current_app.config["TIMEZONE"]), "medium", False)
    return told


def told(words: str) -> str:
    """Translate a sentence that may quote what somebody typed.

    In a template `_()` would take it for safe markup, and its per cent signs for places to fill.
    """
    return str(_(words))


def marks_in_words(marks: Sequence[str]) -> str:
    """Count the marks of a round in words."""
    counted = [
        (marks.count("caught"), _("caught")),
        (marks.count("missed"), _("missed")),
        (marks.count("stet"), _("stet")),
    ]
    told = ", ".join(f"{count} {word}" for count, word in counted if count)
    return told or _("clean copy, let stand")


def share_grid(summary: Summary) -> str:
    """Draw a play without spoilers: a line a round, a sign a mark, none of them saying where."""
    signs = {"caught": "●", "missed": "△", "stet": "◆"}
    lines = [f"quizgame · {summary.quiz.title}"]
    lines += ["".join(signs[mark] for mark in sorted(r.marks)) or "□" for r in summary.rounds]
    lines.append(
        _(
            "%(total)s of %(perfect)s points",
            total=points(summary.total),
            perfect=points(summary.perfect),
        )
    )
    return "\n".join(lines)


def segments(passage: Passage) -> Iterator[tuple[Span, list[tuple[str, Span | None]]]]:
    """Yield the segments of a passage, each as words and what stands between them."""
    for segment in passage.segments:
        yield segment, list(passage.pieces(segment))


def runs(question: Question, number: int, states: WordStates) -> Iterator[Run]:
    """Yield a passage as stretches of one state, so that a mark runs through its spaces."""
    passage = question.passages[number]
    place = {word: at for at, word in enumerate(passage.words)}
    whole = Span(0, len(passage.text))
    text, state, gap = "", "", ""
    for piece, word in passage.pieces(whole):
        if word is None:
            gap = piece
            continue
        new = states.get((number, place[word]), "")
        if new == state:
            text += gap + piece
        else:
            if text:
                yield Run(text, state)
            if gap:
                yield Run(gap, "")
            text, state = piece, new
        gap = ""
    if text:
        yield Run(text, state)
    if gap:
        yield Run(gap, "")
