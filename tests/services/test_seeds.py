import json
import shutil

import pytest
from build import NOW
from sqlalchemy import func, select

from quizgame.domain.errors import ContentError
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import db
from quizgame.models.quizzes import QuizRound, QuizSet
from quizgame.paths import resource
from quizgame.services import guide, quizzes, seeds
from quizgame.services.taxonomy import get_taxonomy


@pytest.fixture
def folder(tmp_path):
    """A copy of the seeds that may be changed."""
    return shutil.copytree(resource("seeds"), tmp_path / "seeds")


def change(path, **values):
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, **values}), "utf-8")


def counts():
    tables = (ArticleVersion, QuizSet, QuizRound)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_planting_again_changes_nothing(in_either):
    before = counts()

    assert seeds.plant(resource("seeds"), now=NOW) == []
    assert counts() == before
    assert before[1] >= 4


def test_only_what_has_changed_is_published_again(in_app, folder):
    change(folder / "quizzes" / "starter.json", title="Six to begin with")

    assert seeds.plant(folder, now=NOW) == ["starter"]
    assert quizzes.get_quiz("starter").title == "Six to begin with"
    assert quizzes.get_quiz("starter").version == 2


def test_a_text_that_changed_under_its_version_is_refused(in_app, folder):
    [path] = (folder / "articles").glob("*.json")
    document = json.loads(path.read_text("utf-8"))
    passage = document["passages"][-1]
    passage["text"] += " Indeed."
    for name in ("segments", "words", "grey", "stets", "annotations"):
        passage.pop(name, None)
    change(path, passages=document["passages"])
    before = counts()

    with pytest.raises(ContentError, match="give it a new version"):
        seeds.plant(folder, now=NOW)
    assert counts() == before


def test_the_guide_names_no_answer_of_a_seed_set_before_it_was_met(in_app):
    shown = {
        (entry.category.id, entry.example)
        for chapter in guide.get_guide(()).chapters
        for entry in chapter.entries
        if entry.example
    }
    for quiz in quizzes.open_quizzes():
        for round_ in quiz.rounds:
            focus = round_.item.focus_annotation()
            if focus is not None:
                quote = round_.item.passages[0].quote(focus.span)
                assert (focus.category, quote) not in shown


def test_the_guide_shows_an_example_once_it_was_met():
    def examples(met):
        chapters = guide.get_guide(met).chapters
        return [e.example for chapter in chapters for e in chapter.entries if e.example]

    everything = {category.example for category in get_taxonomy().categories}

    assert 0 < len(examples(())) < len(examples(everything))
