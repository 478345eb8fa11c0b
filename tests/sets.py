"""Items, and whole sets of rounds with their prices: the seeds', and a small one for each kind."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import build
import msgspec

from quizgame.domain.items import Item, Option, Prices, Response, Round, Score
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Article, GreyZone, Passage, Span
from quizgame.domain.quizzes import QuizDraft, freeze
from quizgame.formats import article_document, quiz_document
from quizgame.paths import resource
from quizgame.rounds import KINDS, price
from quizgame.services.taxonomy import get_taxonomy

OPTIONS = (
    Option("loaded_language", "Loaded language", "manipulative_wording"),
    Option("exaggeration_minimisation", "Exaggeration", "manipulative_wording"),
    Option("flag_waving", "Flag-waving", "justification"),
    Option("slogans", "Slogans", "call"),
)


def passage(
    text: str,
    *found: dict[str, Any],
    grey: Sequence[tuple[str, str]] = (),
    cuts: Sequence[int] = (),
) -> Passage:
    """A passage. `found` are the fields of annotations, with their `words`: a gold error each.

    `grey` are pairs of words and a layer; `cuts` are where segments end, if not at sentences.
    """
    problems = [
        build.problem(text, fields["words"], **{"id_": fields["words"], **_without_words(fields)})
        for fields in found
    ]
    zones = tuple(GreyZone(_find(text, words), layer, "Debatable.") for words, layer in grey)
    whole = build.passage("P1", text, *problems, grey=zones)
    if not cuts:
        return whole
    ends = [0, *cuts, len(text)]
    return replace(whole, segments=tuple(Span(*pair) for pair in itertools.pairwise(ends)))


def _without_words(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "words"}


def _find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def item(*passages: Passage, options: Iterable[Option] = (), focus: str = "") -> Item:
    """An item of passages."""
    return Item(build.SOURCE, passages, tuple(options), focus)


def any_rounds(kind: str) -> tuple[Round, ...]:
    """Rounds that every kind can ask: each has an error, a slant, clean sentences and options.

    Where one name is to be chosen, the right names of all rounds are the options.
    """
    items = [_any_item(number, option.id) for number, option in enumerate(OPTIONS, start=1)]
    keys = [KINDS[kind].key(about) for about in items]
    if all(isinstance(key, Choice) for key in keys):
        known = {option.id: option for option in OPTIONS}
        options = tuple(known.get(key.right, Option(key.right, key.right)) for key in keys)
        items = [replace(about, options=options) for about in items]
    return tuple(Round(number, kind, about) for number, about in enumerate(items, start=1))


def _any_item(number: int, category: str) -> Item:
    text = (
        f"Bus {number} left at five. It runs on water, says the driver. "
        "The glorious fleet is the pride of us all. Nobody was hurt. Rain fell all night long."
    )
    error = {"words": "runs on water", "id_": f"E{number}", "category": category}
    slant = {"words": "The glorious fleet", "id_": f"B{number}", "category": category}
    slant["verdict"] = category  # so that kinds may ask for one or the other
    verdict = ("one_sided", "misleading", "exaggerated", "unsupported")[number - 1]
    whole = passage(text, error, {**slant, "layer": "bias", "verdict": verdict})
    return item(whole, options=OPTIONS, focus=f"B{number}")


@lru_cache(maxsize=1)
def seed_article() -> Article:
    """The article of the seeds."""
    (path,) = (resource("seeds") / "articles").glob("*.json")
    return article_document.read(path.read_bytes())


@lru_cache(maxsize=1)
def seed_drafts() -> dict[str, QuizDraft]:
    """The sets of the seeds, by id."""
    paths = sorted((resource("seeds") / "quizzes").glob("*.json"))
    drafts = [quiz_document.read(path.read_bytes()) for path in paths]
    return {draft.id: draft for draft in drafts}


@lru_cache(maxsize=64)
def quiz(name: str) -> tuple[Round, ...]:
    """The rounds of a seed set, or those made for a kind, by its name."""
    if name in KINDS:
        return any_rounds(name)
    return freeze(seed_drafts()[name], seed_article(), get_taxonomy())


@lru_cache(maxsize=64)
def prices(name: str) -> dict[str, Prices]:
    """The prices of such a set."""
    return price(quiz(name))


def score(round_: Round, response: Response, pools: dict[str, Prices]) -> Score:
    """What a response to a round earns under the prices of its pool."""
    kind = KINDS[round_.kind]
    return kind.score(round_.item, response, pools[kind.pool.name])


def thawed(value: Any) -> Any:
    """A value as it comes back from the database: through JSON."""
    return msgspec.json.decode(msgspec.json.encode(value), type=type(value))


def without_key(about: Item) -> Item:
    """The same item with nothing found in it, except where it asks about one annotation."""
    focus = about.focus_annotation()
    kept = (replace(focus, category="", verdict="", why="", layer=""),) if focus else ()
    bare = [whole.bare() for whole in about.passages]
    return replace(about, passages=(replace(bare[0], annotations=kept), *bare[1:]))
