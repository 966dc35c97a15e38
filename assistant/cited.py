"""Documents that a question asks the inside of, and that the corpus only cites; pure.

A plan rests on 《学生资助资金管理办法》. What that says about loans does not stand in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.marks import Marks
from assistant.titles import titles_of
from corpus.schema import Policy
from index.folding import fold

_MIN_NAME = 5
_TITLE = re.compile(r"《([^《》]{3,60})》")
_LEANS = re.compile(r"(?:根据|依据|依照|按照?|遵照|参照|落实|贯彻|执行|依|照)[^，。？?]{0,4}《?$")
_INSIDE = re.compile(
    r"》?(?:\d{4}年?版?)?(?:里面?|中|内)(?!国|央|心|医|华)|》?(?:对|关于)[^，。？?]{1,24}(?:怎|如何|什么|多少|哪|几)"
    r"|》?的(?!文号|全称|标题|名称|名字|制定|发文|印发|发布|公布|施行|废止|有效|依据|上位)[^，。？?]{1,10}?"
    r"(?:是|为|有|定)?(?:多少|几(?!年)|怎|如何)"
    r"|》?(?:的)?(?:第?几条|第[\d一二三四五六七八九十百]+条|哪一?条)|》?(?:规定|要求)(?:的)?[^，。？?]{0,8}(?:什么|多少|几|哪|怎)"
)


def cited_names(policies: Iterable[Policy]) -> frozenset[str]:
    """Titles in 《》 that the policies rest on or replace, in all forms, folded."""
    found: set[str] = set()
    for policy in policies:
        facts = [*policy.basis, *(fact for _, fact in policy.relations)]
        for fact in facts:
            for title in _TITLE.findall(fold(fact.value)):
                found |= titles_of(title)
    return frozenset(name for name in found if len(name) >= _MIN_NAME)


def read_cited(marks: Marks, names: Iterable[str]) -> None:
    """Cited documents whose inside is asked for; what a question only leans on is left."""
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), marks.text):
            start, end = match.span()
            leans = _LEANS.search(marks.text[:start])
            if marks.is_free(start, end) and not leans and _INSIDE.match(marks.text, end):
                marks.unknown.append(name)
                marks.spans.append((start, end))
