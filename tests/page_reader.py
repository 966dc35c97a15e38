"""Reads pages as a browser would, and tells what must not be in them."""

from __future__ import annotations

from html.parser import HTMLParser

SAFE_TAGS = {
    *("a", "article", "aside", "b", "blockquote", "button", "details", "div", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "header", "input", "label", "li", "main"),
    *("mark", "nav", "ol", "option", "p", "path", "rect", "section", "select", "span", "strong"),
    *("summary", "svg", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul"),
    *("circle", "datalist"),
}


class Reader(HTMLParser):
    """Collects the text of a page, and whatever a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.foreign: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        names = [name for name, _ in attrs if name.startswith("on") or name in {"style", "src"}]
        links = [value or "" for name, value in attrs if name == "href"]
        bad = [link for link in links if not (link == "#" or link.startswith("/"))]
        self.foreign += [tag] if tag not in SAFE_TAGS else []
        self.foreign += names + bad

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader
