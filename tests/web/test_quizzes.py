import pytest

from quizgame.models.base import db
from quizgame.models.quizzes import QuizSet


@pytest.mark.parametrize(
    "path", ["/quizzes/nowhere", "/quizzes/STARTER", "/quizzes/starter/", "/x"]
)
def test_what_is_not_there_is_told_kindly(student, path):
    page = student.get(path)

    assert page.status == 404
    assert page.h1.text == "Returned to the desk"
    assert page.select_one('[role="alert"]').text.strip()


def test_the_front_page_leads_to_the_first_passage_in_two_taps(student):
    page = student.get("/")
    [tap] = [a for a in page.select("a") if a.text == "Practise"]
    page = student.get(tap["href"])
    page = student.send(page)

    assert page.boxes()
    assert page.path.endswith("/rounds/1")


def test_the_sets_are_listed_with_their_length_and_kind(student):
    page = student.get("/quizzes")

    cards = [card.text for card in page.select(".set-card")]
    assert len(cards) == 4
    assert all("round" in card and "min" in card for card in cards)
    assert sum("ranked" in card for card in cards) >= 2


def test_a_set_shows_what_it_pays_and_costs_before_it_begins(student):
    page = student.get("/quizzes/spot-the-error")

    prices = [price.text for price in page.select(".price-list dd")]
    assert len(prices) == 2
    assert prices[0].startswith("+")
    assert prices[1].startswith("−")


def test_a_mixed_set_tells_the_price_of_names_too(student):
    page = student.get("/quizzes/mixed-dozen")

    prices = {term.text: term.find_next("dd").text for term in page.select(".price-list dt")}
    assert len(prices) == 5
    assert [price for term, price in prices.items() if "unsure" in term] == ["0"]


def test_a_set_under_way_offers_to_go_on(student):
    student.start("starter")

    assert "Go on" in [button.text for button in student.get("/quizzes/starter").select("button")]


def test_without_sets_the_front_page_says_so(app, student):
    with app.app_context():
        db.session.query(QuizSet).update({"withdrawn_at": QuizSet.published_at})
        db.session.commit()

    assert "no sets yet" in student.get("/").text
    assert "no sets yet" in student.get("/quizzes").text
