"""Addresses of clauses as steps: 第三条第二款, 二（三）1, 第二部分第（四）项第1点; pure.

A step says a number and which kinds of clause it may count; kinds differ between statutes and
plans, and between careful and quick ways of writing (三（二）第5项 is a 点).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, LETTERS, parse_number

_BRACKETS = str.maketrans({"(": "（", ")": "）", "．": ".", "　": " "})
_CHINESE = rf"{CHINESE_NUMERAL}{{1,6}}"
_ANY = rf"(?:{_CHINESE}|\d{{1,4}})"
_IN_BRACKETS = rf"（(?P<n>{_ANY})）"
_SPACE = re.compile(r"[\s,，]*")
_STEMS = "目标|任务|行动|工程|项目|举措|措施|阶段|步骤|原则|专栏"
_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(kinds.split()))
    for pattern, kinds in (
        (rf"第(?P<n>{_ANY})(?P<name>阶段|步)", "名"),
        (rf"(?P<name>{_STEMS})(?P<n>{_ANY})", "名"),
        (r"表(?P<n>\d{1,2})?(?!\d)", "表"),
        (rf"第?(?P<n>{_ANY})行", "表行"),
        (r"第?(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?![.\d])(?:条|项|点|款)?", "节次"),
        (rf"第(?P<n>{_ANY})(?:分编|编)", "编"),
        (rf"第(?P<n>{_ANY})章", "章"),
        (rf"第(?P<n>{_ANY})节", "节"),
        (rf"第(?P<n>{_ANY})部分", "部分"),
        (rf"(?P<name>(?P<letter>[{''.join(LETTERS)}])部分)", "部分"),
        (rf"(?P<name>(?P<letter>[{''.join(LETTERS)}]))、?", "部分 点"),
        (rf"第?(?P<n>{_ANY})条(?:之(?P<sub>{_CHINESE}))?", "条"),
        (rf"第?(?P<n>{_ANY})款", "款"),
        (rf"第(?P<n>{_ANY})段", "段"),
        (rf"第?{_IN_BRACKETS}项", "项"),
        (rf"第?(?P<n>{_ANY})项", "项 点 子点"),
        (rf"第?(?:{_IN_BRACKETS}|(?P<n2>{_ANY}))目(?![标录])", "目"),
        (rf"第?{_IN_BRACKETS}小?点", "子点 点 目"),
        (rf"第?(?P<n>{_ANY})小?点", "点 子点 细点 目"),
        (r"附\s*件\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?", "附件"),
        (rf"（(?P<n>{_CHINESE})）", "项 目"),
        (r"（(?P<n>\d{1,3})）", "子点 目"),
        (r"(?P<n>[⑴-⒇])", "子点 目"),
        (r"(?P<n>[㈠-㈩])", "项 目"),
        (r"(?P<n>\d{1,2})）", "子点 目"),
        (r"(?P<n>[①-⑳])", "细点 目"),
        (rf"(?P<n>{_CHINESE})是", "细点"),
        (rf"(?P<n>{_CHINESE})、?(?!是)", "部分"),
        (r"(?P<n>\d{1,3})(?:[.、](?!\d))?(?!\d)", "点 目"),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: the number and the kinds of clause that it may be of."""

    kinds: frozenset[str]
    number: int
    sub: int = 0  # 第十条之二 → 2
    name: str = ""  # 专栏 of 专栏2; 1.2.1 for a number that says the whole way

    def fits(self, other: Step) -> bool:
        """Whether both may be the same step."""
        same = (self.number, self.sub, self.name) == (other.number, other.sub, other.name)
        return same and bool(self.kinds & other.kinds)


def folded_address(text: str) -> str:
    """The text with brackets and points of one width; offsets stay."""
    return text.translate(_BRACKETS)


def steps_of(text: str) -> tuple[Step, ...] | None:
    """The steps that all of ``text`` writes, or None where it is no address."""
    text = folded_address(text).strip()
    steps: list[Step] = []
    position = 0
    while position < len(text):
        found = _step_at(text, position)
        if found is None:
            return None
        step, position = found
        steps.append(step)
        if space := _SPACE.match(text, position):
            position = space.end()
    return tuple(steps) or None


def _step_at(text: str, position: int) -> tuple[Step, int] | None:
    for pattern, kinds in _FORMS:
        match = pattern.match(text, position)
        if match is None:
            continue
        groups = match.groupdict()
        decimal = groups.get("decimal") or ""
        if letter := groups.get("letter"):
            return Step(kinds, LETTERS[letter], 0, groups["name"]), match.end()
        printed = groups.get("n") or groups.get("n2") or decimal.rpartition(".")[2]
        number = parse_number(printed or "1")
        if number is None:
            return None
        sub = parse_number(groups.get("sub") or "") or 0
        return Step(kinds, number, sub, groups.get("name") or decimal), match.end()
    return None
