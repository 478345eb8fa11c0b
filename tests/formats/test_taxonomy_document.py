"""The taxonomy as a document."""

import json
from copy import deepcopy

import pytest

from quizgame.domain.errors import ContentError
from quizgame.formats import taxonomy_document
from quizgame.paths import resource

SEED = (resource("seeds") / "taxonomy.json").read_bytes()


def changed(**values):
    document = deepcopy(json.loads(SEED))
    document["categories"][0].update(values)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(family="gossip"), "there is no family 'gossip'"),
        (changed(confusable_with=["gossip"]), "'gossip' is not a category of its layer"),
        (changed(confusable_with=["loaded_language"]), "is not a category of its layer"),
        (changed(layer="gossip", confusable_with=[]), "there is no layer 'gossip'"),
        (changed(id="loaded_language", confusable_with=[]), "is there twice"),
        (changed(label=None), "label"),
        (b"{}", "taxonomy: "),
        (b"", "taxonomy: "),
    ],
)
def test_a_taxonomy_that_does_not_hold_together_is_turned_away(data, reason):
    with pytest.raises(ContentError) as refused:
        taxonomy_document.read(data)

    assert reason in str(refused.value)


def test_what_is_written_reads_as_the_same():
    taxonomy = taxonomy_document.read(SEED)

    assert taxonomy_document.read(taxonomy_document.write(taxonomy)) == taxonomy
