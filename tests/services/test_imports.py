"""Importing articles: what is kept is the text, whole sentences, and one owner."""

from dataclasses import replace

import pytest
from build import NOW
from importing import about, sample
from people import make_user
from plain import word

from quizgame.domain.errors import ContentError, InputError, NotFoundError
from quizgame.domain.passages import Source
from quizgame.formats import Hints, composed
from quizgame.models.annotations import AnnotationSet
from quizgame.models.articles import ArticleShare, ArticleVersion
from quizgame.models.base import begin_write, db
from quizgame.services import annotations, articles, imports, versions
from quizgame.services.imports import Paragraph

CHINESE = "他说：“公交车又晚点了！”没有人知道为什么。\n\n张三👩‍🏫问司机：几点到？司机没有回答。"
ARABIC = "قالَ السائقُ إنّ الحافلة تأخّرت. لم يعرف أحدٌ السبب! هل هذا صحيح؟\n\nنعم، قال الدكتور أحمد 🚌."
SPANISH = "¿Por qué llegó tarde el autobús? Nadie lo sabe. El Sr. García no contestó."
MARKS = "Cafe\u0301 au lait. Ma\u0303e e pa\u0303o. 👨‍👩‍👧 vinham. Fim!"


def source(language="en", **more):
    return Source("The bus", "Town Echo", "2026-11-01", language, **more)


def counts():
    found = [db.session.query(table).count() for table in (ArticleVersion, AnnotationSet)]
    db.session.rollback()
    return found


# refusals


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "too long"),
        ({"outlet": "x" * 201}, "too long"),
        ({"url": "javascript:alert(1)"}, "link"),
        ({"url": "https://"}, "link"),
        ({"url": "https://user@good.example/"}, "link"),
        ({"url": "https://good.example:x/"}, "link"),
        ({"url": "//good.example"}, "link"),
        ({"language": ""}, "language"),
        ({"language": "en\n"}, "language"),
        ({"language": "x" * 40}, "language"),
        ({"language": '"><b>'}, "language"),
    ],
)
def test_what_is_said_has_to_do(in_app, fields, words):
    marie, before, made = make_user(), counts(), composed("One. Two.", about())
    values = {"title": "t", "outlet": "", "date": "", "language": "en", **fields}

    with pytest.raises(InputError, match=words):
        imports.keep(marie, replace(made, source=Source(**values)), now=NOW)
    db.session.rollback()
    assert counts() == before


@pytest.mark.parametrize("text", ["", " \n ", "\n\n\n"])
def test_no_text_is_no_article(text):
    with pytest.raises(InputError, match="Nothing is left"):
        imports.composed_of(source(), text)


def test_what_cannot_be_read_says_so_in_a_sentence(in_app):
    for files in (
        {"a.docx": b"PK"},
        {"a.pdf": b"%PDF-1.4"},
        {"a.xyz": b"hello"},
        {"a.zip": b"PK\x03\x04"},
        {"a.txt": b"One.", "b.txt": b"Two."},
        {"a.json": b"[" * 100_000},
        {},
    ):
        with pytest.raises(InputError) as told:
            imports.propose(files, Hints("en"))
        assert str(told.value)


def test_a_reader_that_dies_takes_nobody_along(in_app, monkeypatch):
    monkeypatch.setattr(imports, "PATIENCE", 0.01)

    with pytest.raises(InputError, match="too long"):
        imports.propose({"a.txt": b"One."}, Hints("en"))


@pytest.mark.parametrize("call", ["get_of", "get_own", "describe", "remove", "add_version"])
def test_foreign_and_missing_articles_are_one(in_either, call):
    marie, paul = make_user("marie"), make_user("paul")
    mine = imports.keep(marie, composed("One. Two.", about()), now=NOW)
    ways = {
        "get_of": lambda id_: articles.get_of(paul, id_),
        "get_own": lambda id_: articles.get_own(paul, id_, 1),
        "describe": lambda id_: articles.describe(paul, id_, 1, source()),
        "remove": lambda id_: articles.remove(paul, id_, now=NOW),
        "add_version": lambda id_: versions.add_version(paul, id_, 1, "Three.", now=NOW),
    }

    told = set()
    for id_ in (mine, "x" * 22):
        with pytest.raises(NotFoundError) as error:
            ways[call](id_)
        told.add(str(error.value))
        db.session.rollback()
    assert len(told) == 1
    assert articles.get_of(marie, mine).title == "The bus"


# what is kept


def test_an_article_is_kept_with_a_set_for_its_key(in_either):
    marie = make_user()
    id_ = imports.keep(marie, composed("One. Two.", about()), now=NOW)

    row = articles.get_own(marie, id_)
    key = articles.key_of(row)
    assert (row.version, row.title, row.language, row.words) == (1, "The bus", "en", 2)
    assert (key.purpose, key.user_id) == ("gold", marie)
    assert annotations.get_set(marie, key.public_id).id == key.id
    assert annotations.annotated(row) == row.document


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        (
            CHINESE,
            "zh",
            [
                "他说：“公交车又晚点了！”",
                "没有人知道为什么。",
                "张三👩‍🏫问司机：几点到？",
                "司机没有回答。",
            ],
        ),
        (ARABIC, "ar", None),
        (
            SPANISH,
            "es",
            ["¿Por qué llegó tarde el autobús? ", "Nadie lo sabe. ", "El Sr. García no contestó."],
        ),
        (MARKS, "pt", None),
        ("Mr. Smith of the U.S. left. He ran!", "en", ["Mr. Smith of the U.S. left. ", "He ran!"]),
        ("“" * 3_000, "en", None),
    ],
)
def test_sentences_cover_every_script_and_cut_no_word(in_app, text, language, sentences):
    marie = make_user()
    made = imports.composed_of(source(language), text)
    row = articles.get_own(marie, imports.keep(marie, made, now=NOW))

    for passage in row.document.passages:
        assert "".join(passage.quote(s) for s in passage.segments) == passage.text
        for found in passage.words:
            assert any(s.holds(found) for s in passage.segments)
    told = [p.quote(s) for p in row.document.passages for s in p.segments]
    assert sentences is None or told == sentences
    assert len(told) >= (4 if language == "ar" else 1)


def test_paragraphs_that_are_kept_make_the_passages():
    paragraphs = [Paragraph("a"), Paragraph("b", begins=False), Paragraph("c", is_kept=False)]
    text = imports.text_of([*paragraphs, Paragraph(" d\n\ne ")])

    assert text == "a\nb\n\nd\n\ne"
    assert imports.text_of([Paragraph("a", begins=False)]) == "a"


def test_short_paragraphs_are_put_together():
    long, short = Paragraph("word " * 120), Paragraph("word " * 40)
    found = imports.gathered(
        [short, short, short, short, long, Paragraph("x", is_kept=False), short]
    )

    assert [p.begins for p in found] == [True, False, False, True, False, True, True]


def test_a_file_of_each_kind_is_read(in_app):
    for files in ({"a.docx": word("One word. Two.")}, {"a.md": b"# A\n\nOne word. Two."}):
        proposal = imports.propose(files, Hints("en"))
        assert "One word. Two." in [block.text for block in proposal.blocks]
    annotated = imports.propose(sample("brat"), Hints("en"))
    assert annotated.document
    assert not annotated.blocks


def test_a_document_that_was_tampered_with_is_refused(in_app):
    for document in ("{}", "[", '{"format": "quizgame-article/1", "id": "x"}'):
        with pytest.raises(ContentError):
            imports.of_document(source(), document)


# finding again


def test_articles_are_listed_once_with_their_newest_version(in_either):
    marie, paul = make_user("marie"), make_user("paul")
    first = imports.keep(marie, composed("One.", about()), now=NOW)
    imports.keep(marie, composed("Two.", about()), now=NOW)
    theirs = imports.keep(paul, composed("Three.", about()), now=NOW)
    gone = imports.keep(marie, composed("Four.", about()), now=NOW)
    versions.add_version(marie, first, 1, "One and a half.", now=NOW)
    articles.remove(marie, gone, now=NOW)
    begin_write()
    db.session.add(
        ArticleShare(article_public_id=theirs, user_id=marie, role="editor", made_at=NOW)
    )
    db.session.add(
        ArticleShare(article_public_id=gone, user_id=paul, role="annotator", made_at=NOW)
    )
    db.session.commit()

    listed = articles.articles_of(marie)

    assert [(i.row.version, i.versions, i.is_own) for i in listed if i.row.public_id == first] == [
        (2, 2, True)
    ]
    assert [i.is_own for i in listed if i.row.public_id == theirs] == [False]
    assert len(listed) == 3
    assert [i.row.public_id for i in articles.articles_of(paul)] == [theirs]


def test_the_same_text_is_found_among_what_one_may_see(in_either):
    marie, paul = make_user("marie"), make_user("paul")
    made = composed("One. Two.", about())
    id_ = imports.keep(marie, made, now=NOW)

    assert [row.public_id for row in articles.same_texts(marie, made.passages)] == [id_]
    assert articles.same_texts(paul, made.passages) == []
    assert articles.same_texts(marie, composed("One. Three.", about()).passages) == []


def test_a_link_keeps_its_host_in_ascii(in_app):
    marie = make_user()
    made = imports.composed_of(source(url="https://аpple.example/ü?a=b"), "One.")

    row = articles.get_own(marie, imports.keep(marie, made, now=NOW))

    assert row.document.source.url == "https://xn--pple-43d.example/ü?a=b"
