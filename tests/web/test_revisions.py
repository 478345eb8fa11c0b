"""History, undo and redo by pages; and what is typed comes out as text everywhere."""

import pytest
from build import NOW, passage
from editing import WHOLE, annotate, choose, found, send
from payloads import XSS
from probing import contents, csrf
from works import BLIND, add_set, make_set, own, share, store_article, user_id

from quizgame.domain.lettering import plays_tricks
from quizgame.services import categories

TEXT = "Heron 0 ate apple0 today. Heron 1 slept."


@pytest.fixture
def key(app, teacher):
    with app.app_context():
        return make_set("marie", passage("P0", TEXT))


def test_there_is_nothing_to_undo_at_first(teacher, key):
    page = teacher.get(f"/annotations/{key}/passages/0")
    assert [b.has_attr("disabled") for b in page.select("[data-step]")] == [True, True]

    assert "nothing to undo" in send(teacher, page, "form[action$='/undo']").text
    assert "nothing to redo" in send(teacher, page, "form[action$='/redo']").text
    history = teacher.get(f"/annotations/{key}/passages/0/history")
    assert "Nothing has changed" in history.text


def test_steps_are_undone_redone_and_brought_back(teacher, key):
    page = annotate(teacher, key, "apple0")
    page = send(teacher, page, "form[action$='/undo']")
    assert found(page) == []
    page = send(teacher, page, "form[action$='/redo']")
    assert len(found(page)) == 1
    history = teacher.get(f"/annotations/{key}/passages/0/history")
    assert len(history.select(".history > li")) == 3
    assert "Marie" in history.select_one(".history").text

    page = send(teacher, history, "form:has([value='0'][name=restored])")
    assert found(page) == []


@pytest.mark.parametrize("fields", [{"rev": "x"}, {"rev": None}, {"restored": "-1"}, {"id": "1"}])
def test_fields_that_make_no_sense_are_refused(app, teacher, key, fields):
    annotate(teacher, key, "apple0")
    token = csrf(teacher.client)
    before = contents(app)
    data = {"csrf_token": token, "rev": "1", "restored": "0", **fields}
    sent = {name: value for name, value in data.items() if value is not None}
    answer = teacher.client.post(f"/annotations/{key}/passages/0/restore", data=sent)

    assert answer.status_code == 400
    assert contents(app) == before


def test_a_preview_is_a_round_without_its_key(teacher, key):
    annotate(teacher, key, "apple0", why="The secret reason.")
    for kind in ("", "?kind=spot_the_error", "?kind=find_the_bias"):
        page = teacher.get(f"/annotations/{key}/passages/0/preview{kind}")
        assert len(page.boxes()) == 7
        for secret in ("The secret reason", "a fish", "Timetable", "line is-"):
            assert secret not in str(page)
    assert teacher.get(f"/annotations/{key}/passages/0/preview?kind=poem").status == 400


def test_a_clean_copy_shows_no_finds_and_a_layer_only_its_own(teacher, key):
    annotate(teacher, key, "apple0")
    path = f"/annotations/{key}"
    for page in (teacher.get(f"{path}?view=clean"), teacher.get(f"{path}/passages/0?view=clean")):
        assert not page.select(".proof .line")
        assert TEXT in page.select_one(".proof").text
    assert found(teacher.get(f"{path}/passages/0?show=bias")) == []
    assert len(found(teacher.get(f"{path}/passages/0?show=error"))) == 1
    assert "Nothing of this layer" in teacher.get(f"{path}?show=bias").text
    assert len(teacher.get(f"{path}?show=<b>").select(".passages > li")) == 1


def test_a_blind_annotator_sees_nothing_of_the_key_and_says_when_finished(app, teacher):
    with app.app_context():
        version = store_article("rosa", passage("P0", TEXT))
        add_set(version, "rosa", "gold")
        share("marie", "annotator")
        blind = add_set(version, "marie", BLIND)
    page = annotate(teacher, blind, "apple0")
    assert not page.select(".lint")
    page = teacher.get(f"/annotations/{blind}")
    assert "blind" in page.text
    page = send(teacher, page, "form[action$='/finish']")
    assert "Thank you" in page.text
    closed = teacher.get(f"/annotations/{blind}/passages/0")
    assert not closed.select(".chooser, [data-step]")

    choice = choose(teacher, blind, "slept")
    assert not choice.select("#find")
    page = send(teacher, page, "form[action$='/reopen']")
    assert page.select("form[action$='/finish']")


def test_the_key_cannot_be_finished(teacher, key):
    token = csrf(teacher.client)
    answer = teacher.client.post(f"/annotations/{key}/finish", data={"csrf_token": token})

    assert answer.status_code == 404


@pytest.mark.parametrize("payload", XSS)
def test_whatever_is_typed_comes_out_as_text(app, teacher, key, payload):
    with app.app_context():
        marie = user_id("marie")
        label = "Odd" if plays_tricks(payload) else payload[:60]
        made = own(label=label, question=payload, made_up=payload)
        id_ = categories.add_category(marie, made, False, now=NOW)
    texts = dict.fromkeys(("why", "correction", "check"), payload)
    rows = {name: payload for name in WHOLE if name.startswith("evidence-0-")}
    rows["evidence-0-year"] = payload[:40]
    page = annotate(teacher, key, "apple0", **texts, **rows, category=id_)
    path = page.select_one(".finds a")["href"].partition("#")[0]
    at = f"/annotations/{key}"
    pages = [teacher.get(p) for p in (path, at, f"{at}/passages/0/history", "/categories")]
    pages.append(send(teacher, page, "#find", do="save", rev="0"))
    assert pages[-1].status == 409

    for page in pages:
        assert len(page.select("script")) == len(page.select("head script[src]"))
        assert not page.select("iframe, img, svg, object, embed, video, base, marquee, math")
        assert not page.select("[href^='javascript'], [src*=evil], [action*=evil], [href*=evil]")
    assert payload.strip() in pages[0].select_one("[name=why]").text
