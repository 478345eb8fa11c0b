"""Playing through the pages: start, mark, save, lock, reveal, summary."""

import build
import pytest
from probing import contents, play_id, post

NOT_YET = "There is no such round, or it is not its turn yet."


@pytest.fixture
def herons(app):
    """A set of every kind of round about herons."""
    text = "The heron is sadly the finest bird. It eats fish. It reads books. Everyone loves it."
    slant = {"layer": "bias", "category": "loaded_language", "verdict": "opinion"}
    about = build.article(
        build.passage("P0", text, build.problem(text, "reads books", "A1")),
        build.passage("P1", text, build.problem(text, "sadly", "A2", **slant)),
        build.passage(
            "P2",
            text,
            build.problem(text, "finest", "A3", **{**slant, "category": "flag_waving"}),
        ),
    )
    names = ("loaded_language", "flag_waving", "slogans", "euphemism")
    plan = build.draft(
        build.marking("P0", reasons="error"),
        build.marking("P1", kind="find_the_bias"),
        build.naming("A2", *names),
        build.naming("A3", *names),
    )
    with app.app_context():
        return build.publish(plan, about)


def go_on(visitor, reveal):
    return visitor.get(reveal.select_one(".actions a")["href"])


def test_a_student_plays_a_set_of_every_kind_to_its_summary(student, herons):
    page = student.start(herons)
    reason = f"reason-{page.boxes()['reads']}"
    reveal = student.lock(page, "reads", "books", **{reason: "factual_error"})
    assert "Caught 1 of 1" in reveal.text
    assert "It is not so." in reveal.text
    reveal = student.lock(go_on(student, reveal), "eats")
    assert "Caught 0 of 1" in reveal.text
    reveal = student.send(go_on(student, reveal), name="loaded_language", do="lock")
    assert "+100" in reveal.select_one(".round-points").text
    reveal = student.send(go_on(student, reveal), name="", do="lock")

    page = go_on(student, reveal)

    assert page.select_one(".total-points").text == "166.67"
    assert "stands on the board" in page.text
    assert len(page.select(".ledger tbody tr")) == 4


def test_a_clean_round_that_is_let_stand_is_praised(app, student):
    with app.app_context():
        about = build.article(build.herons("P0", wrong=()), build.herons("P1"))
        build.publish(build.draft(build.marking("P0"), build.marking("P1")), about)

    reveal = student.lock(student.start("herons"))

    assert "Well judged" in reveal.text
    assert reveal.select_one(".round-points").text.split()[0] == "0"


def test_what_is_saved_is_there_after_a_reload(student, herons):
    page = student.start(herons)
    student.send(page, words=page.values("reads", "books"), do="save")

    page = student.get(page.path)

    ticked = [box["aria-label"] for box in page.select('input[name="words"][checked]')]
    assert ticked == ["reads", "books"]
    assert [mark.q.text for mark in page.select(".chosen-list li")] == ["reads books"]


def test_a_reason_that_was_saved_is_there_after_a_reload(student, herons):
    page = student.start(herons)
    reason = f"reason-{page.boxes()['reads']}"
    fields = {"words": page.values("reads"), reason: "wrong_cause", "do": "save"}
    student.send(page, **fields)

    page = student.get(page.path)

    assert page.select_one(".chosen-list option[selected]")["value"] == "wrong_cause"


def test_a_script_that_saves_is_told_the_rev_and_nothing_else(student, herons):
    page = student.start(herons)
    fields = {"rev": "1", "do": "save", "words": page.values("reads")}
    json = {"Accept": "application/json"}

    answer = post(student.client, page.path, headers=json, **fields)

    assert answer.json == {"saved": True, "rev": 1}


def test_an_answer_that_says_nothing_is_sent_back_with_a_hint(student, herons):
    page = student.send(student.start(herons), do="lock")

    assert page.status == 422
    assert "Mark at least one word" in page.select_one('[role="alert"]').text


def test_marks_and_nothing_wrong_together_are_sent_back_as_they_were(student, herons):
    page = student.start(herons)

    page = student.send(page, words=page.values("reads"), nothing="1", do="lock")

    assert page.status == 422
    assert "Take one of the two back" in page.text
    ticked = [box["aria-label"] for box in page.select('input[name="words"][checked]')]
    assert ticked == ["reads"]


def test_a_script_is_told_what_is_wrong_in_words(student, herons):
    page = student.start(herons)
    fields = {"rev": "1", "do": "save", "words": "9:9-9"}

    answer = post(student.client, page.path, headers={"Accept": "application/json"}, **fields)

    assert answer.status_code == 422
    assert answer.json["saved"] is False
    assert answer.json["errors"] == ["That is not a word of this text. Reload the page."]


def test_two_tabs_do_not_overwrite_each_other_unseen(student, herons):
    old = student.start(herons)
    new = student.get(old.path)
    student.send(new, words=new.values("reads"), do="save")
    student.send(student.get(old.path), words=new.values("books"), do="save")

    page = student.send(old, words=old.values("fish"), do="save")

    assert page.status == 409
    assert "another tab" in page.text
    ticked = student.get(old.path).select('input[name="words"][checked]')
    assert [box["aria-label"] for box in ticked] == ["books"]


def test_starting_again_comes_back_to_the_round_whose_turn_it_is(student, herons):
    student.lock(student.start(herons))

    assert student.start(herons).path.endswith("/rounds/2")


def test_a_play_leads_to_the_round_whose_turn_it_is(student, herons):
    play = play_id(student, herons)
    student.lock(student.get(f"/plays/{play}"))

    assert student.get(f"/plays/{play}").path.endswith("/rounds/2")


def test_a_locked_round_shows_its_reveal(student, herons):
    page = student.start(herons)
    reveal = student.lock(page)

    assert student.get(page.path).path == reveal.path


@pytest.mark.parametrize("number", [2, 3, 4, 5, 99, 10**15])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_later_round_looks_like_one_that_is_not_there(student, herons, number, accept):
    play = play_id(student, herons)
    client, headers = student.client, {"Accept": accept}
    path, unknown = f"/plays/{play}/rounds/{number}", f"/plays/{play}/rounds/77"
    fields = {"rev": "1", "nothing": "1", "headers": headers}

    asked = [client.get(path, headers=headers), client.get(f"{path}/reveal", headers=headers)]
    asked += [post(client, path, do="save", **fields), post(client, path, do="lock", **fields)]

    nothing = client.get(unknown, headers=headers)
    assert [(a.status_code, a.data) for a in asked] == [(404, nothing.data)] * 4
    assert NOT_YET in (nothing.json["error"] if "json" in accept else nothing.text)


def test_nothing_is_revealed_before_the_lock(student, herons):
    page = student.start(herons)
    student.send(page, words=page.values("reads"), do="save")

    assert student.get(f"{page.path}/reveal").status == 404


def test_other_peoples_plays_are_not_there(app, student, other, herons):
    page = student.start(herons)
    student.lock(page)
    play = page.path.split("/")[2]
    other.start(herons)
    unknown = other.client.get("/plays/AAAAAAAAAAAAAAAA")

    paths = [f"/plays/{play}", page.path, f"{page.path}/reveal", f"/plays/{play}/rounds/2"]
    for visitor in (other, type(other)(app.test_client())):
        for path in paths:
            answer = visitor.client.get(path)
            assert (answer.status_code, answer.data) == (404, unknown.data)
        fields = {"rev": "9", "nothing": "1", "do": "lock"}
        assert post(visitor.client, paths[3], **fields).status_code == 404
        assert post(visitor.client, f"/plays/{play}/again").status_code == 404


def test_a_set_that_is_not_there_cannot_be_started_and_makes_nobody_a_player(app, student):
    before = contents(app)

    assert post(student.client, "/plays", quiz="nowhere").status_code == 404

    assert contents(app) == before
    assert student.client.get_cookie("player") is None


def test_practising_again_asks_only_what_was_missed(student, herons):
    page = student.start(herons)
    reason = f"reason-{page.boxes()['reads']}"
    page = go_on(student, student.lock(page, "reads", "books", **{reason: "factual_error"}))
    page = go_on(student, student.lock(page, "sadly"))
    page = go_on(student, student.send(page, name="slogans", do="lock"))
    summary = go_on(student, student.send(page, name="flag_waving", do="lock"))
    [form] = [f for f in summary.select("form") if "again" in f["action"]]

    answer = post(student.client, form["action"])
    page = student.get(answer.location)

    assert "Practise the round I missed" in form.text
    assert page.path.endswith("/rounds/3")
    assert "Round 1 of 1" in page.text
    assert "practice" in student.get("/desk").select_one(".plays tbody tr").text


def test_the_summary_counts_rounds_and_hides_eye_and_hand_below_the_minimum(student, herons):
    page = student.start(herons)
    for _ in range(2):
        page = go_on(student, student.lock(page))
    for _ in range(2):
        page = go_on(student, student.send(page, name="", do="lock"))

    assert page.select_one(".total-points").text == "0"
    assert "Too few decisions" in page.text
    assert page.select_one(".share-grid").text.count("\n") == 5


def test_a_total_never_shows_below_zero_and_says_why(student, herons):
    page = go_on(student, student.lock(student.start(herons), "eats"))
    page = go_on(student, student.lock(page, "reads"))
    for _ in range(2):
        page = go_on(student, student.send(page, name="", do="lock"))

    assert page.select_one(".total-points").text == "0"
    assert "More false charges than finds" in page.text


@pytest.mark.parametrize("quiz", ["starter", "spot-the-error", "find-the-bias", "mixed-dozen"])
def test_every_seed_set_can_be_played_to_its_end(student, quiz):
    page = student.start(quiz)
    for _ in range(30):
        is_choice = page.select_one('input[type="radio"]')
        reveal = student.send(page, name="", do="lock") if is_choice else student.lock(page)
        page = go_on(student, reveal)
        if page.select_one(".total-points"):
            break

    assert page.select_one(".total-points").text == "0"
    assert student.get("/desk").select_one(".plays tbody tr")
