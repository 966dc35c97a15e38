"""The names that a question may use for a policy: place, title, 文号 and years; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.institution_names import issuing_institution
from assistant.titles import titles_of
from corpus.regions import Region, find_regions, region_printed
from corpus.schema import Policy
from corpus.titles import GENRES
from index.folding import fold

MIN_TITLE_RUN = 4  # characters of a title that mean it, where the place is named
PLACE_SUFFIX = re.compile(r"(?:省|市|县|区|州|盟|旗|自治区|自治州|自治县|特别行政区)$")

DOCUMENT_WORD = rf"(?:{GENRES}|文件|政策|文|那份|那个|这份|版)"
"""A pattern for the words that call a document a document."""

_COUNTED = "[二三四五六七八九十两几\\d]+[项条种类大]"  # 完善的三项制度 are no document

NumberKey = tuple[str, str, str]
"""Letters, year and running number of a 文号."""


@dataclass(frozen=True, slots=True)
class PolicyNames:
    """What a policy may be called; all folded."""

    policy_id: str
    region: Region | None
    place_names: tuple[str, ...]
    latin: str  # of the place, for questions in English
    core: str  # the title without place, genre and brackets
    number: NumberKey | None
    years: frozenset[str]
    titles: frozenset[str] = frozenset()  # forms of the whole title that mean it
    order: str = ""  # the number of an order of a government: 第12号令
    issued_by: str = ""  # the names of its issuers
    title: str = ""
    institution: tuple[str, str] | None = None  # where a hospital or school issued it: which one


def names_of(policy: Policy) -> PolicyNames:
    """Everything that a policy may be called."""
    region = region_printed(policy.region.value) if policy.region else None
    title = fold(policy.title.value)
    core = title
    if region is not None and not region.code:
        core = core.removeprefix(fold(region.name))
    for mention in reversed(find_regions(core)):
        core = core[: mention.start] + core[mention.end :]
    core = re.sub(r"[(（][^()（）]*[)）]|《|》", "", core)
    core = re.sub(rf"的?(?:实施)?(?:{GENRES})$", "", core)
    names: tuple[str, ...] = ()
    if region is not None:
        stem = PLACE_SUFFIX.sub("", region.name)
        names = (region.name, stem) if len(stem) >= 2 else (region.name,)
    number = number_key(fold(policy.document_number.value)) if policy.document_number else None
    years = {year for _, fact in policy.dates for year in [fact.value[:4]]}
    years |= set(re.findall(r"(?:19|20)\d\d", title))
    years |= {number[1]} if number else set()
    latin = region.latin if region else ""
    return PolicyNames(
        policy.policy_id,
        region,
        names,
        latin,
        core,
        number,
        frozenset(years),
        titles_of(fold(policy.title.value)),
        _order_of(policy),
        fold("".join(issuer.value for issuer in policy.issuers)),
        title,
        issuing_institution([fold(issuer.value) for issuer in policy.issuers], names),
    )


def _order_of(policy: Policy) -> str:
    number = fold(policy.document_number.value) if policy.document_number else ""
    match = re.search(r"令第?0*(\d{1,4})号", number)
    return match[1] if match else ""


def number_key(text: str) -> NumberKey | None:
    """The parts of a 文号, or None where the text holds none."""
    match = re.search(
        r"([\u4e00-\u9fff]+)[〔\[（(【﹝]\s*(\d{4})\s*[〕\]）)】﹞]\s*(?:第\s*)?(\d+)\s*号", text
    )
    return (match[1], match[2], match[3].lstrip("0")) if match else None


def same_number(own: NumberKey, asked: NumberKey) -> bool:
    """Whether two 文号 are one; words may stand before the letters in a question."""
    return own[1:] == asked[1:] and asked[0].endswith(own[0])


def distinct_run(
    text: str, entry: PolicyNames, candidates: Iterable[PolicyNames]
) -> tuple[int, int]:
    """The longest run of the title's core in the text that no other candidate's title has."""
    others = [e.core for e in candidates if e is not entry and e.core != entry.core]
    blocks = SequenceMatcher(None, text, entry.core, autojunk=False).get_matching_blocks()
    ends = {block.a: block.a + block.size for block in blocks}
    # 三年攻坚方案 before 公立医院: a run that calls itself a document is meant as one.
    order = sorted(blocks, key=lambda b: (not names_document(text, ends[b.a]), -b.size))
    for block in order:
        run = text[block.a : block.a + block.size]
        inner = run[1:-1] if block.size > MIN_TITLE_RUN else run  # 的 at its edge makes no title
        if run and not any(inner in core for core in others):
            return block.a, block.a + block.size
    return 0, 0


def names_document(text: str, position: int) -> bool:
    """Whether right behind a place in the text stands a word for a document (2022年的方案)."""
    return (
        re.match(rf"(?:(?!{_COUNTED})[^，。？?,]){{0,4}}{DOCUMENT_WORD}", text[position:])
        is not None
    )
