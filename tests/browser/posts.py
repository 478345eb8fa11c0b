"""Playing without looking: answers are posted with the cookies of a page, as forms would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlencode, urlsplit

from browser import key
from playwright.sync_api import APIResponse, Page

from quizgame.domain.items import Round

Fields = list[tuple[str, str]]
Answer = Callable[[Round], Fields]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(page: Page, path: str, fields: Iterable[tuple[str, str]], form_on: str) -> APIResponse:
    """Post fields with the hidden ones of a page's form, and follow to where that leads."""
    text = page.request.get(form_on).text()
    hidden = dict(re.findall(r'name="(csrf_token|rev)" value="([^"]+)"', text))
    return page.request.post(path, data=urlencode([*hidden.items(), *fields]), headers=FORM)


def begin(page: Page, quiz: str) -> str:
    """Start a set, or go on with it; return the path of the play."""
    answer = post(page, "/plays", [("quiz", quiz)], f"/quizzes/{quiz}")
    return re.sub(r"/rounds/\d+$", "", urlsplit(answer.url).path)


def lock(page: Page, play: str, number: int, fields: Fields) -> None:
    """Lock an answer."""
    path = f"{play}/rounds/{number}"
    answer = post(page, path, [*fields, ("do", "lock")], path)
    assert answer.url.endswith("/reveal"), (answer.status, answer.url)


def play(page: Page, quiz: str, answer: Answer, rounds: int = 99) -> str:
    """Answer the first rounds of a set, or all; return the path of the play."""
    path = begin(page, quiz)
    for round_ in key.rounds(quiz)[:rounds]:
        lock(page, path, round_.number, answer(round_))
    return path


def perfect(round_: Round) -> Fields:
    """The right answer."""
    if round_.kind == "name_the_technique":
        return [("name", key.name(round_))]
    values = [value for run in key.problems(round_) for value in run.values]
    return [("words", value) for value in values] or [("nothing", "1")]


def nothing(round_: Round) -> Fields:
    """No answer worth points: nothing is wrong here, or unsure."""
    return [("name", "")] if round_.kind == "name_the_technique" else [("nothing", "1")]


def suspicious(round_: Round) -> Fields:
    """Some of everything: one problem found and one fair stretch accused, where there are any."""
    if round_.kind == "name_the_technique":
        return [("name", wrong_name(round_))]
    runs = [*key.problems(round_)[:1], *key.fair(round_)[:1]]
    return [("words", run.values[0]) for run in runs] or [("nothing", "1")]


def wrong_name(round_: Round) -> str:
    """A name that is not even near."""
    right = next(o for o in round_.item.options if o.id == key.name(round_))
    return next(o.id for o in round_.item.options if o.family != right.family)
