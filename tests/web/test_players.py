"""My desk: name, board or no board, and moving to another device."""

import pytest
from probing import contents, play_id, post

from quizgame.services.players import NO_SUCH_CODE


def press(visitor, label, page=None):
    """Press the button of that label on the desk."""
    page = page or visitor.get("/desk")
    [form] = [f for f in page.select("form") if f.button and f.button.text == label]
    fields = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    return visitor.client.post(form["action"], data=fields, follow_redirects=True)


def name(visitor):
    return visitor.get("/desk").select_one(".name-card").text


def code(visitor):
    page = press(visitor, "Make a code").text
    return page.split('<p class="move-code">')[1].split("<")[0]


def move(visitor, code):
    return post(visitor.client, "/desk/move", code=code)


def test_the_desk_of_nobody_makes_no_player(app, student):
    before = contents(app)

    page = student.get("/desk")

    assert "Nobody has played on this device yet" in page.text
    assert contents(app) == before


def test_a_player_can_ask_for_another_name(student):
    play_id(student)
    before = name(student)

    press(student, "New name")

    assert name(student) != before


def test_nobody_chooses_their_own_name(app, student):
    play_id(student)
    before = contents(app)

    for own in ("Teacher", "T\u0435acher", "Teacher\u200b", "\u202eadmin", "<b>x</b>"):
        assert post(student.client, "/desk/name", name=own).status_code == 400
    assert contents(app) == before


def test_a_player_can_leave_the_boards_and_come_back(student):
    student.lock(student.start("spot-the-error"))
    assert student.get("/leaderboards/all").select("tr.is-you")

    press(student, "Not on the board")
    assert not student.get("/leaderboards/all").select("tr.is-you")

    press(student, "Back on the board")
    assert student.get("/leaderboards/all").select("tr.is-you")


def test_progress_moves_to_another_device_and_leaves_the_first(student, other):
    play = play_id(student)
    mine = name(student)

    answer = move(other, code(student))

    assert answer.status_code == 303
    assert name(other) == mine
    assert other.get(f"/plays/{play}").status == 200
    assert student.get(f"/plays/{play}").status == 404
    assert "Nobody has played" in student.get("/desk").text


def test_the_old_token_is_dead_once_it_moved(app, student, other):
    play_id(student)
    old = student.client.get_cookie("player").value

    move(other, code(student))

    assert other.client.get_cookie("player").value != old
    thief = app.test_client()
    thief.set_cookie("player", old)
    assert "Nobody has played" in thief.get("/desk").text


def test_a_cookie_that_was_there_before_is_not_taken_over(student):
    student.client.set_cookie("player", "chosen-by-somebody-else")

    play_id(student)

    assert student.client.get_cookie("player").value != "chosen-by-somebody-else"


def test_what_was_played_on_the_new_device_is_left_behind(student, other):
    play_id(student)
    left = play_id(other)

    move(other, code(student))

    assert other.get(f"/plays/{left}").status == 404


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA", "K7Q", "x" * 40, "😀" * 8])
def test_a_wrong_code_is_told_and_changes_nothing(app, student, wrong):
    play_id(student)
    before = contents(app)

    answer = move(student, wrong)

    assert answer.status_code == 422
    assert NO_SUCH_CODE in answer.text
    assert contents(app) == before


def test_a_code_works_once(student, other, app):
    play_id(student)
    used = code(student)
    move(other, used)

    assert move(type(student)(app.test_client()), used).status_code == 422


def test_codes_cannot_be_tried_without_end(student):
    tried = [move(student, "AAAA-AAAA").status_code for _ in range(12)]

    assert tried[:10] == [422] * 10
    assert tried[10:] == [429] * 2


def test_the_desk_lists_what_was_played(student):
    play = play_id(student)

    row = student.get("/desk").select_one(".plays tbody tr")

    assert row.a["href"] == f"/plays/{play}"
    assert "under way" in row.text


@pytest.mark.parametrize("listed", ["", "maybe", "YES", "1"])
def test_on_or_off_the_board_is_yes_or_no(app, student, listed):
    play_id(student)
    before = contents(app)

    assert post(student.client, "/desk/listed", listed=listed).status_code == 400
    assert contents(app) == before
