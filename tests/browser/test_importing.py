"""A teacher brings an article in: on a phone, with and without JavaScript, in four languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import Arrive
from browser.hands import PHONE, button
from browser.test_axe import LOOKS, scan
from browser.test_layout import TOO_SMALL, TOO_WIDE
from databases import close, make_app
from payloads import XSS
from people import PASSWORD, make_user
from playwright.sync_api import Page, expect
from running import Server

LATE = "The bus was late again on Monday, and nobody at the stop knew why it had not come in time. "
PAGE = f"""<meta property="og:site_name" content="Town Echo"><nav>Home News</nav><article>
<h1>The late bus</h1><p>{LATE * 3}</p><iframe></iframe><p>“Never again!” said Mr. Smith. He ran.</p>
</article><footer>All rights reserved by the Town Echo and its friends.</footer>"""
TEXTS = {
    "en": ("The late bus\n\nMr. Smith ran. The bus 🚌 left.", "ltr"),
    "zh": ("晚点的公交车\n\n他说公交车又晚点了！没有人知道为什么。", "ltr"),
    "es": (
        "El autobús tarde\n\n¿Por qué llegó tarde el autobús? Nadie lo sabe las más veces.",
        "ltr",
    ),
    "ar": ("الحافلة المتأخرة\n\nقال السائق إن الحافلة تأخرت 🚌. لم يعرف أحد السبب!", "rtl"),
}


@pytest.fixture(scope="session")
def base_url(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a teacher called marie."""
    folder = tmp_path_factory.mktemp("importing") / "data"
    shutil.copytree(planted, folder)
    app = make_app(folder)
    with app.app_context():
        make_user("marie")
    close(app)
    server = Server(folder)
    yield f"http://127.0.0.1:{server.port}"
    server.kill()


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill("marie")
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Sign in").click()
    page.wait_for_url("**/teacher")


def paste(page: Page, text: str, kind: str = "plain_text") -> None:
    page.goto("/imports")
    page.get_by_label("Text of the article").fill(text)
    page.get_by_label("What you paste").select_option(kind)
    button(page, "Look at it").click()
    page.get_by_role("heading", name="Before it is kept").wait_for()


def keep(page: Page) -> None:
    button(page, "Keep the article").click()
    page.wait_for_url("**/articles/*")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_page_becomes_an_article_on_a_phone(arrive: Arrive, script: bool) -> None:
    page = arrive(**PHONE, java_script_enabled=script)
    sign_in(page)
    paste(page, PAGE, "web_page")
    expect(page.get_by_label("Outlet")).to_have_value("Town Echo")
    expect(page.get_by_text("frames: 1")).to_be_visible()
    taken_back = page.get_by_label("Keep paragraph 1", exact=True)
    expect(taken_back).not_to_be_checked()

    taken_back.check()
    page.get_by_label("Licence").fill("CC BY 4.0")
    button(page, "Look again").click()
    expect(page.get_by_label("Keep paragraph 1", exact=True)).to_be_checked()
    keep(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("The late bus")
    texts = page.locator(".passage").all_inner_texts()
    assert texts == ["Home News", (LATE * 3).strip(), "“Never again!” said Mr. Smith. He ran."]
    expect(page.get_by_text("CC BY 4.0")).to_be_visible()


@pytest.mark.parametrize("language", TEXTS)
def test_every_script_is_shown_in_its_direction(arrive: Arrive, language: str) -> None:
    page = arrive(**PHONE)
    sign_in(page)
    text, direction = TEXTS[language]
    paste(page, text)
    expect(page.get_by_label("Language of the text")).to_have_value(language)
    keep(page)

    passage = page.locator(".passage").first
    expect(passage).to_have_text(text.split("\n\n")[1])
    assert passage.evaluate("e => getComputedStyle(e).direction") == direction
    assert page.locator(".proof").get_attribute("lang") == language
    expect(page.get_by_text("2 sentences")).to_be_visible()


def stops(page: Page) -> Iterator[str]:
    """Every page of importing and of an article, in turn."""
    page.goto("/articles")
    yield "articles"
    page.goto("/imports")
    yield "paste"
    page.goto("/imports/file")
    yield "file"
    button(page, "Look at it").click()
    yield "no file"
    paste(page, PAGE, "web_page")
    yield "proposal"
    page.get_by_label("Title", exact=True).fill("")
    button(page, "Keep the article").click()
    yield "proposal refused"
    page.get_by_label("Title", exact=True).fill("The late bus")
    keep(page)
    yield "article"
    path = page.url
    page.goto(f"{path}/versions/1/about")
    yield "about"
    page.goto(f"{path}/remove")
    yield "remove"
    page.goto(f"{path}/versions/1/change")
    yield "change"
    button(page, "Make the new version").click()
    yield "nothing differs"
    page.goto(f"{path}/versions/1/loose")
    yield "nothing loose"


def test_axe_finds_nothing_and_every_page_fits(arrive: Arrive) -> None:
    page = arrive("422", reduced_motion="reduce")
    sign_in(page)
    found = []
    for stop in stops(page):
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{stop}, {scheme}, {width}: {text}" for text in scan(page)]
        for width, check in ((320, TOO_WIDE), (360, TOO_SMALL)):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{stop}, {width}: {text}" for text in page.evaluate(check)]
        page.set_viewport_size({"width": 1280, "height": 800})

    assert found == []


def test_what_attackers_type_stays_text(arrive: Arrive) -> None:
    page = arrive()
    sign_in(page)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    paste(page, "\n\n".join(["Attack", *XSS]))
    for field in ("Title", "By-line", "Outlet", "Date", "Licence", "Note"):
        page.get_by_label(field, exact=True).fill(XSS[9])
    keep(page)

    assert "<script>alert(1)</script>" in page.locator(".article-text").inner_text()
    expect(page.get_by_role("heading", level=1)).to_have_text(XSS[9])
    page.goto("/articles")
    expect(page.get_by_role("heading", name=XSS[9])).to_be_visible()
