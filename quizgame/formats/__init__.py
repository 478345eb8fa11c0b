"""First floor, drawer: one file per file format. Bytes ⇄ domain; nothing is fetched or stored.

A format is found by its file: the module's name is its id. FORMAT reads or writes what is
annotated, PLAIN reads what is not yet. Documents of ours that are not an article (sets, the
taxonomy) stand here too, and have neither.
"""

from importlib import import_module
from pkgutil import iter_modules

from quizgame.formats._archives import bundled, opened
from quizgame.formats._format import About, Asked, Exported, Files, Format, Imported, SetCopy
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal
from quizgame.formats._sentences import composed, resegmented

MODULES = [
    (module.name, import_module(f"{__name__}.{module.name}"))
    for module in iter_modules(__path__)
    if not module.name.startswith("_")
]
FORMATS: dict[str, Format] = {
    name: found
    for name, module in MODULES
    for found in [getattr(module, "FORMAT", None)]
    if isinstance(found, Format)
}
PLAIN: dict[str, PlainFormat] = {
    name: found
    for name, module in MODULES
    for found in [getattr(module, "PLAIN", None)]
    if isinstance(found, PlainFormat)
}

__all__ = [
    "FORMATS",
    "PLAIN",
    "About",
    "Asked",
    "Block",
    "Exported",
    "Files",
    "Format",
    "Hints",
    "Imported",
    "PlainFormat",
    "Proposal",
    "SetCopy",
    "bundled",
    "composed",
    "opened",
    "recognised",
    "resegmented",
]


def recognised(files: Files) -> list[str]:
    """Return the ids of the formats that these files could be."""
    return [id_ for id_, format_ in FORMATS.items() if format_.recognises(files)]
