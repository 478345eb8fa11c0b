"""Sets as documents."""

import json

import pytest
import sets

from quizgame.domain.errors import ContentError
from quizgame.domain.quizzes import RoundDraft
from quizgame.formats import quiz_document

DRAFT = sets.build.draft(
    RoundDraft("spot_the_error", ("P1", "P2"), reasons="error"),
    RoundDraft("name_the_technique", (), "A1", ("slogans", "flag_waving")),
)
SAMPLE = quiz_document.write(DRAFT)


def changed(**values):
    return json.dumps(json.loads(SAMPLE) | values).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(format="quizgame-set/0"), "the format is 'quizgame-set/0'"),
        (changed(rounds=[]), "there is no round"),
        (changed(minutes="ten"), "minutes"),
        (changed(minutes=10**30), "set: "),
        (changed(colour="red"), "colour"),
        (changed(rounds=[{"passages": ["P1"]}]), "kind"),
        (changed(rounds=[{"kind": "spot_the_error", "passage": "P1"}]), "passage"),
        (changed(rounds=["spot_the_error"]), "rounds"),
        (b"", "set: "),
        (b"{}", "set: "),
        (SAMPLE[:-9], "set: "),
    ],
)
def test_a_document_that_does_not_fit_is_turned_away(data, reason):
    with pytest.raises(ContentError) as refused:
        quiz_document.read(data)

    assert reason in str(refused.value)


def test_what_is_written_reads_as_the_same():
    assert quiz_document.read(SAMPLE) == DRAFT


@pytest.mark.parametrize("draft", sets.seed_drafts().values(), ids=sets.seed_drafts())
def test_the_sets_of_the_seeds_come_back(draft):
    assert quiz_document.read(quiz_document.write(draft)) == draft
