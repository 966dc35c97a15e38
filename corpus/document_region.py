"""The division that a document is for, and the level of government that issued it; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.regions import find_regions, region_named
from corpus.schema import Fact

_NATIONAL = re.compile(
    r"中华人民共和国|国务院|全国人民代表大会|中共中央|中央|国家|最高人民(?:法院|检察院)|[\u4e00-\u9fff]{2,12}部(?:办公厅)?$"
)
_TOWNSHIP = re.compile(r"(?:镇|乡)(?:人民)?政府|街道办事处|(?:镇|乡)党委")
_ZONE = re.compile(r"(?:开发|高新|经开|园|示范|保税|风景|管理|功能|新)区$")
# Words that end like the name of a division and are none.
_COMMON = re.compile(
    r"[小社城园景山校辖灾牧林片街厂院病地矿库湖水郊疫农战防分滩渔港]区$"
    r"|[城都超股上集门夜楼房车菜早花全我本各]市$|[全我本各强大]县$|[全我本各]省$"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?P<kind>省|自治区|市|州|盟|县|区|旗)")
_LEVEL_OF_PLACE = {"省": "省", "自治区": "省", "市": "市", "州": "市", "盟": "市"} | dict.fromkeys(
    "县区旗", "县"
)


def region_of(title: Fact | None, issuers: Sequence[Fact]) -> Fact | None:
    """The division that the issuer names, else the title, in full (山东省潍坊市安丘市)."""
    for fact in [*issuers, *([title] if title else [])]:
        mentions = find_regions(fact.value)
        if not mentions or mentions[0].start > 0:
            continue
        last = mentions[0]
        for mention in mentions[1:]:  # 云南省丽江市…, not 丽江市关于推广三明市…
            if mention.start != last.end:
                break
            last = mention
        return Fact(last.region.full_name, fact.start, fact.end, fact.origin)
    for fact in [*issuers, *([title] if title else [])]:  # not in the table: as printed
        place = _PLACE.match(fact.value)
        if place and not (_NATIONAL.match(fact.value) or _is_common(place[0])):
            start = fact.start if fact.end - fact.start == len(fact.value) else 0
            return Fact(place[0], start, start + len(place[0]) if start else 0, fact.origin)
    return None


def _is_common(place: str) -> bool:
    return len(place) < 3 or any(pattern.search(place) for pattern in (_ZONE, _COMMON))


def level_of(title: Fact | None, issuers: Sequence[Fact], region: Fact | None) -> str:
    """The level of government that issued the document: 国家, 省, 市, 县 or 乡, or empty."""
    names = [fact.value for fact in (*issuers, *([title] if title else []))]
    if any(_TOWNSHIP.search(fact.value) for fact in issuers):
        return "乡"
    if region is not None and (division := region_named(region.value)):
        return division.level
    if any(_NATIONAL.match(name) for name in names):
        return "国家"
    place = next((match for name in names if (match := _PLACE.match(name))), None)
    return _LEVEL_OF_PLACE[place["kind"]] if place else ""
