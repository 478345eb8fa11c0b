"""Ruling on what annotators see differently, step by step in the key."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quizgame.domain.adjudication import Case, cases, ruled
from quizgame.domain.comparison import Reading, Row, compare
from quizgame.domain.errors import N_, StaleError
from quizgame.domain.excerpts import Excerpt, excerpt
from quizgame.domain.markup import markup_of
from quizgame.models.annotations import AnnotationSet, SetRuling
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services import annotations
from quizgame.services.agreements import find_version
from quizgame.services.annotations import GOLD, Standing, Step
from quizgame.services.readings import ADJUDICATED, key_set, readings

NO_SUCH_CASE = N_(
    "This has changed: an annotator has handed in other work. Look at the list again."
)
CHANGED = N_("Meanwhile something has changed. Look at the list again before you apply it.")


@dataclass(frozen=True, slots=True)
class Difference:
    """A case as the page shows it: in its sentences, with what was decided ("" if open).

    `rev` is the revision of the passage in the key that a decision begins at.
    """

    case: Case
    excerpt: Excerpt
    decision: str
    rev: int

    def proposed(self) -> str:
        """Return what a form proposes: what was decided before, or else the default."""
        default = self.case.default()
        if not self.decision or default.startswith(self.decision):
            return default
        return next(d for d in self.case.decisions() if d.startswith(self.decision))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Annotators of a version side by side. `names` go with `readings`; "" is the key."""

    version: ArticleVersion
    readings: list[Reading]
    names: list[str]
    rows: list[Row]
    differences: list[Difference]

    @property
    def is_ready(self) -> bool:
        """Tell whether there are two readings to compare."""
        return sum(reading.took_part for reading in self.readings) > 1

    def open(self) -> list[Difference]:
        """Return what is not decided yet."""
        return [difference for difference in self.differences if not difference.decision]

    def digest(self) -> str:
        """Return what changes when the defaults would do something else."""
        told = [f"{d.case.key} {d.case.default()} {d.rev}" for d in self.open()]
        return sha256("\n".join(told).encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about a case: its key, what shall become of it, and why if it becomes grey.

    `rev` is the revision of the passage in the key that whoever decides has seen.
    """

    key: str
    decision: str
    rev: int
    why: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """The key that is ruled on, how its passages stand, and who rules when and why."""

    set_id: int
    user_id: int
    standings: dict[int, Standing]
    why: str
    now: datetime


def comparison(user_id: int, article_id: str, number: int = 0) -> Comparison:
    """Compare the annotators of a version that a user owns or edits. Raises NotFoundError."""
    version = find_version(user_id, article_id, number)
    found, names = readings(version)
    key = key_set(version)
    rulings = _rulings(key) if key else {}
    revs = {s.number: s.rev for s in annotations.standings(key)} if key else {}
    is_ready = sum(reading.took_part for reading in found) > 1
    return Comparison(
        version=version,
        readings=found,
        names=names,
        rows=compare(found) if is_ready else [],
        differences=[
            Difference(
                case,
                excerpt(found[0].passages[case.number], case.span),
                rulings.get((case.key, case.annotators), ""),
                revs.get(case.number, 0),
            )
            for case in (cases(found) if is_ready else [])
        ],
    )


def rule(user_id: int, compared: Comparison, ruling: Ruling, *, now: datetime) -> None:
    """Store a decision about one case, as a step of the key.

    StaleError, and nothing is stored, if the passage or the case has changed since; InputError
    if that cannot be decided.
    """
    about = next((d.case for d in compared.differences if d.case.key == ruling.key), None)
    if about is None:
        raise StaleError(NO_SUCH_CASE)
    desk = _open_key(user_id, compared.version, ruling.why, now)
    _save(desk, about.number, ruling.rev, [(about, ruling.decision)])


def apply_defaults(
    user_id: int, compared: Comparison, digest: str, why: str, *, now: datetime
) -> int:
    """Decide all that is open as proposed, a step for each passage; return how many cases.

    StaleError if that is not what was previewed any more.
    """
    if compared.digest() != digest:
        raise StaleError(CHANGED)
    by_passage: dict[int, list[Difference]] = defaultdict(list)
    for difference in compared.open():
        by_passage[difference.case.number].append(difference)
    desk = _open_key(user_id, compared.version, why, now)
    for number, differences in by_passage.items():
        decided = [(d.case, d.case.default()) for d in differences]
        _save(desk, number, differences[0].rev, decided)
    return sum(map(len, by_passage.values()))


def _open_key(user_id: int, version: ArticleVersion, why: str, now: datetime) -> _Desk:
    """Return the key of a version and how it stands; begin it if nobody has."""
    version_id = version.id
    begin_write()
    annotations.get_version(user_id, version_id)
    key = key_set(version)
    if key is None:
        try:
            key = annotations.add_set(version_id, user_id, GOLD, now=now)
            db.session.commit()
        except IntegrityError:
            db.session.rollback()  # somebody else was faster
            return _open_key(user_id, version, why, now)
    standings = {standing.number: standing for standing in annotations.standings(key)}
    return _Desk(key.id, user_id, standings, why, now)


def _save(desk: _Desk, number: int, rev: int, decided: list[tuple[Case, str]]) -> None:
    standing = desk.standings[number]
    before = markup = markup_of(standing.passage)
    for case, decision in decided:
        markup = ruled(markup, case, decision, desk.why)
    if markup != before or standing.rev != rev:
        step = Step(number, rev, markup, ADJUDICATED)
        annotations.save(desk.set_id, desk.user_id, step, now=desk.now)
    _remember(desk.set_id, decided, desk.now)


def _remember(set_id: int, decided: list[tuple[Case, str]], now: datetime) -> None:
    """Note what was decided, so that it is not asked again."""
    begin_write()
    stored = {
        row.key: row for row in db.session.scalars(select(SetRuling).filter_by(set_id=set_id))
    }
    for case, decision in decided:
        ruling = f"{decision.partition('-')[0]}/{case.annotators}"
        if case.key in stored:
            stored[case.key].ruling = ruling
        else:
            row = SetRuling(set_id=set_id, key=case.key, ruling=ruling, ruled_at=now)
            db.session.add(row)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # somebody decided the same case at the same moment, and it stands


def _rulings(key: AnnotationSet) -> dict[tuple[str, int], str]:
    """Return what was decided, by case and by how many annotators there were then."""
    found = {}
    for row in db.session.scalars(select(SetRuling).filter_by(set_id=key.id)):
        decision, slash, annotators = row.ruling.partition("/")
        if slash:
            found[row.key, int(annotators)] = decision
    return found
