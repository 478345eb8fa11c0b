"""H5P Mark the Words: one package a marking round, with single words between asterisks."""

import json
import re

import pytest
from published import WILD, marking, naming, other, published

from quizgame.domain.errors import ContentError
from quizgame.formats._archives import unpacked
from quizgame.formats.h5p import export


def contents(*rounds):
    files = export(published(*rounds)).files
    return {
        name: json.loads(unpacked(name, data)["content/content.json"])
        for name, data in files.items()
    }


def text_of(round_):
    (content,) = contents(round_).values()
    return content["textField"]


@pytest.mark.parametrize("rounds", [[], [naming()], [other()], [marking("国家的耻辱。", "耻辱")]])
def test_a_set_without_a_round_that_fits_is_turned_away(rounds):
    with pytest.raises(ContentError, match="no marking round"):
        export(published(*rounds))


def test_every_marking_round_is_a_package_of_content_only():
    exported = export(published(marking(WILD, "joke"), naming(), marking("It is bad.", number=4)))

    assert list(exported.files) == ["buses-1.h5p", "buses-4.h5p"]
    files = unpacked("x.h5p", exported.files["buses-1.h5p"])
    assert list(files) == ["h5p.json", "content/content.json"]
    about = json.loads(files["h5p.json"])
    assert about["mainLibrary"] == about["preloadedDependencies"][0]["machineName"]
    assert exported.notes == ("left out: rounds without marking (1)",)


def test_a_phrase_becomes_its_words_and_punctuation_stays_outside():
    assert text_of(marking("It is “so cruel”, they say.", "so cruel")) == (
        '<p dir="auto">It is “*so* *cruel*”, they say.</p>'
    )


def test_asterisks_and_markup_of_the_text_are_words():
    text = text_of(marking(WILD, "joke"))

    assert "&amp; &lt;b&gt;cruel&lt;/b&gt; *joke* = 3 ** 4" in text
    assert re.findall(r"(?<!\*)\*(?!\*)(.*?)(?<!\*)\*(?!\*)", text) == ["joke"]


def test_a_script_without_spaces_is_left_out_and_counted():
    exported = export(published(marking("It is bad."), marking("国家的耻辱。", number=2)))

    assert exported.notes == ("left out: rounds in a script without spaces (1)",)


def test_arabic_words_are_marked():
    assert "*كارثة*" in text_of(marking("إنها كارثة وطنية.", "كارثة"))
