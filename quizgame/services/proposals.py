"""A set by itself: which rounds to make of an article in so many minutes, and why.

The same article and minutes give the same rounds. Whatever is proposed passes the linter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from quizgame.domain.errors import N_
from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, RoundDraft
from quizgame.domain.taxonomy import Taxonomy
from quizgame.models.articles import ArticleVersion
from quizgame.services import drafts
from quizgame.services.annotations import annotated
from quizgame.services.balances import Balance
from quizgame.services.candidates import (
    Group,
    groups_of,
    kinds_that_choose,
    kinds_that_mark,
    measured,
)
from quizgame.services.categories import taxonomy_of
from quizgame.services.linting import Findings, lint
from quizgame.services.naming import naming_rounds

SHORT, LONG = 15, 45
NAMING_SHARE = 0.25
"""How much of the time goes to rounds that ask for a name."""
TRIES = 5
"""How often what had to be taken out is replaced."""
FAIR = 0.55


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a proposal that can be translated."""

    words: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rounds that pass the linter, or none; and what is to be said about them."""

    rounds: tuple[RoundDraft, ...]
    notes: tuple[Note, ...]
    findings: Findings | None = None

    @property
    def balance(self) -> Balance | None:
        """Return what the rounds ask."""
        return self.findings.balance if self.findings else None


def propose(draft: QuizDraft, article: Article, taxonomy: Taxonomy, minutes: int) -> Proposal:
    """Propose rounds for a draft, to fill so many minutes."""
    missing = tuple(_missing(article))
    if missing:
        return Proposal((), missing)
    groups = [group for kind in kinds_that_mark() for group in groups_of(article, kind)]
    best: tuple[list[Group], tuple[RoundDraft, ...], Findings] | None = None
    for _ in range(TRIES):
        wanted = _pick(groups, minutes * (1 - NAMING_SHARE))
        names = _names(article, taxonomy, wanted, minutes)
        if not names:
            wanted = _pick(groups, minutes)
        picked, names, findings = _mended(draft, article, taxonomy, wanted, names)
        if findings and (best is None or _minutes(findings) > _minutes(best[2])):
            best = picked, names, findings
        dropped = [group for group in wanted if group not in picked]
        groups = [group for group in groups if group not in dropped]
        if not dropped:
            break
    if best is None:
        return Proposal((), (Note(CANNOT_BE_FAIR),))
    picked, names, findings = best
    return Proposal(
        _plans(picked) + names, tuple(_told(findings, picked, names, minutes)), findings
    )


def begin(user_id: int, version: ArticleVersion, minutes: int, *, now: datetime) -> str:
    """Make a draft about a version of an article, with rounds for so many minutes, if any."""
    article, document = annotated(version), drafts.blank(version.document)
    if minutes:
        rounds = propose(document, article, taxonomy_of(user_id), minutes).rounds
        document = replace(document, rounds=rounds, minutes=minutes)
    return drafts.create(user_id, version.id, document, now=now)


def _minutes(findings: Findings) -> int:
    return findings.balance.minutes if findings.balance else 0


CANNOT_BE_FAIR = N_(
    "No fair set can be made of this article yet: its problems stand too close together. "
    "It needs passages, or sentences beside the problems, in which nothing is wrong."
)


def _missing(article: Article) -> Iterator[Note]:
    groups = [group for kind in kinds_that_mark() for group in measured(article, kind)]
    if not any(passage.annotations for passage in article.passages):
        yield Note(N_("Nothing has been found in this article yet: annotate it first."))
    elif not any(group.problems for group in groups):
        yield Note(
            N_(
                "No annotation makes a key yet: a problem needs a severity of 2 or 3, must not be "
                "optional or contested, and must stand in a passage of at most 400 words."
            )
        )


def _pick(groups: Sequence[Group], minutes: float) -> list[Group]:
    """Pick groups one by one, always the one that does the set most good, while there is time."""
    left = list(groups)
    picked: list[Group] = []
    spent = 0.0
    while True:
        free = [g for g in left if spent + g.minutes <= minutes and _fits(g, picked)]
        if not picked:
            free = free or sorted(left, key=lambda g: g.minutes)[:1]
        if not free:
            return sorted(picked, key=lambda g: (g.at, g.kind))
        best = max(free, key=lambda g: (_good(g, picked), -g.at, g.kind))
        picked.append(best)
        left.remove(best)
        spent += best.minutes


def _fits(group: Group, picked: Sequence[Group]) -> bool:
    """Tell whether no passage is asked about twice in the same way, or just to find nothing."""
    shared = [g for g in picked if g.passages & group.passages]
    return not any(g.kind == group.kind or not (g.problems and group.problems) for g in shared)


def _good(group: Group, picked: Sequence[Group]) -> float:
    """Return how much good a group does to those picked so far."""
    seen = {category for g in picked for category in g.categories}
    used = {id_ for g in picked for id_ in g.passages}
    mine = sum(g.kind == group.kind for g in picked)
    problems = sum(g.problems for g in [*picked, group])
    clean = sum(g.clean for g in [*picked, group])
    share = clean / (problems + clean) if problems + clean else 0.0
    hard = [d for g in [*picked, group] for d in g.difficulties]
    spread = (max(hard) - min(hard)) / 4 if hard else 0.0
    good = 2.0 * group.fit - 4.0 * abs(share - FAIR) + 0.4 * len(group.categories - seen) + spread
    good -= 0.25 * mine + 1.2 * bool(group.passages & used)
    wholly_clean = sum(not g.problems for g in picked)
    if not group.problems:
        good += 1.6 if picked and wholly_clean * 5 < len(picked) else -2.0
    return good


def _names(
    article: Article, taxonomy: Taxonomy, picked: Sequence[Group], minutes: int
) -> tuple[RoundDraft, ...]:
    """Propose rounds that ask for a name, of what no other round reveals."""
    revealed = {
        layer: {id_ for group in picked if group.kind == kind for id_ in group.ids}
        for kind, layer in kinds_that_mark().items()
    }
    left = max(0.0, minutes - sum(g.minutes for g in picked))
    for kind in kinds_that_choose():
        rounds = naming_rounds(article, taxonomy, kind, revealed, left)
        if rounds:
            return rounds
    return ()


def _plans(picked: Sequence[Group]) -> tuple[RoundDraft, ...]:
    return tuple(RoundDraft(group.kind, group.ids) for group in picked)


def _mended(
    draft: QuizDraft,
    article: Article,
    taxonomy: Taxonomy,
    picked: list[Group],
    names: tuple[RoundDraft, ...],
) -> tuple[list[Group], tuple[RoundDraft, ...], Findings | None]:
    """Take rounds out until the linter has nothing to say about fairness."""
    picked = list(picked)
    while picked or names:
        plans = _plans(picked) + names
        findings = lint(replace(draft, title="x", rounds=plans), article, taxonomy)
        musts = findings.musts
        if not musts:
            return picked, names, findings
        rounds = sorted({b.round for b in musts if b.round}, reverse=True)
        about_names = [n for n in rounds if n > len(picked)]
        if about_names:
            names = tuple(n for at, n in enumerate(names, len(picked) + 1) if at not in about_names)
        elif rounds:
            del picked[rounds[0] - 1]
        elif names and not any("clean" in b.words for b in musts):
            names = ()
        elif picked:
            picked.remove(_most_one_sided(picked))
        else:
            break
    return [], (), None


def _most_one_sided(picked: Sequence[Group]) -> Group:
    """Return the group without which the share of clean stretches is nearest to fair."""

    def without(group: Group) -> float:
        rest = [g for g in picked if g is not group]
        problems, clean = sum(g.problems for g in rest), sum(g.clean for g in rest)
        return abs(clean / (problems + clean) - FAIR) if problems and clean else 1.0

    return min(picked, key=lambda g: (without(g), -g.at, g.kind))


def _told(
    findings: Findings, picked: Sequence[Group], names: Sequence[RoundDraft], minutes: int
) -> Iterator[Note]:
    found = findings.balance
    assert found is not None
    yield Note(
        N_("%(rounds)d rounds of about %(minutes)d minutes, in the order of the article."),
        {"rounds": len(found.rounds), "minutes": found.minutes},
    )
    if found.problems or found.clean:
        yield Note(
            N_("%(problems)d stretches hold a problem and %(clean)d are clean: %(share)s clean."),
            {"problems": found.problems, "clean": found.clean, "share": f"{found.share:.0%}"},
        )
    empty = sum(not group.problems for group in picked)
    if empty:
        words = N_("In %(count)d of the rounds nothing is wrong, so that silence can be right.")
        yield Note(words, {"count": empty})
    if names:
        words = N_("%(count)d rounds ask for a name, about wording that no other round reveals.")
        yield Note(words, {"count": len(names)})
    else:
        yield Note(N_("No round asks for a name: that needs two kinds of problems to spare."))
    if found.minutes < minutes * 0.75:
        words = N_("The article has not enough for %(minutes)d minutes that would be fair.")
        yield Note(words, {"minutes": minutes})
    if not found.is_ranked:
        yield Note(N_("It is practice: a ranked set has 20 stretches of each sort."))
