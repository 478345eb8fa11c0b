"""An app with the seeds planted, in a database of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from build import NOW
from databases import close, fresh_postgres, make_app, plant
from flask import Flask
from page import Visitor
from people import ADMINISTRATOR, make_user, sign_in
from sqlalchemy.engine import make_url

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema and the seeds, made once."""
    folder = tmp_path_factory.mktemp("planted")
    plant(make_app(folder), NOW)
    return folder


@pytest.fixture(scope="session")
def planted_postgres(planted: Path) -> Iterator[str]:
    """The name of a PostgreSQL database with the schema and the seeds, made once."""
    with fresh_postgres() as url:
        plant(make_app(planted, DATABASE_URL=url), NOW)
        yield str(make_url(url).database)


@pytest.fixture
def data_dir(planted: Path, tmp_path: Path) -> Path:
    """A copy of the planted data folder."""
    return Path(shutil.copytree(planted, tmp_path / "data"))


@pytest.fixture
def app(data_dir: Path) -> Iterator[Flask]:
    """An app on a copy of the planted data folder."""
    app = make_app(data_dir)
    yield app
    close(app)


@pytest.fixture(params=BOTH)
def either(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[Flask]:
    """An app on SQLite, and the same on PostgreSQL where there is a server for tests."""
    if request.param == "sqlite":
        yield request.getfixturevalue("app")
        return
    with fresh_postgres(request.getfixturevalue("planted_postgres")) as url:
        app = make_app(data_dir, DATABASE_URL=url)
        yield app
        close(app)


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The app, with its context open: for tests of services."""
    with app.app_context():
        yield app


@pytest.fixture
def in_either(either: Flask) -> Iterator[Flask]:
    """The app on each database, with its context open."""
    with either.app_context():
        yield either


@pytest.fixture
def student(app: Flask) -> Visitor:
    """Someone with a browser that keeps cookies."""
    return Visitor(app.test_client())


@pytest.fixture
def other(app: Flask) -> Visitor:
    """Somebody else, with a browser of their own."""
    return Visitor(app.test_client())


@pytest.fixture
def teacher(app: Flask) -> Visitor:
    """A teacher called marie, signed in."""
    return _signed_in(app, "marie")


@pytest.fixture
def colleague(app: Flask) -> Visitor:
    """Another teacher, called paul, signed in."""
    return _signed_in(app, "paul")


@pytest.fixture
def administrator(app: Flask) -> Visitor:
    """An administrator called ada, signed in."""
    return _signed_in(app, "ada", role=ADMINISTRATOR)


def _signed_in(app: Flask, name: str, **more: str) -> Visitor:
    with app.app_context():
        make_user(name, **more)
    visitor = Visitor(app.test_client())
    assert sign_in(visitor, name).path == "/teacher"
    return visitor
