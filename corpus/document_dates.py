"""When a document was signed, adopted, printed, comes into force and ends; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.markers import DATE
from corpus.numerals import parse_number
from corpus.schema import Clause, Fact

_PARTS = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")
_EVENTS = ("修正", "修订", "修改", "批准", "通过", "公布", "发布", "施行", "印发")
_THIS = r"本(?!法所称)[\u4e00-\u9fff]{1,8}?"
_EFFECT = re.compile(
    rf"(?P<this>{_THIS})?(?:从|自)(?:(?P<date>{DATE.pattern})|(?P<issue>(?:发布|印发|公布|发文)之日))"
    r"起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(
    rf"(?:有效期|施行期限|执行期限|实施期限|试行期|有效期限)(?:限)?(?:为|自{DATE.pattern})?"
    rf"[起，]?(?:至|到)(?P<date>{DATE.pattern})(?:止)?"
)
_FOR_YEARS = re.compile(
    r"(?:有效期|试行期|施行期限|有效期限|执行期限)(?:限)?(?:为)?(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})年"
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
    for wanted in ("印发", "公布", "发布", "成文"):
        for (kind, _), fact in found.items():
            if kind == wanted:
                yield kind, fact


def _events(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Fact]]:
    for clause in clauses:
        if clause.kind in ("落款", "印发"):
            match = DATE.search(clause.text)
            if match:
                yield ("成文" if clause.kind == "落款" else "印发"), _date(match, clause)
        elif clause.kind == "题注":
            yield from _adoption(clause)


def _adoption(clause: Clause) -> Iterator[tuple[str, Fact]]:
    """Each date of an adoption note with what was done on it."""
    dates = list(DATE.finditer(clause.text))
    for index, match in enumerate(dates):
        end = dates[index + 1].start() if index + 1 < len(dates) else len(clause.text)
        after = re.sub(r"《[^》]*》", "", clause.text[match.end() : end])
        kind = next((event for event in _EVENTS if event in after), "公布")
        yield kind, _date(match, clause)


def _effect(clauses: tuple[Clause, ...], issued: Fact | None) -> Fact | None:
    """When the document says that it comes into force itself."""
    for clause in reversed(clauses):
        for match in _EFFECT.finditer(clause.text):
            opens = match.start() == 0 or clause.text[match.start() - 1] in "，。；、\n 条"
            if not (match["this"] or opens):
                continue
            if match["date"]:
                start = clause.text.index(match["date"], match.start())
                return _fact_of(clause, start, start + len(match["date"]), match["date"])
            if issued is not None:
                start, end = clause.source_span(match.start("issue"), match.end("issue"))
                return Fact(issued.value, start, end)
    return None


def validity_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """How long the document is in force: an ISO interval, or the years as printed (5年)."""
    effect = next((fact.value for kind, fact in dates_of(clauses) if kind == "施行"), "")
    for clause in reversed(clauses):
        if match := _UNTIL.search(clause.text):
            last = iso_date(match["date"]) or match["date"]
            first = DATE.search(match[0][: match.start("date") - match.start()])
            begin = (iso_date(first[0]) or "") if first else effect
            start, end = clause.source_span(match.start(), match.end())
            return Fact(f"{begin}/{last}", start, end)
        if match := _FOR_YEARS.search(clause.text):
            years = parse_number(match["number"])
            start, end = clause.source_span(match.start(), match.end())
            return Fact(_interval(effect, years) or f"{match['number']}年", start, end)
    return None


def _interval(first: str, years: int | None) -> str:
    """The interval of so many years from a date; empty where either is not known."""
    try:
        begin = date.fromisoformat(first)
        end = begin.replace(year=begin.year + (years or 0))
    except ValueError:  # no date, or 29 February
        return ""
    return f"{begin}/{end - timedelta(days=1)}" if years else ""


def iso_date(text: str) -> str | None:
    """A Chinese date (2024年6月12日, 二〇二四年六月十二日) as YYYY-MM-DD, or None."""
    match = _PARTS.search(text)
    if match is None:
        return None
    numbers = [parse_number(part.strip().replace("○", "〇")) for part in match.groups()]
    year, month, day = numbers
    if year is None or month is None or day is None:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _date(match: re.Match[str], clause: Clause) -> Fact:
    return _fact_of(clause, match.start(), match.end(), match[0])


def _fact_of(clause: Clause, start: int, end: int, printed: str) -> Fact:
    first, last = clause.source_span(start, end)
    return Fact(iso_date(printed) or printed, first, last)
