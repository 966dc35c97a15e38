"""How long a document is in force, as it says of itself; pure.

Policies also say how long licences, registrations and offers last (许可证有效期为五年). A term is
the document's own only where the document is what the sentence speaks of: 本办法 … 有效期, or
自…起施行，有效期….
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus.document_dates import EFFECT, dates_of, iso_date, opens_effect
from corpus.frame_lines import DATE
from corpus.numerals import parse_number
from corpus.schema import Clause, Fact
from corpus.spans import Spans
from corpus.titles import GENRES

_TERM = r"(?:有效期限|有效期|施行期限|执行期限|实施期限|试行期限|试行期)(?:限)?"
_SINCE = rf"(?:自(?:{DATE.pattern}|(?:发布|印发|公布|施行|实施)之日)起?(?:计算)?，?)?"
_UNTIL = re.compile(
    rf"{_TERM}(?:为|自{DATE.pattern})?[起，：:]?(?:至|到)(?P<date>{DATE.pattern})(?:止)?"
)
_FOR_YEARS = re.compile(
    rf"(?:{_TERM}{_SINCE}(?:为|是|[：:])?|(?:试行|暂行)(?:期)?(?:为)?)"
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?!度|级|制)"
)
_ITSELF = rf"(?:本《?(?:{GENRES}|政策)》?|(?:以上|上述|本)政策(?:措施)?|(?:以上|上述)措施)"
_OF_ITSELF = re.compile(rf"{_ITSELF}的?$")
_SPEAKS_OF_ITSELF = re.compile(
    rf"{_ITSELF}(?:自(?![行动己愿])|从|由|于|，|的?(?:施行|试行|实施|执行|印发|发布))"
)
_PART = re.compile(r"[，、；：:,;（(\s起]$")
_NUMBER = re.compile(r"(?:第\S{1,9}条|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])\s*$")
_SENTENCE_ENDS = "。！？\n"
_MAX_BEFORE = 120  # characters before a term that say whose it is


def validity_of(clauses: tuple[Clause, ...]) -> Fact | None:
    """How long the document is in force: an ISO interval, or the years as printed (5年)."""
    for clause in reversed(clauses):
        text = clause.text
        lasts = "期" in text and ("有效期" in text or "期限" in text)
        if not (lasts or "试行" in text or "暂行" in text):
            continue  # without one of these words there is no term
        for match in _terms(clause):
            if match.re is _UNTIL:
                last = iso_date(match["date"]) or match["date"]
                first = DATE.search(match[0][: match.start("date") - match.start()])
                begin = (iso_date(first[0]) or "") if first else _in_force(clauses)
                return Spans(clause).fact(*match.span(), f"{begin}/{last}")
            interval = _interval(_in_force(clauses), parse_number(match["number"]))
            return Spans(clause).fact(*match.span(), interval or f"{match['number']}年")
    return None


def _terms(clause: Clause) -> Iterator[re.Match[str]]:
    """The terms of the document that a clause names; those with a last day first."""
    for pattern in (_UNTIL, _FOR_YEARS):
        for match in pattern.finditer(clause.text):
            if clause.kind == "题注" or _is_own(clause.text, match):
                yield match


def _is_own(text: str, term: re.Match[str]) -> bool:
    """Whether a term is said of the document and not of a licence or an offer."""
    first = max(0, term.start() - _MAX_BEFORE)
    before = text[first : term.start()]
    if _OF_ITSELF.search(before):
        return True
    start = max(before.rfind(mark) for mark in _SENTENCE_ENDS) + 1
    sentence = before[start:]
    if not sentence or _NUMBER.fullmatch(sentence):  # a sentence without a subject
        if start + first == 0:
            return term.re is _UNTIL
        end = max(0, start - 1)
        sentence = before[max(before.rfind(mark, 0, end) for mark in _SENTENCE_ENDS) + 1 : end]
        return _says_since_when(sentence) or (term.re is _UNTIL and before[end:start] == "\n")
    return _PART.search(sentence) is not None and _says_since_when(sentence)


def _says_since_when(sentence: str) -> bool:
    """Whether a sentence says of the document since when it is in force, or who explains it."""
    if _SPEAKS_OF_ITSELF.search(sentence):
        return True
    return any(opens_effect(sentence, match) for match in EFFECT.finditer(sentence))


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
