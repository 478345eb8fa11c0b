"""T-02: no walk and no address shows the key, or private work, to who has no part in it."""

import build
import desk
import pytest
from build import NOW
from crawling import crawl
from page import Visitor
from people import ADMINISTRATOR, make_user, sign_in

from quizgame.domain.markup import Markup, markup_of
from quizgame.models.base import db
from quizgame.services import annotations, quizzes
from quizgame.services.quizzes import Publication

CANARY = "canary-7f3a91"
STARTS = ("/", "/quizzes", "/guide", "/desk", "/teacher", "/account", "/users", "/articles")
MORE = ("/drafts", "/library", "/categories", "/leaderboards/all", "/quizzes/unlisted")


@pytest.fixture
def ids(app):
    """What marie works on: an article with its key, a draft, a set that only its link finds."""
    with app.app_context():
        version = desk.article("marie", f"article-{CANARY}", f"Title {CANARY}")
        marie = desk.id_of("marie")
        key = annotations.add_set(version, marie, annotations.GOLD, now=NOW)
        set_id, public_id = key.id, key.public_id
        row = db.session.get_one(annotations.ArticleVersion, version)
        [first, *_] = markup_of(row.document.passages[0]).annotations
        db.session.commit()
        found = Markup((), (build.problem("apple0", "apple0", "A", why=CANARY),))
        step = annotations.Step(0, 0, Markup(row.document.passages[0].segments, (first,)), CANARY)
        annotations.save(set_id, marie, step, now=NOW)
        desk.draft("marie", version, f"draft-{CANARY}", f"Draft {CANARY}")
        desk.category("marie", "own", CANARY, is_shared=False)
        unlisted(found.annotations[0].why)
    return {
        "article_id": f"article-{CANARY}",
        "set_id": public_id,
        "draft_id": f"draft-{CANARY}",
        "category_id": "own",
        "public_id": "unlisted",
    }


def unlisted(why):
    """Publish a set that is neither listed nor shared, with that in its key."""
    about = build.article(build.herons("P0", why=why, correction=why, check=why))
    plan = build.draft(build.marking("P0"), id_="unlisted", title="Unlisted")
    alone = Publication(desk.id_of("marie"), is_listed=False, is_shared=False)
    quizzes.publish_quiz(plan, build.rounds(plan, about), alone, now=NOW)


@pytest.fixture(params=["nobody", "player", "other teacher", "administrator"])
def visitor(app, request, ids):
    found = Visitor(app.test_client())
    if request.param == "player":
        found.start("unlisted")
    elif request.param != "nobody":
        with app.app_context():
            make_user("rosa", ADMINISTRATOR if request.param == "administrator" else "teacher")
        sign_in(found, "rosa")
    return found


def test_no_walk_comes_to_what_is_private(visitor):
    pages, forms = crawl(visitor, *STARTS, *MORE)
    assert len(pages) > 12

    for path in [*pages, *(form.page for form in forms)]:
        assert CANARY not in visitor.client.get(path, follow_redirects=True).text, path


def test_no_address_shows_it_to_who_knows_the_ids(app, visitor, ids):
    others = {"number": 1, "version": 1, "rev": 1, "scope": "unlisted", "filename": "css/base.css"}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        paths = [
            adapter.build(
                rule.endpoint,
                {n: {**others, **ids, **(rule.defaults or {})}.get(n, "x") for n in rule.arguments},
            )
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        ]
    for path in paths:
        answer = visitor.client.get(path, buffered=True, follow_redirects=True)
        asked = answer.text.replace(path, "")
        assert f"Title {CANARY}" not in asked, path
        assert f"Draft {CANARY}" not in asked, path
        assert f'"{CANARY}"' not in asked, path
        assert f">{CANARY}" not in asked, path


def test_its_owner_does_see_it(app, ids):
    marie = Visitor(app.test_client())

    page = sign_in(marie, "marie")

    assert f"Title {CANARY}" in page.text
    assert f"Draft {CANARY}" in page.text
