"""Every word that people see goes through gettext."""

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from quizgame.paths import PACKAGE

TEMPLATE = PACKAGE / "translations" / "messages.pot"


def test_the_catalogue_for_translators_is_up_to_date(tmp_path):
    fresh = tmp_path / "messages.pot"
    options = ["-q", "extract", "-F", "pyproject.toml", "-k", "N_", "--no-location"]
    options += ["--sort-output", "--omit-header", "-o", str(fresh), "."]

    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *options],
        cwd=PACKAGE.parent,
        check=True,
    )

    assert fresh.read_text() == TEMPLATE.read_text(), "run `make messages`"


def test_there_is_no_language_switch_while_there_is_one_language(student):
    page = student.get("/")

    assert not page.select("form.languages")


def add_spanish(app, folder: Path) -> None:
    with TEMPLATE.open("rb") as file:
        catalogue = read_po(file, locale="es")
    catalogue["Sets"].string = "Series"
    target = folder / "es" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    app.extensions["babel"].translation_directories.append(str(folder))


def test_a_second_catalogue_brings_a_switch(app, student, tmp_path):
    add_spanish(app, tmp_path / "more")
    english = student.get("/")

    spanish = student.send(english, language="es")

    assert spanish.html["lang"] == "es"
    assert spanish.select_one("nav a").text == "Series"


def test_the_browser_chooses_among_the_languages(app, student, tmp_path):
    add_spanish(app, tmp_path / "more")

    page = student.get("/", headers={"Accept-Language": "es-MX, en;q=0.5"})

    assert page.html["lang"] == "es"
    assert student.get("/", headers={"Accept-Language": "xx"}).html["lang"] == "en"
