"""What a reveal, a summary and the field guide tell once a round is locked."""

from browser import key, posts
from browser.hands import box, button, ready
from playwright.sync_api import Page, expect

from quizgame.services.taxonomy import get_taxonomy

LINE = "e => getComputedStyle(e).textDecorationStyle"
SIGN = "e => getComputedStyle(e, '::after').maskImage"


def reveal(page: Page, quiz: str, number: int, answer=posts.suspicious) -> Page:
    """Come to the reveal of a round; those before it are answered with nothing."""
    path = posts.play(page, quiz, posts.nothing, rounds=number - 1)
    round_ = key.rounds(quiz)[number - 1]
    posts.lock(page, path, number, answer(round_))
    page.goto(f"{path}/rounds/{number}/reveal")
    return page


def test_three_marks_differ_in_line_in_sign_and_in_word(page):
    reveal(page, "starter", 1)
    tokens = [page.locator(f".proof .is-{state}").first for state in ("caught", "missed", "stet")]

    assert [token.evaluate(LINE) for token in tokens] == ["double", "wavy", "dotted"]
    assert len({token.evaluate(SIGN) for token in tokens}) == 3
    for token, words in zip(tokens, ("caught", "missed", "stet: that was fine"), strict=True):
        expect(token).to_contain_text(f"[{words}: ")


def test_every_finding_says_what_why_and_how_to_check(page):
    finding = reveal(page, "starter", 1).locator(".finding.is-caught")

    for part in (".verdict", ".category", ".why", ".correction", ".check"):
        expect(finding.locator(part)).not_to_be_empty()
    expect(finding.locator(".evidence li").first).to_be_hidden()
    finding.locator("summary").click()
    expect(finding.locator(".evidence li").first).to_be_visible()


def test_the_translators_slip_is_told_apart(page):
    finding = reveal(page, "starter", 1).locator(".finding.is-caught")

    expect(finding.locator(".is-translator")).to_have_text(
        "The translator’s slip, not the writer’s."
    )


def test_a_fair_stretch_that_was_accused_may_stand(page):
    round_ = key.rounds("starter")[0]
    charge = reveal(page, "starter", 1).locator(".finding.is-stet").first

    expect(page.get_by_role("heading", name="Accused, but fine")).to_be_visible()
    expect(charge.locator("h3")).to_contain_text(key.fair(round_)[0].quote)
    expect(charge).to_contain_text("That was fine: let it stand.")
    expect(page.locator(".ledger .is-stet .points")).to_have_text("−50")


def test_clean_copy_that_was_let_stand_is_praised(page):
    reveal(page, "starter", 2, posts.nothing)

    expect(page.locator("main > .stamp")).to_have_text("Clean copy")
    expect(page.locator(".praise")).to_contain_text("Well judged.")


def test_clean_copy_that_was_accused_is_not_praised(page):
    reveal(page, "starter", 2)

    expect(page.locator("main > .stamp")).to_have_text("It was clean copy")
    expect(page.locator(".praise")).to_have_count(0)


def test_a_wrong_name_is_told_beside_the_right_one(page):
    round_ = key.rounds("mixed-dozen")[2]
    label = {option.id: option.label for option in round_.item.options}
    chosen, right = label[posts.wrong_name(round_)], label[key.name(round_)]

    reveal(page, "mixed-dozen", 3)

    expect(page.locator("main > .stamp")).to_have_text("Not this one")
    told = f"You chose “{chosen}”. This is “{right}”."
    expect(page.get_by_text(told)).to_be_visible()


def test_unsure_costs_nothing(page):
    reveal(page, "mixed-dozen", 3, posts.nothing)

    expect(page.locator("main > .stamp")).to_have_text("Unsure")
    expect(page.locator(".round-points strong")).to_have_text("0")


def test_too_few_decisions_hide_eye_and_hand(page):
    page.goto(posts.play(page, "starter", posts.nothing))

    expect(page.locator(".eye-hand .card")).to_have_count(0)
    expect(page.locator(".eye-hand")).to_contain_text("Too few decisions")


def test_a_whole_ranked_set_shows_eye_and_hand_and_stands_on_the_board(page):
    page.goto(posts.play(page, "find-the-bias", posts.perfect))

    expect(page.get_by_role("heading", name="Eye: Sharp")).to_be_visible()
    expect(page.get_by_role("heading", name="Hand: ")).to_be_visible()
    expect(page.locator(".total")).to_have_text("1,800 of 1,800")
    page.get_by_role("link", name="Leaderboard", exact=True).last.click()
    expect(page.locator("#you .points")).to_have_text("1,800")


def test_the_share_grid_is_copied_and_spoils_nothing(arrive):
    page = arrive(permissions=["clipboard-read", "clipboard-write"])
    page.goto(posts.play(page, "starter", posts.suspicious))
    button(page, "Copy").click()

    expect(page.locator("copy-text [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "quizgame · Five to begin with"
    assert copied[-1].endswith("of 500 points")
    assert set("".join(copied[1:-1])) <= set("●△◆□")


def test_missed_rounds_are_practised_again(page):
    path = posts.play(page, "starter", posts.perfect, rounds=4)
    posts.lock(page, path, 5, posts.nothing(key.rounds("starter")[4]))
    page.goto(path)
    button(page, "Practise the round I missed").click()
    ready(page)
    expect(page.locator(".progress")).to_have_text("Round 1 of 1 Five to begin with practice")

    for run in key.problems(key.rounds("starter")[4]):
        for value in run.values:
            box(page, value).check()
    button(page, "Lock in").click()
    page.get_by_role("link", name="To the summary").click()

    expect(page.get_by_text("This play was practice")).to_be_visible()
    expect(page.get_by_role("button", name="Practise")).to_have_count(0)


def test_the_guide_quotes_the_article_only_to_those_who_have_met_it(page):
    examples = {c.example: c.id for c in get_taxonomy().categories if c.example}
    rounds = key.rounds("find-the-bias")
    round_ = next(r for r in rounds if key.met(r) & set(examples))
    example = page.locator(f"#{examples[min(key.met(round_) & set(examples))]} .example footer")
    path = posts.play(page, "find-the-bias", posts.nothing, rounds=round_.number - 1)
    page.goto("/guide")
    expect(example).to_contain_text("made up")

    posts.lock(page, path, round_.number, posts.nothing(round_))
    page.goto("/guide")

    expect(example).to_have_text("from the article")
