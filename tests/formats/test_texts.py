"""Texts are normalised once, and every offset lands on the same words afterwards."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgame.domain.errors import ContentError
from quizgame.formats import _texts
from quizgame.formats._texts import blocks, decoded, lines, normal

TRICKY = (
    "aé\u0301\u0327\u0300 \r\n\n\ufeff\u1100\u1161\u11a8가\u0958\u212b\u0344\u09c7\u09be"
    "\U00011131\U00011127🚌耻한ي\u0653"
)
RAW = st.text(st.sampled_from(TRICKY) | st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"caf\xe9", "a.txt, line 1: it is not UTF-8"),
        (b"one\ntwo\n\xff", "a.txt, line 3: it is not UTF-8"),
        (b"one\n\x00", "a.txt, line 2: there is a NUL"),
        (b"\xed\xa0\x80", "it is not UTF-8"),
        (b"x" * 5_000_001, "a.txt: 5.0 MB are too many"),
    ],
)
def test_what_is_no_text_is_turned_away_by_line(data, reason):
    with pytest.raises(ContentError, match=reason):
        decoded("a.txt", data)


def test_a_million_lines_are_turned_away():
    with pytest.raises(ContentError, match="more than 200,000 lines"):
        list(lines("a.ann", b"\n" * 1_000_000))


def test_lines_are_counted_as_an_editor_does():
    data = "\ufeffone\r\n\r\n\u2028two\x0b\rthree\n".encode()

    assert list(lines("a", data)) == [("a, line 1", "one"), ("a, line 3", "\u2028two\x0b\rthree")]


def test_a_text_that_is_too_long_is_turned_away():
    with pytest.raises(ContentError, match="1,000,001 characters"):
        normal("a" * 1_000_001)


def test_a_tower_of_accents_is_turned_away_unsorted():
    with pytest.raises(ContentError, match="more than 30 accents"):
        normal("Caf" + "e" + "\u0301\u0327" * 400_000)
    assert normal("e" + "\u0301" * 30).text


@given(RAW)
def test_a_text_becomes_nfc_with_plain_newlines(raw):
    plain = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    assert normal(raw).text == unicodedata.normalize("NFC", plain)


@given(RAW, st.data())
def test_a_place_keeps_its_words(raw, data):
    text = normal(raw)
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, len(raw)))

    first, last = text.place(start, stop)

    assert 0 <= first <= last <= len(text.text)
    assert normal(raw[start:stop]).text in text.text[first:last] or _cuts_a_letter(raw, start, stop)


def _cuts_a_letter(raw, *edges):
    """Whether an edge stands inside what becomes one letter, so that its words are no words."""
    changes = normal(raw).changes
    return any(change.start < edge < change.stop for change in changes for edge in edges)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a\r\nb\r\nlast", "last"),
        ("Cafe\u0301 last", "last"),
        ("\ufeffone last", "last"),
        ("🚌\r\n耻 last", "last"),
        ("\u1112\u1161\u11ab last", "last"),
        ("x\r\u0301 last", "last"),
    ],
)
def test_offsets_behind_what_shrank_follow(raw, words):
    text = normal(raw)
    start, stop = text.place(raw.index(words), raw.index(words) + len(words))

    assert text.text[start:stop] == words


def test_half_a_letter_is_widened_to_the_whole():
    text = normal("Cafe\u0301s")

    assert text.place(3, 4) == (3, 4)
    assert text.place(4, 5) == (3, 4)


@given(st.text(st.sampled_from("ab.\n\t \u3000"), max_size=60))
def test_passages_hold_all_words_in_order(text):
    places = blocks(text)

    assert "".join("".join(text[a:b].split()) for a, b in places) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in places)
    assert all("\n\n" not in text[a:b] for a, b in places)


def test_a_blank_line_ends_a_passage_and_a_line_does_not():
    assert _cut("One.\nTwo.\n \t\n\nThree.\n") == ["One.\nTwo.", "Three."]


def test_a_long_block_is_cut_at_lines_and_a_long_line_at_sentences(monkeypatch):
    monkeypatch.setattr(_texts, "LONG", 12)

    assert _cut("One two.\nThree.\nFour.") == ["One two.", "Three.\nFour."]
    assert _cut("One two. Three four. Five.") == ["One two.", "Three four.", "Five."]


def _cut(text):
    return [text[start:stop] for start, stop in blocks(text)]
