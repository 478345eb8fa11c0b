"""Web pages: BeautifulSoup reads what they say of themselves, trafilatura what is the article.

Every paragraph is returned, also those that seem to be no part of the article, so that somebody
can take them back. Nothing but text comes out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree, html  # type: ignore[import-untyped]

from quizgame.domain.errors import N_, ContentError
from quizgame.formats._page_facts import facts
from quizgame.formats._page_text import decoded_page, page_text, tree_of
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal, few
from quizgame.formats._tidy import is_heading, one_line, tidied
from quizgame.formats._tongues import guessed

TELLING = 25
"""Letters from which on a paragraph is known by its words, wherever it stands."""
MOST_COMPARED = 4_000_000
BY_LINE = "//*[@itemprop='author' or @rel='author' or contains(@class, 'byline')][1]"
NO_TEXT = N_("There is no text in that page: it may need a subscription. Paste the text instead.")


def read(name: str, data: bytes, hints: Hints) -> Proposal:
    """Read a page. ContentError if there is no text in it."""
    return read_text(name, decoded_page(name, data, hints.charset), hints)


def read_text(name: str, text: str, hints: Hints) -> Proposal:
    """Read a page, or a part of one, that is text already."""
    tree = tree_of(text)
    found = page_text(tree) if tree is not None else None
    if tree is None or found is None or not found.paragraphs:
        raise ContentError(NO_TEXT)
    source = facts(text, hints.url, tree.get("lang") or tree.get("xml:lang") or "")
    told = [(tidied(name, words), tag, around) for words, tag, around in found.paragraphs]
    told = [paragraph for paragraph in told if paragraph[0].strip()]
    body = _body(text)
    is_body = Body(body) if body else None
    blocks = [
        Block(words, not around if is_body is None else is_body(words))
        for words, tag, around in told
    ]
    title = source.title or next((w for w, tag, _ in told if tag == "h1" and is_heading(w)), "")
    blocks = [replace(b, is_kept=b.is_kept and _folded(b.text) != _folded(title)) for b in blocks]
    if not any(block.is_kept for block in blocks):
        blocks = [replace(block, is_kept=True) for block in blocks]
    language = source.language or guessed("\n".join(b.text for b in blocks if b.is_kept))
    source = replace(
        source,
        title=title,
        language=language or hints.language,
        author=source.author or _by_line(tree),
    )
    return Proposal(source, few(blocks), dict(found.removed))


PLAIN = PlainFormat(N_("Web page"), (".html", ".htm", ".xhtml"), read)


def _by_line(tree: html.HtmlElement) -> str:
    found = tree.xpath(BY_LINE)
    words = one_line(found[0].text_content(), 200) if found else ""
    return re.sub(r"^(by|von|par|por|di|door|av) ", "", words, flags=re.IGNORECASE)


def _body(text: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article's; none of a short text."""
    import trafilatura  # noqa: PLC0415 - many megabytes, for those who read pages

    found = trafilatura.bare_extraction(
        text.replace("\0", ""), include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if not isinstance(body, etree._Element):
        return []
    return [_folded("".join(element.itertext())) for element in body.iter()]


class Body:
    """The body of an article, which tells whether a paragraph is in it."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._exact = {words for words in paragraphs if words}
        self._whole = max(self._exact, key=len, default="")
        self._long = [words for words in self._exact if len(words) >= TELLING]
        self._left = MOST_COMPARED

    def __call__(self, text: str) -> bool:
        """Tell whether a paragraph is in the body."""
        words = _folded(text)
        if not words:
            return False
        if words in self._exact:
            return True
        if len(words) < TELLING:
            return False
        return words in self._whole or self._is_mostly(words)

    def _is_mostly(self, words: str) -> bool:
        """Tell whether more than half of a paragraph is a paragraph of the body."""
        self._left -= len(self._long) * len(words) // 100
        if self._left < 0:
            return False
        return any(2 * len(part) > len(words) and part in words for part in self._long)


def _folded(text: str) -> str:
    """Return the letters and figures of a text."""
    return re.sub(r"[\W_]+", "", text).casefold()
