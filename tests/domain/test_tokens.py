"""Words and sentences in any script."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.tokens import sentences, words

TEXTS = st.text(
    st.sampled_from("aB9 .?!\n\r\t\u00a0,;:-'’\"“”()…。！？،؟é\u0301\u200d漢字かなไทยעבאبç👍🏽👩1٫")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


def quotes(text, spans):
    return [text[start:stop] for start, stop in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("— … ?! 👍 •", [], id="punctuation and emoji only"),
        pytest.param("“Late,” he said.", ["Late", "he", "said"], id="punctuation left out"),
        pytest.param(
            "It's a well-known 1950s' hit", ["It's", "a", "well-known", "1950s", "hit"], id="in"
        ),
        pytest.param(
            "3.5 or 1,000 at 10:30, no.", ["3.5", "or", "1,000", "at", "10:30", "no"], id="digits"
        ),
        pytest.param("U.S. troops", ["U.S", "troops"], id="initials"),
        pytest.param("one\u00a0two\r\nthree\ttwo", ["one", "two", "three", "two"], id="spaces"),
        pytest.param("un cafe\u0301 noir", ["un", "cafe\u0301", "noir"], id="combining mark"),
        pytest.param("नमस्ते दुनिया", ["नमस्ते", "दुनिया"], id="Devanagari"),
        pytest.param("漢字かな", ["漢", "字", "か", "な"], id="unspaced"),
        pytest.param("か\u3099ABC漢", ["か\u3099", "ABC", "漢"], id="unspaced with marks"),
        pytest.param("ที่นี่", ["ที่", "นี่"], id="Thai"),
        pytest.param("שלום עולם", ["שלום", "עולם"], id="Hebrew"),
        pytest.param("مرحبا، بالعالم", ["مرحبا", "بالعالم"], id="Arabic"),
        pytest.param("ok👍🏽yes", ["ok", "yes"], id="emoji parts words"),
        pytest.param("𝟙𐐀x 😀", ["𝟙𐐀x"], id="outside the basic plane"),
        pytest.param("tail-", ["tail"], id="joiner at the end"),
        pytest.param("a--b '", ["a", "b"], id="two joiners join nothing"),
    ],
)
def test_a_word_holds_a_letter_or_a_digit(text, expected):
    assert quotes(text, words(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("No stop", ["No stop"], id="one"),
        pytest.param("One. Two? Three!", ["One. ", "Two? ", "Three!"], id="three"),
        pytest.param("“Go!” He went.", ["“Go!” ", "He went."], id="closing quote"),
        pytest.param("In the U.S. Army he was.", ["In the U.S. Army he was."], id="initials"),
        pytest.param("J. Smith came.", ["J. Smith came."], id="initial at the start"),
        pytest.param("At 3.5 percent. Yes.", ["At 3.5 percent. ", "Yes."], id="decimal"),
        pytest.param("It was so. and went on.", ["It was so. and went on."], id="small letter"),
        pytest.param("Wait... What?! No.", ["Wait... ", "What?! ", "No."], id="many stops"),
        pytest.param("One.\r\nTwo.\u00a0Three.", ["One.\r\n", "Two.\u00a0", "Three."], id="spaces"),
        pytest.param("一。二！三", ["一。", "二！", "三"], id="wide stops need no space"),
        pytest.param("كيف؟ جيد. نعم", ["كيف؟ ", "جيد. ", "نعم"], id="Arabic"),
        pytest.param("One. ?! Two.", ["One. ?! ", "Two."], id="no word: joins the one before"),
        pytest.param("… One. Two.", ["… One. ", "Two."], id="no word at the start"),
        pytest.param("…!", ["…!"], id="no word at all"),
    ],
)
def test_sentences_end_where_they_end(text, expected):
    assert quotes(text, sentences(text)) == expected


@given(TEXTS)
def test_sentences_cover_the_text_without_gap_or_overlap(text):
    assert "".join(quotes(text, sentences(text))) == text
    assert all(one[1] == next_[0] for one, next_ in pairwise(sentences(text)))


@given(TEXTS)
def test_words_stand_apart_in_order_and_hold_a_letter_or_a_digit(text):
    found = words(text)

    assert all(one[1] <= next_[0] for one, next_ in pairwise(found))
    for quote in quotes(text, found):
        assert any(unicodedata.category(character)[0] in "LN" for character in quote)
        assert not any(character.isspace() for character in quote)


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text):
    inside = {at for start, stop in words(text) for at in range(start, stop)}

    for at, character in enumerate(text):
        if unicodedata.category(character)[0] in "LN":
            assert at in inside


@given(TEXTS)
def test_no_sentence_ends_inside_a_word(text):
    cuts = {stop for _, stop in sentences(text)}

    assert not [w for w in words(text) for cut in cuts if w[0] < cut < w[1]]


@given(TEXTS)
def test_every_sentence_has_a_word_unless_the_text_has_none(text):
    found = sentences(text)

    assert len(found) < 2 or all(words(quote) for quote in quotes(text, found))
