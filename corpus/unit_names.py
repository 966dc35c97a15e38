"""Names of government bodies: level, full name at that level, printed forms; pure.

卫健委, 卫健局 and 卫生健康委员会 of one level are one body. The table is corpus/data/units.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.regions import region_named

_LEVELS = {"国": 0, "省": 1, "市": 2, "县": 3}
_OFFICES = ("委员会", "办公室", "总局", "分局", "支局", "委", "局", "厅", "部", "署", "办", "室")
_GENERIC = (
    "行政主管部门",
    "行政管理部门",
    "监督管理部门",
    "行政部门",
    "主管部门",
    "管理部门",
    "监管部门",
    "职能部门",
    "部门",
)
_SIMPLE_LEVEL = {
    "国家": "国",
    "省": "省",
    "自治区": "省",
    "直辖市": "省",
    "市": "市",
    "州": "市",
} | {
    "盟": "市",
    "地区": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
    "镇": "县",
    "乡": "县",
}
_PLACE = (
    r"(?:(?:(?![局委厅部办会由与及和同的对向以在为将把报经请送找及该])[\u4e00-\u9fff]){1,7}?)??"
)
_PREFIX = (
    r"(?:国务院|国家|中央|省级|市级|县级|"
    rf"{_PLACE}(?:自治区|自治州|自治县|地区|开发区|新区|省|市|州|盟|县|区|旗))"
)
STATUTE_PREFIX = (
    r"(?:国务院|各级|(?:地方各级|各级地方|各级|县级以上(?:地方)?(?:各级)?|省级以上|市级以上|"
    r"设区的市级以上(?:地方)?|省、自治区、直辖市|设区的市|市、县（区）|县、自治县|"
    r"不设区的市、市辖区|乡镇|乡、镇|乡、民族乡、镇|地方)(?:人民政府)?)"
)
"""Who a department belongs to in statutes: 国务院, 县级以上地方人民政府."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the table: its name without the level, and the ending of its name at each level."""

    stem: str
    endings: tuple[str, ...]  # of the State, provinces, cities, counties; empty for a fixed name

    def name_at(self, level: str) -> str:
        """The full name without its level; for no level at all, that of a city's body."""
        return self.stem + (self.endings[_LEVELS.get(level, 2)] if self.endings else "")


@lru_cache(maxsize=4096)  # the same units answer for many clauses
def normal_unit(printed: str) -> str:
    """The normal form of a unit's name: level kept, abbreviations written out.

    >>> normal_unit("市卫健局") == normal_unit("市卫生健康委") == "市卫生健康委员会"
    True
    >>> normal_unit("省人社厅"), normal_unit("财政部门"), normal_unit("团市委")
    ('省人力资源和社会保障厅', '财政部门', '共产主义青年团市委员会')
    """
    name = re.sub(r"[（(][^（）()]*[）)]$", "", printed)
    league = re.fullmatch(r"(?:共青团|团)(\w{1,6}?)委(?:员会)?", name)
    if league:
        return f"共产主义青年团{league[1]}委员会"
    prefix, agency, ending = split_name(name)
    if agency is None:
        return re.sub(r"(?:行政主管|行政管理|监督管理|行政|主管|管理)部门$", "部门", name)
    if not agency.endings and name.endswith(("部门", "机关")):
        return name
    level = _level_of(prefix)
    if ending in _GENERIC:
        named = level and prefix not in ("国务院", "省级", "市级", "县级")
        return prefix + (agency.name_at(level) if named else agency.stem + "部门")
    if not prefix and ending in ("部", "署"):
        return agency.name_at("国")
    return prefix + agency.name_at(level)


def domain_of(printed: str) -> str:
    """What a unit is for, whatever its level and form: 卫生健康 for 市卫健局 and 卫生健康部门."""
    agency = split_name(re.sub(r"[（(][^（）()]*[）)]$", "", printed))[1]
    return agency.stem if agency else printed


@lru_cache(maxsize=4096)
def split_name(name: str) -> tuple[str, Agency | None, str]:
    """Level or place, body of the table and ending; no body where the table has none."""
    table = _printed_forms()
    for length in range(min(len(name), _longest()), 1, -1):
        entry = table.get(name[-length:])
        if entry is None:
            continue
        prefix = name[: len(name) - length]
        if not prefix or _is_prefix(prefix):
            return prefix, *entry
    return name, None, ""


def is_known(name: str) -> bool:
    """Whether the table has the body."""
    return split_name(name)[1] is not None or re.fullmatch(r"团\w{1,6}?委", name) is not None


@cache
def known_name() -> str:
    """A pattern for a body of the table with its level or place (市卫健局, 省财政厅)."""
    return rf"{_PREFIX}(?:{_names()})"


@cache
def levelled_name() -> str:
    """A pattern for a body of the table with the word for its level only (市卫健局)."""
    return rf"(?:{'|'.join(_SIMPLE_LEVEL)})(?:{_names()})"


@cache
def department() -> str:
    """A pattern for a kind of body without a level of its own (财政部门, 卫生健康行政部门)."""
    return rf"(?:{stems()})(?:{'|'.join(_GENERIC)})"


@cache
def stems() -> str:
    """A pattern for the subjects that bodies are named after (卫生健康, 财政)."""
    agencies, _ = _table()
    return _any_of({stem for row in agencies for stem in row["stems"]} | {"组织", "编制", "宣传"})


@cache
def _names() -> str:
    agencies, bodies = _table()
    others = {name for row in agencies for name in row.get("others", ())}
    others |= {name for names in bodies for name in names}
    short = _any_of({stem for row in agencies for stem in row["stems"]})
    return rf"(?:{short})(?:{'|'.join((*_GENERIC, *_OFFICES))})|{_any_of(others)}"


@cache
def name_endings() -> frozenset[str]:
    """The characters that printed forms of bodies end with."""
    return frozenset(form[-1] for form in _printed_forms())


@cache
def name_ends() -> frozenset[str]:
    """The last two characters of the printed forms of bodies."""
    return frozenset(form[-2:] for form in _printed_forms())


def _any_of(words: set[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _is_prefix(prefix: str) -> bool:
    return re.fullmatch(rf"{_PREFIX}|{STATUTE_PREFIX}", prefix) is not None


def _level_of(prefix: str) -> str:
    """国, 省, 市 or 县 for a level or the name of a place, else empty."""
    if prefix in _SIMPLE_LEVEL:
        return _SIMPLE_LEVEL[prefix]
    if len(prefix) < 3 or re.fullmatch(STATUTE_PREFIX, prefix):
        return ""
    region = region_named(prefix)
    if region is not None and region.name == prefix[-len(region.name) :]:
        return region.level
    for ending, level in _SIMPLE_LEVEL.items():
        if prefix.endswith(ending):
            return level
    return ""


@cache
def _printed_forms() -> dict[str, tuple[Agency, str]]:
    """Every printed form without its level, with its body and its ending."""
    forms: dict[str, tuple[Agency, str]] = {}
    agencies, bodies = _table()
    for row in agencies:
        agency = Agency(row["stems"][0], tuple(row["endings"]))
        for other in row.get("others", ()):
            ending = next((e for e in (*_GENERIC, *_OFFICES) if other.endswith(e)), "")
            forms.setdefault(other, (agency, ending))
        for stem in row["stems"]:
            for ending in (*_OFFICES, *_GENERIC):
                forms.setdefault(stem + ending, (agency, ending))
    for names in bodies:
        forms.update((name, (Agency(names[0], ()), "")) for name in names if name not in forms)
    return forms


@cache
def _longest() -> int:
    return max(map(len, _printed_forms()))


@cache
def _table() -> tuple[list[dict[str, list[str]]], list[list[str]]]:
    """The rows of the agencies, and for each fixed name the name with its other forms."""
    text = resources.files("corpus").joinpath("data/units.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return table["agency"], [[row["name"], *row.get("others", ())] for row in table["body"]]
