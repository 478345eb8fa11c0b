"""What plain rules point to, in four languages, and what they leave alone."""

import time

import pytest

from quizgame.domain.hints import RULES
from quizgame.domain.passages import cut
from quizgame.domain.phrases import Phrases, folded
from quizgame.domain.suggestions import suggest
from quizgame.services.suggestions import lexicon_for, lexicons
from quizgame.services.taxonomy import get_taxonomy


def found(text, language="en"):
    passage = cut("P1", text)
    return [(s.rule.id, passage.quote(s.span)) for s in suggest(passage, lexicon_for(language))]


ENGLISH = [
    ("It is said that he left.", [("unattributed", "It is said")]),
    ("Everyone always pays.", [("absolutes", "Everyone"), ("absolutes", "always")]),
    ("Everyone knows it.", [("popularity", "Everyone knows")]),
    ("At best he was the worst cook.", [("superlatives", "worst")]),
    ("The Best Bakery", [("superlatives", "Best")]),
    ("Of course\nit rained.", [("taken_for_granted", "Of course")]),
    ("He was of, course, late.", []),
    ("Let’s face it: it rained.", [("taken_for_granted", "Let’s face it")]),
    ("Our army won.", [("first_person", "Our")]),
    ("“Our army won,” she wrote.", []),
    ("Is that so? It is.", [("rhetorical_questions", "Is that so?")]),
    ("“Is that so?” she asked.", []),
    ("It rained!", [("exclamations", "It rained!")]),
    ("The “experts” left.", [("scare_quotes", "experts")]),
    ("The “experts”, she said, left.", []),
    ("“They all went home that day”", []),
    ("He had 1,200 cows.", [("numbers", "1,200")]),
    ("He had 40% of them and 300 cows.", [("numbers", "40%")]),
    ("According to the census he had 1,200 cows. Of these 300 were brown.", []),
    ("In 1998 he had 3 cows on page 12 at 10:30 on May 22.", []),
    ("It is said that 300 came.", [("unattributed", "It is said"), ("numbers", "300")]),
    ("He had 300 cows [4].", []),
    ("The f***ing bus, […] and ███ left.", [("redactions", w) for w in ("f***ing", "[…]", "███")]),
    ("One.\n***\nTwo.", []),
    ("He went to the", []),
    ("He went to the...", [("cut_off", "the...")]),
    ("He went [...]", [("redactions", "[...]")]),
    ("Mistakes were made.", [("missing_doer", "Mistakes were made")]),
    ("Ten were killed by bees.", []),
    ("Act now, 🚌 heroic riders!", [
        ("exclamations", "Act now, 🚌 heroic riders!"), ("urgency", "Act now"),
        ("intensifiers", "heroic")]),
    ("", []),
]  # fmt: skip
SPANISH = [
    ("Se dice que vino.", [("unattributed", "Se dice que")]),
    ("Fue una noche bellísima.", [("superlatives", "bellísima")]),
    ("La próxima vez.", []),
    ("El mejor tren", [("superlatives", "El mejor")]),
    ("Todos sabemos eso.", [("popularity", "Todos sabemos")]),
    ("¿Acaso no es así?", [("rhetorical_questions", "¿Acaso no es así?")]),
    ("¡Basta! Fin.", [("exclamations", "¡Basta!")]),
    ("«Nuestra patria venció», escribió.", []),
    ("Llegaron 1.200 personas.", [("numbers", "1.200")]),
    ("Según el censo llegaron 1.200 personas.", []),
    ("El 22 mayo llegaron.", []),
    ("Fue un régimen.", [("intensifiers", "régimen")]),
]
CHINESE = [
    ("据说他来了。", [("unattributed", "据说")]),
    ("這是最好的。", [("superlatives", "最")]),
    ("最近他来了。", []),
    ("众所周知，他来了。", [("popularity", "众所周知")]),
    ("我们来了。", [("first_person", "我们")]),
    ("“我们来了”，他说。", []),
    ("他来了吗？", [("rhetorical_questions", "他来了吗？")]),
    ("来了3000人。", [("numbers", "3000")]),
    ("根据统计来了3000人。", []),
    ("据说来了3000人。", [("unattributed", "据说"), ("numbers", "3000")]),
    ("第22届1998年3月。", []),
    ("他是“专家”。", [("scare_quotes", "专家")]),
    ("他不一定来。", []),
    ("警方███了他。", [("redactions", "███")]),
    ("警方***了他。", [("redactions", "***")]),
]
ARABIC = [
    ("يُقال إن الحافلة تأخرت.", [("unattributed", "يُقال إن")]),
    ("وبالتأكيد تأخرت الحافلة.", [("taken_for_granted", "وبالتأكيد")]),
    ("وأكّدت الوزارة أن ٣٠٠ راكب انتظروا.", []),
    ("انتظر ٣٠٠ راكب.", [("numbers", "٣٠٠")]),
    ("هذه بلادنا وهي الأفضل.", [("first_person", "بلادنا"), ("superlatives", "الأفضل")]),
    ("أليس كذلك؟", [("rhetorical_questions", "أليس كذلك؟")]),
    ("حضر الجميـــع.", [("absolutes", "الجميـــع")]),
    ("هذا أكثر من ذلك.", []),
    ("جاء «الخبراء» أمس.", [("scare_quotes", "الخبراء")]),
]
OTHER = [
    ("C'est toujours la meilleure.", []),
    ("Ils étaient 1200, non ?", [("rhetorical_questions", "Ils étaient 1200, non ?")]),
    ("Les « experts » […]", [("scare_quotes", "experts"), ("redactions", "[…]")]),
]
EXAMPLES = [
    (language, text, expected)
    for language, examples in [
        ("en", ENGLISH), ("es", SPANISH), ("zh", CHINESE), ("ar", ARABIC), ("fr", OTHER)
    ]
    for text, expected in examples
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), EXAMPLES)
def test_rules_point_to_exactly_this(language, text, expected):
    assert sorted(found(text, language)) == sorted(expected)


def test_a_region_or_an_unknown_language_is_no_surprise():
    assert lexicon_for("es-MX") is lexicon_for("es")
    assert lexicon_for("zh_Hant") is lexicon_for("zh")
    assert lexicon_for("") is lexicon_for("tlh") is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_speaks_in_terms_of_the_taxonomy(rule):
    taxonomy = get_taxonomy()

    assert taxonomy.category(rule.category).layer == rule.layer
    assert rule.verdict in {verdict.id for verdict in taxonomy.verdicts}
    assert rule.reason.count(".") <= 1
    assert len(rule.reason) < 100


@pytest.mark.parametrize("language", ["en", "es", "zh", "ar"])
def test_every_list_of_words_is_there_and_finds_all_its_words(language):
    phrases = lexicon_for(language).phrases
    listed = {rule.id for rule in RULES if rule.words} - {"numbers"}

    assert phrases.by_rule.keys() >= listed
    for rule, words in phrases.by_rule.items():
        for phrase in words:
            passage = cut("P1", phrase.replace("*", "abc"))
            matches = [m.rule for m in phrases.find(passage)]
            assert matches == ([rule] if rule else []), phrase


def test_there_are_four_lists():
    assert set(lexicons()) == {"en", "es", "zh", "ar"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ça", "ça"), ("يُقال", "يقال"), ("الجميـــع", "الجميع"), ("إنّ", "ان"), ("don’t", "don't")],
)
def test_words_are_looked_for_whatever_their_dress(one, other):
    assert folded(one) == folded(other)


def test_the_longest_phrase_wins_and_nothing_is_found_twice():
    phrases = Phrases({"a": ["one two"], "b": ["one", "two three"], "": ["one two three four"]})

    def rules(text):
        return [match.rule for match in phrases.find(cut("P1", text))]

    assert rules("one two three") == ["a"]
    assert rules("one two three four") == []
    assert rules("one, two three") == ["b", "b"]


BASE = [
    "最", "“", '"', "*", "a***", "[...", "…", "?", "of ", "every single ", "وال ", "12 ", "e\u0301",
    "“\n\n", "_a", "a? ", "it is ", "\u0640", "40%", "[1]", "://a", "🚌", "most most ",
]  # fmt: skip


@pytest.mark.parametrize("text", BASE)
@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_no_text_takes_more_than_its_share_of_time(text, language):
    def seconds(length):
        passage = cut("P1", (text * length)[:length])
        begun = time.perf_counter()
        suggest(passage, lexicon_for(language))
        return time.perf_counter() - begun

    seconds(10)
    short = min(seconds(4_000) for _ in range(3))
    long = min(seconds(32_000) for _ in range(2))
    assert long < 24 * short + 0.05  # eight times the text: linear, with room for a busy machine


def test_spans_count_code_points():
    text = "🚌🇵🇱 café\u0301 It is said, 👩‍🚒 et cetera."
    passage = cut("P1", text)
    [suggestion] = suggest(passage, lexicon_for("en"))

    assert (suggestion.span.start, suggestion.span.stop) == (text.index("It"), text.index(","))
