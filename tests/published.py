"""A small set with its keys, as an exporter sees it: in any language, with any words."""

from dataclasses import replace
from typing import Any

from build import SOURCE, passage, problem

from quizgame.domain.items import Item, Option
from quizgame.formats import Asked, SetCopy

OPTIONS = (
    Option("loaded_language", "Loaded ~ language", "wording", "Words = that #push {you}."),
    Option("exaggeration", "Exaggeration", "wording"),
    Option("flag_waving", "Flag-waving", "justification"),
    Option("doubt", "Doubt", "attack"),
)
WILD = "The 🚌 & <b>cruel</b> joke = 3 * 4: {50%} ~half\\. It ran. Zoë's fine. 耻辱。"


def marking(text: str = WILD, *quotes: str, number: int = 1, **more: Any) -> Asked:
    """A round that asks to mark those words of a text."""
    found = [problem(text, quote, f"A{n}", layer="bias") for n, quote in enumerate(quotes)]
    item = Item(SOURCE, (passage("P1", text, *found, **more),))
    return Asked(number, "Find the bias", "Mark what pushes.", item, layer="bias")


def naming(text: str = WILD, quote: str = "cruel", number: int = 2) -> Asked:
    """A round that asks for the name of some words."""
    found = problem(text, quote, "F1", category="loaded_language", why="It judges: {so}.")
    item = Item(SOURCE, (passage("P1", text, found),), OPTIONS, "F1")
    return Asked(number, "Name the technique", "What is it?", item, right="loaded_language")


def other() -> Asked:
    """A round of a kind that nobody else knows."""
    return replace(naming(number=3), right="")


def published(*rounds: Asked, **more: Any) -> SetCopy:
    """A set of those rounds."""
    return SetCopy("buses", "Buses: <all> & {more}", "en", rounds, **more)
