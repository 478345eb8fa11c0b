"""An app with the seeds planted, in a database of its own for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from page import Visitor

from quizgame import create_app, database
from quizgame.config import read_settings
from quizgame.models.base import db
from quizgame.paths import resource
from quizgame.services import seeds

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema and the seeds, made once."""
    folder = tmp_path_factory.mktemp("planted")
    app = create_app(read_settings({"QUIZGAME_DATA_DIR": str(folder)}))
    with app.app_context():
        database.upgrade(db.engine)
        seeds.plant(resource("seeds"), now=NOW)
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def app(planted: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app on a copy of the planted data folder."""
    folder = tmp_path / "data"
    shutil.copytree(planted, folder)
    app = create_app(read_settings({"QUIZGAME_DATA_DIR": str(folder)}))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The app, with its context open: for tests of services."""
    with app.app_context():
        yield app


@pytest.fixture
def student(app: Flask) -> Visitor:
    """Someone with a browser that keeps cookies."""
    return Visitor(app.test_client())


@pytest.fixture
def other(app: Flask) -> Visitor:
    """Somebody else, with a browser of their own."""
    return Visitor(app.test_client())
