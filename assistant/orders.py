"""Orders of governments by their number alone: 第12号令, 总局12号令, 市政府令第41号; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.marks import Marks
from assistant.policy_names import PolicyNames
from corpus.numerals import parse_number

_NUMBER = r"第?(?P<{}>\d{{1,4}}|[一二三四五六七八九十百〇]{{1,5}})号"
_ORDER = re.compile(rf"{_NUMBER.format('before')}(?:主席|政府)?令|令{_NUMBER.format('behind')}")
_LEAD = re.compile(r"(?:的|那个|这个|那份|这份|那部|这部)+$")
_BODY_END = re.compile(r"(?:院|部|委|局|署|行|政府|厅)$")
_MAX_BODY = 16  # characters of the name of a body before the number
_MIN_BODY = 2


def read_orders(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """Policies that are orders, by their number; of several, those whose body is named too."""
    for match in _ORDER.finditer(marks.text):
        number = _number(match["before"] or match["behind"])
        bearers = [entry for entry in entries if number and entry.order == number]
        lead = _LEAD.search(marks.text, 0, match.start())
        stop = lead.start() if lead else match.start()
        lengths = {entry.policy_id: _body(marks.text[:stop], entry.issued_by) for entry in bearers}
        longest = max(lengths.values(), default=0)
        if longest < _MIN_BODY and _BODY_END.search(marks.text, 0, stop):
            continue  # the order of another body
        found = {policy_id for policy_id, length in lengths.items() if length == longest}
        start = stop - longest if longest >= _MIN_BODY else match.start()
        if found and marks.is_free(start, match.end()):
            marks.take(found, start, match.end())
            marks.numbered |= found


def _body(before: str, name: str) -> int:
    """How many characters at the end of a text are a short form of a name: 医保总局."""
    for length in range(min(len(before), _MAX_BODY), 0, -1):
        rest = iter(name)
        if all(character in rest for character in before[-length:]):
            return length
    return 0


def _number(text: str) -> str:
    return text.lstrip("0") if text.isdigit() else str(parse_number(text) or "")
