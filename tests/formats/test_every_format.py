"""Every format of the drawer, without knowing which there are."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import FILES, about, read, sample, write

from quizgame.domain.errors import ContentError
from quizgame.formats import FORMATS, recognised
from quizgame.formats._archives import opened, packed
from quizgame.formats._format import file_name

READ = [id_ for id_, format_ in FORMATS.items() if format_.read]
BOTH = [id_ for id_ in READ if FORMATS[id_].write]
NAMES = sorted({name.rsplit("/", 1)[-1] for names in FILES.values() for name in names})


@pytest.mark.parametrize("id_", READ)
@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a.txt": b""},
        {"a.txt": b"Herons fly.", "b.txt": b"Herons swim."},
        {"a.txt": b"\xff\xfe", "a.ann": b"\xff", "a.labels": b"\xff"},
        {"a.json": b"["},
        {"a.jsonl": b"{}"},
        {"a.csv": b""},
        {"a.xlsx": b"PK"},
    ],
    ids=lambda files: " ".join(files) or "nothing",
)
def test_what_is_no_such_file_is_turned_away(id_, files):
    with pytest.raises(ContentError):
        read(id_, files)


@pytest.mark.parametrize("id_", READ)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_break_a_reader(id_, data):
    files = sample(id_)
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name])))
    some = data.draw(st.binary(max_size=12))
    files[name] = files[name][:at] + some + files[name][at + data.draw(st.integers(0, 12)) :]

    try:
        article = read(id_, files).article
    except ContentError as error:
        told = str(error)
        article = None
    else:
        told = "nothing wrong"
    ends = [(p, a.span.stop) for p in article.passages for a in p.annotations] if article else []

    assert "\n" not in told
    assert all(stop <= len(passage.text) for passage, stop in ends)


@pytest.mark.parametrize("id_", FORMATS)
def test_it_says_what_it_is_and_what_it_loses(id_):
    format_ = FORMATS[id_]

    assert format_.title
    assert format_.suffix.startswith(".")
    assert re.fullmatch(r"[a-z]+/[a-z0-9+.-]+", format_.mimetype)
    assert bool(format_.loses) == (id_ != "article_document")
    assert format_.read or format_.write or format_.export


@pytest.mark.parametrize("id_", READ)
def test_its_sample_is_recognised_as_nothing_else(id_):
    assert recognised(sample(id_)) == [id_]
    assert recognised(opened({"all.zip": packed(sample(id_))})) == [id_]


@pytest.mark.parametrize("id_", READ)
def test_a_sample_is_read_the_same_twice(id_):
    assert read(id_, sample(id_)) == read(id_, sample(id_))


@pytest.mark.parametrize("id_", BOTH)
def test_what_is_written_reads_as_the_same(id_):
    article = read(id_, sample(id_)).article
    files = write(id_, article)

    assert read(id_, files).article == article
    assert write(id_, read(id_, files).article) == files
    assert recognised(files) == [id_]


@pytest.mark.parametrize("id_", READ)
def test_nothing_imported_claims_to_be_checked(id_):
    if id_ in {"article_document", "fact_base", "web_annotation"}:
        return  # they say themselves
    annotations = [a for p in read(id_, sample(id_)).article.passages for a in p.annotations]

    assert annotations
    assert not any(a.verified or a.correction or a.check or a.evidence for a in annotations)
    assert {a.confidence for a in annotations} == {"low"}


@pytest.mark.parametrize("id_", READ)
def test_reading_can_be_watched(id_):
    if id_ in {"article_document", "fact_base"}:
        return  # they come in passages
    seen = []

    def watch(things):
        for thing in things:
            seen.append(thing)
            yield thing

    imported = FORMATS[id_].read(sample(id_), about(watch=watch))

    assert len(seen) == len(imported.article.passages)


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a/b", "", "..", "C:\\x", "x" * 500])
def test_a_file_is_never_named_by_a_path(id_):
    assert re.fullmatch(r"[\w-][\w.-]{0,79}\.txt", file_name(id_, ".txt"))


def test_texts_in_names_do_not_make_a_format():
    assert recognised(dict.fromkeys(NAMES, b"")) == []
