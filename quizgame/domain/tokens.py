"""Words and sentences: where a text may be cut, in any script."""

import unicodedata
from itertools import pairwise

JOINERS = "-'’‐‑·‌‍"
DIGIT_JOINERS = ".,:٫٬"
CLOSERS = "\"'”’»)]」』"
FULL_STOPS = ".?!؟۔"
WIDE_STOPS = "。！？"
UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def words(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand.

    A word holds a letter or a digit; punctuation around it is left out, so that a stray comma
    never costs a reader a point. In scripts without spaces every character is a word, together
    with the marks that combine with it.

    Units: code points, half-open.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if not _is_word_character(text[at]):
            at += 1
            continue
        stop = _end_of_word(text, at)
        found.append((at, stop))
        at = stop
    return tuple(found)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text: they cover it without gap or overlap.

    A full stop ends a sentence where white space and something that can begin one follow; an
    initial such as "U.S." does not. A stretch without a word joins the sentence before it;
    a text without any word is one.

    Units: code points, half-open.
    """
    cuts = [0, *(stop for stop in _sentence_ends(text) if stop < len(text)), len(text)]
    kept = [0]
    for start, stop in pairwise(cuts):
        if any(_is_word_character(c) for c in text[start:stop]):
            kept.append(stop)
        elif len(kept) > 1:
            kept[-1] = stop
    if text and len(kept) == 1:
        kept.append(len(text))
    return tuple(pairwise(kept))


def _end_of_word(text: str, start: int) -> int:
    stop = start + 1
    if _is_unspaced(text[start]):
        while stop < len(text) and _combines(text[stop]):
            stop += 1
        return stop
    while stop < len(text) and not _is_unspaced(text[stop]):
        is_inside = _is_word_character(text[stop]) or _combines(text[stop])
        if not is_inside and not _joins(text, start, stop):
            break
        stop += 1
    return stop


def _joins(text: str, start: int, at: int) -> bool:
    """Tell whether the character at that place holds two halves of one word together."""
    if at + 1 == len(text):
        return False
    before, mark, after = text[at - 1], text[at], text[at + 1]
    if not _is_word_character(after) or _is_unspaced(after):
        return False
    if mark in JOINERS:
        return True
    if mark in DIGIT_JOINERS and before.isdigit() and after.isdigit():
        return True
    return mark == "." and before.isalpha() and (at - start == 1 or text[at - 2] == ".")


def _sentence_ends(text: str) -> list[int]:
    ends = []
    stop = spaced = 0  # of the run of stops at hand, so that a text of nothing but dots is no work
    for at, character in enumerate(text):
        if character not in FULL_STOPS + WIDE_STOPS:
            continue
        if at >= stop:
            stop = at + 1
            while stop < len(text) and text[stop] in CLOSERS + FULL_STOPS + WIDE_STOPS:
                stop += 1
            spaced = stop
            while spaced < len(text) and text[spaced].isspace():
                spaced += 1
        wide = character in WIDE_STOPS
        if wide or (spaced > stop and _may_begin(text, spaced) and not _is_initial(text, at)):
            ends.append(spaced)
    return ends


def _may_begin(text: str, at: int) -> bool:
    return at < len(text) and not text[at].islower()


def _is_initial(text: str, at: int) -> bool:
    """Tell whether a full stop only ends an initial, as in "U.S." or "J. Smith"."""
    if text[at] != "." or at == 0 or not text[at - 1].isupper():
        return False
    return at == 1 or text[at - 2] == "." or text[at - 2].isspace()


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _combines(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_unspaced(character: str) -> bool:
    point = ord(character)
    return any(first <= point <= last for first, last in UNSPACED)
