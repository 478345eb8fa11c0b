"""The field guide: categories by layer and family, with examples from the seed articles."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from quizgame.domain.passages import Annotation
from quizgame.domain.taxonomy import Category, Family, Inventory, Layer
from quizgame.formats import article_document
from quizgame.paths import resource
from quizgame.services.taxonomy import get_taxonomy


@dataclass(frozen=True, slots=True)
class Entry:
    """A category, with words of an article that show it, or "" where none may be shown yet."""

    category: Category
    example: str
    confusable_with: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The categories of one family."""

    layer: Layer
    family: Family
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """All chapters, and the lists that the names come from."""

    chapters: tuple[Chapter, ...]
    inventories: dict[str, Inventory]


def get_guide(met: Collection[str]) -> Guide:
    """Return the field guide for someone who has met those annotations in play.

    An annotation that makes a key is quoted to nobody who has not met it.
    """
    taxonomy = get_taxonomy()
    quotes = {
        id_: words
        for id_, (annotation, words) in _quotes().items()
        if id_ in met or not annotation.is_gold(annotation.layer)
    }
    chapters = []
    for layer in taxonomy.layers:
        for family in taxonomy.families:
            entries = tuple(
                _entry(category, quotes)
                for category in taxonomy.categories
                if (category.layer, category.family) == (layer.id, family.id)
            )
            if entries:
                chapters.append(Chapter(layer, family, entries))
    return Guide(tuple(chapters), {i.id: i for i in taxonomy.inventories})


def _entry(category: Category, quotes: dict[str, str]) -> Entry:
    confusable = tuple(get_taxonomy().category(id_) for id_ in category.confusable_with)
    return Entry(category, quotes.get(category.example, ""), confusable)


@lru_cache(maxsize=1)
def _quotes() -> dict[str, tuple[Annotation, str]]:
    """Return the annotations of the seed articles with their quoted words, by id."""
    quotes = {}
    for path in sorted((resource("seeds") / "articles").glob("*.json")):
        article = article_document.read(path.read_bytes())
        for passage in article.passages:
            for annotation in passage.annotations:
                quotes[annotation.id] = (annotation, passage.quote(annotation.span))
    return quotes
