"""`quizgame import` and `quizgame export`, as somebody types them."""

import json
import zipfile

import desk
import pytest
from build import NOW
from click.testing import CliRunner
from databases import WITHOUT_SERVERS
from importing import SAMPLES, sample

from quizgame import cli_formats
from quizgame.domain.errors import ContentError, NotFoundError
from quizgame.domain.markup import Markup
from quizgame.formats import article_document
from quizgame.formats._archives import packed
from quizgame.services import annotations, exchanges, quizzes

PTC = [str(SAMPLES / "ptc" / f"article731.{end}") for end in ("txt", "labels")]


def run(command, *words):
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=True)


def test_an_import_that_fails_writes_nothing(tmp_path):
    labels = tmp_path / "a.labels"
    labels.write_text("731\tLoaded_Language\t4\t12\n731\tLoaded_Language\t4\t9999\n")

    ended = run(cli_formats.import_files, PTC[0], labels, tmp_path / "bus.json")

    assert isinstance(ended.exception, ContentError)
    assert str(ended.exception).startswith("a.labels, line 2: 4-9999 is not a stretch")
    assert not (tmp_path / "bus.json").exists()


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    target = tmp_path / "mine.json"
    target.write_text("mine")

    for command, words in (
        (cli_formats.import_files, PTC),
        (cli_formats.export_files, ["starter", "--format", "qti"]),
    ):
        ended = run(command, *words[:1], *words[1:2], target, *words[2:])
        assert ended.exit_code != 0
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([SAMPLES / "late-buses.txt"], "say which format this is"),
        ([PTC[0], PTC[0]], "the same name"),
    ],
)
def test_files_that_say_too_little_are_turned_away(tmp_path, files, told):
    ended = run(cli_formats.import_files, *files, tmp_path / "bus.json")

    assert told in str(ended.exception)


def test_an_article_comes_in_with_notes_and_goes_out_again(tmp_path):
    document, table = tmp_path / "bus.json", tmp_path / "bus.csv"

    first = run(
        cli_formats.import_files,
        *PTC,
        document,
        "--id",
        "bus",
        "--title",
        "Bus",
        "--language",
        "en",
    )
    second = run(cli_formats.export_files, document, table, "--format", "spreadsheet")

    assert (first.exit_code, second.exit_code) == (0, 0), (first.output, second.output)
    assert first.stdout == f"{document}: 5 passages, 6 annotations\n"
    assert "could also mean whataboutism" in first.stderr
    assert "Reading" not in first.stderr
    article = article_document.read(document.read_bytes())
    assert (article.id, article.source.title) == ("bus", "Bus")
    assert "Keeps the first evidence" in second.stderr
    assert b'"shameful"' in table.read_bytes()


def test_one_archive_is_as_good_as_its_files(tmp_path):
    archive = tmp_path / "bus.zip"
    archive.write_bytes(packed(sample("brat")))

    ended = run(cli_formats.import_files, archive, tmp_path / "bus.json")

    assert ended.stdout.endswith("5 passages, 7 annotations\n")


def test_several_files_go_out_as_one_archive(tmp_path):
    ended = run(
        cli_formats.export_files, SAMPLES / "article.json", tmp_path / "a.zip", "--format", "ptc"
    )

    assert ended.exit_code == 0, ended.output
    assert len(zipfile.ZipFile(tmp_path / "a.zip").namelist()) == 2


def test_an_experts_fact_base_is_a_format_too(tmp_path):
    words = [SAMPLES / "late-buses.txt", SAMPLES / "late-buses.json", tmp_path / "bus.json"]

    assert run(cli_formats.import_files, *words).exit_code == 0
    assert len(json.loads((tmp_path / "bus.json").read_bytes())["passages"]) == 3


@pytest.mark.parametrize("format_id", ["moodle_gift", "qti", "h5p"])
def test_a_published_set_goes_out(in_app, format_id):
    quiz = quizzes.get_quiz("mixed-dozen")

    exported = exchanges.export_quiz(quiz, format_id)

    assert exported.files
    assert exchanges.export_quiz(quiz, format_id) == exported


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda quiz: exchanges.export_quiz(quiz, "ptc"), "sets cannot be written"),
        (lambda quiz: exchanges.export_quiz(quiz, "nope"), "there is no format 'nope'"),
        (lambda quiz: exchanges.import_article({}, None, "qti"), "articles cannot be read"),
        (lambda quiz: exchanges.export_article(None, "qti"), "articles cannot be written"),
    ],
)
def test_a_way_that_a_format_does_not_go_is_told(in_app, ask, error):
    with pytest.raises(ContentError, match=error):
        ask(quizzes.get_quiz("starter"))


def test_a_set_that_is_not_there_is_told(in_app):
    with pytest.raises(NotFoundError):
        quizzes.get_quiz("nope")


def test_an_article_of_a_teacher_goes_out_with_its_key_as_it_stands(in_app, data_dir, tmp_path):
    version = desk.article("marie", "buses", "Buses")
    desk.article("marie", "buses", "Buses, again", version=2)
    user_id = desk.id_of("marie")
    key = annotations.add_set(version, user_id, annotations.GOLD, now=NOW).id
    exchanges.db.session.commit()
    text = key_text(version)
    step = annotations.Step(0, 0, Markup(text.segments, text.annotations[:1]), "removed")
    annotations.save(key, user_id, step, now=NOW)
    environment = {"QUIZGAME_DATA_DIR": str(data_dir), **WITHOUT_SERVERS}

    def export(name, *more):
        words = ["buses", str(tmp_path / name), "--format", "article_document", *more]
        ended = CliRunner().invoke(cli_formats.export_files, words, env=environment)
        assert ended.exit_code == 0, ended.output
        return article_document.read((tmp_path / name).read_bytes())

    newest, first = export("newest.json"), export("first.json", "--version", "1")
    assert (newest.version, first.version) == (2, 1)
    assert len(first.passages[0].annotations) == 1
    assert len(newest.passages[0].annotations) == 2


def key_text(version):
    return exchanges.db.session.get_one(exchanges.ArticleVersion, version).document.passages[0]


def test_what_was_removed_is_not_there_to_go_out(in_app):
    desk.article("marie", "buses", "Buses")
    desk.remove("buses")

    for version in (None, 1):
        with pytest.raises(NotFoundError):
            exchanges.stored_article("buses", version)
