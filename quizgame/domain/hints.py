"""The rules by which a passage is looked through for places that deserve a second look."""

from __future__ import annotations

from dataclasses import dataclass

from quizgame.domain.errors import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule looks for, in which terms it is annotated, and why: in one sentence.

    A rule of `words` needs a list for the language. `outside_quotes` leaves out what the text
    puts in quotation marks: those are somebody else's words.
    """

    id: str
    label: str
    layer: str
    category: str
    verdict: str
    reason: str
    words: bool = True
    outside_quotes: bool = False


def _bias(id_: str, label: str, category: str, reason: str, **more: bool) -> Rule:
    return Rule(id_, label, "bias", category, "one_sided", reason, **more)


RULES = (
    _bias(
        "superlatives",
        N_("Superlatives"),
        "exaggeration_minimisation",
        N_("A superlative ranks something above all others; ask who compared, and with what."),
    ),
    Rule(
        "absolutes",
        N_("Absolute words"),
        "error",
        "exaggerated_claim",
        "exaggerated",
        N_("Words such as “always” and “nobody” leave no exception; one exception refutes them."),
    ),
    _bias(
        "unattributed",
        N_("“It is said”"),
        "unattributed_claim",
        N_("Somebody is said to know or say this, but nobody is named."),
    ),
    _bias(
        "weasel_words",
        N_("Weasel words"),
        "obfuscation_vagueness",
        N_("A vague word stands where a name or a number could be checked."),
    ),
    _bias(
        "popularity",
        N_("“Everyone knows”"),
        "appeal_to_popularity",
        N_("The number of people who think so takes the place of evidence."),
    ),
    _bias(
        "taken_for_granted",
        N_("Taken for granted"),
        "presupposition",
        N_("The sentence treats its point as settled instead of giving a reason."),
    ),
    _bias(
        "intensifiers",
        N_("Loaded words"),
        "loaded_language",
        N_("The word judges or stirs feelings; see whether a plain one carries the same facts."),
        outside_quotes=True,
    ),
    _bias(
        "first_person",
        N_("First person plural"),
        "us_them_framing",
        N_("“We” and “our” in a report put the reader on one side."),
        outside_quotes=True,
    ),
    _bias(
        "urgency",
        N_("Urgency"),
        "appeal_to_time",
        N_("The reader is hurried, so that nobody stops to check."),
    ),
    _bias(
        "missing_doer",
        N_("Missing doer"),
        "agent_deletion",
        N_("Something was done, and the sentence does not say by whom."),
    ),
    Rule(
        "numbers",
        N_("Numbers without a source"),
        "error",
        "unsupported_claim",
        "unsupported",
        N_("No source is named beside this number, in its sentence or the one before."),
    ),
    _bias(
        "rhetorical_questions",
        N_("Questions"),
        "rhetorical_question",
        N_("A question in a report is often asked for an answer that the writer has chosen."),
        words=False,
        outside_quotes=True,
    ),
    _bias(
        "exclamations",
        N_("Exclamation marks"),
        "loaded_language",
        N_("An exclamation mark raises the voice where the facts could speak."),
        words=False,
        outside_quotes=True,
    ),
    _bias(
        "scare_quotes",
        N_("Scare quotes"),
        "casting_doubt",
        N_("Short words in quotation marks may cast doubt on them without a reason."),
        words=False,
    ),
    Rule(
        "redactions",
        N_("Blanked-out words"),
        "artefact",
        "redaction_mark",
        "redaction",
        N_("A sign stands where words were removed; ask what was covered, and by whom."),
        words=False,
    ),
    Rule(
        "cut_off",
        N_("Cut-off text"),
        "artefact",
        "truncated_text",
        "artefact",
        N_("The passage ends in dots, as text does that was cut for its length."),
        words=False,
    ),
)
