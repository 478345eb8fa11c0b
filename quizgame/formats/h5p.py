"""Marking rounds as H5P Mark the Words: one package a round, content only.

Mark the Words marks single words between spaces, never phrases: each word of a span becomes an
answer. The receiving site must have the library, as H5P sites do or fetch it.

Source: h5p.org, Mark the Words 1.11 and the H5P package specification.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Passage, Span
from quizgame.domain.scores import key_of
from quizgame.formats._archives import packed
from quizgame.formats._documents import encode
from quizgame.formats._format import Asked, Exported, Format, SetCopy, file_name, left_out

LIBRARIES = (
    ("H5P.MarkTheWords", 1, 11),
    ("H5P.Question", 1, 5),
    ("H5P.JoubelUI", 1, 3),
    ("H5P.Transition", 1, 0),
    ("FontAwesome", 4, 5),
    ("H5P.FontIcons", 1, 0),
)
MOST_WORDS_A_RUN = 3
"""Words between two spaces above which a text is taken to be written without spaces."""
BARE = re.compile(r"\S+")


def export(quiz: SetCopy) -> Exported:
    """Write a package for each marking round."""
    marking = [round_ for round_ in quiz.rounds if round_.layer]
    asked = [round_ for round_ in marking if all(map(_is_spaced, round_.item.passages))]
    if not asked:
        raise ContentError(f"{quiz.id}: there is no marking round in a script with spaces")
    files = {
        file_name(f"{quiz.id}-{round_.number}", ".h5p"): _package(round_, quiz) for round_ in asked
    }
    notes: list[str] = []
    if len(marking) < len(quiz.rounds):
        without = len(quiz.rounds) - len(marking)
        notes += left_out(N_("left out: rounds without marking (%(count)d)"), without)
    if len(asked) < len(marking):
        unspaced = len(marking) - len(asked)
        notes += left_out(N_("left out: rounds in a script without spaces (%(count)d)"), unspaced)
    return Exported(files, tuple(notes))


FORMAT = Format(
    title=N_("H5P Mark the Words"),
    suffix=".h5p",
    mimetype="application/zip",
    loses=N_(
        "Only marking rounds, one file each. Phrases become single words; fair prices, grey "
        "zones, reasons, explanations and evidence are left out. The file holds the answers."
    ),
    export=export,
)


def _is_spaced(passage: Passage) -> bool:
    return len(passage.words) <= MOST_WORDS_A_RUN * max(1, len(BARE.findall(passage.text)))


def _package(asked: Asked, quiz: SetCopy) -> bytes:
    key = key_of(asked.item, asked.layer)
    gold = frozenset().union(*(g.words for g in key.golds))
    text = "".join(
        f'<p dir="auto">{"".join(_pieces(passage, _spans(passage, number, gold)))}</p>'
        for number, passage in enumerate(asked.item.passages)
    )
    content = {
        "taskDescription": f"<p>{html.escape(quiz.say(asked.task))}</p>",
        "textField": text,
        "overallFeedback": [{"from": 0, "to": 100, "feedback": "@score / @total"}],
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "showScorePoints": True,
        },
    }
    return packed(
        {"h5p.json": encode(_about(asked, quiz)), "content/content.json": encode(content)}
    )


def _about(asked: Asked, quiz: SetCopy) -> dict[str, Any]:
    return {
        "title": f"{quiz.title} {asked.number}"[:255],
        "language": quiz.language,
        "defaultLanguage": quiz.language,
        "mainLibrary": LIBRARIES[0][0],
        "embedTypes": ["iframe"],
        "license": "U",
        "authors": [],
        "changes": [],
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in LIBRARIES
        ],
    }


def _spans(passage: Passage, number: int, gold: frozenset[tuple[int, int]]) -> list[Span]:
    return [passage.words[at] for of, at in sorted(gold) if of == number]


def _pieces(passage: Passage, gold: list[Span]) -> Iterator[str]:
    """Yield the text with asterisks around what is to be marked, and none other left single."""
    at = 0
    for run in BARE.finditer(passage.text):
        inside = [word for word in passage.words if _touches(run, word)]
        right = [word for word in gold if _touches(run, word)]
        if right:
            start = max(run.start(), inside[0].start)
            stop = min(run.end(), inside[-1].stop)
            yield _escaped(passage.text[at:start])
            yield f"*{_escaped(passage.text[start:stop])}*"
            at = stop
    yield _escaped(passage.text[at:])


def _touches(run: re.Match[str], word: Span) -> bool:
    return word.start < run.end() and run.start() < word.stop


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("*", "**")
