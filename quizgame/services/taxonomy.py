"""The taxonomy that annotations and the field guide are written in."""

from functools import lru_cache

from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats import taxonomy_document
from quizgame.paths import resource


@lru_cache(maxsize=1)
def get_taxonomy() -> Taxonomy:
    """Return the built-in taxonomy."""
    return taxonomy_document.read((resource("seeds") / "taxonomy.json").read_bytes())
