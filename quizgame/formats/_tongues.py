"""In which language a text is written: told by its script, or by its commonest words."""

from __future__ import annotations

import re
from collections import Counter

LOOKED_AT = 20_000
FEWEST = 3
SOME, MOST = 0.02, 0.3
SCRIPTS = (
    ("ja", "\u3040-\u30ff", SOME),
    ("ko", "\uac00-\ud7af", MOST),
    ("zh", "\u4e00-\u9fff", MOST),
    ("fa", "پچژگ", SOME),
    ("ar", "\u0600-\u06ff", MOST),
    ("he", "\u0590-\u05ff", MOST),
    ("uk", "іїєґ", SOME),
    ("ru", "\u0400-\u04ff", MOST),
    ("el", "\u0370-\u03ff", MOST),
    ("hi", "\u0900-\u097f", MOST),
    ("th", "\u0e00-\u0e7f", MOST),
)
"""Languages by their letters, and the share of all letters above which they are meant."""
COMMON = {
    "en": "the and of to is was that for with from have are",
    "es": "el los las una que del por con para como más está",
    "fr": "le les des une est dans que pour qui avec sur pas",
    "de": "der die das und ist nicht mit den von ein auf für",
    "it": "il gli della che per una con sono nel del più anche",
    "pt": "os das uma que não para com mais como foi são pelo",
    "nl": "de het een van en dat niet met zijn voor ook aan",
    "sv": "och att det som en på är för med inte har till",
    "pl": "nie się jest na że do jak przez ale tego po od",
    "tr": "ve bir bu için ile olarak daha çok gibi olan da ne",
}
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def is_tag(language: str) -> bool:
    """Tell whether this is the name of a language, as pages give it: en, zh-Hant, pt-BR."""
    return bool(TAG.fullmatch(language))


def guessed(text: str) -> str:
    """Return the language that a text seems to be in; "" if that cannot be told."""
    some = text[:LOOKED_AT]
    letters = len(re.findall(r"[^\W\d_]", some)) or 1
    for language, script, share in SCRIPTS:
        if len(re.findall(f"[{script}]", some)) > share * letters:
            return language
    words = Counter(re.findall(r"[^\W\d_]+", some.casefold()))
    scores = {tongue: sum(words[w] for w in common.split()) for tongue, common in COMMON.items()}
    best = max(scores, key=lambda tongue: scores[tongue])
    return best if scores[best] >= FEWEST else ""
