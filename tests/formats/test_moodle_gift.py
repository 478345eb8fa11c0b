"""GIFT: what means something there is escaped, and blind choosing is worth nothing."""

import re

import pytest
from published import WILD, marking, naming, other, published

from quizgame.domain.errors import ContentError
from quizgame.formats.moodle_gift import GRADES, export


def written(*rounds, **more):
    ((_, data),) = export(published(*rounds, **more)).files.items()
    return data.decode()


def unescaped(text):
    return re.sub(r"\\([~=#{}:\\])", r"\1", text.replace("\\n", "\n"))


@pytest.mark.parametrize("rounds", [[], [marking(WILD, "cruel")], [other()]])
def test_a_set_without_a_name_to_choose_is_turned_away(rounds):
    with pytest.raises(ContentError, match="rounds that ask for a name"):
        export(published(*rounds))


def test_rounds_that_gift_cannot_hold_are_counted():
    exported = export(published(marking(WILD, "cruel"), naming(), other()))

    assert exported.notes == ("left out: rounds that do not ask for a name (2)",)


def test_the_text_survives_and_its_focus_is_marked():
    stem = re.search(r"\[html\](.*) \{$", written(naming()), re.MULTILINE)[1]

    assert unescaped(stem).endswith(
        '<blockquote lang="en" dir="auto">The 🚌 &amp; &lt;b&gt;<strong><u>cruel</u></strong>'
        "&lt;/b&gt; joke = 3 * 4: {50%} ~half\\. It ran. Zoë's fine. 耻辱。</blockquote>"
    )


def test_nothing_unescaped_is_left_of_the_words():
    (stem,) = re.findall(r"::\[html\](.*) \{$", written(naming()), re.MULTILINE)

    assert not re.search(r"(?<!\\)[~=#{}:]", stem.replace("\\\\", ""))


def test_answers_have_weights_that_moodle_knows_and_guessing_earns_nothing():
    lines = [line for line in written(naming()).splitlines() if line.startswith("\t")]

    weights = [float(w) for w in re.findall(r"^\t~%([^%]+)%", "\n".join(lines), re.MULTILINE)]
    assert lines[0] == "\t=Loaded \\~ language#Words \\= that \\#push \\{you\\}."
    assert weights == [20, -60, -60]
    assert set(weights) <= set(GRADES)
    assert 100 + sum(weights) == 0
    assert lines[-1] == "\t####It judges\\: \\{so\\}. → Something else."


def test_sentences_of_ours_are_said_in_the_readers_language():
    assert "¿QUÉ? What is it?" in written(naming(), say=lambda words: f"¿QUÉ? {words}")


def test_the_title_is_a_category_on_one_line():
    assert written(naming()).startswith("$CATEGORY: Buses: <all> & {more}\n")
