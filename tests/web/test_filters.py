"""Sentences of the floors below, with values in them, in the reader's language."""

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask_babel import force_locale
from importing import read, sample

from quizgame.domain.errors import Sentence
from quizgame.web.filters import said

WORDS = "left out: columns (%(names)s)"


def speak_spanish(app, folder):
    catalogue = Catalog(locale="es")
    catalogue.add(WORDS, "sin columnas (%(names)s)")
    target = folder / "es" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    app.extensions["babel"].translation_directories.append(str(folder))


def test_a_sentence_reads_as_english_and_keeps_its_parts():
    sentence = Sentence(WORDS, names="mood, 100 %")

    assert sentence == "left out: columns (mood, 100 %)"
    assert (sentence.words, sentence.values) == (WORDS, {"names": "mood, 100 %"})


def test_it_is_said_in_the_readers_language_with_its_values(app, tmp_path):
    speak_spanish(app, tmp_path / "more")
    sentence = Sentence(WORDS, names="mood, %(x)s, 100 %")

    with app.test_request_context():
        english = said(sentence)
        with force_locale("es"):
            spanish = said(sentence)
            plain = said("100 % plain words")

    assert english == sentence
    assert spanish == "sin columnas (mood, %(x)s, 100 %)"
    assert plain == "100 % plain words"


def test_what_importers_tell_can_be_said_in_any_language():
    notes = [note for id_ in ("spreadsheet", "brat") for note in read(id_, sample(id_)).notes]

    assert notes
    assert all(isinstance(note, Sentence) for note in notes)
