"""Loading the documents of seeds/: articles first, then the sets that ask about them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from quizgame.domain.errors import ContentError
from quizgame.domain.passages import Article
from quizgame.domain.quizzes import QuizDraft, freeze
from quizgame.formats import article_document, quiz_document
from quizgame.rounds import price
from quizgame.services.articles import store_article
from quizgame.services.blindness import habits as habits_of
from quizgame.services.checks import check_article, check_set
from quizgame.services.quizzes import publish_quiz
from quizgame.services.taxonomy import get_taxonomy


def plant(folder: Path, *, now: datetime) -> list[str]:
    """Store the articles of a folder and publish its sets; return the ids of what was new.

    Safe to run again: what has not changed is left alone. Raises ContentError.
    """
    taxonomy = get_taxonomy()
    articles = {}
    for path in _documents(folder / "articles"):
        article = store_article(path.read_bytes(), now=now)
        articles[article.id] = article
    new = []
    for path in _documents(folder / "quizzes"):
        draft = quiz_document.read(path.read_bytes())
        if draft.article not in articles:
            raise ContentError(f"{draft.id}: there is no article {draft.article}")
        rounds = freeze(draft, articles[draft.article], taxonomy)
        if publish_quiz(draft, rounds, now=now):
            new.append(draft.id)
    return new


def read_folder(folder: Path) -> tuple[list[Article], list[QuizDraft]]:
    """Read the articles and sets of a folder without storing them. Raises ContentError."""
    articles = [article_document.read(p.read_bytes()) for p in _documents(folder / "articles")]
    drafts = [quiz_document.read(p.read_bytes()) for p in _documents(folder / "quizzes")]
    return articles, drafts


def check(articles: Sequence[Article], drafts: Sequence[QuizDraft]) -> Iterator[str]:
    """Yield one line for each breach in articles and in the sets that ask about them."""
    taxonomy = get_taxonomy()
    by_id = {article.id: article for article in articles}
    for article in articles:
        yield from map(str, check_article(article, taxonomy))
    for draft in drafts:
        if draft.article not in by_id:
            yield f"{draft.id}: there is no article {draft.article}"
            continue
        try:
            rounds = freeze(draft, by_id[draft.article], taxonomy)
        except ContentError as error:
            yield str(error)
            continue
        yield from map(str, check_set(draft, rounds))


def habits(articles: Sequence[Article], drafts: Sequence[QuizDraft]) -> Iterator[str]:
    """Yield what an author's habits would earn in each set: a hint, not a rule."""
    taxonomy = get_taxonomy()
    by_id = {article.id: article for article in articles}
    for draft in drafts:
        if draft.article in by_id:
            rounds = freeze(draft, by_id[draft.article], taxonomy)
            earned = habits_of(rounds, price(rounds))
            told = ", ".join(f"the {name} {total:+.1f}" for name, total in earned.items())
            yield f"{draft.id}: always accusing one sentence of a round would earn: {told}"


def _documents(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))
