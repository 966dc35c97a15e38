"""How official documents number their parts: 一、（一）1.（1）① and 编 章 节 条; pure.

Forms follow GB/T 9704-2012 §7.3.3 and, for statutes, the Legislation Law of the PRC. ``rank``
orders the forms: a lower rank holds a higher one. What a line only mentions (第三十条第二款规定的,
（一）项所列) opens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from corpus.numerals import CHINESE_NUMERAL, LETTERS, parse_number

ARTICLE_RANK = 5
# Of the parts of a plan: 两 and 千 count other things.
_COUNT = "[一二三四五六七八九十][〇零一二三四五六七八九十百]{0,4}"
_NUM = rf"(?:{CHINESE_NUMERAL}+|\d{{1,4}})"
# What stands behind the name of a part where the text speaks of that part.
_MENTIONED = (
    r"(?!规定|的|款(?!项)|所(?:列|称|指|述|规|作)|中(?:的|所|规)|以(?:外|内|前)|之外|及其"
    rf"|[，,；;。)）]|、?(?:[和与或及至到、]|以及|或者)*第?{_NUM}[编章节条款项]"
    rf"|\s第{_NUM}[款项]|第?[（(]{CHINESE_NUMERAL}+[）)]项)"
)
_ITEM_MENTIONED = (
    r"(?!\s*[项目款](?:$|[所规的、和至或及中，,。；;情外以])|规定的|所列"
    r"|\s*[、和至或及]\s*[（(]|\s*[）)])"
)
_DIGITS = "0123456789０１２３４５６７８９"
_DOT = r"(?:、|[.．](?=(?:19|20)\d{2}年)|[.．](?!\d))"
# Behind a figure that is an amount and no number of a clause (1.5亿元).
_AMOUNT = r"(?!\s?(?:[万亿千百元个倍米吨分级版度℃%％、.．\d]|公里|平方|立方|以[上下]|左右|个))"
_STEMS = "目标|任务|行动|工程|项目|举措|措施|阶段|步骤|原则|专栏"
# 任务1建设中心: where bold print, which is gone, told the number from the words.
_GLUED = re.compile(
    rf"(?:{_STEMS.removesuffix('|专栏')})(?P<n>\d{{1,2}})"
    r"(?![年月日个项条款级类期人万亿至到、和与及的中所完前后内])(?=[\u4e00-\u9fff“])"
)
_LETTERS = "".join(LETTERS)
# 甲、乙、丙、 and their like number parts, or the least items: what is open tells.
LETTER_RANK = 4.5
_LETTERED = {f"{_LETTERS[n]}、": _LETTERS[n : n + 10] for n in (0, 10)} | {"A.": _LETTERS[20:]}
LETTER_FORMS = frozenset(_LETTERED)
_FORMS: tuple[tuple[str, float, str, str], ...] = (
    # form, rank, the characters that it begins with, what it looks like
    ("附件", 0, "附",
        r"附\s*[件表录]\s*(?:(?P<n>\d{1,2})(?P<sub>[-－—–]\d{1,2})?(?![\d、，,。）)和至与及或的中所规])"
        r"[:：.．]?|(?P<m>[一二三四五六七八九十]{0,3})(?:[:：]|(?=\s|$)))"),
    ("编", 1, "第", rf"第(?P<n>{_NUM})编(?![制辑号码写者委纂]){_MENTIONED}"),
    ("分编", 1.5, "第", rf"第(?P<n>{_NUM})分编{_MENTIONED}"),
    ("章", 2, "第", rf"第(?P<n>{_NUM})章{_MENTIONED}"),
    ("节", 3, "第", rf"第(?P<n>{_NUM})节(?![课日约]){_MENTIONED}"),
    ("部分", 4, "第",
        rf"第(?P<n>{_NUM})部分(?:[:：。、]|(?=\s|$|(?!的|是|为|中|内|规定)[^。，；：]{{1,30}}$))"),
    ("部分", 4, _LETTERS,
        rf"(?P<n>[{_LETTERS}])部分(?:[:：。、]|(?=\s|$|(?!的|是|为|中|内|规定|[和与及])[^。，；：]{{1,30}}$))"),
    *((form, LETTER_RANK, chars,
        rf"(?P<n>[{chars}])(?:[、．.]\s?|\s)(?=[\u4e00-\u9fff《“（])"
        rf"(?![{chars}](?:[、两双三四方级类等款项和与及]|$))")
        for form, chars in _LETTERED.items()),
    ("条", ARTICLE_RANK, "第",
        rf"第(?P<n>{_NUM})条(?:(?P<sub>之{CHINESE_NUMERAL}{{1,3}})|(?!之)){_MENTIONED}[:：]?"),
    ("一、", 6, "一二三四五六七八九十",
        rf"(?P<n>{_COUNT})\s*(?:、|[.．](?!\d))(?!{CHINESE_NUMERAL}{{1,2}}、)"),
    ("问", 6.5, "问Qq",
        rf"(?:问题?|[Qq])\s?(?P<n>\d{{1,3}}|{CHINESE_NUMERAL}{{1,3}})\s?[:：、.．](?!\d)|[问Qq]\s?[:：]"),
    ("（一）", 7, "（(", rf"[（(]\s*(?P<n>{_COUNT})\s*[）)]{_ITEM_MENTIONED}[、.．]?"),
    ("（一）", 7, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", r"(?P<n>.)[、.．]?"),
    ("1.1", 8, "0123456789",
        rf"(?P<n>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}){_AMOUNT}(?=[\s\u4e00-\u9fff“《])"),
    ("1.", 8, _DIGITS, rf"(?P<n>\d{{1,3}})\s*{_DOT}"),
    ("1.", 8, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", r"(?P<n>.)、?"),
    ("（1）", 9, "（(", rf"[（(]\s*(?P<n>\d{{1,3}})\s*[）)]{_ITEM_MENTIONED}[、.．]?"),
    ("（1）", 9, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", r"(?P<n>.)、?"),
    ("1）", 10, _DIGITS, r"(?P<n>\d{1,2})[）)]"),
    ("①", 11, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿", r"(?P<n>.)、?"),
    ("①", 11, "".join(map(chr, range(0x3251, 0x3260))), r"(?P<n>.)、?"),
    ("一是", 12, "一二三四五六七八九十", rf"(?P<n>{CHINESE_NUMERAL}{{1,2}})是(?!否)"),
    (
        "目标一", 13, "目任行工项举措阶步原专",
        rf"(?:{_STEMS})(?P<n>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})(?:[:：.．、]|(?=\s|$))",
    ),
    (
        "目标一", 13, "专",
        r"专栏(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d、和与及的中所）)])(?=$|[\u4e00-\u9fff“])",
    ),
    ("目标一", 13, "目任行工项举措阶步原", _GLUED.pattern),
    ("目标一", 13, "第", rf"第(?P<n>{_COUNT})(?:阶段|步)(?:[:：]|(?=[（(，。\s]|$))"),
)  # fmt: skip
_BY_FIRST = {
    char: tuple(
        (form, rank, re.compile(look)) for form, rank, chars, look in _FORMS if char in chars
    )
    for char in sorted({char for _, _, chars, _ in _FORMS for char in chars})
}
# 第十 what? One look says which of the many forms that begin with 第 it can be.
_ORDINAL = re.compile(rf"第{_NUM}(分编|编|章|节|部分|条|阶段|步)")
_BY_NOUN = {
    noun: tuple(entry for entry in _BY_FIRST["第"] if entry[0] == form)
    for noun, form in [
        *((noun, noun) for noun in ("分编", "编", "章", "节", "部分", "条")),
        *((noun, "目标一") for noun in ("阶段", "步")),
    ]
}
# 一、二级医院: a count of two, or the head 一、 of a part on 二级医院. What follows tells.
_DOUBTFUL = re.compile(r"(?:一、二|二、三|三、四|四、五|五、六|六、七)[级类线产审档款项条]")
_MAY_DOUBT = frozenset({"一、", "目标一", *_LETTERED})


class Marker(NamedTuple):
    """The number that opens a clause: its form, rank, value, the printed label, its length."""

    form: str
    rank: float
    number: int
    label: str
    length: int
    sub: int = 0  # 第十条之二 → 2
    parts: tuple[int, ...] = ()  # 2.1.3 → (2, 1, 3)
    doubtful: bool = False  # may be a count of things; opens a clause only in its turn


def marker_of(text: str) -> Marker | None:
    """The marker that opens ``text``, or None; references in running text open nothing."""
    if not text:
        return None
    forms = _BY_FIRST.get(text[0], ())
    if text[0] == "第":
        ordinal = _ORDINAL.match(text)
        forms = _BY_NOUN[ordinal[1]] if ordinal else ()
    for form, rank, pattern in forms:
        match = pattern.match(text)
        if match is not None:
            number = match["n"] or (form == "附件" and match["m"]) or ""
            sub = match["sub"] if form in ("条", "附件") else None
            marker = _marker(form, rank, match[0], number, sub)
            if marker and form in _MAY_DOUBT and _is_doubtful(form, pattern, text):
                return marker._replace(doubtful=True)
            return marker
    return None


def _is_doubtful(form: str, pattern: re.Pattern[str], text: str) -> bool:
    """Whether a number may be a count of things, or a letter a part of a word."""
    counts = form == "一、" and _DOUBTFUL.match(text) is not None
    return counts or form in _LETTERED or pattern.pattern == _GLUED.pattern


@lru_cache(maxsize=4096)  # the same small numbers open all clauses
def _marker(form: str, rank: float, text: str, printed: str, sub: str | None) -> Marker | None:
    decimal = printed.replace("．", ".").split(".") if form == "1.1" else []
    parts = tuple(int(part) for part in decimal)
    number = parts[-1] if parts else _number_of(printed) if printed else 0
    if number is None:
        return None
    label = "".join(text.split()).rstrip("、.．:：。")
    below = (parse_number(sub[1:]) or 0) if sub else 0
    return Marker(form, rank, number, label, len(text), below, parts)


def _number_of(printed: str) -> int | None:
    """The number that a numeral or a letter (甲, A) stands for."""
    return LETTERS.get(printed) or parse_number(printed)


@dataclass(slots=True)
class Numbering:
    """Where the numbering of a text stands, form by form, as its markers are read in order."""

    last: dict[str, int] = field(default_factory=dict)

    def continues(self, marker: Marker) -> bool:
        """Whether the marker is the next of its form (第十条之一 follows 第十条)."""
        last = self.last.get(marker.form, 0)
        return last == marker.number if marker.sub and last else last + 1 == marker.number

    def take(self, marker: Marker) -> None:
        """Go on behind this marker; forms below it begin anew, articles only in an attachment."""
        last = self.last
        if last.get(marker.form) == marker.number:
            return
        rank = marker.rank
        for form in tuple(last):
            if RANKS[form] > rank and (form != "条" or marker.form == "附件"):
                del last[form]
        last[marker.form] = marker.number

    def copy(self) -> Numbering:
        """Another one that stands where this one does."""
        return Numbering(dict(self.last))


RANKS = {form: rank for form, rank, _, _ in _FORMS}
