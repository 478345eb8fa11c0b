"""Suggestions for an annotation set: made by rules, accepted or rejected by a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quizgame.domain.errors import N_, NotFoundError, StaleError
from quizgame.domain.excerpts import Excerpt, excerpt
from quizgame.domain.hints import RULES, Rule
from quizgame.domain.markup import markup_of
from quizgame.domain.passages import Annotation, Passage
from quizgame.domain.suggestions import Lexicon, Suggestion, suggest
from quizgame.formats import suggestion_rules
from quizgame.models.annotations import AnnotationSet, SetRuling
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.paths import resource
from quizgame.services import annotations
from quizgame.services.annotations import Standing, Step
from quizgame.services.credentials import new_id

ACCEPTED, REJECTED = "accepted", "rejected"
CHANGE = "suggestion"
"""What the step of an accepted suggestion is called."""
TRIES = 3
GONE = N_("This suggestion is not made any more. Somebody has decided about it already.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the page shows it; `key` names it in its set."""

    key: str
    number: int
    rule: Rule
    excerpt: Excerpt
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Offers:
    """What is suggested for a set and not decided. `has_list` is whether words are looked for."""

    set_: AnnotationSet
    version: ArticleVersion
    has_list: bool
    offers: list[Offer]

    def counts(self) -> dict[str, int]:
        """Count the offers by rule, in the order of the rules."""
        made = [offer.rule.id for offer in self.offers]
        return {rule.id: made.count(rule.id) for rule in RULES if rule.id in made}

    def of(self, rule_id: str) -> list[Offer]:
        """Return the offers of one rule, or all for ""."""
        return [offer for offer in self.offers if rule_id in {"", offer.rule.id}]


@lru_cache(maxsize=1)
def lexicons() -> Mapping[str, Lexicon]:
    """Return the word lists by language."""
    folder = resource("seeds") / "suggestions"
    return dict(suggestion_rules.read(p.read_bytes()) for p in sorted(folder.glob("*.json")))


def lexicon_for(language: str) -> Lexicon | None:
    """Return the word lists for a language tag such as "es-MX"; None if there are none."""
    return lexicons().get(language.replace("_", "-").partition("-")[0].lower())


def offers(user_id: int, set_id: str) -> Offers:
    """Return what is suggested for a set that a user works on. Raises NotFoundError."""
    set_ = annotations.get_set(user_id, set_id)
    version = db.session.get_one(ArticleVersion, set_.article_id)
    lexicon = lexicon_for(version.language)
    ruled = set(db.session.scalars(select(SetRuling.key).filter_by(set_id=set_.id)))
    made = [
        offer
        for standing in annotations.standings(set_)
        for offer in _of_passage(standing, lexicon)
        if offer.key not in ruled
    ]
    return Offers(set_, version, lexicon is not None, made)


def accept(user_id: int, set_id: str, key: str, *, now: datetime) -> None:
    """Make an annotation of a suggestion: not verified, and without the explanation it needs.

    StaleError if the suggestion is not made any more.
    """
    found = offers(user_id, set_id)
    _rule(found, user_id, _one(found, key), ACCEPTED, now)


def reject(user_id: int, set_id: str, key: str, *, now: datetime) -> None:
    """Never make a suggestion again in this set. StaleError if it is not made any more."""
    found = offers(user_id, set_id)
    _rule(found, user_id, _one(found, key), REJECTED, now)


def rule_on_all(user_id: int, set_id: str, rule_id: str, ruling: str, *, now: datetime) -> int:
    """Accept or reject all that one rule suggests; return how many there were.

    NotFoundError if there is no such rule.
    """
    if rule_id not in {rule.id for rule in RULES} or ruling not in {ACCEPTED, REJECTED}:
        raise NotFoundError(GONE)
    found = offers(user_id, set_id)
    chosen = found.of(rule_id)
    _rule(found, user_id, chosen, ruling, now)
    return len(chosen)


def _of_passage(standing: Standing, lexicon: Lexicon | None) -> Iterator[Offer]:
    passage = standing.passage
    for suggestion in suggest(passage, lexicon):
        if not _is_there(passage, suggestion):
            told = f"{standing.number} {suggestion.rule.id} {suggestion.span}"
            yield Offer(
                key=sha256(told.encode()).hexdigest()[:40],
                number=standing.number,
                rule=suggestion.rule,
                excerpt=excerpt(passage, suggestion.span),
                suggestion=suggestion,
            )


def _is_there(passage: Passage, suggestion: Suggestion) -> bool:
    """Tell whether the same has been found there already."""
    return any(
        a.category == suggestion.rule.category and a.span.touches(suggestion.span)
        for a in passage.annotations
    )


def _one(found: Offers, key: str) -> list[Offer]:
    chosen = [offer for offer in found.offers if offer.key == key]
    if not chosen:
        raise StaleError(GONE)
    return chosen


def _rule(found: Offers, user_id: int, chosen: Sequence[Offer], ruling: str, now: datetime) -> None:
    set_id = found.set_.id
    if ruling == ACCEPTED:
        for number in sorted({offer.number for offer in chosen}):
            mine = [offer for offer in chosen if offer.number == number]
            _add(found.set_, user_id, mine, now)
    _remember(set_id, chosen, ruling, now)


def _add(set_: AnnotationSet, user_id: int, chosen: Sequence[Offer], now: datetime) -> None:
    """Add annotations to a passage as it stands; try again if somebody was faster.

    Adding takes nothing away, so whatever they did meanwhile stays; what they added is not added
    twice.
    """
    for left in reversed(range(TRIES)):
        standing = annotations.standings(set_)[chosen[0].number]
        markup = markup_of(standing.passage)
        missing = [o for o in chosen if not _is_there(standing.passage, o.suggestion)]
        if not missing:
            return
        added = [_annotation(offer) for offer in missing]
        both = sorted([*markup.annotations, *added], key=lambda a: (a.span, a.id))
        step = Step(standing.number, standing.rev, replace(markup, annotations=tuple(both)), CHANGE)
        try:
            annotations.save(set_.id, user_id, step, now=now)
        except StaleError:
            if not left:
                raise
        else:
            return


def _annotation(offer: Offer) -> Annotation:
    """Return what a suggestion becomes: slight, unsure and unexplained, so that it makes no key."""
    return Annotation(
        id=new_id(),
        span=offer.suggestion.span,
        layer=offer.rule.layer,
        category=offer.rule.category,
        verdict=offer.rule.verdict,
        severity=1,
        difficulty=2,
        why="",
        correction="",
        check="",
        confidence="low",
        verified=False,
    )


def _remember(set_id: int, chosen: Sequence[Offer], ruling: str, now: datetime) -> None:
    begin_write()
    stored = set(db.session.scalars(select(SetRuling.key).filter_by(set_id=set_id)))
    db.session.add_all(
        SetRuling(set_id=set_id, key=offer.key, ruling=ruling, ruled_at=now)
        for offer in chosen
        if offer.key not in stored
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # somebody decided about the same at the same moment
