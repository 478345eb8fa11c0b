"""The annotation editor as a browser without JavaScript meets it."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from page import Page, Visitor
from people import sign_in

WHOLE = {
    "category": "factual_error",
    "verdict": "false",
    "severity": "2",
    "difficulty": "1",
    "why": "It was a fish.",
    "correction": "a fish",
    "check": "Ask a heron.",
    "verified": "1",
    "evidence-0-title": "Timetable",
    "evidence-0-publisher": "Heron County",
    "evidence-0-year": "2026",
    "evidence-0-locator": "",
    "evidence-0-url": "https://herons.example/",
    "evidence-0-supports": "",
}


def choose(
    visitor: Visitor, set_id: str, *words: str, do: str = "annotation", number: int = 0
) -> Page:
    """Choose words of a passage, and go on with them."""
    page = visitor.get(f"/annotations/{set_id}/passages/{number}")
    return send(visitor, page, "#select", words=page.values(*words), do=do)


def send(visitor: Visitor, page: Page, selector: str, **fields: Any) -> Page:
    """Send a form of a page as a browser would, but for what is given."""
    form = page.select_one(selector)
    sent = {
        i["name"]: i.get("value", "")
        for i in form.select("input")
        if i.get("type") not in {"checkbox", "radio"} or i.has_attr("checked")
    }
    for select in form.select("select"):
        option = select.select_one("option[selected]") or select.select_one("option")
        sent[select["name"]] = option["value"]
    sent |= {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea")}
    sent.pop("words", None)
    data = {name: value for name, value in {**sent, **fields}.items() if value is not None}
    return Page(visitor.client.post(form["action"], data=data, follow_redirects=True))


def found(page: Page) -> list[str]:
    """What stands in the list of finds."""
    return [re.sub(r"\s+", " ", li.text).strip() for li in page.select(".finds li")]


def annotate(visitor: Visitor, set_id: str, *words: str, number: int = 0, **fields: Any) -> Page:
    """Annotate words of a passage; come back to the editor."""
    page = choose(visitor, set_id, *words, number=number)
    return send(visitor, page, "#find", **{**WHOLE, **fields, "do": "save"})


def signed_in_visitor(app: Flask, name: str) -> Visitor:
    """A browser in which a user is signed in."""
    visitor = Visitor(app.test_client())
    sign_in(visitor, name)
    return visitor
