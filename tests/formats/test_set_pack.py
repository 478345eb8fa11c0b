"""Sets as files that stand alone: on the command line, and what goes along."""

import contextlib

import build
import pytest
from click.testing import CliRunner
from databases import WITHOUT_SERVERS, close, make_app
from drafting import marsh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published import WILD, marking, published

from quizgame import cli_formats
from quizgame.domain.errors import ContentError
from quizgame.domain.taxonomy import Category
from quizgame.formats._archives import packed
from quizgame.formats.set_pack import Pack, export, pack_of, read, write
from quizgame.services import exchanges, quizzes


def test_a_set_without_a_round_is_turned_away():
    with pytest.raises(ContentError):
        export(published())


def test_only_what_is_asked_goes_along(in_app):
    copy = exchanges.copy_of(quizzes.get_quiz("mixed-dozen"))
    pack = pack_of(copy)
    asked = {passage.id for round_ in copy.rounds for passage in round_.item.passages}

    assert {passage.id for passage in pack.article.passages} == asked
    assert len(asked) < 42
    numbers = [int(passage.id[1:]) for passage in pack.article.passages]
    assert numbers == sorted(numbers)


def test_rounds_come_back_as_they_were_drafted(in_app):
    quiz = quizzes.get_quiz(build.short_set())
    [data] = exchanges.export_quiz(quiz, "set_pack").files.values()
    pack = read({"set.json": data})

    assert [plan.passages for plan in pack.draft.rounds] == [("P0",), ("P1",), ("P2",)]
    assert pack.article.passages == tuple(r.item.passages[0] for r in quiz.rounds)


def test_wild_words_come_back_to_the_letter():
    [data] = export(published(marking(WILD, "cruel"), minutes=5)).files.values()

    assert read({"set.json": data}).article.passages[0].text == WILD


@pytest.mark.parametrize(
    ("format_id", "says"), [("printable", "<!doctype html>"), ("set_pack", "{")]
)
def test_the_command_takes_sets_out(data_dir, tmp_path, monkeypatch, format_id, says):
    monkeypatch.setenv("QUIZGAME_DATA_DIR", str(data_dir))
    target = tmp_path / "out"
    words = ["starter", str(target), "--format", format_id]
    ended = CliRunner().invoke(cli_formats.export_files, words, env=WITHOUT_SERVERS)
    close(make_app(data_dir))

    assert ended.exit_code == 0, ended.output
    assert target.read_text("utf-8").startswith(says)


def test_a_set_comes_back_the_same():
    pack = Pack(
        build.draft(build.marking("P1")),
        marsh(),
        (Category("c", "C", "bias", "call", "D.", "Q?"),),
        topic="birds",
        credit="🐦 مرحبا\r\n",
    )

    assert read({"x.json": write(pack)}) == pack
    assert read({"x.zip": packed({"x.json": write(pack)})}) == pack


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_bytes_break_the_reader(data):
    whole = write(Pack(build.draft(build.marking("P1")), marsh()))
    at = data.draw(st.integers(0, len(whole)))
    some = data.draw(st.binary(max_size=12))
    broken = whole[:at] + some + whole[at + data.draw(st.integers(0, 12)) :]
    with contextlib.suppress(ContentError):
        assert read({"set.json": broken}).article.passages
