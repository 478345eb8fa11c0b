"""The paragraphs of a page, in order, and what in it can never be text."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.dammit import EncodingDetector
from lxml import etree, html  # type: ignore[import-untyped]

from quizgame.domain.errors import ContentError
from quizgame.formats._texts import MOST_BYTES

_BLOCKS = """address article aside blockquote body caption center dd details dialog div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p
pre section summary table tbody tfoot thead tr ul"""
_GONE = """script style iframe object embed applet noscript template svg math canvas audio video
picture img select textarea button input frame frameset map title"""
_TOLD = "script style iframe object embed applet svg audio video img"
BLOCKS, GONE, TOLD = (frozenset(names.split()) for names in (_BLOCKS, _GONE, _TOLD))
"""Elements that end a paragraph, those that hold no text, and those of these that are told of."""
AROUND = frozenset({"nav", "footer", "aside", "form"})
WEB_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp(125\d|874|866|932|949)|gbk|gb2312|gb18030|big5"
    r"(hkscs)?|euc_(jp|kr|jis_2004)|euc-jp|shift_jis|iso2022_jp|koi8-[ru]|tis-620|mac-roman"
)
SPACE = re.compile(r"[ \t\r\n\f\v]+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class PageText:
    """The paragraphs of a page: text, name of the element, and whether it stands around things."""

    paragraphs: list[tuple[str, str, bool]] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    _pieces: list[str] = field(default_factory=list)
    _around: int = 0
    _tag: str = "p"

    def enter(self, element: html.HtmlElement) -> None:
        """Come to an element."""
        if element.tag in BLOCKS:
            self.end()
            self._tag = element.tag
        self._around += element.tag in AROUND
        self._pieces.append(SPACE.sub(" ", element.text or ""))

    def leave(self, element: html.HtmlElement, *, is_gone: bool) -> None:
        """Come to the end of an element, and to what follows it."""
        if not is_gone:
            self._pieces += ["\n" if element.tag == "br" else " " * (element.tag in {"td", "th"})]
            if element.tag in BLOCKS:
                self.end()
            self._around -= element.tag in AROUND
        self._pieces.append(SPACE.sub(" ", element.tail or ""))

    def end(self) -> None:
        """End the paragraph at hand."""
        for text in _paragraphs("".join(self._pieces)):
            self.paragraphs.append((text, self._tag, self._around > 0))
        self._pieces.clear()


def decoded_page(name: str, data: bytes, charset: str = "") -> str:
    """Read a page in the encoding that it has: told by its mark, its server, itself, or UTF-8.

    Names of encodings that no page has are not believed. ContentError if it is too large.
    """
    if len(data) > MOST_BYTES:
        raise ContentError(f"{name}: {len(data) / 1e6:.1f} MB are too many; 5 MB are the most")
    data, marked = EncodingDetector.strip_byte_order_mark(data)
    declared = EncodingDetector.find_declared_encoding(data[:5_000], is_html=True)
    for encoding in (marked, charset, declared, "utf-8", "cp1252"):
        try:
            known = codecs.lookup(encoding or "").name
            if WEB_ENCODINGS.fullmatch(known):
                return data.decode(known)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def tree_of(text: str) -> html.HtmlElement | None:
    """Parse a page; None if nothing is in it."""
    try:
        return html.document_fromstring(text.replace("\0", "").encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def page_text(tree: html.HtmlElement) -> PageText:
    """Return the paragraphs of a page, in their order."""
    found = PageText()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        is_gone = element.tag in GONE or _is_hidden(element)
        if event == "end":
            found.leave(element, is_gone=is_gone)
        elif is_gone:
            found.removed.update(_counted(element))
            walk.skip_subtree()
        else:
            found.enter(element)
    found.end()
    return found


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True)


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(HIDDEN.search(element.get("style", "")))


def _counted(element: html.HtmlElement) -> Iterator[str]:
    """Yield what goes with an element: itself, and what is told of inside it."""
    if element.tag in TOLD:
        yield element.tag
    elif element.tag not in GONE:
        yield "hidden"
    for inside in element.iterdescendants(*TOLD):
        yield inside.tag


def _paragraphs(text: str) -> Iterator[str]:
    """Cut a block where two line breaks follow each other, as old pages end their paragraphs."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    for paragraph in re.split(r"\n{2,}", lines):
        if re.search(r"\w", paragraph):
            yield re.sub(r" {2,}", " ", paragraph).strip()
