"""How well the form of a sentence fits what a question asks for; pure.

Search says what a sentence is about. Whether it gives a number, a basis, a penalty or a day is a
matter of its form, and the same in every document.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from assistant.language import HAN, HAN_PAIR, language, without_number
from assistant.question import Reading, topic_words
from assistant.ranges import amounts_of, ranges_of
from assistant.sought_forms import fit_of_form, forms_sought
from corpus.schema import Clause, Policy
from index.folding import fold

_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百两]+(?:个|家|所|张|项|年|次|倍|级|类|种|大|名|人)|百分之|全覆盖|一半"
)
_DATE = re.compile(r"\d{4}\s*年|[“\"]?十[一二三四五六]五|年底|月底|\d+月\d+日|每[年月季]|\d+年")
_BARE_TIME = re.compile(r"[^，。；：:]{0,4}(?:时限|时间|期限|日期)[：:]")  # of what stands above it
_DAY = re.compile(r"\d+月(?:\d+日|底)|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日|底)")
_UNIT = re.compile(r"责任单位|牵头|负责|委|局|部门")
_BASIS = re.compile(r"《[^》]+》|〔\d{4}〕")
_LEANS = re.compile(r"根据|依据|依照|按照|落实|贯彻|遵照|为了?")
_EFFECT = re.compile(r"[起后](?:施行|执行|实施|生效)|有效期|生效")
_UNIT_COLUMN = re.compile(r"责任|牵头|负责|承办|主管|(?:单位|部门|科室|股室|处室)")
_DATE_COLUMN = re.compile(r"时限|时间|日期|期限|进度")
_STARTS = re.compile(r"^(?:本|此|该)\S{1,8}自\S{2,16}[起后](?:施行|执行|实施|生效)")
_QUOTED = re.compile(r"[“\"「『‘](?P<term>[^“”\"「」『』‘’]{2,16})[”\"」』’]")

# Of a grade or a value in quotation marks other things are asked than what it means.
_KINDS_OF_TERMS = frozenset({"definition", "list", "fact"})

# What a document says of itself: from when it is in force, who issued it.
_OF_ITSELF = frozenset({"effective", "issue", "issuer", "number_of_document", "addressee"})

_CHARGED = "charged"  # of the sorts of data/sought_forms.toml: whether money is to be paid
_TITLED = 2.0
_TITLE_CHARACTERS = 4  # shared with the question, that mean a title
_FITS = 1.0
_NAMES_DAY = 0.8
_ON_IT = 0.34  # of the pairs of characters asked about
_NAMES_TERM = 1.0
_HEADS_TERM = 1.8
_IN_FORCE = 2.0
_STATED_BASIS = 1.6
_PENALTY = 1.8
_UNIT_NAMED = 0.5
_RULES = 0.8
_IN_COLUMN = 1.5
_IN_RANGE = 2.0
_UNASKED_START = 2.0
_UNASKED_PENALTY = 1.0
_REPEAL = 2.0  # what names older documents only to end them answers little else


def fit(reading: Reading, clause: Clause, policy: Policy, text: str) -> float:
    """How well a sentence of a clause fits what is asked for; below 0 for what fits little."""
    form = _fit_of_kind(reading, clause, policy, text)
    form += _fit_of_terms(reading, clause, text) + _fit_of_title(reading, policy)
    form += _fit_of_column(reading, clause) + _fit_of_range(reading, text)
    form += fit_of_form(reading.question.text, text)
    if _STARTS.search(text) and reading.kind != "date" and not reading.cues & _OF_ITSELF:
        form -= _UNASKED_START
    if not reading.cues & {"penalty"} and reading.kind != "unit" and _is_penalty(clause, text):
        form -= _UNASKED_PENALTY  # the rule itself is asked for, not what it costs to break it
    repeals = language().forms["repeals"]
    if repeals.search(text) and not language().forms["asks_repeal"].search(fold(reading.asked)):
        form -= _REPEAL
    return form


def _is_penalty(clause: Clause, text: str) -> bool:
    """Whether a sentence is of an article on violations, and says what they cost."""
    forms = language().forms
    told = forms["penalty_given"].search(text)
    return bool(told and clause.kind == "条" and forms["tells_violation"].search(clause.text))


def _fit_of_column(reading: Reading, clause: Clause) -> float:
    """A row tells who and when where a column of its table is for that."""
    if clause.kind != "表行" or not clause.path:
        return 0.0
    column = {"unit": _UNIT_COLUMN, "date": _DATE_COLUMN}.get(reading.kind)
    return _IN_COLUMN if column is not None and column.search(clause.path[-1]) else 0.0


def _fit_of_range(reading: Reading, text: str) -> float:
    """Of a rule that is graded, the grade is meant in which the amount of the question lies."""
    amounts = amounts_of(reading.standalone)
    if not amounts:
        return 0.0
    ranges = ranges_of(text)
    is_graded = any(math.isfinite(each.low + each.high) for each in ranges)
    held = any(each.holds(amount) for each in ranges for amount in amounts)
    return _IN_RANGE if is_graded and held else 0.0


@lru_cache(maxsize=64)  # every sentence that was found is held against those of one question
def quoted_terms(text: str) -> frozenset[str]:
    """What a question has in quotation marks, folded: names as the document prints them."""
    return frozenset(match["term"] for match in _QUOTED.finditer(fold(text)))


def names_time(text: str) -> bool:
    """Whether a text names a day, a year or a period."""
    return _DATE.search(text) is not None


def _fit_of_terms(reading: Reading, clause: Clause, text: str) -> float:
    """What a question has in quotation marks is told where it is printed, or under its heading."""
    terms = quoted_terms(reading.standalone)
    if reading.kind not in _KINDS_OF_TERMS or not terms:
        return 0.0
    heading = without_number(fold(clause.path[-1])) if clause.path else ""
    if heading.strip("。 “”\"'") in terms:
        return _HEADS_TERM
    return _NAMES_TERM if all(term in fold(text) for term in terms) else 0.0


def _fit_of_title(reading: Reading, policy: Policy) -> float:
    """Of what a document says of itself, the one is meant whose title has the words asked for."""
    if not reading.cues & _OF_ITSELF:
        return 0.0
    topic = set(HAN.findall(topic_words(reading.scope.rest)))  # as it was asked
    title = set(HAN.findall(fold(policy.title.value)))
    return _TITLED * min(1.0, len(topic & title) / _TITLE_CHARACTERS)


def _fit_of_kind(reading: Reading, clause: Clause, policy: Policy, text: str) -> float:
    kind = reading.kind
    forms = language().forms
    if "penalty" in reading.cues and forms["penalty_given"].search(text):
        return _PENALTY
    if kind == "number":
        return _FITS if _NUMBER.search(text) else 0.0
    if "effective" in reading.cues and _EFFECT.search(text):
        return _IN_FORCE
    if kind == "date":
        if _BARE_TIME.match(text) and not _is_on(reading, clause):
            return -_FITS  # the time of something else
        day = _NAMES_DAY if forms["asks_day"].search(fold(reading.asked)) else 0.0
        return (_FITS if _DATE.search(text) else 0.0) + (day if _DAY.search(text) else 0.0)
    if kind == "yesno":
        return _RULES if _rules(reading, text) else 0.0
    if kind == "basis":
        return _fit_of_basis(clause, policy, text)
    if kind == "unit":
        return _UNIT_NAMED if _UNIT.search(text) else 0.0
    return 0.0


def _is_on(reading: Reading, clause: Clause) -> bool:
    """Whether the headings above a clause have enough of what is asked about."""
    asked = set(HAN_PAIR.findall(fold(reading.topic)))
    return len(asked & set(HAN_PAIR.findall(fold(" ".join(clause.path))))) >= _ON_IT * len(asked)


def _rules(reading: Reading, text: str) -> bool:
    """Whether leave or a duty is asked for, and a sentence gives or denies it."""
    forms, asked = language().forms, fold(reading.asked or reading.standalone)
    if any(sort.name == _CHARGED and not sort.given.search(text) for sort in forms_sought(asked)):
        return False  # leave for something else than to take money
    if forms["asks_leave"].search(asked):
        return bool(forms["forbids"].search(text) or forms["allows"].search(text))
    if forms["asks_duty"].search(asked):
        return bool(forms["duty"].search(text) or forms["free"].search(text))
    return False


def _fit_of_basis(clause: Clause, policy: Policy, text: str) -> float:
    """A document rests on others: its own title in a sentence says nothing of its basis."""
    title = policy.title.value.strip("《》")
    others = re.sub(rf"《[^《》]*{re.escape(title)}[^《》]*》", "", text) if title else text
    if not _BASIS.search(others):
        return 0.0
    stated = clause.kind in ("前言", "通知") or "制定本" in text
    return _STATED_BASIS if stated and _LEANS.search(text) else _FITS
