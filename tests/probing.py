"""Requests that no page of ours would send, and what must not change because of them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from page import Visitor
from sqlalchemy import text
from werkzeug.test import TestResponse

from quizgame.models.base import Base, db

LARGE = (
    "SELECT id, public_id, version, owner_id, title, withdrawn_at, is_listed, is_shared"
    " FROM quizzes ORDER BY id",
    "SELECT id, public_id, version, owner_id, title, removed_at FROM articles ORDER BY id",
)
"""What is looked at of tables with whole documents in them."""


def csrf(client: FlaskClient) -> str:
    """A token that is good for this client's forms."""
    page = BeautifulSoup(client.get("/quizzes/starter").text, "html.parser")
    field = page.select_one('input[name="csrf_token"]')
    assert field is not None
    return str(field["value"])


def post(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """Post a form that is in order but for what is given."""
    headers = fields.pop("headers", {})
    return client.post(path, data={"csrf_token": csrf(client), **fields}, headers=headers)


def play_id(visitor: Visitor, quiz: str = "starter") -> str:
    """Start a set; return the id of the play."""
    return visitor.start(quiz).path.split("/")[2]


def contents(app: Flask) -> str:
    """Every row of every table, as text."""
    with app.app_context():
        rows = [
            f"{table.name}: {[tuple(row) for row in db.session.execute(table.select())]}"
            for table in Base.metadata.sorted_tables
            if table.name not in {"articles", "rounds", "quizzes"}
        ]
        db.session.rollback()
        rows += [str(db.session.execute(text(query)).all()) for query in LARGE]
        db.session.rollback()
    return "\n".join(rows)


def addresses(app: Flask, play: str) -> list[tuple[str, set[str]]]:
    """An address for every rule of the app, with its methods; a play gives the ids."""
    values = {
        **{name: "x" * 22 for rule in app.url_map.iter_rules() for name in rule.arguments},
        **dict.fromkeys(("number", "version", "rev"), 1),
        "play_id": play,
        "public_id": "starter",
        "scope": "all",
        "filename": "css/base.css",
    }
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return [
            (
                adapter.build(
                    rule.endpoint,
                    {name: {**values, **(rule.defaults or {})}[name] for name in rule.arguments},
                ),
                set(rule.methods or ()),
            )
            for rule in app.url_map.iter_rules()
        ]
