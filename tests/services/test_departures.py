"""Leaving: what goes, what stays, and that no name is left; on both databases."""

import json

import desk
import pytest
from build import NOW
from people import ADMINISTRATOR, OTHER_PASSWORD, PASSWORD, make_user
from sqlalchemy import select

from quizgame.domain.errors import ClosedError, InputError, NotFoundError
from quizgame.models.articles import ArticleVersion
from quizgame.models.base import Base, db
from quizgame.models.categories import OwnCategory
from quizgame.models.drafts import Draft
from quizgame.models.quizzes import QuizSet
from quizgame.services import accounts, annotations, departures, quizzes, users
from quizgame.services.departures import LEAVE, WITHDRAW

CLEARED = {"articles", "article_shares", "annotation_sets", "passage_revisions"}
CLEARED |= {"set_rulings", "categories", "drafts"}


@pytest.fixture
def marie(in_either):
    """A teacher with a full desk; paul has a part in one of her articles, and a desk of his own."""
    make_user("ada", ADMINISTRATOR)
    id_ = desk.fill("marie", "paul")
    private = desk.article("marie", "marie-1", "First", version=2)
    shared = desk.article("marie", "shared", "Shared")
    desk.share("shared", "paul", "editor")
    desk.annotate(private, "marie", "gold")
    desk.annotate(shared, "marie", "gold")
    desk.annotate(shared, "paul", "blind")
    theirs = desk.article("paul", "theirs", "Theirs")
    desk.annotate(theirs, "marie", "blind")
    desk.annotate(theirs, "paul", "gold")
    desk.category("marie", "own", "Own", is_shared=False)
    desk.category("marie", "lent", "Lent", is_shared=True)
    desk.draft("paul", theirs, "paul-draft", "Draft of paul")
    return id_


def leave(id_, sets=LEAVE):
    accounts.delete_account(id_, PASSWORD, sets, now=NOW)


def ids(table):
    return set(db.session.scalars(select(table.public_id)))


def everything():
    return "\n".join(
        f"{table.name}: {db.session.execute(table.select()).all()}"
        for table in Base.metadata.sorted_tables
    )


def test_what_happens_is_told_first_and_is_what_happens(marie):
    before = {name: desk.count(name) for name in CLEARED}
    fate = departures.fate_of(marie)

    assert fate == departures.Fate(
        drafts=1,
        private_articles=2,
        shared_articles=1,
        blind_sets=1,
        private_categories=1,
        shared_categories=1,
        open_sets=1,
    )
    leave(marie, WITHDRAW)
    after = {name: before[name] - desk.count(name) for name in CLEARED}
    assert after == {
        "articles": 3,
        "article_shares": 2,
        "annotation_sets": 2,
        "passage_revisions": 2,
        "set_rulings": 2,
        "categories": 0,  # retired: an article stays that may use it
        "drafts": 1,
    }
    assert departures.fate_of(marie) == departures.Fate(0, 0, 1, 0, 0, 1, 0)


def test_a_wrong_password_or_a_last_administrator_removes_nothing(marie):
    before = {name: desk.count(name) for name in CLEARED}
    ada = users.find_by_name("ada").id
    desk.draft("ada", desk.article("ada", "adas", "Ada’s"), "adas", "Ada’s")
    with_ada = {**before, "articles": before["articles"] + 1, "drafts": before["drafts"] + 1}

    with pytest.raises(InputError):
        accounts.delete_account(marie, OTHER_PASSWORD, WITHDRAW, now=NOW)
    with pytest.raises(ClosedError):
        leave(ada, WITHDRAW)

    assert {name: desk.count(name) for name in CLEARED} == with_ada
    assert quizzes.get_quiz("marie-set")


def test_if_anything_breaks_nothing_has_happened(marie, monkeypatch):
    before = everything()

    def breaks(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(accounts.second_steps, "drop", breaks)
    with pytest.raises(RuntimeError):
        leave(marie)
    db.session.rollback()

    assert departures.fate_of(marie).drafts == 1
    assert [line for line in everything().split("\n") if "sign_in_tries" not in line] == [
        line for line in before.split("\n") if "sign_in_tries" not in line
    ]


def test_sets_that_stay_are_played_on_under_nobodys_name(marie):
    player = desk.play("marie-set", "apple0")

    leave(marie, LEAVE)

    assert quizzes.get_quiz("marie-set").title == "Set of marie"
    desk.play("marie-set", "apple0", player=player)
    row = db.session.scalars(select(QuizSet).filter_by(public_id="marie-set")).one()
    assert users.User is type(db.session.get_one(users.User, row.owner_id))
    assert db.session.get_one(users.User, row.owner_id).display_name == ""


def test_sets_that_are_withdrawn_are_started_no_more_and_points_stay(marie):
    desk.play("marie-set", "apple0")
    points = desk.count("scores")

    leave(marie, WITHDRAW)

    with pytest.raises(NotFoundError):
        quizzes.get_quiz("marie-set")
    with pytest.raises(NotFoundError):
        desk.play("marie-set")
    assert desk.count("scores") == points > 0
    [row] = db.session.scalars(select(QuizSet).filter_by(owner_id=marie))
    assert (row.is_listed, row.is_shared, row.withdrawn_at) == (False, False, NOW)


def test_colleagues_keep_what_is_theirs_and_what_they_work_on(marie):
    paul = users.find_by_name("paul").id

    leave(marie)

    assert ids(ArticleVersion) >= {"shared", "theirs", "paul-0", "paul-1"}
    assert not ids(ArticleVersion) & {"marie-1", "marie-2"}
    [shared] = db.session.scalars(select(ArticleVersion).filter_by(public_id="shared"))
    assert annotations.get_version(paul, shared.id)
    assert annotations.annotated(shared).passages
    assert ids(Draft) == {"paul-draft"}
    assert quizzes.get_quiz("starter")


def test_an_article_of_which_a_colleague_builds_a_set_stays(marie):
    [private] = db.session.scalars(select(ArticleVersion.id).filter_by(public_id="marie-2"))
    desk.draft("paul", private, "fork", "Fork")

    leave(marie)

    assert "marie-2" in ids(ArticleVersion)
    assert "fork" in ids(Draft)


@pytest.mark.parametrize(("sets", "stays"), [(LEAVE, True), (WITHDRAW, False)])
def test_a_private_category_keeps_its_name_only_where_works_stay(in_either, sets, stays):
    make_user("ada", ADMINISTRATOR)
    id_ = make_user("marie")
    desk.publish("marie", "marie-set", "Set")
    desk.category("marie", "own", "Own", is_shared=False)

    leave(id_, sets)

    rows = db.session.scalars(select(OwnCategory)).all()
    assert [(row.public_id, row.removed_at) for row in rows] == [("own", NOW)] * stays


def test_no_credit_names_who_left_and_others_keep_theirs(marie):
    desk.publish("marie", "credited", "Credited", credit="By Marie, after Marietta and Ada")
    [origin] = db.session.scalars(select(QuizSet).filter_by(public_id="credited"))
    desk.draft("paul", db.session.scalar(select(ArticleVersion.id)), "forked", "Forked")
    [fork] = db.session.scalars(select(Draft).filter_by(public_id="forked"))
    fork.forked_from_id, fork.credit = origin.id, "After a set by MARIE"
    db.session.commit()
    desk.publish("paul", "forked", "Forked", credit="After Marie (Paul’s version)")
    desk.publish("paul", "elsewhere", "Elsewhere", credit="By another Marie")

    leave(marie)

    rows = db.session.execute(select(QuizSet.public_id, QuizSet.credit))
    credits_ = {row.public_id: row.credit for row in rows}
    assert credits_["credited"] == "By …, after Marietta and Ada"
    assert credits_["forked"] == "After … (Paul’s version)"
    assert credits_["elsewhere"] == "By another Marie"
    assert db.session.scalar(select(Draft.credit).filter_by(public_id="forked")) == (
        "After a set by …"
    )


def test_leaving_with_nothing_but_a_name_works(in_either):
    make_user("ada", ADMINISTRATOR)

    leave(make_user("marie"))

    assert "marie" not in everything().casefold()


def test_no_table_that_points_at_what_goes_is_forgotten():
    """A new table that points there has to be cleared in services/departures.py, and named here."""
    pointing = {
        (table.name, key.column.table.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in CLEARED
    }

    assert pointing == {
        ("annotation_sets", "articles"),
        ("passage_revisions", "annotation_sets"),
        ("set_rulings", "annotation_sets"),
        ("drafts", "articles"),
    }


def test_the_export_holds_every_work_and_nothing_of_colleagues(marie):
    told = accounts.export(marie, now=NOW)
    text = json.dumps(told)

    assert [a["document"]["id"] for a in told["articles"]] == [
        "marie-1",
        "marie-2",
        "marie-1",
        "shared",
    ]
    assert {s["purpose"] for s in told["annotation_sets"]} == {"gold", "blind"}
    assert len(told["steps"]) == 3
    assert told["annotation_sets"][0]["rulings"][0]["key"] == "superlative"
    assert [c["document"]["label"] for c in told["categories"]] == ["Own", "Lent"]
    assert [d["document"]["title"] for d in told["drafts"]] == ["Draft of marie"]
    [published] = told["published_sets"]
    assert published["rounds"][0]["item"]["passages"][0]["annotations"]
    assert [s["given_by"] for s in told["shares"]] == ["you", "a colleague", "a colleague"]
    assert "Theirs" not in text
    assert "Draft of paul" not in text


def test_the_export_of_an_article_reads_as_one(marie):
    from quizgame.formats import article_document

    told = accounts.export(marie, now=NOW)

    for entry in told["articles"]:
        read = article_document.read(json.dumps(entry["document"]).encode())
        assert read.passages[0].annotations
