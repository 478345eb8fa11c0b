"""The names that others give to categories, looked up in the taxonomy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quizgame.domain.errors import N_, Sentence
from quizgame.domain.taxonomy import Category, Taxonomy

UNNAMED = "unnamed"
"""The category of what was found without a name."""
DEFAULT_LAYER = "bias"
MOST_TOLD = 20
"""Unknown names that are told one by one."""

UNKNOWN = N_("%(name)s is not in the taxonomy; it was kept as given (%(count)d)")
WITHOUT = N_("annotations without a category are called %(name)s (%(count)d)")
OTHERS = N_("so were other names that are not in it (%(count)d)")
CHOSEN = N_("%(name)s was read as %(id)s; it could also mean %(others)s")

Key = tuple[str, ...]


def key(name: str) -> Key:
    """Return what two spellings of a name share: its words, without order, case and dialect."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return tuple(sorted(re.sub("i[sz]ation$", "isation", word) for word in words))


class Names:
    """Looks names up, and remembers what it could not find or had to choose.

    An id beats a label, a label an inventory's whole name, a whole name one of its parts (an
    inventory may lump techniques together: "Bandwagon, Reductio ad Hitlerum").
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._layers = {layer.id for layer in taxonomy.layers}
        self._known: dict[Key, list[Category]] = {}
        self._unknown: Counter[str] = Counter()
        self._chosen: dict[str, tuple[str, ...]] = {}
        for spellings in (_ids, _labels, _origins, _parts):
            found: dict[Key, list[Category]] = {}
            for category in taxonomy.categories:
                for spelling in spellings(category):
                    found.setdefault(key(spelling), []).append(category)
            for words, categories in found.items():
                self._known.setdefault(words, categories)

    def category(self, name: str, layer: str = "") -> tuple[str, str]:
        """Return the category and the layer of a name; an unknown name is kept as it is."""
        categories = [c for c in self._known.get(key(name), ()) if layer in ("", c.layer)]
        if not categories:
            self._unknown[name] += 1
            return name or UNNAMED, layer or DEFAULT_LAYER
        ids = tuple(dict.fromkeys(category.id for category in categories))
        if len(ids) > 1:
            self._chosen[name] = ids
        return categories[0].id, categories[0].layer

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each name that was not found, or could have meant several."""
        for name, count in self._unknown.most_common(MOST_TOLD):
            if name:
                yield Sentence(UNKNOWN, name=repr(name), count=count)
            else:
                yield Sentence(WITHOUT, name=repr(UNNAMED), count=count)
        if len(self._unknown) > MOST_TOLD:
            yield Sentence(OTHERS, count=len(self._unknown) - MOST_TOLD)
        for name, ids in self._chosen.items():
            others = ", ".join(ids[1:])
            yield Sentence(CHOSEN, name=repr(name), id=repr(ids[0]), others=others)


def _ids(category: Category) -> Iterator[str]:
    yield category.id


def _labels(category: Category) -> Iterator[str]:
    yield category.label


def _origins(category: Category) -> Iterator[str]:
    for origin in category.origin:
        yield origin.name


def _parts(category: Category) -> Iterator[str]:
    for origin in category.origin:
        if "," in origin.name:
            yield from origin.name.split(",")
