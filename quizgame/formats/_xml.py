"""Writing XML: elements with their text, and nothing in them that XML cannot hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element with a text."""
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def document(root: Element) -> bytes:
    """Write an element as a document; characters that XML cannot hold become U+FFFD."""
    for element in root.iter():
        element.text = UNWRITABLE.sub("\ufffd", element.text) if element.text else None
        element.tail = UNWRITABLE.sub("\ufffd", element.tail) if element.tail else None
        for name, value in element.items():
            element.set(name, UNWRITABLE.sub("\ufffd", value))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
