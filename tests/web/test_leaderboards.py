import pytest
from build import NOW
from databases import close, make_app
from playing import new_player

from quizgame.models.base import begin_write, db
from quizgame.services import leaderboards, quizzes


@pytest.fixture
def crowd(app):
    """A hundred and thirty players on the board of all sets, in nines with equal points."""
    with app.app_context():
        for n in range(130):
            player = new_player()
            leaderboards.add_points(begin_write(), player, ["all"], 100 * (n // 9))
            db.session.commit()


def rows(page):
    return [[cell.text for cell in row.select("td, th")] for row in page.select(".board tbody tr")]


@pytest.mark.parametrize("scope", ["nowhere", "ALL", "1", "all@2026-W01", "0"])
def test_a_board_that_is_not_there_is_not_found(student, scope):
    assert student.get(f"/leaderboards/{scope}").status == 404


def test_an_empty_board_says_so(student):
    assert "Nobody stands here yet" in student.get("/leaderboards/all").text
    assert "You are not on this board yet" in student.get("/leaderboards/starter").text


def test_a_board_is_walked_fifty_by_fifty(student, crowd):
    page, found = student.get("/leaderboards/all"), []
    while True:
        found += rows(page)
        following = page.select_one('[rel="next"]')
        if following is None:
            break
        page = student.get(following["href"])

    assert len(found) == 130
    assert [row[0] for row in found[:5]] == ["1", "1", "1", "1", "5"]
    assert [float(row[2]) for row in found] == sorted((n // 9 for n in range(130)), reverse=True)


def test_you_are_told_where_you_stand_on_every_page(student, crowd):
    student.lock(student.start("find-the-bias"))

    page = student.get("/leaderboards/all")
    assert "You are here: place 122 of 131" in page.select_one(".you-are-here").text
    assert not page.select("tr.is-you")

    [around] = [a["href"] for a in page.select(".pager a") if a.text == "Around me"]
    assert student.get(around).select_one("tr.is-you .tag").text == "you"


def test_a_board_shows_places_names_and_points_and_nothing_else(app, student, other):
    student.lock(student.start("find-the-bias"))
    page = other.get("/leaderboards/all")

    [[place, name, points]] = rows(page)

    assert (place, points) == ("1", "0")
    with app.app_context():
        assert name in {p.name for p in db.session.query(leaderboards.Player)}
    assert not page.select(".board tbody a, .board tbody [data-id]")


def test_this_week_is_a_board_of_its_own(app, student):
    with app.app_context():
        quiz = quizzes.get_quiz("find-the-bias")
        old = leaderboards.boards_of(quiz.id, True, leaderboards.week_of(NOW.replace(year=2020)))
        player = new_player()
        leaderboards.add_points(begin_write(), player, old, 500)
        db.session.commit()
    student.lock(student.start("find-the-bias"))

    assert len(rows(student.get("/leaderboards/find-the-bias"))) == 2
    assert len(rows(student.get("/leaderboards/find-the-bias?when=week"))) == 1


def test_the_week_is_that_of_the_servers_time_zone(data_dir):
    app = make_app(data_dir, TIMEZONE="Pacific/Kiritimati")
    with app.test_request_context():
        from quizgame.web import access

        assert access.now().utcoffset().total_seconds() == 14 * 60 * 60
    close(app)


@pytest.mark.parametrize("cursor", ["x", "-1", "1-1-1", "9" * 3000, "1-", "%00", "you"])
def test_a_cursor_that_is_none_shows_the_top(student, crowd, cursor):
    page = student.get(f"/leaderboards/all?from={cursor}&when=never")

    assert page.status == 200
    assert rows(page)[0][0] == "1"
