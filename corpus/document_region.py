"""The division that a document is for, and the level of government that issued it; pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from corpus.page_bodies import page_bodies, page_places
from corpus.regions import find_regions, region_named
from corpus.schema import Clause, Fact
from corpus.spans import Spans
from corpus.unit_names import is_known

_NATIONAL = re.compile(
    r"中华人民共和国|国务院|全国人民代表大会|中共中央|中央|国家|最高人民(?:法院|检察院)"
    r"|(?:(?![省市县区州旗委])[\u4e00-\u9fff]){2,12}(?<!指挥)部(?:办公厅)?$"
)
_TOWNSHIP = re.compile(r"(?:镇|乡)(?:人民)?政府|街道办事处|(?:镇|乡)党委")
_ZONE = re.compile(r"(?:开发|高新|经开|园|示范|保税|风景|管理|功能|新)区$")
# Words that end like the name of a division and are none.
_COMMON = re.compile(
    r"[小社城园景山校辖灾牧林片街厂院病地矿库湖水郊疫农战防分滩渔港]区$"
    r"|[城都超股上集门夜楼房车菜早花全我本各]市$|[全我本各强大]县$|[全我本各]省$|^(?:[全我本各]?自治区|[全我本各]?自治[州县旗])$"
)
_LIKE_DISTRICT = re.compile(r"[城山湖水港]区$")  # 云湖区, where a body of it is named
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?P<kind>省|自治区|市|州|盟|县|区|旗)")
_PROVINCIAL = re.compile(r"(?:自治区|省|直辖市)")
_FULL_NAME = re.compile(r"[省市县区州盟旗]$")
_PLACE_END = re.compile(r"[市县州盟旗区](?<![全本我各在外].)(?<=[\u4e00-\u9fff]{3})(?![场级直])")
_MAX_NAME = 16
_MAX_TITLE, _MAX_HEADS = 200, 4  # characters of a title, and titles, that are looked at
_MAX_READ = 8_000  # characters in which the place that a text is about is looked for
_LEAST_TIMES = 3
_BY_FAR = 3  # times as often as any other place
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
        if place and not (_NATIONAL.match(fact.value) or _is_common(place[0], fact.value)):
            start = fact.start if fact.end - fact.start == len(fact.value) else 0
            return Fact(place[0], start, start + len(place[0]) if start else 0, fact.origin)
    return None


def region_around(
    clauses: tuple[Clause, ...], number: Fact | None, issuers: Sequence[Fact], title: Fact
) -> Fact | None:
    """The division where neither title nor issuers name it.

    In turn: the body that opens the title of the notice, a place in the title, the abbreviation of
    a province in the number of a provincial body, the page, and the place that the text names by
    far most often.
    """
    heads = [
        Fact(clause.text[:_MAX_TITLE], clause.start, clause.end)
        for clause in clauses
        if clause.kind in ("标题", "题注")
    ][:_MAX_HEADS]
    return (
        region_of(None, heads)
        or _in_title(title)
        or _of_number(number, issuers, title)
        or _of_page(clauses)
        or _of_mentions(clauses, issuers, title)
    )


def _in_title(title: Fact) -> Fact | None:
    """The one place that a title names, in full and not at its beginning."""
    names = [
        mention.region.full_name
        for mention in find_regions(title.value[:_MAX_TITLE])
        if _FULL_NAME.search(title.value, mention.start, mention.end)
    ]
    one = len(set(names)) == 1 and title.origin == "text" and not _NATIONAL.match(title.value)
    return Fact(names[0], title.start, title.end, title.origin) if one else None


def page_issuers(clauses: tuple[Clause, ...], region: Fact | None) -> tuple[Fact, ...]:
    """The publisher that the page names, where the document is for the place of that body."""
    return tuple(
        fact for fact in page_bodies(clauses) if region and _is_of(fact.value, region.value)
    )


def _is_of(body: str, region: str) -> bool:
    """Whether a body is one of a division, or of a place in no table that it opens with."""
    mentions = find_regions(body)
    return mentions[-1].region.full_name == region if mentions else body.startswith(region)


def _of_number(number: Fact | None, issuers: Sequence[Fact], title: Fact) -> Fact | None:
    """The province in 宁财规发 where 自治区财政厅 issued it; cities have such numbers, too."""
    if number is None or not any(_PROVINCIAL.match(f.value) for f in (*issuers, title)):
        return None
    provinces = _provinces()
    name = next((provinces[c] for c in (number.value[:3], number.value[:1]) if c in provinces), "")
    return Fact(name, number.start, number.end, number.origin) if name else None


def _of_page(clauses: tuple[Clause, ...]) -> Fact | None:
    for fact in page_places(clauses):
        if mentions := find_regions(fact.value):
            return Fact(mentions[-1].region.full_name, fact.start, fact.end)
        if (place := _PLACE.match(fact.value)) and not _is_common(place[0]):
            return Fact(place[0], fact.start, fact.start + len(place[0]))
    return None


def _of_mentions(clauses: tuple[Clause, ...], issuers: Sequence[Fact], title: Fact) -> Fact | None:
    """The place that the text names by far most often, in full; statutes of the state have none."""
    if any(_NATIONAL.match(fact.value) for fact in (*issuers, title)):
        return None
    times: dict[str, int] = {}
    first: dict[str, Fact] = {}
    read = 0
    for clause in clauses:
        if clause.kind in ("页头", "页尾", "款") or read > _MAX_READ:
            continue
        read += len(clause.text)
        for fact in _places(clause):
            times[fact.value] = times.get(fact.value, 0) + 1
            first.setdefault(fact.value, fact)
    ranked = sorted(times.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEAST_TIMES:
        return None
    if len(ranked) > 1 and ranked[0][1] < _BY_FAR * ranked[1][1]:
        return None
    return first[ranked[0][0]]


def _places(clause: Clause) -> Iterator[Fact]:
    """Divisions that a clause names in full; only what stands before 市, 县 and so on is read."""
    for match in _PLACE_END.finditer(clause.text):
        begin = max(0, match.end() - _MAX_NAME)
        mentions = find_regions(clause.text[begin : match.end()])
        if mentions and begin + mentions[-1].end == match.end():
            start = begin + mentions[-1].start
            yield Spans(clause).fact(start, match.end(), mentions[-1].region.full_name)


@cache
def _provinces() -> dict[str, str]:
    """Provinces by their abbreviations."""
    text = resources.files("corpus").joinpath("data/provinces.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["letter"]: row["province"] for row in rows}


def _is_common(place: str, body: str = "") -> bool:
    if len(place) < 3 or _ZONE.search(place):
        return True
    is_governed = _LIKE_DISTRICT.search(place) and _is_office(body[len(place) :])
    return _COMMON.search(place) is not None and not is_governed


def _is_office(name: str) -> bool:
    """Whether a name is one of a body of government, without its place."""
    return name.startswith(("人民政府", "政府办")) or is_known(name)


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
