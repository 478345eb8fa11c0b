"""An expert's fact base becomes an article, or says which entry cannot be found."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from quizgame.domain.errors import ContentError
from quizgame.domain.passages import Source, Span
from quizgame.formats import article_document, fact_base

SAMPLES = Path(__file__).parent / "samples"
TEXT = (SAMPLES / "late-buses.txt").read_bytes()
BASE = (SAMPLES / "late-buses.json").read_bytes()
SOURCE = Source("Late again", "Town Echo", "2026-03-01", "en")


def read(text=TEXT, base=BASE):
    return fact_base.read(text, base, "late-buses", SOURCE)


def changed(group, **values):
    document = deepcopy(json.loads(BASE))
    document[group][0].update(values)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        (changed("annotations", passage="P9"), "there is no passage P9"),
        (changed("true_claims", passage="P9"), "there is no passage P9"),
        (changed("clean_passages", passage="P9"), "there is no passage P9"),
        (changed("clean_passages", clean_of="typos"), "typos"),
        (changed("annotations", exact="run on beer"), "A1: 'run on beer' is not in P2"),
        (changed("annotations", exact=""), "A1: "),
        (changed("annotations", occurrence=3), "A1: 'run on' is not in P2"),
        (changed("annotations", occurrence=0), "A1: "),
        (changed("annotations", occurrence=2), "A1: other text stands around"),
        (changed("annotations", prefix="We "), "A1: other text stands around"),
        (changed("true_claims", suffix="!"), "T1: other text stands around"),
        (changed("annotations", severity="high"), "severity"),
        (b"{}", "annotations: "),
        (b"", "annotations: "),
    ],
)
def test_an_entry_that_cannot_be_found_is_turned_away(base, reason):
    with pytest.raises(ContentError) as refused:
        read(base=base)

    assert reason in str(refused.value)


def test_a_text_that_is_not_utf_8_is_turned_away():
    with pytest.raises(ContentError, match="UTF-8"):
        read(text=b"Caf\xe9")


def test_passages_are_the_blocks_of_the_text_untouched():
    article = read()

    assert [passage.id for passage in article.passages] == ["P1", "P2", "P3"]
    assert "\n\n".join(passage.text for passage in article.passages) == TEXT.decode().strip("\n")


def test_lines_may_end_as_on_windows():
    assert read(text=TEXT.replace(b"\n", b"\r\n")) == read()


def test_an_annotation_is_anchored_by_its_occurrence_in_code_points():
    first, second = read().passages[1].annotations

    assert [a.span for a in (first, second)] == [Span(33, 39), Span(72, 78)]
    assert (first.evidence[0].publisher, first.evidence[0].locator) == ("Town office", "")
    assert (second.correction, second.verified, second.confidence) == ("", False, "medium")


def test_true_claims_and_clean_passages_may_stand():
    article = read()

    assert [(stet.id, stet.layers) for p in article.passages for stet in p.stets] == [
        ("T1", ("error",)),
        ("P3-clean", ("error", "bias")),
    ]
    assert article.pairs[0].second == "A2"


def test_the_article_is_a_document_like_any_other():
    assert article_document.read(article_document.write(read())) == read()
