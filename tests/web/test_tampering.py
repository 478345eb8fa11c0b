"""T-03, T-05, T-06, T-09: extra fields, clocks, replays and changes after the lock."""

from io import BytesIO

import pytest
from playing import assert_boards_are_right
from probing import contents, csrf, play_id, post

EXTRAS = ("score", "points", "correct", "elapsed_ms", "is_host", "now", "locked_at", "player_id")
LOCK = {"rev": "1", "nothing": "1", "do": "lock"}


@pytest.fixture
def play(student):
    return play_id(student, "find-the-bias")


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_field_that_is_not_asked_for_is_refused_everywhere(app, student, play, extra):
    before = contents(app)

    for path, fields in [
        (f"/plays/{play}/rounds/1", LOCK),
        (f"/plays/{play}/rounds/1", {**LOCK, "do": "save"}),
        (f"/plays/{play}/again", {}),
        ("/plays", {"quiz": "starter"}),
        ("/desk/name", {}),
        ("/desk/listed", {"listed": "no"}),
        ("/desk/code", {}),
        ("/desk/move", {"code": "AAAA-AAAA"}),
        ("/language", {"language": "en"}),
    ]:
        answer = post(student.client, path, **fields, **{extra: "100"})
        assert answer.status_code == 400, path
    assert contents(app) == before


@pytest.mark.parametrize(
    "frame",
    [
        {"do": "lock"},
        {"rev": "1"},
        {"rev": "1", "do": "win"},
        {"rev": "", "do": "lock"},
        {"rev": "0", "do": "lock"},
        {"rev": "-1", "do": "lock"},
        {"rev": "1.0", "do": "lock"},
        {"rev": "1e3", "do": "lock"},
        {"rev": "٣", "do": "lock"},
        {"rev": "²", "do": "lock"},
        {"rev": " 1", "do": "lock"},
        {"rev": "1000001", "do": "lock"},
        {"rev": "9" * 5000, "do": "lock"},
    ],
    ids=lambda frame: str(frame)[:40],
)
def test_a_frame_that_is_not_one_is_refused(app, student, play, frame):
    before = contents(app)

    answer = post(student.client, f"/plays/{play}/rounds/1", nothing="1", **frame)

    assert answer.status_code == 400
    assert contents(app) == before


def test_a_file_is_no_answer(app, student, play):
    before = contents(app)
    path = f"/plays/{play}/rounds/1"

    fields = {**LOCK, "csrf_token": csrf(student.client), "words": (BytesIO(b"x"), "x.txt")}
    answer = student.client.post(path, data=fields)

    assert answer.status_code == 400
    assert contents(app) == before


def test_a_recorded_lock_counts_once_however_often_it_is_sent(app, student, play):
    fields = {**LOCK, "csrf_token": csrf(student.client)}
    first = student.client.post(f"/plays/{play}/rounds/1", data=fields)
    before = contents(app)

    for _ in range(100):
        again = student.client.post(f"/plays/{play}/rounds/1", data=fields)
        assert (again.status_code, again.location) == (first.status_code, first.location)
    assert contents(app) == before
    with app.app_context():
        assert_boards_are_right()


def test_a_recorded_lock_does_nothing_in_another_round_or_play(app, student, other, play):
    fields = {**LOCK, "csrf_token": csrf(student.client)}
    theirs = play_id(other, "find-the-bias")
    student.client.post(f"/plays/{play}/rounds/1", data=fields)
    before = contents(app)

    for path in (f"/plays/{play}/rounds/3", f"/plays/{theirs}/rounds/1"):
        assert student.client.post(path, data=fields).status_code == 404
    assert contents(app) == before


def test_a_recorded_save_replayed_after_the_lock_is_refused(app, student, play):
    path = f"/plays/{play}/rounds/1"
    post(student.client, path, **{**LOCK, "do": "save"})
    post(student.client, path, **{**LOCK, "rev": "2"})
    before = contents(app)

    for rev in ("1", "2", "3"):
        answer = post(student.client, path, **{**LOCK, "do": "save", "rev": rev})
        assert answer.status_code == 409
        assert "locked already" in answer.text
    assert contents(app) == before


@pytest.mark.parametrize("do", ["save", "lock"])
def test_a_locked_answer_never_changes(app, student, play, do):
    page = student.get(f"/plays/{play}")
    box = next(iter(page.boxes().values()))
    student.lock(page)
    before = contents(app)

    for rev in ("1", "2", "500", "1000000"):
        fields = {"rev": rev, "words": box, "do": do}
        assert post(student.client, f"/plays/{play}/rounds/1", **fields).status_code == 409
    assert contents(app) == before


def test_a_locked_answer_does_not_change_after_the_end_either(app, student):
    play = play_id(student)
    for number in range(1, 6):
        post(student.client, f"/plays/{play}/rounds/{number}", **LOCK)
    assert student.get(f"/plays/{play}").select_one(".total-points")
    box = next(iter(student.get("/plays/" + play_id(student)).boxes().values()))
    before = contents(app)

    fields = {"rev": "9", "words": box, "do": "lock"}
    assert post(student.client, f"/plays/{play}/rounds/1", **fields).status_code == 409
    assert contents(app) == before


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_the_clock_of_the_client_decides_nothing(app, student, play, date):
    headers = {"Date": date, "If-Modified-Since": date, "If-Unmodified-Since": date}
    with app.app_context():
        earlier = contents(app)

    answer = post(student.client, f"/plays/{play}/rounds/1", headers=headers, **LOCK)

    assert answer.status_code == 303
    assert contents(app) != earlier
    assert not any(year in contents(app) for year in ("1970", "9999"))
