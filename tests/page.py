"""A page as a test reads it, with what must hold of every page."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Page(BeautifulSoup):
    """A page that was answered; making one checks the invariants of all pages."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__(response.text, "html.parser")
        self.status = response.status_code
        self.path = response.request.path
        self.headers = response.headers
        check(self)

    def boxes(self) -> dict[str, str]:
        """The values of the word boxes by their words; of equal words, the first."""
        found: dict[str, str] = {}
        for box in self.select('input[name="words"]'):
            found.setdefault(str(box["aria-label"]), str(box["value"]))
        return found

    def values(self, *words: str) -> list[str]:
        """The values of the boxes beside those words."""
        return [self.boxes()[word] for word in words]

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = self.select_one(f'input[name="{name}"]')
        assert found is not None, f"no field {name} on {self.path}"
        return str(found["value"])


def check(page: Page) -> None:
    """One h1, unique ids, labelled inputs, CSRF in POST forms, nothing inline."""
    assert len(page.find_all("h1")) == 1, page.path
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for field in page.select("input:not([type=hidden]), select, textarea"):
        assert is_labelled(page, field), field
    for form in page.select("form"):
        if str(form.get("method", "get")).lower() == "post":
            assert form.select_one('input[name="csrf_token"]'), form
    assert not page.select("[style], style, script:not([src])")
    assert not [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)]
    html = page.html
    assert isinstance(html, Tag)
    assert html.get("lang")


def is_labelled(page: Page, field: Tag) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label"):
        return True
    return bool(field.get("id") and page.select_one(f'label[for="{field["id"]}"]'))


class Visitor:
    """A browser without JavaScript: it gets pages, fills in forms and follows redirects."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        client.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,*/*;q=0.8"

    def get(self, path: str, **options: Any) -> Page:
        return Page(self.client.get(path, follow_redirects=True, **options))

    def send(self, page: Page, **fields: Any) -> Page:
        """Send the one form whose button is chosen by `do`, or the first form of the page."""
        form = page.select_one("form#answer") or page.select_one("form")
        assert form is not None
        hidden = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
        response = self.client.post(
            str(form["action"]), data={**hidden, **fields}, follow_redirects=True
        )
        return Page(response)

    def start(self, quiz: str) -> Page:
        """Start a set and come to its first round."""
        return self.send(self.get(f"/quizzes/{quiz}"))

    def lock(self, page: Page, *words: str, **fields: Any) -> Page:
        """Mark words, or none for "nothing wrong here", lock in and come to the reveal."""
        chosen = {"words": page.values(*words)} if words else {"nothing": "1"}
        return self.send(page, **{**chosen, "do": "lock", **fields})
