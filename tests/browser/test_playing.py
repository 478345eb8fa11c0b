"""Each seed set's first rounds, by mouse, by keys, by finger, and without JavaScript."""

import pytest
from browser import key
from browser.hands import HANDS, NOTHING, Mouse, NoScript, button, marks, ready
from playwright.sync_api import expect

from quizgame.domain.items import Round


@pytest.mark.parametrize("quiz", key.SETS)
@pytest.mark.parametrize("hand", HANDS)
def test_first_rounds_are_played_perfectly(arrive, hand, quiz):
    page = arrive(**hand.browser)
    page.goto(f"/quizzes/{quiz}")
    player = hand(page)
    player.press(button(page, "Start"))

    rounds = key.rounds(quiz)
    played = rounds if quiz == "starter" else rounds[: 3 if quiz == "mixed-dozen" else 2]
    for round_ in played:
        answer(player, round_)
        player.press(button(page, "Lock in"))
        expect(page.locator("main > .stamp")).to_have_text(key.stamp(round_))
        player.press(page.locator(".actions a"))

    if quiz == "starter":
        expect(page.locator(".total")).to_have_text("500 of 500")


def answer(player: Mouse, round_: Round) -> None:
    """Answer a round rightly, with the reasons that it asks for."""
    page = player.page
    expect(page.locator(".progress")).to_contain_text(f"Round {round_.number} of")
    if not isinstance(player, NoScript):
        ready(page)
    if round_.kind == "name_the_technique":
        return player.name(key.name(round_))
    runs = key.problems(round_)
    if not runs:
        return player.press(page.get_by_label(NOTHING))
    for run in runs:
        player.mark(run)
    if isinstance(player, NoScript):
        player.press(button(page, "Save"))
    expect(page.locator(".chosen-list li")).to_have_count(len(runs))
    assert marks(page) == [run.quote for run in runs]
    if round_.item.options:
        for run in runs:
            player.choose(page.locator(f'[name="reason-{run.values[0]}"]'), run.reason)
    return None
