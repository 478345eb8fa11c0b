"""Drafts in the database: nobody's save undoes another, and versions follow each other."""

import build
import playing
import pytest
from build import NOW
from drafting import FACTS, ROUNDS, draft_of, marsh, set_of, store
from people import make_user
from sqlalchemy import select

from quizgame.domain.errors import ContentError, InputError, NotFoundError, StaleError
from quizgame.domain.quizzes import RoundDraft
from quizgame.formats import set_pack
from quizgame.models.articles import ArticleShare
from quizgame.models.base import begin_write, db
from quizgame.models.leaderboards import Score
from quizgame.services import drafts, exchanges, library, packs, players, publications, quizzes
from quizgame.services.quizzes import Publication


def share(article_id, user_id, role):
    begin_write()
    db.session.add(
        ArticleShare(article_public_id=article_id, user_id=user_id, role=role, made_at=NOW)
    )
    db.session.commit()


def test_a_draft_of_somebody_else_is_not_changed(in_either):
    marie, paul = make_user("marie"), make_user("paul")
    draft_id = draft_of(marie)

    with pytest.raises(NotFoundError):
        drafts.save_rounds(paul, draft_id, 2, (), now=NOW)
    with pytest.raises(NotFoundError):
        drafts.save_facts(paul, draft_id, 2, FACTS, now=NOW)
    with pytest.raises(NotFoundError):
        publications.publish(paul, draft_id, 2, now=NOW)
    with pytest.raises(NotFoundError):
        publications.remove(paul, draft_id, 2, now=NOW)
    assert len(drafts.get_draft(marie, draft_id).document.rounds) == 3


def test_of_two_saves_from_the_same_rev_one_is_kept(in_either):
    marie = make_user("marie")
    draft_id = draft_of(marie)
    assert drafts.save_rounds(marie, draft_id, 2, ROUNDS[:1], now=NOW) == 3

    with pytest.raises(StaleError):
        drafts.save_rounds(marie, draft_id, 2, ROUNDS[:2], now=NOW)
    with pytest.raises(StaleError):
        publications.publish(marie, draft_id, 2, now=NOW)
    assert drafts.get_draft(marie, draft_id).document.rounds == ROUNDS[:1]


def test_a_set_has_not_any_number_of_rounds(in_either):
    marie = make_user("marie")
    draft_id = draft_of(marie)

    with pytest.raises(InputError):
        drafts.save_rounds(marie, draft_id, 2, ROUNDS * 21, now=NOW)


def test_only_a_clean_draft_is_published(in_either):
    marie = make_user("marie")
    draft_id = draft_of(marie, rounds=(RoundDraft("spot_the_error", ("P2",)),))

    with pytest.raises(ContentError):
        publications.publish(marie, draft_id, 2, now=NOW)
    assert quizzes.versions_of(marie, draft_id) == []


def test_versions_follow_each_other_and_nobody_else_withdraws(in_either):
    marie, paul = make_user("marie"), make_user("paul")
    published = set_of(marie)
    rev = drafts.save_rounds(marie, published, 3, ROUNDS[:2], now=NOW)
    assert publications.publish(marie, published, rev, now=NOW)
    assert not publications.publish(marie, published, rev, now=NOW)

    told = quizzes.versions_of(marie, published)
    assert [(v.version, v.withdrawn_at is None) for v in told] == [(2, True), (1, False)]
    assert quizzes.versions_of(paul, published) == []
    with pytest.raises(NotFoundError):
        quizzes.withdraw(paul, published, now=NOW)
    quizzes.withdraw(marie, published, now=NOW)
    with pytest.raises(NotFoundError):
        quizzes.withdraw(marie, published, now=NOW)
    with pytest.raises(NotFoundError):
        quizzes.get_quiz(published)
    assert publications.publish(marie, published, rev, now=NOW)
    assert quizzes.get_quiz(published).version == 3


def test_nobody_withdraws_this_servers_own_sets(in_either):
    with pytest.raises(NotFoundError):
        quizzes.withdraw(make_user("marie"), "starter", now=NOW)


def test_editors_make_sets_of_an_article_and_annotators_do_not(in_either):
    marie, paul, rosa = make_user("marie"), make_user("paul"), make_user("rosa")
    store(marie, marsh())
    share("marsh", paul, "editor")
    share("marsh", rosa, "annotator")

    assert drafts.newest_version(paul, "marsh").owner_id == marie
    assert "marsh" in [id_ for id_, _ in drafts.articles_for(paul)]
    assert "marsh" not in [id_ for id_, _ in drafts.articles_for(rosa)]
    with pytest.raises(NotFoundError):
        drafts.newest_version(rosa, "marsh")


def test_a_copy_is_the_same_set_in_every_round(in_either):
    marie, paul = make_user("marie"), make_user("paul")
    published = set_of(marie, is_shared=True)
    copied = library.fork(paul, published, now=NOW)
    desk = drafts.on_desk(paul, copied)

    one = set_pack.pack_of(exchanges.copy_of(quizzes.get_quiz(published)))
    other = set_pack.pack_of(packs.copy_of_draft(desk))
    assert one.draft.rounds == other.draft.rounds
    assert one.article.passages == other.article.passages
    assert desk.draft.forked_from_id == quizzes.get_quiz(published).id
    assert desk.draft.credit == "“Herons”, Marie (CC BY 4.0)"
    assert library.source_of(desk.draft.forked_from_id).title == "Herons"


def test_a_credit_grows_only_so_far(in_app):
    marie, paul = make_user("marie"), make_user("paul")
    published = set_of(marie, is_shared=True, credit="x" * 400)

    copied = library.fork(paul, published, now=NOW)
    assert len(drafts.get_draft(paul, copied).credit) == 400


def test_a_play_of_a_teachers_ranked_set_stands_on_its_own_board_only(in_either):
    marie = make_user("marie")
    passages = [build.herons(f"P{n}", range(0, 24, 2), 24) for n in range(2)]
    plan = build.draft(*(build.marking(p.id) for p in passages), id_="theirs")
    frozen = build.rounds(plan, build.article(*passages))
    quizzes.publish_quiz(plan, frozen, Publication(owner_id=marie), now=NOW)
    quiz = quizzes.get_quiz("theirs")
    assert quiz.is_ranked

    player = playing.new_player()
    playing.lock(playing.start(player, "theirs"), 1)
    boards = set(db.session.scalars(select(Score.board)))
    assert {board.partition("@")[0] for board in boards} == {str(quiz.id)}

    players.set_listed(player, False)
    players.set_listed(player, True)
    assert set(db.session.scalars(select(Score.board))) == boards
    playing.assert_boards_are_right()
