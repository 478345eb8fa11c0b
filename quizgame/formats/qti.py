"""A set as QTI 3: a package of items, for learning platforms that speak 1EdTech's format.

Marking becomes hottext: whole sentences, for a platform needs to know beforehand what can be
marked, and picked phrases would give the key away. A problem found is one point; a clean sentence
accused costs what makes marking everything worth nothing. Choosing becomes choiceInteraction with
guessing taken off.

Source: 1EdTech QTI 3.0 Assessment, Section and Item Information Model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.items import Item
from quizgame.domain.naming import Names
from quizgame.domain.passages import Passage
from quizgame.domain.scores import key_of
from quizgame.formats._archives import packed
from quizgame.formats._format import Asked, Exported, Format, SetCopy, file_name, left_out
from quizgame.formats._xml import add, document

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
MANIFEST = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
MAP_RESPONSE = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"
SENTENCES = N_("Here you mark whole sentences, not single words.")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What may be answered by identifier: what each choice is worth, and which are right."""

    points: dict[str, float]
    right: tuple[str, ...]
    cardinality: str

    @property
    def most(self) -> float:
        """What a perfect answer is worth."""
        return sum(points for points in self.points.values() if points > 0)


def export(quiz: SetCopy) -> Exported:
    """Write a package: the manifest, the test, and an item for each round."""
    asked = [round_ for round_ in quiz.rounds if round_.layer or round_.right]
    if not asked:
        raise ContentError(f"{quiz.id}: there is no round that QTI could hold")
    names = [f"round-{round_.number}" for round_ in asked]
    files = {"imsmanifest.xml": _manifest(names), "test.xml": _test(quiz, names)}
    files |= {
        f"items/{name}.xml": document(_item(name, round_, quiz))
        for name, round_ in zip(names, asked, strict=True)
    }
    left = len(quiz.rounds) - len(asked)
    notes = left_out(N_("left out: rounds of other kinds (%(count)d)"), left)
    return Exported({file_name(quiz.id, ".qti.zip"): packed(files)}, notes)


FORMAT = Format(
    title=N_("QTI 3 package"),
    suffix=".qti.zip",
    mimetype="application/zip",
    loses=N_(
        "Marks go by sentence instead of by word, without reasons; explanations and evidence are "
        "left out. The package holds the answers."
    ),
    export=export,
)


def _item(name: str, asked: Asked, quiz: SetCopy) -> Element:
    title = f"{asked.number}. {quiz.say(asked.title)}"
    item = Element("qti-assessment-item", xmlns=ITEM, identifier=name, title=title)
    item.attrib |= {"adaptive": "false", "time-dependent": "false", "xml:lang": quiz.language}
    body = Element("qti-item-body")
    fill = _marking if asked.layer else _choosing
    _declare(item, fill(body, asked, quiz))
    item.append(body)
    add(item, "qti-response-processing", template=MAP_RESPONSE)
    return item


def _declare(item: Element, mapping: Mapping) -> None:
    kinds = {"cardinality": mapping.cardinality, "base-type": "identifier"}
    response = add(item, "qti-response-declaration", identifier="RESPONSE", **kinds)
    right = add(response, "qti-correct-response")
    for identifier in mapping.right:
        add(right, "qti-value", identifier)
    table = add(response, "qti-mapping", **{"default-value": "0"})
    for identifier, points in mapping.points.items():
        values = {"map-key": identifier, "mapped-value": f"{points:.4f}"}
        add(table, "qti-map-entry", **values)
    for name, value in (("SCORE", 0.0), ("MAXSCORE", mapping.most)):
        kinds = {"cardinality": "single", "base-type": "float"}
        outcome = add(item, "qti-outcome-declaration", identifier=name, **kinds)
        add(add(outcome, "qti-default-value"), "qti-value", f"{value:g}")


def _marking(body: Element, asked: Asked, quiz: SetCopy) -> Mapping:
    key = key_of(asked.item, asked.layer)
    problems = [segment.id for segment in key.problems()]
    clean = [segment.id for segment in key.clean()]
    charge = len(problems) / len(clean) if clean else 0.0
    points = {segment.id: 0.0 for segment in key.segments}
    points |= dict.fromkeys(problems, 1.0) | dict.fromkeys(clean, -charge or -1.0)
    prompt = f"{quiz.say(asked.task)} {quiz.say(SENTENCES)}"
    values = {"response-identifier": "RESPONSE", "max-choices": "0"}
    interaction = add(body, "qti-hottext-interaction", **values)
    add(interaction, "qti-prompt", prompt)
    for number, passage in enumerate(asked.item.passages):
        _hot(add(interaction, "p", dir="auto"), number, passage, points)
    named = {_identifier(id_): value for id_, value in points.items()}
    return Mapping(named, tuple(_identifier(id_) for id_ in problems), "multiple")


def _hot(paragraph: Element, number: int, passage: Passage, points: dict[str, float]) -> None:
    """Write a passage whose sentences can be marked; what has no word in it is plain."""
    last: Element | None = None
    for at, segment in enumerate(passage.segments):
        text = passage.quote(segment)
        words = text.rstrip()
        if f"{number}:{at}" in points:
            last = add(paragraph, "qti-hottext", words, identifier=_identifier(f"{number}:{at}"))
            last.tail = text[len(words) :]
        elif last is None:
            paragraph.text = (paragraph.text or "") + text
        else:
            last.tail = (last.tail or "") + text


def _choosing(body: Element, asked: Asked, quiz: SetCopy) -> Mapping:
    options = asked.item.options
    names = Names.of(options)
    ids = {option.id: f"option-{n}" for n, option in enumerate(options, start=1)}
    _stimulus(body, asked.item)
    values = {"response-identifier": "RESPONSE", "max-choices": "1", "shuffle": "false"}
    interaction = add(body, "qti-choice-interaction", **values)
    add(interaction, "qti-prompt", quiz.say(asked.task))
    for option in options:
        add(interaction, "qti-simple-choice", option.label, identifier=ids[option.id])
    points = {ids[option.id]: names.credit(option.id, asked.right) for option in options}
    return Mapping(points, (ids[asked.right],), "single")


def _stimulus(body: Element, item: Item) -> None:
    focus = item.focus_annotation()
    for number, passage in enumerate(item.passages):
        paragraph = add(add(body, "blockquote"), "p", passage.text, dir="auto")
        if focus is not None and number == 0:
            paragraph.text = passage.text[: focus.span.start]
            strong = add(paragraph, "strong", passage.quote(focus.span))
            strong.tail = passage.text[focus.span.stop :]


def _identifier(segment: str) -> str:
    return "sentence-" + segment.replace(":", "-")


def _test(quiz: SetCopy, names: Sequence[str]) -> bytes:
    test = Element("qti-assessment-test", xmlns=ITEM, identifier="test", title=quiz.title)
    test.set("xml:lang", quiz.language)
    outcome = {"identifier": "SCORE", "cardinality": "single", "base-type": "float"}
    add(test, "qti-outcome-declaration", **outcome)
    modes = {"navigation-mode": "linear", "submission-mode": "individual"}
    part = add(test, "qti-test-part", identifier="part", **modes)
    section = add(
        part, "qti-assessment-section", identifier="rounds", title=quiz.title, visible="true"
    )
    for name in names:
        add(section, "qti-assessment-item-ref", identifier=name, href=f"items/{name}.xml")
    processing = add(test, "qti-outcome-processing")
    score = add(add(processing, "qti-set-outcome-value", identifier="SCORE"), "qti-sum")
    add(score, "qti-test-variables", **{"variable-identifier": "SCORE"})
    return document(test)


def _manifest(names: Sequence[str]) -> bytes:
    manifest = Element("manifest", xmlns=MANIFEST, identifier="quizgame")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "QTI Package")
    add(metadata, "schemaversion", "3.0.0")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv3p0", "test.xml")
    for name in names:
        add(test, "dependency", identifierref=name)
        _resource(resources, name, "imsqti_item_xmlv3p0", f"items/{name}.xml")
    return document(manifest)


def _resource(resources: Element, name: str, type_: str, href: str) -> Element:
    resource = add(resources, "resource", identifier=name, type=type_, href=href)
    add(resource, "file", href=href)
    return resource
