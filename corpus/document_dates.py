"""When a document was signed, adopted, printed and comes into force; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.adoption import adoptions_of
from corpus.frame_lines import DATE
from corpus.numerals import parse_number
from corpus.schema import Clause, Fact
from corpus.spans import Spans

_PARTS = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")
_ZEROS = str.maketrans("○Ｏ0０", "〇〇〇〇")  # what is typed for the zero of 二〇二四
_IN_CHINESE = re.compile("[一二三四五六七八九]")
_EVENTS = ("修正", "修订", "修改", "批准", "通过", "公布", "发布", "施行", "印发")
_THIS = r"本(?!法所称)[\u4e00-\u9fff]{1,8}?"
EFFECT = re.compile(
    rf"(?P<this>{_THIS})?(?:从|自)(?:(?P<date>{DATE.pattern})|(?P<issue>(?:发布|印发|公布|发文)之日))"
    r"起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_ENDS_ON = re.compile(r"(?:至|到|届满日期为?|截止)$")
_MAX_BEFORE = 6  # characters before a date that say what it is
# The fields of a web page; what they say goes behind what the document says itself.
_PAGE_DATE = re.compile(
    r"(?:(?P<signed>成文|生成|发文|印发)|发布|公开|发稿)(?:日期|时间)[】\]]?\s*[:：|\t]\s*"
    r"(?P<date>(?:19|20)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2})(?!\d)"
)


def dates_of(clauses: tuple[Clause, ...]) -> tuple[tuple[str, Fact], ...]:
    """Dates by kind (成文, 印发, 通过, 修正, 施行 …), each as YYYY-MM-DD.

    A statute that was amended more than once has a date for each time.
    """
    found: dict[tuple[str, str], Fact] = {}
    for kind, fact in _events(clauses):
        single = kind not in ("修正", "修订", "修改")
        if single and any(known == kind for known, _ in found):
            continue
        found.setdefault((kind, fact.value), fact)
    if "施行" not in {kind for kind, _ in found}:
        issued = next((fact for kind, fact in _issue_order(found)), None)
        effect = _effect(clauses, issued)
        if effect is not None:
            found["施行", effect.value] = effect
    return tuple((kind, fact) for (kind, _), fact in found.items())


def _issue_order(found: dict[tuple[str, str], Fact]) -> Iterator[tuple[str, Fact]]:
    """Dates that 印发之日 may mean, the likeliest first."""
    for wanted in ("印发", "公布", "成文", "发布"):
        for (kind, _), fact in found.items():
            if kind == wanted:
                yield kind, fact


def _events(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Fact]]:
    for clause in clauses:
        if clause.kind in ("落款", "印发"):
            match = DATE.search(clause.text)
            if match:
                kind = "成文" if clause.kind == "落款" else "印发"
                yield kind, Spans(clause).fact(*match.span(), iso_date(match[0]) or match[0])
        elif clause.kind == "题注":
            yield from _adoption(clause)
    for adopted in adoptions_of(clauses):
        if adopted.date and adopted.clause.kind != "题注":  # 经2024年…日…会议通过，现印发…
            text = adopted.clause.text[slice(*adopted.date)]
            yield "通过", Spans(adopted.clause).fact(*adopted.date, iso_date(text) or text)
    yield from page_dates(clauses)


def page_dates(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Fact]]:
    """What the fields of a page say: when the document was signed, and when it was published."""
    for clause in clauses:
        if clause.kind == "页头":
            yield from _fields(clause)


def _fields(clause: Clause) -> Iterator[tuple[str, Fact]]:
    for match in _PAGE_DATE.finditer(clause.text):
        year, month, day = re.findall(r"\d+", match["date"])
        value = iso_date(f"{year}年{month}月{day}日")
        if value:
            kind = "成文" if match["signed"] else "发布"
            yield kind, Spans(clause).fact(*match.span("date"), value)


def _adoption(clause: Clause) -> Iterator[tuple[str, Fact]]:
    """Each date of an adoption note with what was done on it."""
    dates = list(DATE.finditer(clause.text))
    spans = Spans(clause)
    for index, match in enumerate(dates):
        if _ENDS_ON.search(clause.text, max(0, match.start() - _MAX_BEFORE), match.start()):
            continue  # the last day of its validity
        end = dates[index + 1].start() if index + 1 < len(dates) else len(clause.text)
        after = re.sub(r"《[^》]*》", "", clause.text[match.end() : end])
        kind = next((event for event in _EVENTS if event in after), "公布")
        yield kind, spans.fact(*match.span(), iso_date(match[0]) or match[0])


def amendments_in(clause: Clause) -> list[tuple[int, int]]:
    """The pieces of an adoption note that tell an amendment each, from 根据 or the date on."""
    text = clause.text
    dates = list(DATE.finditer(text))
    found: list[tuple[int, int]] = []
    for match, behind in zip(dates, [*dates[1:], None], strict=True):
        end = behind.start() if behind else len(text.rstrip("）)。 "))
        end -= len(text[:end]) - len(text[:end].removesuffix("根据").rstrip("，、； \n"))
        if not re.search("修正|修订|修改", text[match.end() : end]):
            continue
        start = match.start() - len("根据")
        found.append((start if text.startswith("根据", max(0, start)) else match.start(), end))
    return found


def _effect(clauses: tuple[Clause, ...], issued: Fact | None) -> Fact | None:
    """When the document says that it comes into force itself."""
    for clause in reversed(clauses):
        if "起" not in clause.text:
            continue
        for match in EFFECT.finditer(clause.text):
            if not opens_effect(clause.text, match):
                continue
            spans = Spans(clause)
            if match["date"]:
                return spans.fact(*match.span("date"), iso_date(match["date"]) or match["date"])
            if issued is not None:
                return spans.fact(*match.span("issue"), issued.value)
    return None


def opens_effect(text: str, match: re.Match[str]) -> bool:
    """Whether a match of ``EFFECT`` is said of the document and of nothing that it names."""
    return bool(match["this"]) or match.start() == 0 or text[match.start() - 1] in "，。；、\n 条"


def iso_date(text: str) -> str | None:
    """A Chinese date (2024年6月12日, 二〇二四年六月十二日) as YYYY-MM-DD, or None."""
    match = _PARTS.search(text)
    if match is None:
        return None
    year, month, day = (parse_number(_digits(part.strip())) for part in match.groups())
    try:
        return date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:  # there is no such day
        return None


def _digits(part: str) -> str:
    """The part of a date with one zero, where it is written in Chinese."""
    return part.translate(_ZEROS) if _IN_CHINESE.search(part) else part
