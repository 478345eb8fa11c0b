"""QTI 3: a package that parses, whose items give no key away and pay nothing for marking all."""

from xml.etree import ElementTree as ET

import pytest
from published import WILD, marking, naming, other, published

from quizgame.domain.errors import ContentError
from quizgame.domain.passages import GreyZone, Span
from quizgame.formats._archives import unpacked
from quizgame.formats.qti import ITEM, MANIFEST, export

NS = {"q": ITEM, "m": MANIFEST}
FOUR = "One is bad. Two is bad. Three is fine. Four is fine."


def package(*rounds):
    ((name, data),) = export(published(*rounds)).files.items()
    return unpacked(name, data)


def item(round_):
    return ET.fromstring(package(round_)[f"items/round-{round_.number}.xml"])


def values(root):
    return {
        entry.get("map-key"): float(entry.get("mapped-value"))
        for entry in root.iterfind(".//q:qti-map-entry", NS)
    }


def right(root):
    return [value.text for value in root.iterfind(".//q:qti-correct-response/q:qti-value", NS)]


@pytest.mark.parametrize("rounds", [[], [other()]])
def test_a_set_without_a_round_that_fits_is_turned_away(rounds):
    with pytest.raises(ContentError, match="no round"):
        export(published(*rounds))


def test_the_manifest_lists_every_file_and_only_those():
    files = package(marking(WILD, "cruel"), naming())

    manifest = ET.fromstring(files["imsmanifest.xml"])
    listed = {file.get("href") for file in manifest.iterfind(".//m:file", NS)}
    assert listed == files.keys() - {"imsmanifest.xml"}
    test = ET.fromstring(files["test.xml"])
    refs = [ref.get("href") for ref in test.iterfind(".//q:qti-assessment-item-ref", NS)]
    assert refs == ["items/round-1.xml", "items/round-2.xml"]


def test_rounds_that_do_not_fit_are_counted():
    assert export(published(naming(), other())).notes == ("left out: rounds of other kinds (1)",)


def test_a_marking_item_shows_the_whole_text_in_sentences():
    root = item(marking(WILD, "cruel"))

    (paragraph,) = root.iterfind(".//q:qti-hottext-interaction/q:p", NS)
    assert "".join(paragraph.itertext()) == WILD
    hot = [h.text for h in paragraph.iterfind("q:qti-hottext", NS)]
    assert hot[1:] == ["It ran.", "Zoë's fine.", "耻辱。"]


def test_marking_everything_is_worth_nothing():
    root = item(marking(FOUR, "One is bad", "Two is bad"))

    assert right(root) == ["sentence-0-0", "sentence-0-1"]
    assert values(root) == {
        "sentence-0-0": 1, "sentence-0-1": 1, "sentence-0-2": -1, "sentence-0-3": -1,
    }  # fmt: skip
    assert sum(values(item(marking(FOUR, "One is bad"))).values()) == pytest.approx(0, abs=1e-3)


def test_where_nothing_is_wrong_every_mark_costs():
    root = item(marking(FOUR))

    assert right(root) == []
    assert set(values(root).values()) == {-1}


def test_a_grey_sentence_neither_pays_nor_costs():
    grey = (GreyZone(Span(24, 30), "bias", "Debatable."),)
    root = item(marking(FOUR, "One is bad", grey=grey))

    assert values(root)["sentence-0-2"] == 0


def test_a_choice_takes_guessing_off():
    root = item(naming())

    assert right(root) == ["option-1"]
    assert values(root)["option-1"] == 1
    assert sum(values(root).values()) == pytest.approx(0, abs=1e-3)
    assert root.find(".//q:strong", NS).text == "cruel"
    assert "".join(root.find(".//q:blockquote", NS).itertext()) == WILD


def test_characters_that_xml_cannot_hold_are_replaced():
    root = item(marking("A \x0b\x1f\ufffe bus."))

    assert "A \ufffd\ufffd\ufffd bus." in "".join(root.itertext())
