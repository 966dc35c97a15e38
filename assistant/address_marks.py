"""Addresses of clauses in questions (第三条第二款, 三（二）第5项), found by their form; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.address_steps import Step, steps_of
from corpus.numerals import CHINESE_NUMERAL

_CHINESE = rf"{CHINESE_NUMERAL}{{1,6}}"
_NUMBER = rf"(?:{_CHINESE}|\d{{1,4}})"
_BRACKETED = rf"[（(]{_NUMBER}[）)]"
_KIND = r"(?:条(?:之[一二三四五六七八九十]{1,3})?|款|项|目|小?点|部分|分?编|章|节|段|行)"
_OPENS = rf"第\s*(?:{_NUMBER}|{_BRACKETED})\s*{_KIND}|{_CHINESE}、?[（(]{_CHINESE}[）)]"
_GOES_ON = (
    rf"第?(?:{_NUMBER}|{_BRACKETED})\s*{_KIND}|{_BRACKETED}|\d{{1,2}}(?![\d.年月日个名%:：-])"
)
_ADDRESS = re.compile(rf"(?:{_OPENS})(?:[\s的]*(?:{_GOES_ON}))*")


@dataclass(frozen=True, slots=True)
class AddressMark:
    """``text[start:end]``, which is the address that these steps write."""

    text: str
    start: int
    end: int
    steps: tuple[Step, ...]


def addresses_in(text: str) -> list[AddressMark]:
    """The addresses that a text gives, in its order."""
    found: list[AddressMark] = []
    for match in _ADDRESS.finditer(text):
        printed = re.sub(r"[\s的]", "", match[0])
        steps = steps_of(printed)
        if steps:
            shown = printed.replace("(", "（").replace(")", "）")
            found.append(AddressMark(shown, match.start(), match.end(), steps))
    return found
