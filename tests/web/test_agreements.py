"""Annotators through the page: what nobody may see comes first."""

import pytest
from annotated import LATER, TEXT, blind, key_of, mark, store
from build import problem
from page import Page, Visitor
from people import fill, make_user, public_id, sign_in
from probing import contents, csrf, post

from quizgame.domain.taxonomy import Category
from quizgame.services import annotations, categories, users
from quizgame.services.revisions import revisions

CANARY = "zebra-canary"


def user_id(name="marie"):
    return users.find_by_name(name).id


@pytest.fixture
def article(app, teacher):
    """An article of marie's, with a key that must not get out."""
    with app.app_context():
        article = store(user_id())
        told = {"why": f"why {CANARY}", "correction": f"not {CANARY}", "check": CANARY}
        mark(key_of(article), 0, [problem(TEXT, "Everybody knows", "K1", **told)])
    return article


@pytest.fixture
def compared(app, article, colleague):
    """The same, annotated blind by paul, who agrees about nothing."""
    with app.app_context():
        blind(article, user_id(), "paul", [problem(TEXT, "Heroic", "B1", why="Too grand.")])
    return article


def show(visitor, article, query=""):
    return visitor.get(f"/articles/{article}/agreement{query}")


def invite(visitor, article, name="paul", role="annotator"):
    page = show(visitor, article)
    return fill(visitor, page, "/agreement/colleagues", name=name, role=role)


def addresses(article, set_id):
    """Everything that has to do with an article, whoever asks."""
    return [
        f"/articles/{article}",
        f"/articles/{article}/agreement",
        f"/articles/{article}/versions/1/agreement",
        f"/articles/{article}/versions/1/agreement/defaults",
        f"/annotations/{set_id}",
        f"/annotations/{set_id}/suggestions",
        f"/annotations/{set_id}/suggestions/all?rule=popularity&ruling=accepted",
    ]


def posts(article, set_id, paul):
    ruling = {"key": "0" * 40, "decision": "grey", "rev": "1", "layer": "", "state": "", "page": ""}
    ruled = {"key": "0" * 40, "ruling": "accepted"}
    return [
        (f"/articles/{article}/agreement/colleagues", {"name": "rosa", "role": "annotator"}),
        (f"/articles/{article}/agreement/colleagues/{paul}/end", {}),
        (f"/articles/{article}/versions/1/agreement/rulings", ruling),
        (f"/articles/{article}/versions/1/agreement/defaults", {"digest": "0" * 40}),
        (f"/annotations/{set_id}/suggestions/rulings", {**ruled, "rule": ""}),
        (f"/annotations/{set_id}/suggestions/all", {"rule": "popularity", "ruling": "accepted"}),
    ]


def test_an_annotator_finds_no_trace_of_the_key_nor_of_others(app, compared, colleague):
    with app.app_context():
        make_user("rosa")
        hers = blind(compared, user_id(), "rosa", [problem(TEXT, "late", "R1", why=CANARY)])
        key = key_of(compared).public_id
        paul = public_id("paul")
    for set_id in (key, hers):
        for address in addresses(compared, set_id):
            answer = colleague.client.get(address)
            assert answer.status_code == 404, address
            assert CANARY not in answer.text
        before = contents(app)
        for address, fields in posts(compared, set_id, paul):
            assert post(colleague.client, address, **fields).status_code == 404, address
        assert contents(app) == before
    for address in ("/articles/shared", "/articles", "/", "/library", "/drafts"):
        assert CANARY not in colleague.get(address).text


def test_an_annotator_sees_their_own_suggestions_and_no_key(app, article, teacher, colleague):
    invite(teacher, article)
    with app.app_context():
        make_user("rosa")
    page = colleague.get("/articles/shared")
    answer = colleague.client.post(
        f"/articles/{article}/blind", data={"csrf_token": page.field("csrf_token")}
    )
    set_id = answer.location.rpartition("/")[2]

    page = colleague.get(f"/annotations/{set_id}/suggestions")

    assert page.status == 200
    assert "You annotate blind" in page.text
    assert CANARY not in page.text


def test_who_is_let_in_no_more_gets_at_nothing(app, compared, teacher, colleague):
    page = show(teacher, compared)
    fill(teacher, page, "/end")

    assert "let in no more" in show(teacher, compared).text
    assert "Too grand." in show(teacher, compared).text
    assert "The late bus" not in colleague.get("/articles/shared").text
    before = contents(app)
    assert post(colleague.client, f"/articles/{compared}/blind").status_code == 404
    assert contents(app) == before


def test_a_foreign_article_is_as_if_it_were_not_there(app, compared, administrator):
    with app.app_context():
        key, paul = key_of(compared).public_id, public_id("paul")
    before = contents(app)
    for address in addresses(compared, key):
        assert administrator.client.get(address).status_code == 404, address
    for address, fields in posts(compared, key, paul):
        assert post(administrator.client, address, **fields).status_code == 404, address
    assert contents(app) == before


@pytest.mark.parametrize("name", ["rosa", "ada@herons.example", "<script>", "x" * 400, ""])
def test_inviting_nobody_is_told_and_what_was_typed_stays(app, article, teacher, name):
    before = contents(app)
    page = invite(teacher, article, name)

    assert page.status == 422
    assert page.select_one("[role=alert]")
    assert page.select_one("#name")["value"] == name
    assert contents(app) == before


def test_an_unknown_role_is_refused(app, article, teacher, colleague):
    path, before = f"/articles/{article}/agreement/colleagues", contents(app)
    assert post(teacher.client, path, name="paul", role="owner").status_code == 422
    assert post(teacher.client, path, name="paul", role="annotator", owner="1").status_code == 400
    assert contents(app) == before


def test_an_invited_colleague_finds_the_article_and_hands_it_in(app, article, teacher, colleague):
    assert "Paul can now find the article" in invite(teacher, article).text
    page = colleague.get("/articles/shared")
    assert "The late bus" in page.text
    assert not [f for f in page.select("form") if str(f["action"]).endswith("/finish")]

    fill(colleague, page, "/blind")
    fill(colleague, colleague.get("/articles/shared"), "/finish")

    assert "Handed in" in colleague.get("/articles/shared").text
    assert "1 of 2 marked it" in show(teacher, article).text
    page = fill(colleague, colleague.get("/articles/shared"), "/reopen")
    assert "There is nothing to compare yet" in show(teacher, article).text


def test_the_figures_and_the_differences_are_shown(compared, teacher):
    page = show(teacher, compared)

    assert "debatable (α = −0.10)" in page.text
    assert [m.text for m in page.select(".case mark")] == ["Everybody knows", "Heroic"]
    assert "Too grand." in page.text
    assert "marked nothing here" in page.text


def test_a_colleagues_own_category_goes_by_its_name(app, article, teacher, colleague):
    with app.app_context():
        paul = user_id("paul")
        own = Category("", "Sneer", "bias", "manipulative_wording", "It sneers.", "Who laughs?")
        id_ = categories.add_category(paul, own, False, now=LATER)
        sneer = problem(TEXT, "Heroic", "B1", layer="bias", category=id_)
        blind(article, user_id(), "paul", [sneer])
    page = show(teacher, article)

    assert "Sneer" in page.select_one(".figures").text
    assert "Sneer" in page.select(".case")[1].text
    assert id_ not in page.text


def test_all_saying_the_same_everywhere_is_told_in_words(app, article, teacher, colleague):
    with app.app_context():
        whole = [problem(TEXT, TEXT, "K1")]
        for number in (0, 1):
            mark(key_of(article), number, whole)
        set_id = blind(article, user_id(), "paul")
        paul = user_id("paul")
        set_ = annotations.get_set(paul, set_id)
        annotations.reopen(set_)
        for number in (0, 1):
            mark(set_, number, whole)
        annotations.finish(set_, now=LATER)
    page = show(teacher, article)

    assert "not defined: all say the same everywhere" in page.text
    assert "nan" not in page.text.lower()


@pytest.mark.parametrize("query", ["?layer=bias", "?state=x&page=x", "?page=99", "?page=-1"])
def test_odd_filters_show_the_open_differences(compared, teacher, query):
    assert len(show(teacher, compared, query).select(".case")) == 2


def test_a_difference_is_decided_and_stays_so(app, compared, teacher):
    page = show(teacher, compared)
    assert page.select(".case")[0].select_one("[checked]")["value"] == "grey"

    page = fill_case(teacher, page, 1, "accept-1")

    assert "Decided. The step is in the history of the key." in page.text
    assert len(page.select(".case")) == 1
    decided = show(teacher, compared, "?state=decided")
    assert [m.text for m in decided.select(".case mark")] == ["Heroic"]
    with app.app_context():
        made = annotations.standings(key_of(compared))[0].passage.annotations[1]
        assert (made.why, made.marked_by, made.annotators) == ("Too grand.", 1, 2)


def fill_case(visitor, page, at, decision):
    form = page.select(".case form")[at]
    sent = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
    sent["decision"] = decision
    return Page(visitor.client.post(str(form["action"]), data=sent, follow_redirects=True))


def test_a_page_that_is_out_of_date_overwrites_nothing(app, compared, teacher):
    page = show(teacher, compared)
    with app.app_context():
        edited = problem(TEXT, "Everybody knows", "K1", why="A colleague was here.")
        mark(key_of(compared), 0, [edited])

    page = fill_case(teacher, page, 0, "reject")

    assert page.status == 409
    assert "Somebody has changed this passage meanwhile" in page.select_one("[role=alert]").text
    assert "A colleague was here." in page.text
    with app.app_context():
        assert annotations.standings(key_of(compared))[0].passage.annotations == (edited,)


def test_the_defaults_are_shown_first_and_then_applied(app, compared, teacher):
    page = teacher.get(f"/articles/{compared}/versions/1/agreement/defaults")
    assert "This would decide 2 cases in the key." in page.text
    with app.app_context():
        assert len(revisions(key_of(compared).id, 0)) == 1

    page = teacher.send(page)

    assert "Decided as proposed: 2." in page.text
    assert not page.select(".case")
    with app.app_context():
        passage = annotations.standings(key_of(compared))[0].passage
        assert [passage.quote(z.span) for z in passage.grey] == ["Everybody knows", "Heroic"]
    assert (
        "Everything is decided."
        in teacher.get(f"/articles/{compared}/versions/1/agreement/defaults").text
    )


def test_what_changed_since_the_preview_is_shown_before_it_is_applied(app, compared, teacher):
    page = teacher.get(f"/articles/{compared}/versions/1/agreement/defaults")
    with app.app_context():
        mark(key_of(compared), 0, [problem(TEXT, "Heroic", "K2")])

    page = teacher.send(page)

    assert page.status == 409
    assert "Meanwhile something has changed" in page.select_one("[role=alert]").text
    assert "2 of 2 marked it" in page.text
    with app.app_context():
        assert not annotations.standings(key_of(compared))[0].passage.grey


def test_an_editor_sees_the_agreement_but_invites_nobody(app, compared, teacher):
    with app.app_context():
        make_user("rosa")
    invite(teacher, compared, "rosa", "editor")
    rosa = Visitor(app.test_client())
    sign_in(rosa, "rosa")

    page = show(rosa, compared)

    assert page.status == 200
    assert not page.select(".invite")
    assert not [f for f in page.select("form") if str(f["action"]).endswith("/end")]
    token = csrf(rosa.client)
    path = f"/articles/{compared}/agreement/colleagues"
    data = {"csrf_token": token, "name": "paul", "role": "editor"}
    assert rosa.client.post(path, data=data).status_code == 404
