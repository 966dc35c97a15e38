"""Units of government that a clause names, with their roles; pure.

Three places are read: a labelled list (责任单位：市卫健局、市财政局), a list in brackets at the end
of a clause (（市卫生健康委、市发改委，排名不分先后）) and running text (由市卫健局牵头).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import zip_longest

from corpus.schema import Unit

ROLES = {
    "责任": "责任", "落实": "责任", "主体责任": "责任", "牵头": "牵头", "主办": "牵头", "配合": "配合",
    "参与": "配合", "参加": "配合", "协助": "配合", "协办": "配合",
}  # fmt: skip
_LABEL = re.compile(r"(责任|落实|主体责任|牵头|主办|配合|参与|参加|协助|协办)(?:单位|部门)[:：]")
_LIST_IN_BRACKETS = re.compile(
    r"[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)][。;；]?\s*$"
)
_SEPARATOR = re.compile(r"[、，,；;。\s]+|(?<=[局委厅部办院会])(?:和|与|及)")
_SUFFIX = (
    "局|委|委员会|厅|部|办|办公室|办公厅|政府|中心|管委会|工委|总工会|工会|残联|妇联|团委|法院|检察院|"
    "公安|银行|公司|集团|组|部门|单位|医院|院|校|学校|大学|街道|街办|红十字会|协会|学会|监狱|戒毒所|站|所|室|署|"
    "机构|司|处|队|支队|税务局"
)
_UNIT = re.compile(rf"[\u4e00-\u9fff（）()“”]{{1,24}}?(?:{_SUFFIX})")
_TAIL_WORDS = re.compile(
    r"(?:等)?(?:按照?(?:各自)?(?:部门)?职[责能]分工(?:分别)?负责|排名不分先后|按部门职能分工负责|下同|"
    r"(?:负责|牵头|配合|参与|落实|分别负责|等|等部门|等单位|等有关部门))+$"
)
_RUNNING = re.compile(
    rf"(?:由|，|。|；|^)((?:省|市|县|区|州|各)?[\u4e00-\u9fff]{{1,12}}?(?:局|委|厅|办|部门))"
    r"(?:要)?(牵头|负责牵头|配合)"
)


def units_of(text: str) -> tuple[Unit, ...]:
    """Units named by a clause text in printed order; offsets count characters of ``text``."""
    found: dict[tuple[str, str], Unit] = {}
    for unit in (*_labelled(text), *_bracketed(text), *_running(text)):
        found.setdefault((unit.normal, unit.role), unit)
    return tuple(sorted(found.values(), key=lambda unit: unit.start))


def is_unit_list(text: str) -> bool:
    """Whether a paragraph holds nothing but a list of units, in brackets or behind a label."""
    match = _LIST_IN_BRACKETS.match(text)
    if match is None:
        return False
    return _LABEL.match(match[1]) is not None or bool(_split(match[1], match.start(1), "责任"))


def normal_unit(printed: str) -> str:
    """The normal form of a unit's name: level kept, abbreviations written out.

    >>> normal_unit("市卫健局") == normal_unit("市卫生健康委")
    True
    """
    level, name = _level(printed)
    for full, variants in _synonyms():
        if name in variants:
            return level + full
    return level + name


@cache
def _synonyms() -> tuple[tuple[str, frozenset[str]], ...]:
    """Normal names with their variants, from corpus/data/units.toml."""
    text = resources.files("corpus").joinpath("data/units.toml").read_text("utf-8")
    table = tomllib.loads(text)["unit"]
    return tuple((row["name"], frozenset((row["name"], *row["variants"]))) for row in table)


def _level(printed: str) -> tuple[str, str]:
    match = re.match(
        r"(?:(?:国家|省|自治区|市|州|县|区|镇|乡)(?!场监|政府|人民政府|委(?!员会)|直))", printed
    )
    if match is None:
        return "", printed
    return match[0], printed[match.end() :]


def _labelled(text: str) -> Iterator[Unit]:
    labels = list(_LABEL.finditer(text))
    for label, following in zip_longest(labels, labels[1:]):
        limit = following.start() if following else len(text)
        stop = re.search(r"[）)](?!、)|[。\n]", text[label.end() : limit])
        end = label.end() + stop.start() if stop else limit
        inside = text[label.end() : end]
        if inside.count("（") > inside.count("）") and stop:  # a bracket of the list itself
            end = min(limit, end + 1)
        yield from _split(text[label.end() : end], label.end(), ROLES[label[1]])


def _bracketed(text: str) -> Iterator[Unit]:
    match = _LIST_IN_BRACKETS.search(text[-400:])
    if match is None or _LABEL.search(match[1]):
        return
    offset = max(0, len(text) - 400) + match.start(1)
    yield from _split(match[1], offset, "责任")


def _split(listing: str, offset: int, role: str) -> list[Unit]:
    """Units of a list; an empty list where anything in it is not a unit."""
    units: list[Unit] = []
    position = 0
    for part in [*_SEPARATOR.finditer(listing), None]:
        end = part.start() if part else len(listing)
        piece = listing[position:end]
        start, position = position, part.end() if part else end
        own_role = (
            "牵头"
            if piece.endswith("牵头")
            else "配合"
            if piece.endswith(("配合", "参与"))
            else role
        )
        name = _TAIL_WORDS.sub("", piece).strip()
        if not name:
            continue
        if _UNIT.fullmatch(name) is None:
            return []
        begin = offset + start + piece.index(name)
        units.append(Unit(name, normal_unit(name), own_role, begin, begin + len(name)))
    return units


def _running(text: str) -> Iterator[Unit]:
    for match in _RUNNING.finditer(text):
        role = "配合" if match[2] == "配合" else "牵头"
        yield Unit(match[1], normal_unit(match[1]), role, match.start(1), match.end(1))


def units_in(text: str) -> tuple[Unit, ...]:
    """Units named anywhere in a text by a known name with its level (市卫健局, 省财政厅)."""
    return tuple(
        Unit(match[0], normal_unit(match[0]), "", match.start(), match.end())
        for match in _known().finditer(text)
    )


@cache
def _known() -> re.Pattern[str]:
    names = sorted(
        {name for _, variants in _synonyms() for name in variants}, key=len, reverse=True
    )
    return re.compile(rf"(?:国家|省|自治区|市|州|县|区)(?:{'|'.join(map(re.escape, names))})")
