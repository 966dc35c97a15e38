"""When a document was signed, adopted, printed, comes into force and ends; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.markers import DATE
from corpus.numerals import parse_number
from corpus.schema import Clause, Fact
from corpus.spans import Spans

_PARTS = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")
_ZEROS = str.maketrans("○Ｏ0０", "〇〇〇〇")  # what is typed for the zero of 二〇二四
_IN_CHINESE = re.compile("[一二三四五六七八九]")
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
_ENDS_ON = re.compile(r"(?:至|到|届满日期为?|截止)$")
_MAX_BEFORE = 6  # characters before a date that say what it is
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
                kind = "成文" if clause.kind == "落款" else "印发"
                yield kind, Spans(clause).fact(*match.span(), iso_date(match[0]) or match[0])
        elif clause.kind == "题注":
            yield from _adoption(clause)


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


def _effect(clauses: tuple[Clause, ...], issued: Fact | None) -> Fact | None:
    """When the document says that it comes into force itself."""
    for clause in reversed(clauses):
        if "起" not in clause.text:
            continue
        for match in _EFFECT.finditer(clause.text):
            opens = match.start() == 0 or clause.text[match.start() - 1] in "，。；、\n 条"
            if not (match["this"] or opens):
                continue
            spans = Spans(clause)
            if match["date"]:
                return spans.fact(*match.span("date"), iso_date(match["date"]) or match["date"])
            if issued is not None:
                return spans.fact(*match.span("issue"), issued.value)
    return None


def validity_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """How long the document is in force: an ISO interval, or the years as printed (5年)."""
    for clause in reversed(clauses):
        if "期" not in clause.text:
            continue
        if match := _UNTIL.search(clause.text):
            last = iso_date(match["date"]) or match["date"]
            first = DATE.search(match[0][: match.start("date") - match.start()])
            begin = (iso_date(first[0]) or "") if first else _in_force(clauses)
            return Spans(clause).fact(*match.span(), f"{begin}/{last}")
        if match := _FOR_YEARS.search(clause.text):
            interval = _interval(_in_force(clauses), parse_number(match["number"]))
            return Spans(clause).fact(*match.span(), interval or f"{match['number']}年")
    return None


def _in_force(clauses: tuple[Clause, ...]) -> str:
    """The day from which the document is in force, or an empty string."""
    return next((fact.value for kind, fact in dates_of(clauses) if kind == "施行"), "")


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
    year, month, day = (parse_number(_digits(part.strip())) for part in match.groups())
    try:
        return date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:  # there is no such day
        return None


def _digits(part: str) -> str:
    """The part of a date with one zero, where it is written in Chinese."""
    return part.translate(_ZEROS) if _IN_CHINESE.search(part) else part
