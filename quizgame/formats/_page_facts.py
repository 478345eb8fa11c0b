"""What a page says of itself: title, by-line, outlet, date, language, licence, link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from quizgame.domain.passages import Source
from quizgame.formats._tidy import one_line
from quizgame.formats._tongues import is_tag

LOOKED_AT = ["title", "meta", "link", "script", "time", "a", "h1"]
MOST_LINKED_DATA = 300_000
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
CREATIVE_COMMONS = re.compile(
    r"//creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)", re.IGNORECASE
)
TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author")
OUTLETS = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate")
LANGUAGES = ("og:locale", "content-language", "dc.language", "inlanguage")
LICENCES = ("dc.rights", "dcterms.license", "rights", "copyright")


def facts(text: str, url: str = "", language: str = "") -> Source:
    """Read what a page says of itself; what it does not say is empty."""
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer(LOOKED_AT))
    meta, data = _meta(soup), _linked_data(soup)
    link = _link(soup, meta, url)
    return Source(
        title=one_line(_first(meta, TITLES) or _said(data, "headline") or _title(soup)),
        outlet=one_line(_first(meta, OUTLETS) or _name(data.get("publisher")) or _host(link), 200),
        date=_date(_first(meta, DATES) or _said(data, "datePublished") or _time(soup)),
        language=_language(language or _said(data, "inLanguage") or _first(meta, LANGUAGES)),
        licence=one_line(_licence(soup, data) or _first(meta, LICENCES), 200),
        url=link,
        author=one_line(_author(soup, meta, data), 200),
    )


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        name = name or tag.get("http-equiv")
        content = str(tag.get("content") or "").strip()
        if name and content:
            found.setdefault(str(name).lower(), content)
    return found


def _linked_data(soup: BeautifulSoup) -> dict[str, Any]:
    """Return the first thing in the page's JSON-LD that is an article."""
    for script in soup.find_all("script", type="application/ld+json"):
        words = script.string or ""
        try:
            given = json.loads(words) if len(words) < MOST_LINKED_DATA else None
        except (ValueError, RecursionError):
            continue
        for thing in _things(given):
            if re.search(r"Article|Posting|Report|WebPage", str(thing.get("@type"))):
                return thing
    return {}


def _things(given: Any) -> Iterator[dict[str, Any]]:
    for thing in given if isinstance(given, list) else [given]:
        if isinstance(thing, dict):
            yield thing
            yield from (t for t in _listed(thing.get("@graph")) if isinstance(t, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _said(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """Return the names of a person, an organisation, or several."""
    names = [v.get("name") if isinstance(v, dict) else v for v in _listed(value)]
    return ", ".join(name for name in names if isinstance(name, str))


def _title(soup: BeautifulSoup) -> str:
    found = soup.find("h1") or soup.find("title")
    return found.get_text(" ") if found else ""


def _time(soup: BeautifulSoup) -> str:
    found = soup.find("time", datetime=True)
    return str(found["datetime"]) if isinstance(found, Tag) else ""


def _author(soup: BeautifulSoup, meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    said = _first(meta, AUTHORS)
    if said and "://" not in said:
        return said
    linked = soup.find("a", rel="author")
    return _name(data.get("author")) or (linked.get_text(" ") if linked else "")


def _date(said: str) -> str:
    found = DATE.search(said)
    return found.group() if found else one_line(said, 40)


def _language(said: str) -> str:
    tag = said.strip().replace("_", "-")
    return tag if is_tag(tag) else ""


def _link(soup: BeautifulSoup, meta: Mapping[str, str], url: str) -> str:
    canonical = soup.find("link", rel="canonical")
    said = str(canonical.get("href") or "") if isinstance(canonical, Tag) else ""
    for given in (said, meta.get("og:url", ""), url):
        try:
            link = urljoin(url, given.strip())
            if urlsplit(link).scheme in {"http", "https"} and urlsplit(link).hostname:
                return link if len(link) <= 500 and link.isprintable() else ""
        except ValueError:
            continue
    return ""


def _host(link: str) -> str:
    return (urlsplit(link).hostname or "").removeprefix("www.")


def _licence(soup: BeautifulSoup, data: Mapping[str, Any]) -> str:
    linked = soup.find(["link", "a"], rel="license")
    said = str(linked.get("href") or "") if isinstance(linked, Tag) else _said(data, "license")
    found = CREATIVE_COMMONS.search(said)
    if not found:
        return said
    kind, name, version = found.groups()
    if kind.lower() == "publicdomain":
        return f"CC0 {version}" if name == "zero" else "Public domain"
    return f"CC {name.upper()} {version}"
