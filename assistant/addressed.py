"""Questions that give the address of a clause: 医师法第三条第二款怎么说, 安丘二（四）1; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import DraftStatement, Quote
from assistant.language import language
from assistant.question import Reading
from corpus.addresses import resolve
from corpus.errors import AddressUnknown
from corpus.numerals import CHINESE_NUMERAL
from corpus.schema import Clause, Policy

_NUMBER = rf"(?:{CHINESE_NUMERAL}+|\d+)"
_ADDRESS = re.compile(
    rf"第[（(]?{_NUMBER}[）)]?(?:条|款|项|目|点|部分|章|节)|{CHINESE_NUMERAL}[、]?[（(]{CHINESE_NUMERAL}+[）)]"
)
_TAIL = re.compile(
    r"(?:的)?(?:内容|原文|全文|条文)?(?:说|讲|写|是|规定|要求)?(?:的|了)?[？?。，\s]*$"
)
_MAX_LEFTOVER = 3  # characters beside name and address that may only ask


def addressed_clause(reading: Reading, policies: Sequence[Policy]) -> Clause | None:
    """The clause whose address the question gives and asks nothing else about, or None."""
    text = reading.standalone
    matches = list(_ADDRESS.finditer(text))
    if not matches:
        return None
    rest = language().strip.sub("", text[matches[-1].end() :])
    rest = _TAIL.sub("", re.sub(r"^(?:\d+|[（(][^（）()]{1,4}[）)])+", "", rest))
    if len(rest) > _MAX_LEFTOVER:
        return None
    address = _TAIL.sub("", language().strip.sub("", text)).strip("《》 ")
    try:
        return resolve(address.replace("《", "").replace("》", " "), policies)
    except AddressUnknown:
        return None


def whole_clause(clause: Clause) -> DraftStatement:
    """The words of a clause as they stand."""
    return DraftStatement(clause.text, (Quote(clause, 0, len(clause.text)),))
