"""The house rules that a linter cannot check."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXTS = {".py", ".html", ".css", ".js", ".json", ".toml", ".txt", ".md", ".sh", ".ini", ".mako", ""}

LONGER = {"tests": 300}  # tables of examples
MAY_USE_SESSION = {"models/base.py", "database.py", "app.py", "cli.py"}  # open, give back, dispose
WITHOUT_NOUN = {
    "__init__",
    "access",
    "cookies",
    "requests",
    "errors",
    "filters",
    "about",
    "languages",
}
"""What in web/ is nobody's noun: doors, colours, the pages about the game, the language switch."""
PROPER_NAMES = [
    "Atkinson Hyperlegible Next, Braille Institute of America",
    "Newsreader, Production Type",
    "SIL Open Font License",
]

REGISTRY_HOSTS = "|".join(  # in halves, so that this file names none
    re.escape(one + other)
    for one, other in [
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("registry.yarn", "pkg.com"),
        ("npm", "mirror.com"),
        ("cdn.js", "delivr.net"),
        ("unp", "kg.com"),
        ("conda.ana", "conda.org"),
        ("deb.deb", "ian.org"),
    ]
)
MACHINE_PATHS = r"(?<![\w./:-])/" + "(?:home|root|work|tmp|Users|mnt|private)" + r"/\w"


def tracked():
    """The files of the repository, as git knows or will know them; without git, all."""
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        names = listed.splitlines()
    except (OSError, subprocess.CalledProcessError):
        tops = ["quizgame", "tests", "templates", "static", "seeds", "docs", ".ci"]
        names = [str(p.relative_to(ROOT)) for top in tops for p in (ROOT / top).rglob("*")]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


FILES = [path for path in tracked() if "__pycache__" not in path.parts]
PACKAGE = [path for path in FILES if path.is_relative_to(ROOT / "quizgame")]
MODULES = [path for path in PACKAGE if path.suffix == ".py"]
TEMPLATES = [p for p in FILES if p.is_relative_to(ROOT / "templates") and p.suffix == ".html"]
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
STYLES = [path for path in FILES if path.suffix == ".css"]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths, most):
    return {name_of(path): lines(path) for path in paths if lines(path) > most}


def test_there_is_a_house_to_look_at():
    assert len(MODULES) > 40
    assert len(TEMPLATES) > 15
    assert SCRIPTS
    assert STYLES


def test_no_file_is_long():
    tests = [path for path in FILES if path.suffix == ".py" and path not in MODULES]

    assert not too_long(MODULES, 250)
    assert not too_long(tests, LONGER["tests"])
    assert not too_long([ROOT / "tests" / "conftest.py"], 120)
    assert not too_long(TEMPLATES, 60)
    assert not too_long(SCRIPTS, 150)


def test_no_function_is_long():
    long = [
        f"{name_of(path)}: {node.name}"
        for path in FILES
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 40
        and "migrations" not in path.parts
    ]

    assert not long


def test_only_services_talk_to_the_session():
    outside = [
        name_of(path)
        for path in MODULES
        if path.parent.name != "services"
        and name_of(path).removeprefix("quizgame/") not in MAY_USE_SESSION
        and re.search(r"\bdb\.session\b", path.read_text(encoding="utf-8"))
    ]

    assert not outside


def test_nobody_commits_outside_services():
    outside = [p for p in MODULES if p.parent.name != "services" and p.name != "database.py"]

    assert not [name_of(p) for p in outside if ".commit(" in p.read_text(encoding="utf-8")]


def test_no_room_is_a_lumber_room():
    lumber = {"utils", "util", "helpers", "helper", "common", "core", "managers", "manager", "misc"}

    assert not [name_of(p) for p in FILES if lumber & {p.stem, *p.relative_to(ROOT).parts}]


def test_the_same_noun_stands_on_every_floor():
    floors = {
        name: {p.stem for p in MODULES if p.parent.name == name}
        for name in ("web", "services", "models")
    }
    nouns = floors["web"] - WITHOUT_NOUN

    assert nouns
    assert not nouns - floors["services"] - floors["models"]
    assert not floors["models"] - floors["services"] - floors["web"] - {"__init__", "base"}


def test_templates_stand_in_rooms_of_nouns():
    rooms = {p.parent.name for p in TEMPLATES} - {"templates", "parts", "rounds"}
    nouns = {p.stem for p in MODULES if p.parent.name == "web"}

    assert rooms <= nouns


@pytest.mark.parametrize(
    "pattern", [REGISTRY_HOSTS, MACHINE_PATHS], ids=["registry host", "path of one machine"]
)
def test_no_file_knows_one_machine(pattern):
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in FILES
        if path.suffix in TEXTS and path != Path(__file__)
        for match in [re.search(pattern, path.read_text(encoding="utf-8"))]
        if match
    ]

    assert not found


def test_locks_pin_by_hash_and_name_no_place():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lock = (ROOT / name).read_text(encoding="utf-8")

        assert "--hash=sha256:" in lock
        assert not re.search(r"://|--(extra-)?index-url|--find-links|^-e ", lock, re.MULTILINE)


# templates


def plain_words(text):
    """Stretches of two words or more."""
    return re.findall(r"[A-Za-zÀ-ž’']{2,}(?:[ ,]+[A-Za-zÀ-ž’']{2,})+", text)


def untranslated(source):
    """What a reader would see of a template that does not go through gettext."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    for name in PROPER_NAMES:
        source = source.replace(name, "")
    code = "\n".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", source, flags=re.DOTALL))
    code = re.sub(r"\b(?:_|ngettext|gettext)\((?:\s*(?:\"[^\"]*\"|'[^']*'),?)*", "", code)
    strings = [quoted[1:-1] for quoted in re.findall(r"\"[^\"]*\"|'[^']*'", code)]
    markup = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    told = r"\b(?:aria-label|title|alt|placeholder|data-\w+)=\"([^\"]*)\""
    seen = "\n".join([*strings, markup, *re.findall(told, markup)])
    return plain_words(re.sub(r"<[^>]*>", "\n", seen))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_sentence_of_a_page_can_be_translated(path):
    assert not untranslated(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello there</p>",
        '<p title="Hello there">{{ _("Hello you") }}</p>',
        '{{ "Hello there" if x else _("Hello you") }}',
        '{% set label = "Hello there" %}',
    ],
)
def test_a_bare_sentence_would_be_noticed(source):
    assert untranslated(source) == ["Hello there"]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_pages_load_nothing_from_elsewhere(path):
    source = path.read_text(encoding="utf-8")
    places = re.findall(r"\bsrc(?:set)?\s*=\s*[\"']?([^\s>]*)", source)
    places += re.findall(r"<link\b[^>]*\bhref\s*=\s*[\"']?([^\s>]*)", source)

    assert not [place for place in places if not place.startswith("{{")]


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=name_of)
def test_scripts_and_styles_load_nothing_from_elsewhere(path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"https?://|url\([\"']?//|@import", source)
