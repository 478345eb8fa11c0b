"""The linter of content: what a set or an article must hold before anybody plays it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from quizgame.domain.errors import ContentError
from quizgame.domain.items import Item, Prices, Response, Round, hundredths
from quizgame.domain.naming import Choice
from quizgame.domain.passages import Annotation, Article, Passage
from quizgame.domain.quizzes import QuizDraft
from quizgame.domain.scores import POINTS_A_ROUND, Key
from quizgame.domain.taxonomy import Taxonomy
from quizgame.rounds import KINDS, price

MOST_WORDS = 45
CLEAN_SHARE = (0.40, 0.70)
MOST_PASSAGES = 3
LONGEST_ROUND = 400
Breaches = Iterator[str]


def check_article(article: Article, taxonomy: Taxonomy) -> Breaches:
    """Yield one line for each breach in an article: where, what, and what to do."""
    yield from _check_references(article)
    for passage in article.passages:
        for annotation in passage.annotations:
            where = f"{article.id} {passage.id} {annotation.id}"
            yield from _check_terms(where, annotation, taxonomy)
            yield from _check_place(where, passage, annotation)
            yield from _check_explanation(where, annotation)
        for stet in passage.stets:
            yield from _check_words(f"{article.id} {passage.id} {stet.id}", stet.why)


def _check_references(article: Article) -> Breaches:
    annotations = [a for passage in article.passages for a in passage.annotations]
    ids = {annotation.id for annotation in annotations}
    named = [(pair.id, id_) for pair in article.pairs for id_ in (pair.first, pair.second)]
    named += [(a.id, id_) for a in annotations for id_ in a.related]
    for where, id_ in named:
        if id_ not in ids:
            yield f"{article.id} {where}: there is no annotation {id_}"


def _check_terms(where: str, annotation: Annotation, taxonomy: Taxonomy) -> Breaches:
    categories = {category.id: category.layer for category in taxonomy.categories}
    if categories.get(annotation.category) != annotation.layer:
        yield f"{where}: {annotation.category!r} is not a category of layer {annotation.layer!r}"
    if annotation.verdict not in {verdict.id for verdict in taxonomy.verdicts}:
        yield f"{where}: there is no verdict {annotation.verdict!r}"
    if annotation.severity not in range(1, 4) or annotation.difficulty not in range(1, 6):
        yield f"{where}: severity goes from 1 to 3, difficulty from 1 to 5"
    if not 0 < annotation.agreement <= 1:
        yield f"{where}: agreement must be above 0 and at most 1"


def _check_place(where: str, passage: Passage, annotation: Annotation) -> Breaches:
    if annotation.span.stop > len(passage.text):
        yield f"{where}: the span ends outside the text"
        return
    has_word = any(word.touches(annotation.span) for word in passage.words)
    if annotation.is_gold(annotation.layer) and not has_word:
        yield f"{where}: there is no word in the span, so nobody can mark it"


def _check_explanation(where: str, annotation: Annotation) -> Breaches:
    for name in ("correction", "check"):
        if not getattr(annotation, name).strip():
            yield f"{where}: {name} is missing"
    if not annotation.evidence:
        yield f"{where}: evidence is missing"
    for evidence in annotation.evidence:
        if not (evidence.title and evidence.publisher and evidence.year):
            yield f"{where}: evidence needs title, publisher and year"
        if evidence.url and not evidence.url.startswith(("https://", "http://")):
            yield f"{where}: {evidence.url!r} is not a web address"
    yield from _check_words(where, annotation.why)


def _check_words(where: str, why: str) -> Breaches:
    count = len(why.split())
    if count > MOST_WORDS:
        yield f"{where}: the explanation has {count} words; {MOST_WORDS} are the most"
    if not count:
        yield f"{where}: the explanation is missing"


def check_set(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield one line for each breach in a set: fairness of the key, prices, blind plans."""
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


def _check_questions(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield what keeps a round from having a key, and so the set from having prices."""
    for round_ in rounds:
        where = f"{draft.id} round {round_.number}"
        if round_.kind not in KINDS:
            yield f"{where}: there is no round kind {round_.kind!r}"
            continue
        try:
            right = _right_name(round_)
        except ContentError as error:
            yield f"{where}: {error}"
            continue
        if right is not None and right not in [option.id for option in round_.item.options]:
            yield f"{where}: the right name {right!r} is not among the options"


def _check_rounds(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    for round_ in rounds:
        where = f"{draft.id} round {round_.number}"
        if not 1 <= len(round_.item.passages) <= MOST_PASSAGES:
            yield f"{where}: a round has 1 to {MOST_PASSAGES} passages"
        words = sum(len(passage.words) for passage in round_.item.passages)
        if words > LONGEST_ROUND:
            yield f"{where}: {words} words are too many; {LONGEST_ROUND} are the most"
        names = [option.id for option in round_.item.options]
        if len(set(names)) < len(names):
            yield f"{where}: an option is there twice"


def _check_balance(draft: QuizDraft, prices: Mapping[str, Prices]) -> Breaches:
    marking = prices.get("marking")
    if marking is None:
        return
    decided = marking["problems"] + marking["clean"]
    share = marking["clean"] / decided if decided else 0.0
    low, high = CLEAN_SHARE
    if marking["ranked"] and not low <= share <= high:
        yield (
            f"{draft.id}: {share:.0%} of the segments are clean; "
            f"a ranked set has {low:.0%} to {high:.0%}"
        )
    if not marking["charge"]:
        yield f"{draft.id}: the marking rounds need both problems and clean segments to be priced"


def _check_law(draft: QuizDraft, rounds: Sequence[Round], prices: Mapping[str, Prices]) -> Breaches:
    for plan, total in blind_totals(rounds, prices).items():
        if hundredths(total) > 0:
            yield f"{draft.id}: the blind plan “{plan}” earns {total:.2f}; it must earn nothing"
    for pool, rules in prices.items():
        if rules.get("practice"):
            yield f"{draft.id}: {pool} rounds cannot be priced: offer each name where it is wrong"
    for round_ in rounds:
        kind = KINDS[round_.kind]
        everything = kind.blind(round_.item).get("mark all")
        if everything is None:
            continue
        earned = kind.score(round_.item, everything, prices[kind.pool.name]).points
        if hundredths(earned) > 0:
            yield (
                f"{draft.id} round {round_.number}: marking all of it earns {earned:.2f}; "
                "group it with a neighbour that has clean sentences"
            )


def _check_best(
    draft: QuizDraft, rounds: Sequence[Round], prices: Mapping[str, Prices]
) -> Breaches:
    """Yield a breach if perfect answers do not earn the full points of a set that is priced."""
    if any(pool.get("practice") or pool.get("charge") == 0 for pool in prices.values()):
        return
    kinds = [(KINDS[round_.kind], round_.item) for round_ in rounds]
    best = sum(k.score(item, k.best(item), prices[k.pool.name]).points for k, item in kinds)
    if hundredths(best) != hundredths(POINTS_A_ROUND * len(rounds)):
        yield f"{draft.id}: a perfect set earns {best:.2f}; offer the right reasons for every mark"


def blind_totals(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> dict[str, float]:
    """Return what each blind plan earns over a whole set; a round that cannot follow it is 0."""
    totals: dict[str, float] = defaultdict(float)
    for round_ in rounds:
        kind = KINDS[round_.kind]
        for plan, response in kind.blind(round_.item).items():
            score = kind.score(round_.item, response, prices[kind.pool.name])
            totals[plan] += score.points
    return dict(totals)


def _check_longest(draft: QuizDraft, rounds: Sequence[Round]) -> Breaches:
    """Yield a breach if always choosing the longest name wins the set."""
    asked = [round_ for round_ in rounds if _right_name(round_) is not None]
    if len(asked) > 1 and all(_is_longest_right(round_) for round_ in asked):
        yield f"{draft.id}: the longest option is always right; change some options"


def _right_name(round_: Round) -> str | None:
    """Return the name that a choice round asks for; None for other rounds."""
    key = KINDS[round_.kind].key(round_.item)
    return key.right if isinstance(key, Choice) else None


def _is_longest_right(round_: Round) -> bool:
    longest = max(round_.item.options, key=lambda option: len(option.label))
    return longest.id == _right_name(round_)


def habits(rounds: Sequence[Round], prices: Mapping[str, Prices]) -> dict[str, float]:
    """Return what habits of the author would earn: the longest, first or last sentence."""
    choose: dict[str, Callable[[Key], str]] = {
        "longest": lambda key: max(key.segments, key=lambda s: len(s.words)).id,
        "first": lambda key: key.segments[0].id,
        "last": lambda key: key.segments[-1].id,
    }
    totals: dict[str, float] = {}
    for habit, pick in choose.items():
        total = 0.0
        for round_ in rounds:
            kind = KINDS[round_.kind]
            key = kind.key(round_.item)
            if isinstance(key, Key) and key.segments:
                response = _mark_segment(round_.item, pick(key))
                total += kind.score(round_.item, response, prices[kind.pool.name]).points
        totals[habit] = total
    return totals


def _mark_segment(item: Item, segment_id: str) -> Response:
    passage, _, at = segment_id.partition(":")
    segment = item.passages[int(passage)].segments[int(at)]
    mark = {"passage": int(passage), "start": segment.start, "stop": segment.stop, "name": ""}
    return {"marks": [mark], "nothing": False}
