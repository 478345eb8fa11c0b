"""Markdown: read as the page that it would become, without guessing what belongs to it."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from quizgame.domain.errors import N_, ContentError
from quizgame.domain.passages import Source
from quizgame.formats._page_text import decoded_page, page_text, tree_of
from quizgame.formats._proposal import Block, Hints, PlainFormat, Proposal, few
from quizgame.formats._tidy import one_line, tidied
from quizgame.formats._tongues import guessed
from quizgame.formats.plain_text import NO_TEXT

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
FIELD = re.compile(r"^(title|author|date|lang|language): *[\"']?(.*?)[\"']?$", re.MULTILINE)


def read(name: str, data: bytes, hints: Hints) -> Proposal:
    """Read a Markdown text, and the plain fields of its front matter. ContentError if empty."""
    text = tidied(name, decoded_page(name, data))
    head = FRONT_MATTER.match(text)
    said = dict(FIELD.findall(head.group(1))) if head else {}
    page = MarkdownIt("commonmark").enable("table").render(text[head.end() :] if head else text)
    tree = tree_of(page) if page.strip() else None
    found = page_text(tree) if tree is not None else None
    if found is None or not found.paragraphs:
        raise ContentError(NO_TEXT)
    blocks = [Block(tidied(name, words)) for words, _, _ in found.paragraphs]
    title = said.get("title", "")
    if found.paragraphs[0][1] == "h1" and len(blocks) > 1:
        title = title or blocks[0].text
        blocks[0] = replace(blocks[0], is_kept=False)
    language = said.get("lang") or said.get("language") or guessed(text) or hints.language
    source = Source(
        one_line(title),
        "",
        one_line(said.get("date", ""), 40),
        language,
        author=one_line(said.get("author", ""), 200),
    )
    return Proposal(source, few(blocks), dict(found.removed))


PLAIN = PlainFormat(N_("Markdown"), (".md", ".markdown"), read)
