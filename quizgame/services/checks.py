"""The linter of content: what a set or an article must hold before anybody plays it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizgame.domain.breaches import Breach, Breaches
from quizgame.domain.errors import N_, ContentError
from quizgame.domain.items import Prices, Round, hundredths
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Annotation, Article, Passage
from quizgame.domain.quizzes import QuizDraft
from quizgame.domain.scores import POINTS_A_ROUND
from quizgame.domain.taxonomy import Taxonomy
from quizgame.rounds import KINDS, price
from quizgame.services.blindness import blind_totals

MOST_WORDS = 45
CLEAN_SHARE = (0.40, 0.70)
MOST_PASSAGES = 3
LONGEST_ROUND = 400


def check_article(article: Article, taxonomy: Taxonomy) -> Breaches:
    """Yield the breaches in an article."""
    yield from _check_references(article)
    for passage in article.passages:
        for annotation in passage.annotations:
            about = _About(article, passage, annotation.id)
            yield from _check_terms(about, annotation, taxonomy)
            yield from _check_place(about, passage, annotation)
            yield from _check_explanation(about, annotation)
        for stet in passage.stets:
            yield from _check_words(_About(article, passage, stet.id), stet.why)


class _About:
    """Where in an article a breach is: called with what is wrong there, it makes the breach."""

    def __init__(self, article: Article, passage: Passage, id_: str) -> None:
        self.where = f"{article.id} {passage.id} {id_}"
        self.passage, self.id = passage.id, id_

    def __call__(self, words: str, is_advice: bool = False, **values: Any) -> Breach:
        return Breach(
            self.where,
            words,
            values,
            passage=self.passage,
            annotation=self.id,
            is_advice=is_advice,
        )


def _check_references(article: Article) -> Breaches:
    annotations = [a for passage in article.passages for a in passage.annotations]
    ids = {annotation.id for annotation in annotations}
    named = [(pair.id, id_) for pair in article.pairs for id_ in (pair.first, pair.second)]
    named += [(a.id, id_) for a in annotations for id_ in a.related]
    for where, id_ in named:
        if id_ not in ids:
            words = N_("there is no annotation %(id)s")
            yield Breach(f"{article.id} {where}", words, {"id": id_}, is_advice=True)


def _check_terms(about: _About, annotation: Annotation, taxonomy: Taxonomy) -> Breaches:
    categories = {category.id: category.layer for category in taxonomy.categories}
    if categories.get(annotation.category) != annotation.layer:
        yield about(
            N_("'%(category)s' is not a category of layer '%(layer)s'"),
            category=annotation.category,
            layer=annotation.layer,
        )
    if annotation.verdict not in {verdict.id for verdict in taxonomy.verdicts}:
        yield about(N_("there is no verdict '%(verdict)s'"), verdict=annotation.verdict)
    if annotation.severity not in range(1, 4) or annotation.difficulty not in range(1, 6):
        yield about(N_("severity goes from 1 to 3, difficulty from 1 to 5"))
    if not 0 < annotation.agreement <= 1:
        yield about(N_("agreement must be above 0 and at most 1"))


def _check_place(about: _About, passage: Passage, annotation: Annotation) -> Breaches:
    if annotation.span.stop > len(passage.text):
        yield about(N_("the span ends outside the text"))
        return
    has_word = any(word.touches(annotation.span) for word in passage.words)
    if annotation.is_gold(annotation.layer) and not has_word:
        yield about(N_("there is no word in the span, so nobody can mark it"))


def _check_explanation(about: _About, annotation: Annotation) -> Breaches:
    if not annotation.correction.strip():
        yield about(N_("correction is missing"), is_advice=True)
    if not annotation.check.strip():
        yield about(N_("check is missing"), is_advice=True)
    if not annotation.evidence:
        yield about(N_("evidence is missing"), is_advice=True)
    for evidence in annotation.evidence:
        if not (evidence.title and evidence.publisher and evidence.year):
            yield about(N_("evidence needs title, publisher and year"), is_advice=True)
        if evidence.url and not evidence.url.startswith(("https://", "http://")):
            yield about(N_("'%(url)s' is not a web address"), url=evidence.url)
    # who brings a corpus in gets it unexplained; what a teacher found they can explain
    yield from _check_words(about, annotation.why, may_be_missing=not annotation.verified)


def _check_words(about: _About, why: str, may_be_missing: bool = False) -> Breaches:
    count = len(why.split())
    if count > MOST_WORDS:
        words = N_("the explanation has %(count)d words; %(most)d are the most")
        yield about(words, count=count, most=MOST_WORDS)
    if not count:
        yield about(N_("the explanation is missing"), is_advice=may_be_missing)


def check_set(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield the breaches in a set: fairness of the key, prices, blind plans."""
    cannot_be_asked = list(_check_questions(draft, rounds))
    yield from cannot_be_asked
    if cannot_be_asked:
        return
    prices = price(rounds)
    yield from _check_rounds(draft, rounds)
    yield from _check_balance(draft, prices)
    yield from _check_law(draft, rounds, prices)
    yield from _check_best(draft, rounds, prices)
    yield from _check_longest(draft, rounds)


def of_round(draft: QuizDraft, number: int, words: str, **values: Any) -> Breach:
    """Return a breach in one round of a set."""
    return Breach(f"{draft.id} round {number}", words, values, round=number)


def _check_questions(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield what keeps a round from having a key, and so the set from having prices."""
    for round_ in rounds:
        number = round_.number
        if round_.kind not in KINDS:
            words = N_("there is no round kind '%(kind)s'")
            yield of_round(draft, number, words, kind=round_.kind)
            continue
        try:
            right = right_name(round_)
        except ContentError as error:
            yield of_round(draft, number, "%(why)s", why=str(error))
            continue
        if right is not None and right not in [option.id for option in round_.item.options]:
            words = N_("the right name '%(name)s' is not among the options")
            yield of_round(draft, number, words, name=right)


def _check_rounds(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    for round_ in rounds:
        number = round_.number
        if not 1 <= len(round_.item.passages) <= MOST_PASSAGES:
            yield of_round(
                draft, number, N_("a round has 1 to %(most)d passages"), most=MOST_PASSAGES
            )
        count = sum(len(passage.words) for passage in round_.item.passages)
        if count > LONGEST_ROUND:
            words = N_("%(count)d words are too many; %(most)d are the most")
            yield of_round(draft, number, words, count=count, most=LONGEST_ROUND)
        names = [option.id for option in round_.item.options]
        if len(set(names)) < len(names):
            yield of_round(draft, number, N_("an option is there twice"))


def clean_share(prices: Mapping[str, Prices]) -> float:
    """Return the share of clean segments among all that decide; 0 if none does."""
    marking = prices.get("marking", {"problems": 0, "clean": 0})
    decided = marking["problems"] + marking["clean"]
    return float(marking["clean"] / decided) if decided else 0.0


def _check_balance(draft: QuizDraft, prices: Mapping[str, Prices]) -> Breaches:
    marking = prices.get("marking")
    if marking is None:
        return
    share = clean_share(prices)
    low, high = CLEAN_SHARE
    if marking["ranked"] and not low <= share <= high:
        words = N_("%(share)s of the segments are clean; a ranked set has %(low)s to %(high)s")
        told = {"share": f"{share:.0%}", "low": f"{low:.0%}", "high": f"{high:.0%}"}
        yield Breach(draft.id, words, told)
    if not marking["charge"]:
        words = N_("the marking rounds need both problems and clean segments to be priced")
        yield Breach(draft.id, words)


def _check_law(draft: QuizDraft, rounds: Sequence[Round], prices: Mapping[str, Prices]) -> Breaches:
    for plan, total in blind_totals(rounds, prices).items():
        if hundredths(total) > 0:
            words = N_("the blind plan “%(plan)s” earns %(total)s; it must earn nothing")
            yield Breach(draft.id, words, {"plan": plan, "total": f"{total:.2f}"})
    for pool, rules in prices.items():
        if rules.get("practice"):
            words = N_("%(pool)s rounds cannot be priced: offer each name where it is wrong")
            yield Breach(draft.id, words, {"pool": pool})
    for round_ in rounds:
        kind = KINDS[round_.kind]
        everything = kind.blind(round_.item).get("mark all")
        if everything is None:
            continue
        earned = kind.score(round_.item, everything, prices[kind.pool.name]).points
        if hundredths(earned) > 0:
            words = N_(
                "marking all of it earns %(earned)s; "
                "group it with a neighbour that has clean sentences"
            )
            yield of_round(draft, round_.number, words, earned=f"{earned:.2f}")


def _check_best(
    draft: QuizDraft, rounds: Sequence[Round], prices: Mapping[str, Prices]
) -> Breaches:
    """Yield a breach if perfect answers do not earn the full points of a set that is priced."""
    if any(pool.get("practice") or pool.get("charge") == 0 for pool in prices.values()):
        return
    kinds = [(KINDS[round_.kind], round_.item) for round_ in rounds]
    best = sum(k.score(item, k.best(item), prices[k.pool.name]).points for k, item in kinds)
    if hundredths(best) != hundredths(POINTS_A_ROUND * len(rounds)):
        words = N_("a perfect set earns %(best)s; offer the right reasons for every mark")
        yield Breach(draft.id, words, {"best": f"{best:.2f}"})


def _check_longest(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield a breach if always choosing the longest name wins the set."""
    asked = [round_ for round_ in rounds if right_name(round_) is not None]
    if len(asked) > 1 and all(_is_longest_right(round_) for round_ in asked):
        yield Breach(draft.id, N_("the longest option is always right; change some options"))


def right_name(round_: Round) -> str | None:
    """Return the name that a choice round asks for; None for other rounds."""
    key = KINDS[round_.kind].key(round_.item)
    return key.right if isinstance(key, Choice) else None


def _is_longest_right(round_: Round) -> bool:
    longest = max(round_.item.options, key=lambda option: len(option.label))
    return longest.id == right_name(round_)
