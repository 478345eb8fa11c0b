"""How hard a text is: told where the measure means something, and nowhere else."""

import pytest

from quizgame.domain.passages import cut
from quizgame.domain.readability import readability

EASY = "The cat sat on the mat. The dog ran to the cat. " * 12
HARD = (
    "Notwithstanding considerable administrative difficulties, municipal authorities continued. "
    * 15
)


def of(text, language):
    return readability([cut("P1", text)], language)


def test_lix_is_words_a_sentence_and_long_words():
    told = of("One two three four. " * 25, "en")

    assert (told.words, told.sentences, told.lix, told.band) == (100, 25, 4, 0)
    assert told.words_a_sentence == 4


def test_harder_texts_are_called_harder():
    assert of(EASY, "en").band == 0
    assert of(HARD, "en-GB").band == 4


@pytest.mark.parametrize("language", ["zh", "ar", "ja", "th", "hi", "cy", ""])
def test_nothing_is_claimed_about_languages_that_nobody_tried(language):
    told = of(EASY, language)

    assert (told.lix, told.band) == (None, None)
    assert told.words == 144


def test_bands_are_named_only_where_they_were_set():
    assert of(EASY, "es").lix == of(EASY, "en").lix
    assert of(EASY, "es").band is None


def test_a_few_words_say_nothing():
    assert of("Hello there.", "en").lix is None
    assert of("…", "en").words_a_sentence == 0
