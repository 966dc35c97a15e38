"""What was wrong with a document, or with a build, in the language of a page. Pure.

Errors are one line of English, as the command line prints them: what, a colon, why and what to do.
Their forms stand in ``assets/text/problems.toml`` with a translation beside each; what a form
leaves open, names and numbers, is taken over as it is.
"""

from __future__ import annotations

import re
from functools import cache

from ui.cards import escape
from ui.text import EN, Wording

_OPEN = re.compile(r"\{(\w+)\}")


def problem_html(line: str, wording: Wording) -> str:
    """A problem for people: translated where its form is known, else as it is, in English."""
    said = translated(line, wording)
    if said is None:
        return f'<span lang="en">{escape(line)}</span>'
    return escape(said)


def translated(line: str, wording: Wording) -> str | None:
    """A problem in the language of a page; None where its form is not known."""
    if wording.language == "en":
        return line
    forms = wording.group("problems")
    for name, pattern in _patterns():
        match = pattern.fullmatch(line)
        if match:
            return (match["_before"] or "") + forms[name].format(**match.groupdict())
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every form by its name, the longest first, so that none is taken for a part of another."""
    forms = sorted(EN.group("problems").items(), key=lambda item: -len(item[1]))
    return tuple((name, _pattern(form)) for name, form in forms)


def _pattern(form: str) -> re.Pattern[str]:
    pieces, position = ["(?P<_before>.*?: )?"], 0
    for hole in _OPEN.finditer(form):
        pieces += [re.escape(form[position : hole.start()]), f"(?P<{hole[1]}>.*?)"]
        position = hole.end()
    return re.compile("".join([*pieces, re.escape(form[position:])]), re.DOTALL)
