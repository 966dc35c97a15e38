"""The text of one Word paragraph: its runs as they read once all changes are accepted; pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.archives import Element

GONE = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "rt"})
"""Elements without text of the accepted document: what was deleted, properties, field codes."""

NOTE_PARTS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Inline:
    """The text of one paragraph, and what hangs on it."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)  # references, in order

    def add(self, element: Element) -> None:
        """The runs of a paragraph, in order."""
        for node in element:
            tag = node.tag
            if tag == "t":
                self.text.append((node.text or "").replace("\n", " "))
            elif tag in _CHARACTERS:
                self.text.append(_CHARACTERS[tag])
            elif tag == "sym":
                self.text.append(_symbol(node))
            elif tag == "txbxContent":
                self.boxes.append(node)
            elif tag in NOTE_PARTS:
                self.notes.append(node)
            elif tag == "AlternateContent":
                self.add(alternative(node))
            elif tag not in GONE and not (tag == "r" and is_on(node, "rPr/vanish")):
                self.add(node)


def alternative(node: Element) -> Element:
    """The one of several forms of the same content that is read."""
    found = node.find("Choice")
    found = node.find("Fallback") if found is None else found
    return node if found is None else found


def is_on(node: Element, path: str) -> bool:
    """Whether a switch is there and not turned off."""
    found = node.find(path)
    return found is not None and found.get("val", "1") not in ("0", "false", "off")


def _symbol(node: Element) -> str:
    try:
        code = int(node.get("char", ""), 16)
    except ValueError:
        return ""
    # Symbol fonts keep their pictures in the private area: no letters to be read there.
    return chr(code) if 0x20 <= code < 0xD800 else ""


def value(node: Element | None, name: str) -> str:
    """The value of a property, empty where it is not there."""
    inner = node.find(name) if node is not None else None
    return "" if inner is None else inner.get("val", "")
