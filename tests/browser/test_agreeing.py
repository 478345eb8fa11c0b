"""Agreement and suggestions in a browser: by keys alone, without JavaScript, seen by axe."""

import shutil

import pytest
from annotated import TEXT, blind, bus, key_of, mark, store
from axe_playwright_python.sync_playwright import Axe
from browser.test_axe import LOOKS, scan
from build import problem
from databases import close, make_app
from people import PASSWORD, make_user
from playwright.sync_api import expect
from running import Server

BIAS = {"layer": "bias", "category": "loaded_language", "verdict": "one_sided"}
CHINESE = "据说，这是最好的公交车。众所周知，司机总是迟到！来了3000人。"
ARABIC = "يُقال إن هذه الحافلة هي الأفضل على الإطلاق. وبالتأكيد يعرف الجميع ذلك! انتظر ٣٠٠ راكب."


def fill(app):
    """Articles that are annotated by two, by none, and in two more scripts; return their keys."""
    with app.app_context():
        marie = make_user("marie")
        for name in ("paul", "rosa", "eve"):
            make_user(name)
        found = {}
        for name, id_ in (("agreement", "a" * 22), ("defaults", "b" * 22)):
            article = store(marie, bus(id_))
            found[name] = article
            whys = {"why": "The log says that it came at eight.", "correction": "was on time"}
            knows = problem(TEXT, "Everybody knows", "K2", **BIAS)
            mark(key_of(article), 0, [problem(TEXT, "late", "K1", **whys), knows])
            paul = [problem(TEXT, "was late", "P1"), problem(TEXT, "Heroic", "P2", **BIAS)]
            blind(article, marie, "paul", paul)
            blind(article, marie, "rosa", [problem(TEXT, "late", "R1", why="Ask the depot.")])
        for language, text in (("en", TEXT), ("zh", CHINESE), ("ar", ARABIC)):
            found[language] = key_of(store(marie, bus(language * 11, text, language))).public_id
    close(app)
    return found


@pytest.fixture(scope="session")
def desk(planted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("agreeing") / "data"
    shutil.copytree(planted, folder)
    found = fill(make_app(folder))
    server = Server(folder)
    yield f"http://127.0.0.1:{server.port}", found
    server.kill()


@pytest.fixture(scope="session")
def base_url(desk):
    """The address of the server of this module."""
    return desk[0]


@pytest.fixture
def enter(arrive):
    """Open a browser in which somebody is signed in."""

    def open_browser(name="marie", *expecting, **options):
        page = arrive(*expecting, **options)
        page.goto("/sign-in")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return open_browser


@pytest.fixture
def ids(desk):
    return desk[1]


def test_differences_are_decided_by_keys_alone_and_a_stale_page_overwrites_nothing(enter, ids):
    page, stale = enter(), enter("marie", "409")
    address = f"/articles/{ids['agreement']}/agreement"
    stale.goto(address)
    page.goto(address)
    expect(page.locator(".case")).to_have_count(3)
    first = page.locator(".case").first
    expect(first).to_contain_text("Everybody knows")
    expect(first.get_by_label("Grey zone")).to_be_checked()

    first.get_by_label("Grey zone").focus()
    page.keyboard.press("ArrowUp")
    expect(first.get_by_label("Keep it as the key has it")).to_be_checked()
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Decide")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Decided.")
    expect(page.locator(".case")).to_have_count(2)

    stale.locator(".case").nth(1).get_by_role("button", name="Decide").click()
    expect(stale.get_by_role("alert")).to_contain_text("Somebody has changed this passage")
    expect(stale.locator(".case")).to_have_count(2)

    page.get_by_role("link", name="Decided (1)").click()
    expect(page.locator(".case mark")).to_have_text(["Everybody knows"])


def test_the_defaults_are_previewed_and_applied(enter, ids):
    page = enter()
    page.goto(f"/articles/{ids['defaults']}/agreement")
    page.get_by_role("link", name="See what the defaults would do").click()
    expect(page.locator(".defaults > li")).to_have_count(3)

    page.get_by_role("button", name="Apply the defaults").click()

    expect(page.get_by_role("status")).to_contain_text("Decided as proposed: 3.")
    expect(page.get_by_role("link", name="Open (0)")).to_be_visible()


def test_suggestions_are_accepted_and_rejected_without_javascript(enter, ids):
    page = enter(java_script_enabled=False)
    page.goto(f"/annotations/{ids['en']}/suggestions")
    expect(page.locator(".offer")).to_have_count(4)

    page.get_by_role("button", name="Accept").first.click()
    page.get_by_role("button", name="Reject").first.click()

    expect(page.locator(".offer")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("will not be suggested again")


def test_axe_finds_nothing(enter, ids):
    page, found = enter(reduced_motion="reduce"), []
    agreement = f"/articles/{ids['agreement']}"
    addresses = [
        f"{agreement}/agreement",
        f"{agreement}/agreement?state=decided",
        f"{agreement}/versions/1/agreement/defaults",
        f"/articles/{'en' * 11}/agreement",
        "/articles/shared",
        *(f"/annotations/{ids[name]}/suggestions" for name in ("zh", "ar", "en")),
        f"/annotations/{ids['zh']}/suggestions?rule=superlatives",
        f"/annotations/{ids['zh']}/suggestions/all?rule=superlatives&ruling=accepted",
    ]
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{address}, {scheme}, {width}: {text}" for text in scan(page)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{address} is {wide} wide at {width}"] if wide > width else []
        page.emulate_media(color_scheme="light")

    assert found == []
