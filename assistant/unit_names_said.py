"""Names of government bodies in a question: 省财政厅, 卫健委, 市人大常委会; pure."""

from __future__ import annotations

from corpus.unit_names import is_known

_MIN_NAME, _MAX_NAME = 2, 20
_MAX_QUESTION = 120  # characters in which names are looked for


def without_units(text: str) -> str:
    """The text with a space for each name of a known body, the longest first."""
    if len(text) > _MAX_QUESTION:
        return text
    for length in range(min(_MAX_NAME, len(text)), _MIN_NAME - 1, -1):
        start = 0
        while start + length <= len(text):
            run = text[start : start + length]
            if " " not in run and is_known(run):
                text = f"{text[:start]} {text[start + length :]}"
            start += 1
    return text
