"""A set as one file that stands alone: its rounds, the passages they ask about, and its credit.

Whoever opens it becomes the owner of a copy: a file names no owner, and cannot. It is refused
before it is looked at closely if there is more in it than any set needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Article, Passage
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.domain.taxonomy import Category
from quizgame.formats import article_document, quiz_document
from quizgame.formats._archives import opened
from quizgame.formats._documents import decode, encode
from quizgame.formats._format import Asked, Exported, Files, Format, SetCopy, file_name

NAME = "quizgame-pack/1"
POSITION = 100
MOST = {"rounds": 60, "passages": 300, "annotations": 1500, "stets": 1500, "categories": 100}
MOST_OPTIONS = 60
LONGEST_PASSAGE = 6000
LONGEST_TEXT = 400_000
LONGEST_WORDS = 4000
"""The longest that anything else may be that somebody wrote, in characters."""
ID = re.compile(r"[\w.:-]{1,80}")


class PackDocument(msgspec.Struct, forbid_unknown_fields=True):
    """The whole document."""

    format: str
    set: quiz_document.QuizDocument
    article: article_document.ArticleDocument
    categories: tuple[Category, ...] = ()
    topic: str = ""
    level: str = ""
    licence: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A set with all that it needs."""

    draft: QuizDraft
    article: Article
    categories: tuple[Category, ...] = ()
    topic: str = ""
    level: str = ""
    licence: str = ""
    credit: str = ""


def read(files: Files) -> Pack:
    """Read a pack: a document, or an archive that holds nothing else. Raises ContentError."""
    inside = opened(files)
    if len(inside) != 1:
        raise ContentError("a set file holds one document")
    document = decode(b"".join(inside.values()), PackDocument, "set file")
    if document.format != NAME:
        raise ContentError(f"set file: the format is {document.format!r:.60}, not {NAME!r}")
    for reason in _reasons(document):
        raise ContentError(f"set file: {reason}")
    return Pack(
        draft=quiz_document.read(msgspec.json.encode(document.set)),
        article=article_document.read(msgspec.json.encode(document.article)),
        categories=document.categories,
        topic=document.topic,
        level=document.level,
        licence=document.licence,
        credit=document.credit,
    )


def write(pack: Pack) -> bytes:
    """Write a document that reads as the same pack."""
    parts = (quiz_document.write(pack.draft), article_document.write(pack.article))
    return encode(
        PackDocument(
            format=NAME,
            set=msgspec.json.decode(parts[0], type=quiz_document.QuizDocument),
            article=msgspec.json.decode(parts[1], type=article_document.ArticleDocument),
            categories=pack.categories,
            topic=pack.topic,
            level=pack.level,
            licence=pack.licence,
            credit=pack.credit,
        )
    )


def pack_of(quiz: SetCopy) -> Pack:
    """Return a set with the passages that it asks about, and no others."""
    if not quiz.rounds:
        raise ContentError(f"{quiz.id}: there is no round in it")
    found = {p.id: p for asked in quiz.rounds for p in asked.item.passages}
    passages = tuple(sorted(found.values(), key=_natural))
    article = Article(f"{quiz.id}-article", 1, quiz.rounds[0].item.source, passages)
    draft = QuizDraft(
        id=quiz.id,
        title=quiz.title,
        summary=quiz.summary,
        article=article.id,
        language=quiz.language,
        minutes=quiz.minutes,
        position=POSITION,
        rounds=tuple(map(_plan, quiz.rounds)),
    )
    told = {n: getattr(quiz, n) for n in ("topic", "level", "licence", "credit", "categories")}
    return Pack(draft, article, **told)


def export(quiz: SetCopy) -> Exported:
    """Write a set as one file."""
    return Exported({file_name(quiz.id, ".quizgame.json"): write(pack_of(quiz))})


FORMAT = Format(
    title=N_("quizgame set file"),
    suffix=".quizgame.json",
    mimetype="application/json",
    loses=N_(
        "Only the passages that the rounds ask about go along; plays and boards stay here. "
        "The file holds the answers."
    ),
    export=export,
)


def _plan(asked: Asked) -> RoundDraft:
    item = asked.item
    if item.focus:
        options = tuple(option.id for option in item.options)
        return RoundDraft(asked.kind, focus=item.focus, options=options)
    passages = tuple(passage.id for passage in item.passages)
    return RoundDraft(asked.kind, passages, reasons=asked.layer if item.options else "")


def _natural(passage: Passage) -> list[tuple[str, int]]:
    return [(w, int(d or 0)) for w, d in re.findall(r"(\D*)(\d{0,9})", passage.id)]


def _reasons(document: PackDocument) -> Iterator[str]:
    """Yield why a document is not looked at any closer."""
    passages = document.article.passages
    counts = {
        "rounds": len(document.set.rounds),
        "passages": len(passages),
        "annotations": sum(len(p.annotations) for p in passages),
        "stets": sum(len(p.stets) + len(p.grey) for p in passages),
        "categories": len(document.categories),
    }
    for name, count in counts.items():
        if count > MOST[name]:
            yield f"{count} {name} are too many; {MOST[name]} are the most"
    lengths = [len(passage.text) for passage in passages] or [LONGEST_TEXT + 1]
    if max(lengths) > LONGEST_PASSAGE or sum(lengths) > LONGEST_TEXT:
        yield f"a passage has 1 to {LONGEST_PASSAGE} characters, all have {LONGEST_TEXT} at most"
    if any(len(p.words) > len(p.text) or len(p.segments) > len(p.text) for p in passages):
        yield "there are more words than characters"
    if any(len(r.options) > MOST_OPTIONS or len(r.passages) > 3 for r in document.set.rounds):
        yield f"a round has 3 passages and {MOST_OPTIONS} options at most"
    yield from _odd_ids(document)
    yield from _odd_texts(document)


def _odd_texts(document: PackDocument) -> Iterator[str]:
    texts = [p.text for p in document.article.passages]
    for text in _texts(msgspec.to_builtins(document)):
        if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
            yield "there is a character that no text holds"
        if len(text) > LONGEST_WORDS and text not in texts:
            yield f"{text[:20]!r}… has more than {LONGEST_WORDS} characters"


def _odd_ids(document: PackDocument) -> Iterator[str]:
    ids = [document.set.id, document.article.id, *(c.id for c in document.categories)]
    for passage in document.article.passages:
        ids += [passage.id, *(a.id for a in passage.annotations), *(s.id for s in passage.stets)]
    for id_ in ids:
        if not ID.fullmatch(id_):
            yield f"{id_[:60]!r} is no id"
            return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
