"""The script of the widget and the page for frames, put together from ``ui/widget``; pure.

The script needs no build step: its parts stand one behind the other in a function of their own,
with the strings of both languages and the style sheet in front.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib import resources

from ui.cards import escape
from ui.page_shell import Page
from ui.render import FIGURE
from ui.text import LANGUAGES, WORDINGS, Wording

_PARTS = ("config.js", "elements.js", "client.js", "turn.js", "clause.js", "panel.js")
_FRAME_STYLE = "html,body{margin:0;height:100%}"


@cache
def widget_script() -> str:
    """The whole script, for any page and for the frame."""
    strings = {language: _strings(WORDINGS[language]) for language in LANGUAGES}
    values = {
        "STRINGS": json.dumps(strings, ensure_ascii=False),
        "STYLE": json.dumps(_asset("widget.css"), ensure_ascii=False),
        # The same figures in bold as in the chat; JavaScript writes named groups in another way.
        "FIGURE": f"new RegExp({json.dumps(FIGURE.pattern.replace('(?P<', '(?<'))}, 'g')",
    }
    head = "\n".join(f"const {name} = {value};" for name, value in values.items())
    parts = "\n".join(_asset(name) for name in _PARTS)
    return f"(() => {{\n'use strict';\n{head}\n\n{parts}}})();\n"


def frame_page(wording: Wording, *, ancestors: Sequence[str]) -> Page:
    """The page with the panel alone, for portals that show it in a frame.

    Args:
        wording: the language of what is read before the script runs.
        ancestors: origins whose pages may frame it, beside our own.
    """
    strings = wording.group("widget")
    html = (
        f'<!doctype html><html lang="{escape(strings["html_language"])}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(strings['title'])}</title><style>{_FRAME_STYLE}</style></head><body>"
        f"<noscript>{escape(strings['no_script'])}</noscript>"
        '<script src="widget.js" data-mode="frame"></script></body></html>'
    )
    styles = " ".join(f"'sha256-{_digest(text)}'" for text in (_FRAME_STYLE, _asset("widget.css")))
    framers = " ".join(("'self'", *ancestors))
    security_policy = (
        f"default-src 'none'; script-src 'self'; style-src {styles}; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {framers}"
    )
    return Page(html, security_policy)


def _strings(wording: Wording) -> dict[str, object]:
    reasons, problems = dict(wording.reasons), dict(wording.group("widget_problems"))
    votes = list(wording.group("feedback_reasons").values())
    strings = wording.group("widget")
    return {**strings, "reasons": reasons, "problems": problems, "vote_reasons": votes}


@cache
def _asset(name: str) -> str:
    return (resources.files("ui") / "widget" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
