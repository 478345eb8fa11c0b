"""The taxonomy as a JSON document."""

from quizgame.domain.errors import ContentError
from quizgame.domain.taxonomy import Taxonomy
from quizgame.formats._documents import decode, encode


def read(data: bytes) -> Taxonomy:
    """Read a document; ContentError names a layer, a family or a category that is not there."""
    taxonomy = decode(data, Taxonomy, "taxonomy")
    known = {layer.id for layer in taxonomy.layers}
    families = {family.id for family in taxonomy.families}
    layers = {category.id: category.layer for category in taxonomy.categories}
    if len(layers) < len(taxonomy.categories):
        raise ContentError("taxonomy: a category is there twice")
    for category in taxonomy.categories:
        if category.layer not in known:
            raise ContentError(f"{category.id}: there is no layer {category.layer!r}")
        if category.family not in families:
            raise ContentError(f"{category.id}: there is no family {category.family!r}")
        for other in category.confusable_with:
            if layers.get(other) != category.layer:
                raise ContentError(f"{category.id}: {other!r} is not a category of its layer")
    return taxonomy


def write(taxonomy: Taxonomy) -> bytes:
    """Write a document that reads as the same taxonomy."""
    return encode(taxonomy)
