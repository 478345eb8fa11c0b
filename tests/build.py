"""Small articles and sets, made from sentences: plain functions that every test can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from quizgame.domain.items import Round
from quizgame.domain.passages import Annotation, Article, Evidence, Passage, Source, Span, cut
from quizgame.domain.quizzes import QuizDraft, RoundDraft, freeze
from quizgame.services import quizzes
from quizgame.services.taxonomy import get_taxonomy

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCE = Source("The late bus", "The Daily Heron", "2026-11-01", "en")
EVIDENCE = Evidence("Timetable", "Heron County", "2026", url="https://herons.example/buses")


def problem(text: str, quote: str, id_: str, **changes: Any) -> Annotation:
    """An annotation of the first place where a text says that: a plain error, unless changed."""
    at = text.index(quote)
    values: dict[str, Any] = {
        "layer": "error",
        "category": "factual_error",
        "verdict": "false",
        "severity": 2,
        "difficulty": 1,
        "why": "It is not so.",
        "correction": "Something else.",
        "check": "Ask a heron.",
        "evidence": (EVIDENCE,),
    }
    return Annotation(id=id_, span=Span(at, at + len(quote)), **{**values, **changes})


def passage(id_: str, text: str, *found: Annotation, **more: Any) -> Passage:
    """A passage in which that was found."""
    bare = cut(id_, text)
    return Passage(id_, text, bare.segments, bare.words, annotations=found, **more)


def herons(id_: str, wrong: Sequence[int] = (0, 2), count: int = 4, **changes: Any) -> Passage:
    """A passage of sentences such as "Heron 3 ate apple3 today."; some apples are wrong."""
    text = " ".join(f"Heron {n} ate apple{n} today." for n in range(count))
    found = [problem(text, f"apple{n}", f"{id_}-{n}", **changes) for n in wrong]
    return passage(id_, text, *found)


def article(*passages: Passage, id_: str = "herons", **more: Any) -> Article:
    """An article of those passages."""
    return Article(id_, 1, SOURCE, passages, **more)


def draft(*rounds: RoundDraft, id_: str = "herons", **more: Any) -> QuizDraft:
    """A set of those rounds about the article of herons."""
    values = {"title": "Herons", "summary": "About herons.", "article": "herons"}
    return QuizDraft(
        id=id_, language="en", minutes=3, position=9, rounds=rounds, **{**values, **more}
    )


def marking(*passages: str, kind: str = "spot_the_error", reasons: str = "") -> RoundDraft:
    """A round that asks to mark words in those passages."""
    return RoundDraft(kind, passages, reasons=reasons)


def naming(focus: str, *options: str) -> RoundDraft:
    """A round that asks for the name of an annotation."""
    return RoundDraft("name_the_technique", focus=focus, options=options)


def rounds(plan: QuizDraft, about: Article) -> tuple[Round, ...]:
    """The rounds of a set, with their keys."""
    return freeze(plan, about, get_taxonomy())


def publish(plan: QuizDraft, about: Article, now: datetime = NOW) -> str:
    """Publish a set in the database that is open; return its id."""
    quizzes.publish_quiz(plan, rounds(plan, about), now=now)
    return plan.id


def short_set(id_: str = "short", count: int = 3, **more: Any) -> str:
    """Publish a practice set: each round has two problems and two clean sentences."""
    passages = [herons(f"P{n}") for n in range(count)]
    plan = draft(*(marking(p.id) for p in passages), id_=id_, **more)
    return publish(plan, article(*passages))


def ranked_set(id_: str = "ranked", **more: Any) -> str:
    """Publish a set that ranks: two rounds of twelve problems and twelve clean sentences."""
    passages = [herons(f"P{n}", range(0, 24, 2), 24) for n in range(2)]
    plan = draft(*(marking(p.id) for p in passages), id_=id_, **more)
    return publish(plan, article(*passages))
