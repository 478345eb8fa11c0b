"""The wheel: what is in it, and that it works where no checkout is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from running import ROOT, environment

ASK = """
from quizgame import create_app, database, paths
from quizgame.models.base import db

app = create_app()
with app.app_context():
    database.upgrade(db.engine)
client = app.test_client()
page = client.get("/")
style = client.get(app.static_url_path + "/css/base.css")
print(paths.PACKAGE, page.status_code, style.status_code, b"<h1" in page.data)
style.close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is installed."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    options = ["--no-deps", "--no-index", "--no-compile", "--target", str(folder)]
    subprocess.run([*pip, *options, str(wheel)], check=True, capture_output=True)
    return folder


def test_it_holds_what_is_in_the_folders_beside_the_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    for folder in ("templates", "static", "seeds"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"quizgame/{path.relative_to(ROOT).as_posix()}" in names
    assert any(name.startswith("quizgame/migrations/versions/") for name in names)
    assert "quizgame/migrations/script.py.mako" in names


def test_it_holds_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in names} == {"quizgame"}
    assert not [n for n in names if n.endswith((".pyc", ".sqlite3", ".log", "secret_key"))]
    assert not [n for n in names if "/tests/" in n or "/data/" in n or "__pycache__" in n]


def test_its_licence_and_its_command_travel_with_it(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (scripts,) = [name for name in names if name.endswith("entry_points.txt")]
        told = packed.read(scripts).decode()

    assert [name for name in names if name.endswith("licenses/LICENSE")]
    assert "quizgame = quizgame.cli:main" in told


@pytest.mark.parametrize("words", [("-m", "quizgame", "check-content"), ("-c", ASK)])
def test_it_works_from_anywhere(site, tmp_path, words):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    ended = subprocess.run(
        [sys.executable, *words],
        env=environment(tmp_path / "data") | {"PYTHONPATH": str(site)},
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout in {"", f"{site / 'quizgame'} 200 200 True\n"}
    assert str(ROOT) not in ended.stdout + ended.stderr
