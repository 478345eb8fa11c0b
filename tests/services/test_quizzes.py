from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import build
import msgspec
import pytest
from playing import lock, marks, new_player, start
from sqlalchemy import func, select

from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.models.base import db
from quizgame.models.quizzes import QuizSet
from quizgame.rounds import price
from quizgame.services import leaderboards, plays, quizzes

LATER = build.NOW + timedelta(days=1)
PLAN = build.draft(build.marking("P0"), build.marking("P1"), id_="two")
ABOUT = build.article(build.herons("P0"), build.herons("P1"))


def versions(id_="two"):
    query = select(QuizSet.version, QuizSet.withdrawn_at).filter_by(public_id=id_)
    return [tuple(row) for row in db.session.execute(query.order_by(QuizSet.version))]


def test_a_set_about_what_is_not_there_is_refused():
    plan = build.draft(build.marking("P9"))

    with pytest.raises(ContentError, match="round 1: there is no 'P9'"):
        build.rounds(plan, ABOUT)


def test_a_set_that_is_not_open_is_not_found(in_app):
    for id_ in ("", "nowhere", "TWO", "two\x01"):
        with pytest.raises(NotFoundError):
            quizzes.get_quiz(id_)


def test_publishing_the_same_again_changes_nothing(in_either):
    asked = build.rounds(PLAN, ABOUT)

    assert quizzes.publish_quiz(PLAN, asked, now=build.NOW)
    assert not quizzes.publish_quiz(PLAN, build.rounds(PLAN, ABOUT), now=LATER)

    assert versions() == [(1, None)]


def test_a_set_of_before_annotators_were_counted_is_still_the_same(in_app):
    asked = build.rounds(PLAN, ABOUT)
    text = msgspec.json.encode(
        [PLAN, [(r.number, r.kind, msgspec.to_builtins(r.item)) for r in asked], price(asked)]
    ).decode()
    as_before = text.replace(',"marked_by":0,"annotators":0', "")
    assert as_before != text

    build.publish(PLAN, ABOUT)

    digest = db.session.scalar(select(QuizSet.digest).filter_by(public_id="two"))
    assert digest == sha256(as_before.encode()).hexdigest()


def test_a_change_makes_a_new_version_and_withdraws_the_old_one(in_either):
    build.publish(PLAN, ABOUT)
    build.publish(replace(PLAN, title="Three herons"), ABOUT, LATER)

    assert versions() == [(1, LATER), (2, None)]
    assert quizzes.get_quiz("two").title == "Three herons"
    assert [q.public_id for q in quizzes.open_quizzes()].count("two") == 1


def test_a_play_under_way_keeps_its_version_and_its_prices(in_app):
    build.publish(PLAN, ABOUT)
    play = start(new_player(), "two")
    harder = build.article(build.herons("P0", (0, 1, 2)), build.herons("P1", (0, 1, 2)))
    build.publish(PLAN, harder, LATER)

    lock(play, 1, marks(play, 1, "apple0", "apple2"))

    assert plays.get_quiz(play).version == 1
    assert play.points == 100 * 100
    assert plays.get_quiz(start(new_player(), "two")).version == 2


def test_prices_are_frozen_with_the_rounds(in_app):
    build.publish(PLAN, ABOUT)
    harder = build.article(build.herons("P0", (0, 1, 2)), build.herons("P1"))
    build.publish(PLAN, harder, LATER)

    first = select(QuizSet.prices).filter_by(public_id="two", version=1)
    marking = db.session.scalar(first)["marking"]

    assert marking["find"] == 200 / (4 * 2)  # two rounds; four problems of weight 2
    assert marking["charge"] == 200 / 4  # four clean sentences


def test_a_new_version_has_a_board_of_its_own(in_app):
    build.publish(PLAN, ABOUT)
    old = start(new_player(), "two")
    lock(old, 1, marks(old, 1, "apple0"))
    build.publish(replace(PLAN, title="Three herons"), ABOUT, LATER)

    name = leaderboards.board_name(str(quizzes.get_quiz("two").id))

    assert leaderboards.get_board(name, None).players == 0


def test_sets_are_listed_in_their_order(in_app):
    build.publish(replace(PLAN, position=0), ABOUT)

    listed = [quiz.public_id for quiz in quizzes.open_quizzes()]

    assert listed[:2] == ["two", "starter"]


def test_long_sets_rank_and_short_ones_are_practice(in_app):
    build.short_set()
    build.ranked_set()

    assert not quizzes.get_quiz("short").is_ranked
    assert quizzes.get_quiz("ranked").is_ranked


def test_the_rounds_come_back_as_they_were_published(in_either):
    build.publish(PLAN, ABOUT)

    rounds = quizzes.get_quiz("two").rounds

    expected = build.rounds(PLAN, ABOUT)
    assert [(r.number, r.kind) for r in rounds] == [(r.number, r.kind) for r in expected]
    assert [r.item.passages for r in rounds] == [r.item.passages for r in expected]
    assert db.session.scalar(select(func.count()).select_from(QuizSet)) == 5
