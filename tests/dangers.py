"""What no page may have in it, whatever somebody typed."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

FORBIDDEN = {
    *("iframe", "object", "embed", "base", "marquee", "math", "video", "audio", "applet", "frame"),
    *("style", "font", "mglyph", "xml", "animate"),
}
LOADING = ("src", "srcset", "action", "formaction", "data", "poster", "background", "ping")
SCHEME = re.compile(r"[\s\x00-\x20]*([a-z][a-z0-9+.\-\s]*):", re.IGNORECASE)
SAFE = {"http", "https", "mailto"}


def dangers(page: BeautifulSoup) -> list[str]:
    """The elements of a page that could do something: none, but for our own scripts and styles."""
    return [str(tag)[:160] for tag in page.find_all(True) if is_dangerous(tag)]


def is_dangerous(tag: Tag) -> bool:
    if tag.name in FORBIDDEN or any(is_command(name) for name in tag.attrs):
        return True
    if tag.name == "script":
        return bool(tag.text.strip()) or not str(tag.get("src", "")).startswith("/static/")
    if tag.name == "link" and not str(tag.get("href", "")).startswith("/static/"):
        return True
    if tag.name == "meta" and tag.has_attr("http-equiv"):
        return True
    if any(leads_away(str(tag[name])) for name in LOADING if tag.has_attr(name)):
        return True
    found = SCHEME.match(str(tag.get("href", "")))
    return found is not None and re.sub(r"\s", "", found[1]).lower() not in SAFE


def is_command(attribute: str) -> bool:
    return attribute.startswith("on") or attribute in {"style", "srcdoc", "http-equiv-refresh"}


def leads_away(target: str) -> bool:
    """Tell whether something is loaded from, or sent to, anywhere but here."""
    return bool(target) and (not target.startswith("/") or target.startswith(("//", "/\\")))
