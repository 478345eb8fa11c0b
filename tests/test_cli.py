"""The `quizgame` command, as somebody types it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import close, make_app
from people import OTHER_PASSWORD, key_for_codes, make_user, signed_in
from running import ROOT, environment

from quizgame.services import resets

SEEDS = ROOT / "seeds"
ARTICLE = next((SEEDS / "articles").glob("*.json"))


class Command:
    """`python -m quizgame`, with a data folder and a place of its own."""

    def __init__(self, data_dir: Path, folder: Path = ROOT) -> None:
        self._data_dir, self._folder = data_dir, folder

    def __call__(self, *words: object, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "quizgame", *map(str, words)],
            env=environment(self._data_dir, **settings) | {"PYTHONPATH": str(self._folder)},
            cwd=self._folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def quizgame(tmp_path: Path) -> Command:
    return Command(tmp_path / "data")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sing"], "No such command 'sing'"),
        (["migrate", "yesterday"], "yesterday"),
        (["seed"], "run `quizgame migrate`"),
        (["seed", "nowhere"], "nowhere"),
        (["rescore"], "run `quizgame migrate`"),
        (["rescore", "--at-once"], "--at-once"),
        (["check-content", "README.md"], "neither an article nor a set"),
        (["import-fact-base", "README.md"], "ANNOTATIONS"),
        (["make-migration", "Add classrooms"], "run `quizgame migrate`"),
        (["user-link", "--first"], "run `quizgame migrate`"),
        (["user-link"], "either --first or --reset NAME"),
        (["user-link", "--first", "--no-second-step"], "either --first or --reset NAME"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(quizgame, words, told):
    ended = quizgame(*words)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith("quizgame: ")
    assert told in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "high"),
        ("prot", "80"),
        ("secret_key", "changeme"),
        ("database_url", "oracle://x"),
        ("public_url", "quiz.school.example"),
        ("public_url", "https://quiz.school.example/path"),
        ("mail_url", "http://mail.example"),
        ("mail_url", "smtp://mail.example:mail"),
        ("mail_url", "smtp://mail.example"),
        ("mail_from", "game@school.example"),
    ],
)
def test_a_wrong_setting_stops_every_command_with_one_line(quizgame, name, value):
    ended = quizgame("migrate", **{name: value})

    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert f"QUIZGAME_{name.upper()}" in ended.stderr


def test_without_a_word_it_says_what_there_is(quizgame):
    assert "check-content" in quizgame().stderr


def test_it_tells_its_version(quizgame):
    ended = quizgame("--version")

    assert re.fullmatch(r"quizgame, version \S+\n", ended.stdout)


def test_migrating_and_seeding_twice_is_safe(quizgame):
    quizgame("migrate")
    first = quizgame("seed")

    assert first.stdout.startswith("published: ")
    assert "starter" in first.stdout
    assert quizgame("migrate").returncode == 0
    assert quizgame("seed").stdout == ""


def test_a_folder_of_ones_own_can_be_seeded(quizgame, tmp_path):
    own = own_seeds(tmp_path, id="my-own", title="My own")
    quizgame("migrate")

    ended = quizgame("seed", own)

    assert (ended.returncode, ended.stdout) == (0, "published: my-own\n")


def test_a_set_about_an_article_that_is_not_there_is_turned_away(quizgame, tmp_path):
    own = own_seeds(tmp_path, article="lost")
    quizgame("migrate")

    ended = quizgame("seed", own)

    assert ended.returncode == 2
    assert ended.stderr == "quizgame: starter: there is no article lost\n"


def test_fresh_data_show_no_difference(quizgame):
    quizgame("migrate")
    quizgame("seed")

    ended = quizgame("rescore", "--dry-run")

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "0 differences\n")


def test_the_seeds_have_nothing_to_mend(quizgame):
    ended = quizgame("check-content")

    assert (ended.returncode, ended.stdout) == (0, "")


def test_every_breach_of_a_broken_copy_is_a_line(quizgame, tmp_path):
    own = own_seeds(tmp_path)
    path = own / "articles" / ARTICLE.name
    article = json.loads(path.read_bytes())
    first = next(a for p in article["passages"] for a in p.get("annotations", []))
    first |= {"category": "rumour", "why": "word " * 46, "correction": ""}
    path.write_text(json.dumps(article))

    ended = quizgame("check-content", own)

    assert ended.returncode == 1
    lines = [line for line in ended.stdout.splitlines() if f" {first['id']}: " in line]
    assert len(lines) == len(ended.stdout.splitlines()) == 3
    assert "3 to mend" in ended.stderr


def test_single_files_are_checked_by_what_they_say_they_are(quizgame, tmp_path):
    own = own_seeds(tmp_path)
    (quiz,) = (own / "quizzes").iterdir()

    assert quizgame("check-content", quiz, own / "articles" / ARTICLE.name).returncode == 0
    alone = quizgame("check-content", quiz)
    assert alone.returncode == 1
    assert "starter: there is no article" in alone.stdout


def test_a_fact_base_becomes_an_article(quizgame, tmp_path):
    text, found, target = (tmp_path / name for name in ("text.txt", "found.json", "article.json"))
    text.write_text("Herons eat buses. Some sleep.\n\nNo heron drives.\n")
    found.write_text(json.dumps({"annotations": [finding("P1", "eat buses", "Herons ", ".")]}))

    ended = quizgame("import-fact-base", text, found, target, "--id", "herons", "--title", "Herons")

    assert ended.stdout == f"{target}: 2 passages\n"
    article = json.loads(target.read_bytes())
    selectors = article["passages"][0]["annotations"][0]["selector"]
    assert {"type": "TextPositionSelector", "start": 7, "end": 16} in selectors


def test_a_finding_that_is_not_in_the_text_is_turned_away(quizgame, tmp_path):
    text, found, target = (tmp_path / name for name in ("text.txt", "found.json", "article.json"))
    text.write_text("Herons eat buses.\n")
    found.write_text(json.dumps({"annotations": [finding("P1", "eat trams", "", "")]}))

    ended = quizgame("import-fact-base", text, found, target, "--id", "h", "--title", "H")

    assert ended.returncode == 2
    assert ended.stderr == "quizgame: X1: 'eat trams' is not in P1\n"
    assert not target.exists()


def test_a_migration_is_drafted_from_what_the_models_say(tmp_path):
    checkout = copy_of_the_code(tmp_path / "checkout")
    quizgame = Command(tmp_path / "data", checkout)
    quizgame("migrate")
    models = checkout / "quizgame" / "models" / "players.py"
    columns = "nickname: Mapped[str | None]", "renamed_at: Mapped[datetime | None]"
    models.write_text(models.read_text() + "".join(f"    {c}\n" for c in columns))

    ended = quizgame("make-migration", "Add a nickname")

    assert ended.returncode == 0, ended.stderr
    drafted = Path(ended.stdout.strip())
    assert re.fullmatch(r"\d{8}_add_a_nickname.py", drafted.name)
    assert "add_column(sa.Column('nickname'" in drafted.read_text()
    assert "sa.Column('renamed_at', sa.DateTime(timezone=True)" in drafted.read_text()
    assert "models" not in drafted.read_text()
    assert quizgame("migrate").returncode == 0
    assert "pass\n" in Path(quizgame("make-migration", "Nothing").stdout.strip()).read_text()


def test_who_is_locked_out_gets_a_link_from_the_machine_itself(quizgame):
    quizgame("migrate")

    first = quizgame("user-link", "--first", public_url="https://quiz.school.example")
    nobody = quizgame("user-link", "--reset", "marie")

    assert re.fullmatch(r"https://quiz\.school\.example/users/first/[\w-]{43}\n", first.stdout)
    assert nobody.returncode == 2
    assert nobody.stderr == "quizgame: There is no such user.\n"


def test_a_reset_link_is_for_a_user_by_name(quizgame, tmp_path):
    quizgame("migrate")
    app = make_app(tmp_path / "data")
    with app.app_context():
        key_for_codes(make_user())
    close(app)

    ended = quizgame("user-link", "--reset", "Marie", "--no-second-step")

    token = ended.stdout.strip().rpartition("/users/reset/")[2]
    app = make_app(tmp_path / "data")
    with app.app_context():
        resets.set_password(token, OTHER_PASSWORD, now=datetime.now(UTC))
        assert signed_in(password=OTHER_PASSWORD)
    close(app)


def own_seeds(folder: Path, **changes: str) -> Path:
    """A folder laid out like seeds/, with the article and the starter, changed."""
    own = folder / "own"
    for name in ("articles", "quizzes"):
        (own / name).mkdir(parents=True)
    shutil.copy(ARTICLE, own / "articles")
    starter = json.loads((SEEDS / "quizzes" / "starter.json").read_bytes())
    (own / "quizzes" / "own.json").write_text(json.dumps(starter | changes))
    return own


def finding(passage: str, exact: str, prefix: str, suffix: str) -> dict[str, object]:
    """An annotation as the experts write it."""
    where = {"passage": passage, "exact": exact, "prefix": prefix, "suffix": suffix}
    kind = {"layer": "error", "category": "factual_error", "verdict": "false"}
    words = {"why": "They eat fish.", "correction": "eat fish", "confidence": "high"}
    numbers = {"occurrence": 1, "severity": 2, "difficulty": 1, "verified_here": True}
    return {"id": "X1", **where, **kind, **words, **numbers, "evidence": [], "related": []}


def copy_of_the_code(folder: Path) -> Path:
    """A checkout that may be written to."""
    for name in ("quizgame", "seeds", "static", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder
