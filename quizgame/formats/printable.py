"""A set on paper as one HTML document: worksheet, answer sheet, and key with evidence.

It needs nothing beside it and runs nothing: styles stand in it, and there is no script.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Evidence
from quizgame.domain.worksheets import Line, Sheet, Solution, sheet
from quizgame.formats._format import Exported, Format, SetCopy, file_name

NAME, DATE, LINE = N_("Name"), N_("Date"), N_("line")
WORKSHEET, ANSWERS, KEY = N_("Worksheet"), N_("Answer sheet"), N_("Key, with evidence")
WORDS, WHY, NOTHING = N_("Words"), N_("Why"), N_("Nothing wrong here")
SILENCE = N_("Nothing is wrong here: silence is right.")
BETTER, CHECK, UNSURE = N_("Better:"), N_("How could you check?"), N_("Unsure")
STYLE = """
:root { color-scheme: light; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 12pt/1.45 Georgia, serif; }
h1, h2, h3 { line-height: 1.15; break-after: avoid; }
.part + .part { border-top: 4px double; margin-top: 3rem; padding-top: 1rem; }
.text { margin: 0 0 .8em; }
.line { display: grid; grid-template-columns: 2.8em 1fr; break-inside: avoid; }
.line i { font: 8pt/2 sans-serif; text-align: end; padding-inline-end: 1em; }
mark { background: none; font-weight: bold; text-decoration: underline; }
.blank { display: inline-block; width: 16rem; border-bottom: 1px solid; }
.box { display: inline-block; width: .8em; height: .8em; border: 1px solid; }
table { width: 100%; border-collapse: collapse; }
td, th { border: 1px solid; height: 2.2em; padding: 0 .4em; text-align: start; }
th:first-child { width: 4em; }
li, tr { break-inside: avoid; }
li { margin-bottom: .5em; overflow-wrap: anywhere; }
li p { margin: .1em 0; }
@page { size: A4; margin: 16mm 18mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  .part + .part { break-before: page; border: 0; margin: 0; padding: 0; }
}
"""


def export(quiz: SetCopy) -> Exported:
    """Write a set as a document to print."""
    if not quiz.rounds:
        raise ContentError(f"{quiz.id}: there is no round in it")
    sheets = [sheet(a.number, (a.title, a.task), a.item, a.layer, a.right) for a in quiz.rounds]
    parts = "\n".join(_document(quiz, sheets))
    return Exported({file_name(quiz.id, ".html"): parts.encode()})


FORMAT = Format(
    title=N_("Printable HTML"),
    suffix=".html",
    mimetype="text/html",
    loses=N_(
        "For paper: nothing is scored, and prices are left out. The key is on its last pages: "
        "the file holds the answers."
    ),
    export=export,
)


def _document(quiz: SetCopy, sheets: list[Sheet]) -> Iterator[str]:
    say, source = quiz.say, sheets[0].item.source
    yield f'<!doctype html>\n<html lang="{_quoted(quiz.language)}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_plain(quiz.title)}</title><style>{STYLE}</style></head><body>"
    yield f'<section class="part"><h1 dir="auto">{_plain(quiz.title)}</h1>{_names(quiz)}'
    told = [source.outlet, source.date, source.title, source.licence]
    yield f"<p>{_plain(' · '.join(filter(None, told)))}</p><h2>{_plain(say(WORKSHEET))}</h2>"
    for each in sheets:
        yield from _worksheet(quiz, each)
    yield f'</section>\n<section class="part"><h2>{_plain(say(ANSWERS))}</h2>{_names(quiz)}'
    for each in sheets:
        yield from _answers(quiz, each)
    yield f'</section>\n<section class="part"><h2>{_plain(say(KEY))}</h2>'
    for each in sheets:
        yield from _key(quiz, each)
    credit = " · ".join(filter(None, (quiz.licence, quiz.credit)))
    yield f"<p>{_plain(credit)}</p></section></body></html>\n"


def _names(quiz: SetCopy) -> str:
    blank = '<span class="blank"></span>'
    return f"<p>{_plain(quiz.say(NAME))} {blank} {_plain(quiz.say(DATE))} {blank}</p>"


def _worksheet(quiz: SetCopy, each: Sheet) -> Iterator[str]:
    yield f"<h3>{each.number}. {_plain(quiz.say(each.title))}</h3>"
    yield f"<p>{_plain(quiz.say(each.task))}</p>"
    language = _quoted(each.item.source.language)
    for lines in each.passages:
        inside = "".join(map(_line, lines))
        yield f'<div class="text" lang="{language}" dir="auto">{inside}</div>'
    if each.right is not None:
        names = [option.label for option in each.item.options] + [quiz.say(UNSURE)]
        boxes = "".join(f'<li><span class="box"></span> {_plain(name)}</li>' for name in names)
        yield f"<ul>{boxes}</ul>"


def _line(line: Line) -> str:
    before, focus, after = map(_plain, line.parts)
    marked = f"<mark>{focus}</mark>" if focus else ""
    return f'<div class="line"><i>{line.number}</i><span>{before}{marked}{after}</span></div>'


def _answers(quiz: SetCopy, each: Sheet) -> Iterator[str]:
    say = quiz.say
    yield f"<h3>{each.number}. {_plain(say(each.title))}</h3>"
    if each.right is not None:
        yield '<p><span class="blank"></span></p>'
        return
    heads = "".join(f"<th>{_plain(say(words))}</th>" for words in (LINE, WORDS, WHY))
    rows = "<tr><td></td><td></td><td></td></tr>" * 3
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    yield f'<p><span class="box"></span> {_plain(say(NOTHING))}</p>'


def _key(quiz: SetCopy, each: Sheet) -> Iterator[str]:
    yield f"<h3>{each.number}. {_plain(quiz.say(each.title))}</h3>"
    if each.right is not None:
        yield f"<p><strong>{_plain(each.right.label)}</strong></p>"
    if not each.solutions:
        yield f"<p>{_plain(quiz.say(SILENCE))}</p>"
    found = "".join(f"<li>{''.join(_solution(quiz, s))}</li>" for s in each.solutions)
    yield f"<ul>{found}</ul>"


def _solution(quiz: SetCopy, found: Solution) -> Iterator[str]:
    annotation = found.annotation
    name = quiz.labels.get(annotation.category, annotation.category)
    where = f"{_plain(quiz.say(LINE))} {found.line}"
    yield f'<p>{where}: <q dir="auto">{_plain(found.quote)}</q> ({_plain(name)})</p>'
    for label, words in (("", annotation.why), (BETTER, annotation.correction)):
        if words:
            yield f"<p>{_plain(quiz.say(label)) if label else ''} {_plain(words)}</p>"
    if annotation.check:
        yield f"<p>{_plain(quiz.say(CHECK))} {_plain(annotation.check)}</p>"
    for evidence in annotation.evidence:
        yield f"<p>{_plain(_evidence(evidence))}</p>"


def _evidence(evidence: Evidence) -> str:
    parts = (evidence.title, evidence.publisher, evidence.year, evidence.locator, evidence.url)
    return ", ".join(filter(None, parts))


def _plain(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(text: str) -> str:
    return html.escape(text)
