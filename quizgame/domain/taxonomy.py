"""What can be found in a text: layers, verdicts, families, categories."""

from __future__ import annotations

from dataclasses import dataclass

from quizgame.domain.items import Option


@dataclass(frozen=True, slots=True)
class Layer:
    """One way of looking at a text; only some layers make keys."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was concluded about an annotation."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """A published (or our own) list of techniques from which names are taken."""

    id: str
    name: str
    authors: str
    year: str
    url: str = ""
    names_checked: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A coarse group of categories; inside it a wrong name is half right."""

    id: str
    label: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The name that an inventory gives to a category."""

    inventory: str
    name: str


@dataclass(frozen=True, slots=True)
class Category:
    """What kind of thing an annotation is.

    `example` is the id of an annotation that shows it, `made_up` a sentence made to show it.
    """

    id: str
    label: str
    layer: str
    family: str
    definition: str
    question: str
    origin: tuple[Origin, ...] = ()
    confusable_with: tuple[str, ...] = ()
    example: str = ""
    made_up: str = ""
    note: str = ""

    def option(self) -> Option:
        """Return the category as a name to choose."""
        return Option(self.id, self.label, self.family, self.definition)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All of it, as one document."""

    layers: tuple[Layer, ...]
    verdicts: tuple[Verdict, ...]
    inventories: tuple[Inventory, ...]
    families: tuple[Family, ...]
    categories: tuple[Category, ...]

    def category(self, id_: str) -> Category:
        """Return the category of that id; KeyError if there is none."""
        return {category.id: category for category in self.categories}[id_]

    def option(self, id_: str) -> Option:
        """Return a category or a verdict as a name to choose; KeyError if there is neither."""
        verdicts = {verdict.id: verdict for verdict in self.verdicts}
        if id_ in verdicts:
            return Option(id_, verdicts[id_].label, hint=verdicts[id_].definition)
        return self.category(id_).option()

    def of_layer(self, layer: str) -> tuple[Category, ...]:
        """Return the categories of a layer, in the order of their families."""
        order = [family.id for family in self.families]
        mine = [category for category in self.categories if category.layer == layer]
        return tuple(sorted(mine, key=lambda category: order.index(category.family)))

    def label(self, group: str, id_: str) -> str:
        """Return the label of a layer, verdict, family or category; its id if unknown."""
        labels: dict[str, str] = {entry.id: entry.label for entry in getattr(self, group)}
        return labels.get(id_, id_)
