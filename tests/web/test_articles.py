"""Articles by their pages: brought in, looked at, described, changed, taken out, removed."""

import io
import json

import pytest
from build import passage, problem
from importing import sample
from page import Page
from people import fill
from probing import csrf
from works import make_category, make_set

from quizgame.formats import FORMATS

TEXT = """The late bus

The bus was late again on Monday, and the drivers said that the plan was wrong.

Mr. Smith of the town said it was "the worst plan ever". Nobody asked the passengers."""


def paste(visitor, text=TEXT, kind="plain_text"):
    """Paste a text; return the proposal."""
    data = {"csrf_token": csrf(visitor.client), "text": text, "kind": kind}
    return Page(visitor.client.post("/imports", data=data))


def upload(visitor, files, format_id=""):
    """Upload files; return the proposal."""
    sent = [(io.BytesIO(data), name) for name, data in files.items()]
    data = {"csrf_token": csrf(visitor.client), "format": format_id, "files": sent}
    return Page(visitor.client.post("/imports/file", data=data))


def proposal(page):
    """The fields of a proposal, as a browser would send them."""
    form = page.select_one("form.preview")
    data = {}
    for field in form.select("input[type=hidden], input:not([type]), input[type=text]"):
        data.setdefault(field["name"], []).append(field.get("value", ""))
    for box in form.select("input[type=checkbox][checked]"):
        data.setdefault(box["name"], []).append(box["value"])
    for area in form.select("textarea"):
        data.setdefault(area["name"], []).append(area.text.removeprefix("\n"))
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        data[select["name"]] = [chosen["value"]]
    return data


def send(visitor, page, do="keep", **fields):
    """Send a proposal on, with other values in some of its fields."""
    data = {**proposal(page), "do": do, **fields}
    answer = visitor.client.post(
        "/imports/preview", data=data, content_type="multipart/form-data", follow_redirects=True
    )
    return Page(answer)


def kept(visitor, text=TEXT, **fields):
    """Import a text; return the article's page."""
    page = send(visitor, paste(visitor, text), **fields)
    assert page.path.startswith("/articles/"), page.select(".flash")
    return page


def flashes(page):
    return " ".join(found.get_text(" ") for found in page.select(".flash, .notice"))


# refusals first


@pytest.mark.parametrize("text", ["", "   \n\n ", "\u00a0", "..."])
def test_nothing_is_no_article(teacher, text):
    page = paste(teacher, text)

    assert page.status in {200, 422}
    if page.status == 200:
        assert send(teacher, page, kept=[]).status == 422


def test_an_article_needs_a_title(teacher):
    page = send(teacher, paste(teacher), title="  ")

    assert page.status == 422
    assert "title" in flashes(page)
    assert page.select_one("textarea[name=text]").text.strip() == "The late bus"


def test_a_foreign_article_is_as_if_it_were_not_there(teacher, colleague):
    path = kept(teacher).path

    for end in ("", "/versions/1", "/remove", "/versions/1/about", "/versions/1/change"):
        assert colleague.client.get(f"{path}{end}").status_code == 404
    assert colleague.client.get(f"{path}/versions/1/files/ptc").status_code == 404
    data = {"csrf_token": csrf(colleague.client)}
    assert colleague.client.post(f"{path}/remove", data=data).status_code == 404
    assert teacher.get(path).status == 200


# the way in


def test_a_pasted_text_becomes_an_article(teacher):
    page = paste(teacher)
    assert page.select_one("input[name=title]")["value"] == "The late bus"

    page = send(teacher, page)

    assert page.h1.text == "The late bus"
    assert [p.text for p in page.select(".passage")] == TEXT.split("\n\n")[1:]
    assert page.select_one('a[href^="/annotations/"]')


def test_what_is_unticked_is_left_out(teacher):
    page = send(teacher, paste(teacher), kept=["1"])

    assert [p.text for p in page.select(".passage")] == TEXT.split("\n\n")[1:2]


def test_a_paragraph_can_go_on_with_the_passage_before(teacher):
    page = send(teacher, paste(teacher), begins=["1"])

    [passage] = page.select(".passage")
    assert passage.text == "\n".join(TEXT.split("\n\n")[1:])


def test_a_blank_line_begins_a_passage(teacher):
    texts = ["The late bus", "One sentence here.\r\n\r\nAnother one here.", ""]
    page = send(teacher, paste(teacher), text=texts)

    assert [p.text for p in page.select(".passage")] == ["One sentence here.", "Another one here."]


@pytest.mark.parametrize("id_", ["ptc", "brat", "doccano", "label_studio", "spreadsheet"])
def test_an_annotated_file_brings_its_annotations(teacher, id_):
    page = upload(teacher, sample(id_))
    assert page.status == 200, flashes(page)

    page = send(teacher, page, title="Brought in")

    assert page.h1.text == "Brought in"
    assert "annotation" in page.select_one("#found").find_next("p").text
    assert not page.select_one("#found").find_next("p").text.startswith("0")


def test_json_that_is_no_article_names_the_place(teacher):
    page = upload(teacher, {"a.json": json.dumps({"format": "quizgame-article/1"}).encode()})

    assert page.status == 422
    assert "article" in flashes(page)


# afterwards


def test_what_is_said_can_be_changed_and_the_text_cannot(teacher):
    page = kept(teacher)
    about = teacher.get(f"{page.path}/versions/1/about")

    page = fill(teacher, about, "/about", title="The early bus", licence="CC BY 4.0")

    assert page.h1.text == "The early bus"
    assert "CC BY 4.0" in page.text
    assert [p.text for p in page.select(".passage")] == TEXT.split("\n\n")[1:]


def test_an_article_is_removed_once_that_is_confirmed(teacher):
    path = kept(teacher).path
    page = teacher.get(f"{path}/remove")
    assert teacher.get(path).status == 200

    page = fill(teacher, page, "/remove")

    assert "removed" in flashes(page)
    assert teacher.get(path).status == 404
    assert "The late bus" not in teacher.get("/articles").text


def test_the_same_text_is_noticed_and_may_be_kept_again(teacher, colleague):
    first = kept(teacher)

    again = paste(teacher)
    assert again.select_one(f'.notice a[href^="{first.path}"]')
    assert not paste(colleague).select(".notice")

    assert send(teacher, again).path != first.path


def test_every_export_takes_the_categories_of_teachers(app, teacher):
    with app.app_context():
        own = make_category("marie")
        problems = [problem("Herons eat fish. All.", "All", "A1", layer="bias", category=own)]
        make_set("marie", passage("P0", "Herons eat fish. All.", *problems))

    for format_id in FORMATS:
        if FORMATS[format_id].write:
            path = f"/articles/late-bus/versions/1/files/{format_id}"
            assert teacher.client.get(path).status_code == 200, format_id
