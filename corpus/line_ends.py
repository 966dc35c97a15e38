"""How a line ends: with a sentence, with a note behind one, or where no sentence can; pure."""

from __future__ import annotations

import re

CLOSERS = "”’」』）)]】〕"
_SENTENCE_ENDS = frozenset("。！？；!?;")
_OPEN_ENDS = frozenset("，、,（(《“〈的和与及或")
_BRACKETS = re.compile(r"[（()）【】〔〕]")
_MAX_NOTE = 2000  # characters behind which the bracket of a note is not looked for


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence, or with a colon what comes before a list."""
    last = text[-1]
    if last in CLOSERS:
        last = text.rstrip(CLOSERS)[-1:]
    return last in _SENTENCE_ENDS or text[-1] in "：:"


def closes_note(text: str) -> bool:
    """Whether text ends with a bracket that opened behind a sentence: …。（责任单位：…）."""
    if text[-1] not in "）)】〕":
        return False
    depth = 0
    for mark in reversed(list(_BRACKETS.finditer(text, max(0, len(text) - _MAX_NOTE)))):
        depth += 1 if mark[0] in "）)】〕" else -1
        if depth == 0:
            return text[: mark.start()].rstrip()[-1:] in _SENTENCE_ENDS
    return False


def is_open_ended(text: str) -> bool:
    """Whether a line ends where no sentence and no head can."""
    return text[-1] in _OPEN_ENDS and not text.endswith(("目的", "标的"))
