"""T-40: nothing is asked of any other host, and only two cookies are kept."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from browser import posts
from browser.walks import EXPECTED

LINKS = "as => as.map((a) => a.getAttribute('href'))"


def test_a_crawl_over_every_page_asks_no_other_host(arrive, base_url, watches):
    page = arrive(*EXPECTED)
    path = posts.play(page, "starter", posts.suspicious, rounds=2)
    waiting, seen = ["/", f"{path}/rounds/1/reveal", path], set()
    while waiting:
        url = urldefrag(urljoin(base_url, waiting.pop())).url
        if url in seen or urlsplit(url).netloc != urlsplit(base_url).netloc:
            continue
        seen.add(url)
        if not url.endswith(".txt"):
            page.goto(url)
            waiting += page.locator("a[href]").evaluate_all(LINKS)

    hosts = {urlsplit(asked).netloc for asked in watches[0].requests}
    assert hosts == {urlsplit(base_url).netloc}
    assert {cookie["name"] for cookie in page.context.cookies()} == {"session", "player"}
    assert len(seen) > 20
