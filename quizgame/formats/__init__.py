"""First floor, drawer: one file per file format. Bytes ⇄ domain; nothing is fetched or stored.

A format is found by its file: the module's name is its id. Documents of ours that are not an
article (sets, the taxonomy) stand here too, and have no FORMAT.
"""

from importlib import import_module
from pkgutil import iter_modules

from quizgame.formats._archives import bundled, opened
from quizgame.formats._format import About, Asked, Exported, Files, Format, Imported, SetCopy

FORMATS: dict[str, Format] = {
    module.name: found
    for module in iter_modules(__path__)
    if not module.name.startswith("_")
    for found in [getattr(import_module(f"{__name__}.{module.name}"), "FORMAT", None)]
    if isinstance(found, Format)
}

__all__ = [
    "FORMATS",
    "About",
    "Asked",
    "Exported",
    "Files",
    "Format",
    "Imported",
    "SetCopy",
    "bundled",
    "opened",
    "recognised",
]


def recognised(files: Files) -> list[str]:
    """Return the ids of the formats that these files could be."""
    return [id_ for id_, format_ in FORMATS.items() if format_.recognises(files)]
