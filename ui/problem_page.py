"""What a person sees who asks for something that cannot be shown: a sentence and the way back.

Knows no web framework. Programs get the same as a problem object; see ``ui/api_problems.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ui.cards import escape
from ui.page_shell import Dress, Page, shell

_PROGRAMS = re.compile(r"/(?:(?:en/)?gradio_api|api|v1|metrics|healthz|readyz)(?:/.*)?")


def wants_page(scope: Mapping[str, Any]) -> bool:
    """Whether the request of this ASGI scope was made by a person who follows a link."""
    if scope["method"] not in ("GET", "POST") or _PROGRAMS.fullmatch(scope["path"]):
        return False
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return b"text/html" in accepted


def problem_page(detail: str, dress: Dress) -> Page:
    """The sentence, and the way back to the chat."""
    wording = dress.wording
    body = (
        f'<p class="missing" role="alert">{escape(detail)}</p>'
        f'<p><a href="{dress.chat_url}">{escape(wording.back_to_chat)}</a></p>'
    )
    return shell(wording.product, body, dress)
