"""T-18, T-38: whatever is typed into any form of the workbench stays text on every page.

Forms and pages are found by walking: those that are new are tried unasked.
"""

import desk
import pytest
from bs4 import BeautifulSoup
from build import NOW
from crawling import crawl
from dangers import dangers
from page import Visitor
from payloads import INJECTIONS, XSS
from people import ADMINISTRATOR, PASSWORD, make_user, sign_in

from quizgame.models.base import begin_write, db
from quizgame.services import invitations
from quizgame.services.users import User

STARTS = ("/teacher", "/account", "/users", "/articles", "/drafts", "/library", "/categories")
SILENT = ("/leaderboards", "/guide", "/licences", "/privacy")
"""Pages on which nothing is that a teacher types."""
AT_ONCE = 16
PILES = [XSS[at : at + AT_ONCE] for at in range(0, len(XSS), AT_ONCE)] + [INJECTIONS]


@pytest.fixture
def ada(app):
    """An administrator with a full desk: she sees every form and every page."""
    with app.app_context():
        make_user("ada", ADMINISTRATOR)
        desk.fill("ada", "paul")
        link = invitations.make_rescue_link(now=NOW)
    visitor = Visitor(app.test_client())
    sign_in(visitor, "ada")
    visitor.link = f"/users/first/{link}"
    return visitor


def checked(answer, where):
    """Look at an answer: no failure, nothing that could do something, no header made of words."""
    assert answer.status_code < 500, where
    assert "evil" not in answer.headers.get("Location", "").partition("?")[0], where
    assert "player=evil" not in str(answer.headers), where
    if answer.mimetype == "text/html":
        page = BeautifulSoup(answer.text, "html.parser")
        if "attachment" in answer.headers.get("Content-Disposition", "") and page.style:
            page.style.extract()  # a page to take along carries its own
        assert dangers(page) == [], where
        assert "7 * 191" in answer.text or "1337" not in answer.text, where


def send(visitor, form, data, payload):
    """Post a form, and look at the answer and at the page that it leads to."""
    answer = visitor.client.post(form.action, data=data, follow_redirects=True)
    for seen in (*answer.history, answer):
        checked(seen, (form.action, payload))


@pytest.mark.parametrize("pile", PILES, ids=range(len(PILES)))
def test_what_is_typed_into_any_form_stays_text_on_every_page(app, ada, pile):
    pages, forms = crawl(ada, *STARTS, ada.link)
    pages = [path for path in pages if not path.startswith(SILENT)]
    typing = [form for form in forms if form.texts]
    assert len(typing) >= 5
    tried = 0

    for payload in pile:
        for form in typing:
            send(ada, form, form.typed(payload), payload)
            # and once more with what has to be right, so that the rest is kept
            data = form.typed(payload) | {name: PASSWORD for name in form.texts if "pass" in name}
            if "delete" not in form.action:
                send(ada, form, data, payload)
            tried += 1
    for path in pages:
        checked(ada.client.get(path), (path, pile))

    assert tried == len(typing) * len(pile)


@pytest.mark.parametrize("pile", PILES, ids=range(len(PILES)))
def test_what_stands_in_the_database_stays_text_on_every_page(app, ada, pile):
    """As if a form, an import or a colleague had let it through: titles, names, credits."""
    for at, payload in enumerate(pile):
        with app.app_context():
            rename("ada", payload)
            rename("paul", payload)
            version = desk.article("ada", f"article-{at}", payload)
            desk.draft("ada", version, f"draft-{at}", payload[:200])
            desk.publish("ada", f"set-{at}", payload[:200], credit=payload)
            desk.article("paul", f"theirs-{at}", payload)
            desk.share(f"theirs-{at}", "ada", "editor")
            desk.category("ada", f"category-{at}", payload, is_shared=True)
    pages, _ = crawl(ada, *STARTS)
    assert len(pages) > 20

    for path in pages:
        checked(ada.client.get(path), path)
    text = BeautifulSoup(ada.client.get("/teacher").text, "html.parser").text
    assert pile[-1].split()[0] in " ".join(text.split())


def rename(name, shown):
    begin_write()
    row = db.session.scalars(db.select(User).filter_by(name=name)).one()
    row.display_name = shown[:80]
    db.session.commit()


@pytest.mark.parametrize(
    "mutant",
    [
        "<script>alert(1)</script>",
        "<script src=//evil.example></script>",
        "<img src=x onerror=alert(1)>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<form action=//evil.example></form>",
        "<p style='color:red'>x</p>",
        "<meta http-equiv=refresh content='0'>",
        "<link rel=stylesheet href=//evil.example>",
        "<iframe srcdoc=x></iframe>",
        "<base href=//evil.example/>",
    ],
)
def test_a_page_that_let_it_through_would_be_noticed(mutant):
    assert dangers(BeautifulSoup(f"<p>{mutant}</p>", "html.parser"))
