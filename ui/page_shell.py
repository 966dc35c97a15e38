"""The frame of every page of our own: head, masthead with the ways to the other pages, main part.

Pure: text in, an HTML page and its content security policy out. A page holds its style and its
script itself, the policy allows exactly these two, and nothing is loaded from anywhere else.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from ui.cards import escape
from ui.text import Wording

PLACES = ("library", "units", "targets")
"""The pages in the masthead beside the chat."""


class Guest(NamedTuple):
    """Who looks at a page: the name of the login, if there is one, and what is open to them."""

    user: str = ""
    administers: bool = False


ANYBODY = Guest()


class Page(NamedTuple):
    """An HTML page and the value of its Content-Security-Policy header."""

    html: str
    security_policy: str


@dataclass(frozen=True, slots=True)
class Dress:
    """What every page wears: style sheet, script, language, and who looks at it."""

    style: str
    script: str
    wording: Wording
    guest: Guest = ANYBODY

    @property
    def chat_url(self) -> str:
        """Where the chat stands in this language."""
        return chat_address(self.wording)

    def link(self, path: str, **parameters: str) -> str:
        """The address of a page of ours in this language, escaped for an attribute."""
        return escape(address(path, self.wording, **parameters))


def address(path: str, wording: Wording, **parameters: str) -> str:
    """The address of a page of ours; parameters that are empty are left out."""
    language = {"lang": "en"} if wording.language == "en" else {}
    filled = {name: text for name, text in parameters.items() if text} | language
    return f"{path}?{urlencode(filled)}" if filled else path


def chat_address(wording: Wording) -> str:
    """Where the chat stands in a language."""
    return "/" if wording.language == "zh" else "/en/"


def shell(
    title: str, body: str, dress: Dress, *, place: str = "", other_language_url: str = ""
) -> Page:
    """A whole page.

    Args:
        title: of the window.
        body: the main part, HTML.
        dress: style, script and language.
        place: which of the pages in the masthead this is, if any.
        other_language_url: the same page in the other language, if there is one.
    """
    wording = dress.wording
    masthead = masthead_html(
        wording, dress.guest, place=place, other_language_url=other_language_url
    )
    html = (
        f'<!doctype html><html lang="{wording.html_language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/favicon.svg">'
        f"<title>{escape(title)} · {escape(wording.product)}</title>"
        f"<style>{dress.style}</style><script>{dress.script}</script></head>"
        f'<body><a class="skip" href="#main">{escape(wording.skip_to_content)}</a>'
        f"{masthead}"
        f'<main id="main" tabindex="-1">{body}</main></body></html>'
    )
    security_policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(dress.style)}'; "
        f"script-src 'sha256-{_digest(dress.script)}'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
    return Page(html, security_policy)


def masthead_html(
    wording: Wording,
    guest: Guest,
    *,
    place: str = "",
    other_language_url: str = "",
    tools: str = "",
) -> str:
    """The strip at the top: the name, the ways to all pages, and what can be switched.

    Args:
        wording: the language of the page.
        guest: who looks at it.
        place: the page that this is, if it is one of those in the strip.
        other_language_url: the same page in the other language, if there is one.
        tools: buttons of this page alone, HTML.
    """
    names, home = wording.group("places"), escape(chat_address(wording))
    ways = {"chat": home, **{name: escape(address(f"/{name}", wording)) for name in PLACES}}
    if guest.administers:
        ways["documents"] = escape(address("/admin/documents", wording))
    here = ' aria-current="page"'
    links = "".join(
        f'<a class="way" href="{url}"{here if name == place else ""}>{escape(names[name])}</a>'
        for name, url in ways.items()
    )
    brand = f'<a class="brand-name" href="{home}">{escape(wording.product)}</a>'
    return (
        f'<header class="masthead">{f"<h1>{brand}</h1>" if place == "chat" else brand}'
        f'<nav class="ways" aria-label="{escape(wording.ways_label)}">{links}</nav>'
        f'<div class="tools">{tools}{theme_button(wording)}'
        f"{_other_language(other_language_url, wording)}</div>{_leave(guest, wording)}</header>"
    )


def _other_language(url: str, wording: Wording) -> str:
    language = "en" if wording.language == "zh" else "zh-CN"
    words = escape(wording.other_language)
    return f'<a class="tool" href="{escape(url)}" lang="{language}">{words}</a>' if url else ""


def _leave(guest: Guest, wording: Wording) -> str:
    """Who has logged in, and the way out."""
    if not guest.user:
        return ""
    name = escape(guest.user)
    return (
        f'<form class="leave" method="post" action="/logout"><span class="who" title="{name}">'
        f'{name}</span><button type="submit" class="tool">{escape(wording.log_out)}</button></form>'
    )


def theme_button(wording: Wording) -> str:
    """The button between light and dark."""
    name = escape(wording.switch_theme)
    return (
        '<button type="button" class="tool tool-icon" data-action="theme" '
        f'aria-label="{name}" title="{name}">'
        '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">'
        '<circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg></button>'
    )


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
