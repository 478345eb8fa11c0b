"""New versions of an article by their pages: nothing is lost, and nothing is guessed."""

import csv
import io

import pytest
from importing import sample
from page import Page
from probing import csrf, post
from web.test_articles import TEXT, flashes, kept, send, upload


def change(visitor, page, text, version=1):
    """Change the text of an article; return what comes of it."""
    data = {"csrf_token": csrf(visitor.client), "text": text}
    path = f"{page.path}/versions/{version}/change"
    return Page(visitor.client.post(path, data=data, follow_redirects=True))


def annotated(visitor):
    """An article that came with annotations."""
    page = send(visitor, upload(visitor, sample("web_annotation")), title="The bus")
    assert page.path.startswith("/articles/")
    return page


def text_of(visitor, page, version=1):
    area = visitor.get(f"{page.path}/versions/{version}/change").select_one("textarea")
    return area.text.removeprefix("\n")


def found(visitor, page, version):
    """What an export says was found: words by id."""
    path = f"{page.path}/versions/{version}/files/spreadsheet"
    table = visitor.client.get(path).get_data().decode("utf-8-sig")

    return {row["id"]: row["quote"] for row in csv.DictReader(io.StringIO(table)) if row["id"]}


def test_a_text_that_does_not_differ_makes_no_version(teacher):
    page = kept(teacher)
    for text in (text_of(teacher, page), text_of(teacher, page).replace("\n", "\r\n") + "\n\n"):
        again = change(teacher, page, text)

        assert again.status == 422
        assert "Nothing differs" in flashes(again)
    assert teacher.get(f"{page.path}/versions/2").status == 404


@pytest.mark.parametrize("text", ["", " \n\n ", "x" * 1_000_001, "a" + "\u0301" * 40])
def test_a_text_that_will_not_do_is_shown_again(teacher, text):
    page = change(teacher, kept(teacher), text)

    assert page.status == 422
    assert page.select_one(".is-error")


def test_a_version_begins_at_the_newest(teacher):
    page = kept(teacher)
    change(teacher, page, TEXT + "\n\nMore.")

    late = change(teacher, page, TEXT + "\n\nOther.", version=1)

    assert late.status == 422
    assert "newer version" in flashes(late)
    assert "Other." not in teacher.get(page.path).text


def test_nobody_else_makes_a_version(teacher, colleague):
    page = kept(teacher)

    assert post(colleague.client, f"{page.path}/versions/1/change", text="x").status_code == 404
    assert (
        post(colleague.client, f"{page.path}/versions/1/loose", key="", place="").status_code == 404
    )


def test_a_new_version_keeps_the_old_one(teacher):
    page = kept(teacher)

    new = change(teacher, page, "Another text.\n\nWith two passages.")

    assert new.path == page.path
    assert [p.text for p in new.select(".passage")] == ["Another text.", "With two passages."]
    old = teacher.get(f"{page.path}/versions/1")
    assert [p.text for p in old.select(".passage")] == TEXT.split("\n\n")[1:]
    assert "newer one" in flashes(old)


def test_what_was_found_is_carried_over_where_its_words_are_the_same(teacher):
    page = annotated(teacher)
    before = found(teacher, page, 1)
    assert len(before) >= 3

    new = change(teacher, page, "A new beginning.\n\n" + text_of(teacher, page))

    assert found(teacher, new, 2) == before
    assert not new.select('a[href$="/loose"]')


def test_what_has_no_certain_place_is_listed_until_somebody_decides(teacher):
    page = annotated(teacher)
    before = found(teacher, page, 1)
    id_, quote = next((i, q) for i, q in before.items() if text_of(teacher, page).count(q) == 1)
    text = text_of(teacher, page).replace(quote, f"so to say {quote} as it were")

    loose = change(teacher, page, text)
    assert loose.path.endswith("/versions/2/loose")
    assert quote in [mark.text for mark in loose.select(".panel > .place mark")]
    assert id_ not in found(teacher, page, 2)

    form = next(
        f for f in loose.select("li form") if f.parent.select_one(".place mark").text == quote
    )
    [place] = [r["value"] for r in form.select("input[type=radio]") if r["value"]]
    data = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    teacher.client.post(form["action"], data={**data, "place": place})

    assert found(teacher, page, 2)[id_] == quote
    rest = teacher.get(loose.path)
    assert quote not in [mark.text for mark in rest.select(".panel > .place mark")]


def test_what_is_left_out_is_asked_about_no_more(teacher):
    page = annotated(teacher)
    loose = change(teacher, page, "Something else altogether.")
    count = len(loose.select("li form"))
    assert count == len(found(teacher, page, 1))
    assert "nowhere" in loose.text

    for left in range(count, 0, -1):
        loose = teacher.get(loose.path)
        forms = loose.select("li form")
        assert len(forms) == left
        data = {i["name"]: i["value"] for i in forms[0].select("input[type=hidden]")}
        teacher.client.post(forms[0]["action"], data={**data, "place": ""})

    assert "has its place" in teacher.get(loose.path).text
    assert found(teacher, page, 1)


@pytest.mark.parametrize("place", ["0:0-1", "9:0-4", "x", "0:4-2", "0:0-99999999", "-1:0-2"])
def test_no_other_place_is_taken(teacher, place):
    page = annotated(teacher)
    loose = change(teacher, page, "Something else altogether.")
    key = loose.select_one("li form input[name=key]")["value"]

    answer = post(teacher.client, loose.path, key=key, place=place)

    assert answer.status_code in {303, 400}
    assert found(teacher, page, 2) == {}


def test_the_text_can_come_from_a_file_and_is_shown_first(teacher):
    page = kept(teacher)
    path = f"{page.path}/versions/1/change"

    def sent(**more):
        return {"csrf_token": csrf(teacher.client), "text": "kept", **more}

    file = (io.BytesIO(b"One sentence.\n\nAnother one."), "a.txt")
    shown = Page(teacher.client.post(path, data=sent(file=file)))
    assert shown.select_one("textarea").text.strip() == "One sentence.\n\nAnother one."
    assert teacher.get(f"{page.path}/versions/2").status == 404

    refused = Page(teacher.client.post(path, data=sent(file=(io.BytesIO(b"PK"), "a.docx"))))
    assert refused.status == 422
    assert "kept" in refused.select_one("textarea").text
    assert teacher.client.post(path, data=sent(owner="1")).status_code == 400
