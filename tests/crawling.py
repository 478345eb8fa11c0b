"""Walking through the app as somebody would, link by link: every page, and every form on it.

So a page or a form that is new is tried unasked, as soon as something links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from page import Visitor
from werkzeug.test import TestResponse

MOST = 150
TEXTS = {"text", "search", "email", "url", "password", "number", ""}
ID = re.compile(r"[\w-]{16,}")
DOWNLOADS = "/static/"


@dataclass(frozen=True)
class Form:
    """A form that is posted: where to, and what it sends if nothing is typed."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    names: frozenset[str]

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """What forms have in common that differ in ids only."""
        return ID.sub("*", self.action), tuple(sorted(self.names))

    def typed(self, words: str) -> dict[str, Any]:
        """What it sends with those words in every field that takes words."""
        return {**self.sent(), **dict.fromkeys(self.texts, words)}

    def sent(self) -> dict[str, Any]:
        """What it sends if nothing is typed."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def crawl(visitor: Visitor, *starts: str) -> tuple[list[str], list[Form]]:
    """Follow every link from some pages; return the pages, and one form of every kind."""
    waiting, pages = list(starts), list[str]()
    forms: dict[tuple[str, tuple[str, ...]], Form] = {}
    seen = set(waiting)
    while waiting and len(pages) < MOST:
        path = waiting.pop(0)
        answer = visitor.client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        pages.append(path)
        page = BeautifulSoup(answer.text, "html.parser")
        for form in forms_of(page, answer):
            forms.setdefault(form.kind, form)
        for target in links_of(page, answer):
            kind = ID.sub("*", target)
            if kind not in seen:
                seen.add(kind)
                waiting.append(target)
    return pages, list(forms.values())


def links_of(page: BeautifulSoup, answer: TestResponse) -> Iterable[str]:
    """The pages of this site to which a page links."""
    for link in page.select("a[href]"):
        target = urlsplit(urljoin(answer.request.path, str(link["href"])))
        if not target.netloc and not target.scheme and not target.path.startswith(DOWNLOADS):
            yield f"{target.path}?{target.query}" if target.query else target.path


def forms_of(page: BeautifulSoup, answer: TestResponse) -> Iterable[Form]:
    """The forms of a page that are posted."""
    for form in page.select("form"):
        if str(form.get("method", "")).lower() == "post":
            action = urljoin(answer.request.path, str(form.get("action") or answer.request.path))
            fields = tuple(pair for field in controls(form) for pair in sent_by(field))
            texts = tuple(str(f["name"]) for f in controls(form) if takes_words(f))
            names = frozenset(str(field["name"]) for field in controls(form))
            yield Form(answer.request.path, action, fields, texts, names)


def controls(form: Tag) -> list[Tag]:
    return form.select("input[name], select[name], textarea[name]")


def takes_words(field: Tag) -> bool:
    return field.name == "textarea" or (
        field.name == "input" and str(field.get("type", "")).lower() in TEXTS
    )


def sent_by(field: Tag) -> Iterable[tuple[str, str]]:
    """What a field sends if it is left as it is."""
    name, kind = str(field["name"]), str(field.get("type", "")).lower()
    if kind == "file":
        return
    if field.name == "select":
        options = field.select("option[selected]") or field.select("option")[:1]
        yield from ((name, str(option.get("value", option.text))) for option in options)
    elif field.name == "textarea":
        yield name, field.text
    elif kind not in {"checkbox", "radio"} or field.has_attr("checked"):
        yield name, str(field.get("value", ""))
