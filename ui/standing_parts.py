"""How a policy stands, as a badge and as a line. Pure: text in, HTML out, all escaped."""

from __future__ import annotations

import re

from ui.cards import escape, titled
from ui.document_outline import clause_url, first_clause_id
from ui.page_shell import address
from ui.standing import Standing
from ui.text import Wording

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def printed_date(value: str) -> str:
    """An ISO date as documents print it; anything else as it is."""
    match = _DAY.fullmatch(value)
    return f"{int(match[1])}年{int(match[2])}月{int(match[3])}日" if match else value


def standing_html(standing: Standing, wording: Wording) -> str:
    """A badge; nothing where nothing is known."""
    if standing.state == "unknown":
        return ""
    is_day = _DAY.fullmatch(standing.day) is not None
    forms = wording.group("standings")
    if standing.day and not is_day:  # the years of a plan
        forms = {**forms, **wording.group("plan_standings")}
    day = printed_date(standing.day) if wording.language == "zh" else standing.day
    words = forms[standing.state].format(day=day)
    return f'<span class="state state-{standing.state}">{escape(words)}</span>'


def repealed_by(standing: Standing, wording: Wording) -> str:
    """The policy that took its place, with the way to it."""
    other = standing.by
    if other is None:
        return ""
    url = escape(address(clause_url(first_clause_id(other)), wording))
    return (
        f'<p class="repealed-by">{escape(wording.repealed_by)} '
        f'<a href="{url}" lang="zh-CN">{escape(titled(other.title.value))}</a></p>'
    )
