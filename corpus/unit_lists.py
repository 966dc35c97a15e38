"""Lists of units as documents print them, labelled or in brackets; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.schema import Unit
from corpus.unit_names import is_known, normal_unit

ROLES = {
    "牵头": "牵头", "主办": "牵头", "主责": "牵头", "承办": "牵头",
    "责任": "责任", "落实": "责任", "主体责任": "责任", "实施": "责任", "主管": "责任",
    "负责": "责任",
    "配合": "配合", "参与": "配合", "参加": "配合", "协助": "配合", "协办": "配合", "协同": "配合",
}  # fmt: skip
_ROLE = "|".join(sorted(ROLES, key=len, reverse=True))
LABEL = re.compile(
    rf"[【〔]?(?P<role>{_ROLE})(?:[、和及/](?:{_ROLE}))?(?:单位|部门|处室|科室|机构|主体)"
    r"(?:[及和][\u4e00-\u9fff]{2,6})?[】〕]?[:：]\s*"
)
# What labels and brackets around lists end with: a class of characters, and what tells one behind.
_LABEL_LAST, _BEHIND_LABEL = "位门室构体", r"(?:[及和][\u4e00-\u9fff]{2,6})?[】〕]?[:：]"
_BRACKET_LAST, _BEHIND_BRACKET = "）)】〕", r"[。；;]?\s*(?=\n|$)"
LIST_LAST = _LABEL_LAST + _BRACKET_LAST
BEHIND_LIST = rf"(?<=[{_LABEL_LAST}]){_BEHIND_LABEL}|(?<=[{_BRACKET_LAST}]){_BEHIND_BRACKET}"
_LABEL_END = re.compile(f"[{_LABEL_LAST}]{_BEHIND_LABEL}")
_END_OF_LIST = re.compile(r"[（(）)】〕。\n]")
_MAX_LABEL = 12  # characters of a label before its last word
_BRACKETED = re.compile(
    r"[（(【〔](?P<inside>[^（）()【】〔〕]*(?:[（(][^（）()]*[）)][^（）()【】〔〕]*)*)[）)】〕][。；;]?\s*(?=\n|$)"
)
_GROUP = re.compile(r"[^；;。]+")
_PIECE = re.compile(r"(?:[^、，,；;\s（）()]|[（(][^（）()]*[）)])+")
_JOINED = re.compile(r"(?<=[局委厅部办院会府])(?:和|与|及|以及)(?=[省市县区州各国自])")
_DUTIES = r"(?:按照?)?(?:(?:各自)?(?:部门)?职[责能](?:分工)?|分工)?"
_ROLE_TAIL = re.compile(
    rf"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:要)?{_DUTIES}(?:共同|分别|各)?"
    r"(?P<role>牵头负责|牵头|负责落实|负责|配合|参与|协助|落实)$"
)
_NOTE = re.compile(
    r"排名不分先后|不分先后|下同|等|分工负责|"
    rf"(?:各)?{_DUTIES}(?:分别)?(?:负责|落实|抓好落实|组织实施)|"
    r"(?:[排列]?(?:在)?第一位?的?(?:单位)?为牵头(?:单位|部门)?)|.*为牵头(?:单位|部门)"
)
_AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位)?$")
_FIRST_LEADS = re.compile(r"第一位?的?(?:单位)?为牵头")
_OFFICE = (
    "局|委|委员会|厅|部|办|办公室|办公厅|政府|管委会|工委|党组|法院|检察院|分局|支队|大队|总队|署|"
    "海关|纪委|监委"
)
_ORGANISATION = (
    "中心|总工会|工会|联|协|社|会|银行|支行|分行|公司|集团|组|部门|单位|医院|院|学校|大学|学院|校|街道|街办|镇|乡|"
    "监狱|戒毒所|站|所|室|机构|司|处|馆|台|园区|开发区|新区|企业|厂|行"
)
_UNIT = re.compile(
    rf"[\u4e00-\u9fff（）()“”、]{{2,26}}?(?:{_OFFICE}|{_ORGANISATION})(?:[（(][^（）()]{{1,16}}[）)])?"
)
_ADMINISTRATIVE = re.compile(rf"(?:{_OFFICE})(?:[（(][^（）()]{{1,16}}[）)])?$")
_NO_UNIT = re.compile(
    r"[含不对将把由如其按以在允包和为是]|国家级|省级|市级|县级|.*[的了于使以]|"
    r".*(?:允许|提高|完善|加强|建设|实现|达到)"
)
_OFFICE_OF_ONE = re.compile(r"[\u4e00-\u9fff]{2}[处科室]$")  # 职业能力建设处, behind a label
_EACH = re.compile(r"各[\u4e00-\u9fff（）、]{1,14}|[省市县区]直(?:各)?(?:有关|相关)?(?:部门|单位)+")
_OF_A_PLACE = re.compile(r"(?:各|国家|省|市|县|区|州|镇|乡|团)[\u4e00-\u9fff]{1,12}")


def labelled_lists(text: str, first: int = 0) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of each list behind a label; no label ends before ``first``."""
    hint = _LABEL_END.search(text, first)
    labels = list(LABEL.finditer(text, max(0, hint.start() - _MAX_LABEL))) if hint else []
    for index, label in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        yield label.end(), _end_of(text, label.end(), limit), ROLES[label["role"]]


def _end_of(text: str, start: int, limit: int) -> int:
    """Where a labelled list ends: at a full stop, a line end or the bracket around it."""
    depth = 0
    for match in _END_OF_LIST.finditer(text, start, limit):
        if match[0] in "（(":
            depth += 1
        elif match[0] in "）)" and depth:
            depth -= 1
        elif depth == 0:
            return match.start()
    return limit


def bracketed_lists(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the inside of each pair of brackets that ends a paragraph."""
    if not ("）" in text or "】" in text or ")" in text or "〕" in text):
        return
    for match in _BRACKETED.finditer(text):
        yield match.start("inside"), match.end("inside")


def split_list(listing: str, offset: int, role: str, *, labelled: bool = False) -> list[Unit]:
    """Units of a list, each with its role.

    Behind a label what is no unit is left out; without one, a list that holds anything else is no
    list of units (允许医疗卫生机构突破…), nor is one without a single office of government.
    """
    units: list[Unit] = []
    for group in _GROUP.finditer(listing):
        found = _units_of_group(group, offset, role, labelled=labelled)
        if found is None:
            return []
        units += found
    if not labelled and not any(
        _ADMINISTRATIVE.search(u.printed) or is_known(u.printed) for u in units
    ):
        return []
    if units and _FIRST_LEADS.search(listing):
        first = units[0]
        units[0] = Unit(first.printed, first.normal, "牵头", first.start, first.end)
    return units


def _units_of_group(
    group: re.Match[str], offset: int, role: str, *, labelled: bool
) -> list[Unit] | None:
    """Units between two semicolons; None where something else stands there."""
    waiting: list[tuple[str, int]] = []  # units whose role is said behind a later one
    units: list[Unit] = []
    for piece, start in _pieces(group[0]):
        tail = _ROLE_TAIL.search(piece)
        name = _AND_OTHERS.sub("", piece[: tail.start()] if tail else piece)
        if tail and name.endswith("直"):  # 市直有关部门配合
            name = piece[: tail.start("role")]
        if name and not _NOTE.fullmatch(piece):
            if not _is_unit(name, labelled=labelled):
                if labelled:
                    continue
                return None
            waiting.append((name, offset + group.start() + start))
        if tail and tail["role"] not in ("负责", "负责落实", "落实"):
            said = ROLES[tail["role"][:2]]
            units += [_unit(name, said, place) for name, place in waiting]
            waiting = []
    return units + [_unit(name, role, place) for name, place in waiting]


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    for match in _PIECE.finditer(text):
        position = match.start()
        for part in _JOINED.split(match[0]):
            position = text.index(part, position)
            yield part, position


def _is_unit(name: str, *, labelled: bool) -> bool:
    if is_known(name) or _EACH.fullmatch(name):
        return True
    if len(name) > 28 or (_NO_UNIT.match(name) and not (labelled and _OFFICE_OF_ONE.search(name))):
        return False
    return _UNIT.fullmatch(name) is not None or (
        labelled and _OF_A_PLACE.fullmatch(name) is not None
    )


def _unit(name: str, role: str, start: int) -> Unit:
    return Unit(name, normal_unit(name), role, start, start + len(name))
