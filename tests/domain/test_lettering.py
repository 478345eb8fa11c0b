"""T-14, T-44: names and titles that could pass for others."""

import pytest

from quizgame.domain.lettering import plays_tricks

TRICKS = (
    "T\u0435acher",  # a Cyrillic e
    "\u0410da",  # a Cyrillic A
    "Adm\u0456n",
    "p\u0430ypal",
    "M\u03b1rie",  # a Greek alpha
    "\u0391dministrator",
    "\u13aalinton",  # Cherokee
    "\u054fom",  # Armenian
    "Teacher\u200b",
    "Tea\u200dcher",
    "Tea\u200ccher",
    "\u202eeiraM",
    "Marie\u2066",
    "\ufeffMarie",
    "Mar\u00adie",
    "Marie\u2028",
    "\u2060Marie",
    "𝐀𝐝𝐚",
    "Ⓐda",
    "Ａda",
    "𝕄arie",
    "Marie\ue000",
    "a\u0000b",
    "\ud800",
    "Marie\U000e0041",  # a tag
)
PLAIN = (
    "Marie Curie",
    "Zoë Nguyễn",
    "Łukasz Wałęsa",
    "Мария Склодовская",
    "Ελένη",
    "محمد عبد الله",
    "نازنین\u200cزهرا",
    "居里夫人",
    "キュリー夫人と放射能",
    "김철수",
    "सत्य\u200dजित",
    "Dr. O’Neill-Smith (8b)",
    "Fake news? 50 % фейк",  # every word in one alphabet
    "Bus 🚌 & 👩\u200d👩\u200d👧 tales",
    "β-carotene and Δ9",
    "",
)


@pytest.mark.parametrize("text", TRICKS, ids=ascii)
def test_a_trick_is_noticed(text):
    assert plays_tricks(text)


@pytest.mark.parametrize("text", PLAIN)
def test_names_and_titles_of_all_languages_are_plain(text):
    assert not plays_tricks(text)
