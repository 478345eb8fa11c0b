"""The library: who sees nothing of it, what is found, and copies that stand alone.

T-02: nothing of a key is on any page of anybody who may not see it.
"""

import pytest
from build import NOW, ranked_set
from canaries import spellings
from drafting import draft_of, id_of, marsh, set_of
from page import Visitor
from people import fill, make_user, sign_in
from probing import contents, csrf

from quizgame.models.base import db
from quizgame.services import drafts, leaderboards, library, packs, publications, quizzes, users
from quizgame.services.library import Wanted

CANARIES = ("CANARYpublished", "CANARYdrafted")


@pytest.fixture
def mine(app, teacher):
    """A set of marie's that is found by its link only, and a draft; both with canaries in keys."""
    marie = id_of(app)
    with app.app_context():
        published = set_of(marie, marsh("one", why=CANARIES[0], correction=CANARIES[0]))
        drafted = draft_of(marie, marsh("two", why=CANARIES[1], correction=CANARIES[1]))
    return published, drafted


def share(app, draft_id, **facts):
    """Publish a set of marie's again, with other facts."""
    with app.app_context():
        marie = users.find_by_name("marie").id
        draft = drafts.get_draft(marie, draft_id)
        now = {"title": draft.document.title, "summary": "Birds.", "language": "en", "minutes": 10}
        now |= {"topic": "birds", "level": "11-14", "licence": "CC BY 4.0", "credit": "Heron Lab"}
        now |= {"is_listed": False, "is_shared": True, **facts}
        drafts.save_facts(marie, draft_id, draft.rev, drafts.Facts(**now), now=NOW)
        rev = drafts.get_draft(marie, draft_id).rev
        publications.publish(marie, draft_id, rev, now=NOW)


def pages(app, published, drafted):
    """Every address that can be looked at, with the ids of marie's sets wherever an id goes."""
    fixed = {"number": 1, "version": 1, "format_id": "set_pack", "filename": "css/base.css"}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or set()):
                continue
            for id_ in (published, drafted, "starter"):
                values = {name: fixed.get(name, id_) for name in rule.arguments}
                values |= rule.defaults or {}
                yield adapter.build(rule.endpoint, {n: values[n] for n in rule.arguments})


def leaks(app, client, published, drafted):
    """Where a canary can be seen, however it is spelled."""
    hidden = [spelling for canary in CANARIES for spelling in spellings(canary)]
    found = []
    for path in dict.fromkeys(pages(app, published, drafted)):
        for query in ("", "?text=canary", "?technique=loaded_language&page=1"):
            answer = client.get(path + query, follow_redirects=True, buffered=True)
            if any(spelling in answer.data + str(answer.headers).encode() for spelling in hidden):
                found.append(path + query)
    return found


@pytest.mark.parametrize("role", ["guest", "student", "other teacher", "administrator"])
def test_no_page_of_anybody_else_holds_the_key(app, mine, role):
    visitor = Visitor(app.test_client())
    if role == "student":
        visitor.start("starter")
        visitor.start(mine[0])
    elif role != "guest":
        with app.app_context():
            make_user("eve", users.ADMINISTRATOR if role == "administrator" else users.TEACHER)
        sign_in(visitor, "eve")

    assert leaks(app, visitor.client, *mine) == []


def test_the_crawl_would_see_a_key(app, teacher, mine):
    published, drafted = mine
    seen = leaks(app, teacher.client, *mine)

    assert f"/library/{published}" in seen
    assert f"/drafts/{drafted}/print" in seen
    assert f"/drafts/{drafted}/exports/set_pack" in seen


def test_the_library_is_for_teachers(student):
    student.start("starter")

    for path in ("/library", "/library/starter", "/library/starter/versions/1/print", "/packs"):
        answer = student.client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "path", ["", "/versions/1", "/versions/1/print", "/versions/1/exports/qti"]
)
def test_what_is_not_shared_is_as_if_it_were_not_there(app, colleague, mine, path):
    published, drafted = mine
    texts = {
        colleague.client.get(f"/library/{id_}{path}").text.replace(id_, "")
        for id_ in (published, drafted, "y" * 22)
    }

    assert len(texts) == 1
    assert colleague.client.get(f"/library/{published}{path}").status_code == 404


def test_nobody_copies_what_is_not_shared(app, colleague, mine):
    token, before = csrf(colleague.client), contents(app)
    for id_ in (*mine, "y" * 22):
        answer = colleague.client.post(f"/library/{id_}/fork", data={"csrf_token": token})
        assert answer.status_code == 404

    assert contents(app) == before


def test_of_a_shared_set_colleagues_see_the_open_version_only(app, colleague, mine):
    published, _ = mine
    share(app, published)
    assert colleague.get(f"/library/{published}").status == 200
    with app.app_context():
        quizzes.withdraw(users.find_by_name("marie").id, published, now=NOW)

    assert colleague.get(f"/library/{published}").status == 404
    assert colleague.get(f"/library/{published}/versions/1").status == 404


def test_sharing_can_be_taken_back(app, colleague, mine):
    published, _ = mine
    share(app, published)
    share(app, published, is_shared=False)

    assert colleague.get(f"/library/{published}").status == 404
    assert published not in str(colleague.get("/library"))


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        (Wanted(), True),
        (Wanted(text="about HERONS"), True),
        (Wanted(text="heron lab"), True),
        (Wanted(text="late zebra"), False),
        (Wanted(text="%"), False),
        (Wanted(text="_"), False),
        (Wanted(topic="birds"), True),
        (Wanted(topic="bird"), False),
        (Wanted(technique="loaded_language"), True),
        (Wanted(technique="loaded"), False),
        (Wanted(technique="whataboutism"), False),
        (Wanted(language="en"), True),
        (Wanted(language="zh"), False),
        (Wanted(level="11-14"), True),
        (Wanted(level="adult"), False),
        (Wanted(length="short"), True),
        (Wanted(length="long"), False),
        (Wanted(length="gossip"), True),
        (Wanted(page=99), False),
        (Wanted(text="'; DROP TABLE quizzes; --"), False),
    ],
)
def test_sets_are_found_by_what_is_said_of_them(in_either, wanted, is_found):
    marie, paul = make_user("marie"), make_user("paul")
    published = set_of(marie, is_shared=True, credit="Heron Lab")
    found = library.search(paul, wanted)

    assert (published in [told.public_id for told in found.sets]) == is_found
    assert "birds" in [topic for topic, _ in found.topics]
    assert "loaded_language" in [id_ for id_, _ in found.techniques]


def test_a_search_with_odd_fields_is_a_search(teacher):
    for query in ("page=0", "page=-1", "page=x", "page=999999999", "level=x", "text=%00%ff", "x=1"):
        assert teacher.get(f"/library?{query}").status == 200


def test_a_copy_is_ones_own_and_says_where_it_is_from(app, colleague, mine):
    published, _ = mine
    share(app, published)
    page = fill(colleague, colleague.get(f"/library/{published}"), "/fork")
    copy = page.path.rsplit("/", 1)[-1]

    assert page.status == 200
    assert "Marie" in page.select_one("#set-credit")["value"]
    assert "CC BY 4.0" in page.select_one("#set-credit")["value"]
    assert fill(colleague, page, "/publish").status == 200
    with app.app_context():
        paul = users.find_by_name("paul").id
        draft = drafts.get_draft(paul, copy)
        assert (draft.is_listed, draft.is_shared) == (False, False)
        one = packs.sheets_of(packs.copy_of_draft(drafts.on_desk(paul, copy)))
        assert [s.solutions[0].annotation.why for s in one] == [CANARIES[0]] * 3
        assert drafts.newest_version(paul, draft.document.article).owner_id == paul


def test_a_copy_stands_when_what_it_is_from_is_gone(app, teacher, colleague, mine):
    published, _ = mine
    share(app, published)
    page = fill(colleague, colleague.get(f"/library/{published}"), "/fork")
    fill(teacher, teacher.get(f"/drafts/{published}"), f"/{published}/remove")

    assert colleague.get(page.path).status == 200
    assert colleague.get(f"/library/{published}").status == 404


def test_the_servers_own_sets_can_be_copied(teacher):
    page = fill(teacher, teacher.get("/library/starter"), "/fork")

    assert page.status == 200
    assert len(page.select(".round-card")) == 5
    assert "Nothing: it is fair to play." in page.text


def test_sets_of_teachers_stay_off_the_board_of_all_sets(in_app):
    ranked = quizzes.get_quiz(ranked_set())
    assert ranked.counts_for_all
    marie = make_user("marie")
    theirs = quizzes.get_quiz(set_of(marie))

    boards = leaderboards.boards_of(theirs.id, theirs.counts_for_all, "2026-W47")
    assert boards == [str(theirs.id), f"{theirs.id}@2026-W47"]
    theirs.is_ranked = True
    assert not theirs.counts_for_all
    db.session.rollback()
