"""The form in which officials cite a clause; pure.

《标题》（文号）第二部分第（四）项第1点 for plans, 《标题》第三条第二款 for statutes. What
``addresses.resolve``
makes of the form is the clause again.
"""

from __future__ import annotations

import re

from corpus.address_steps import Step, Steps
from corpus.notice import KIND_ADDRESS
from corpus.schema import Clause, Policy

_INNER_TITLE = str.maketrans("《》", "〈〉")
_IN_CHINESE = frozenset({"编", "章", "节", "部分", "条", "款", "项"})
_FORMS = {"项": "第（{}）项", "子点": "第（{}）小点", "细点": "第{}小点", "附件": "附件{}"}
_GROUPS = frozenset({"编", "章", "节"})


def citation(clause: Clause, policy: Policy) -> str:
    """The form in which officials cite a clause; for many of a policy use ``citations_of``."""
    return _Forms(policy).of(clause)


def citations_of(policy: Policy) -> dict[str, str]:
    """The citation form of every clause of a policy, by clause id."""
    forms = _Forms(policy)
    return {clause.clause_id: forms.of(clause) for clause in policy.clauses}


class _Forms:
    """Citation forms of one policy."""

    def __init__(self, policy: Policy) -> None:
        self._by_id = {clause.clause_id: clause for clause in policy.clauses}
        self._steps = Steps(policy)
        self._same_kind: dict[str, list[str]] = {}
        self._paragraphs: dict[str, int] = {}
        for clause in policy.clauses:
            self._same_kind.setdefault(clause.kind, []).append(clause.clause_id)
            if clause.kind == "款" and clause.parent_id:
                self._paragraphs[clause.parent_id] = self._paragraphs.get(clause.parent_id, 0) + 1
        title = policy.title.value.translate(_INNER_TITLE)
        number = f"（{policy.document_number.value}）" if policy.document_number else ""
        self._head = f"《{title}》{number}"

    def of(self, clause: Clause) -> str:
        """The whole form."""
        if clause.kind in KIND_ADDRESS:
            place = self._same_kind[clause.kind].index(clause.clause_id) + 1
            return f"{self._head}{clause.kind}" + (f"第{place}段" if place > 1 else "")
        chain = self._chain(clause)
        if any(item.kind == "条" for item in chain):
            return self._head + self._in_statute(chain)
        return self._head + self._in_plan(chain)

    def _chain(self, clause: Clause) -> list[Clause]:
        chain = [clause]
        while parent := self._by_id.get(chain[0].parent_id or ""):
            chain.insert(0, parent)
        return chain

    def _own(self, chain: list[Clause], index: int) -> Step | None:
        own = self._steps.of(chain[index])
        above = self._steps.of(chain[index - 1]) if index else ()
        return own[-1] if len(own) > len(above) else None

    def _in_statute(self, chain: list[Clause]) -> str:
        """第九条第一款第一项, without 款 where the article has one only.

        Items are cited without their brackets, as the Technical Norms for Legislation have it.
        """
        text = ""
        for index, item in enumerate(chain):
            step = self._own(chain, index)
            single = item.kind == "款" and self._paragraphs.get(item.parent_id or "") == 1
            if step is None or item.kind in _GROUPS or single:
                continue
            sub = f"之{in_chinese(step.sub)}" if step.sub else ""
            number = str(step.number) if item.kind == "目" else in_chinese(step.number)
            text += f"第{number}{item.kind}{sub}"
        return text

    def _in_plan(self, chain: list[Clause]) -> str:
        """第二部分第（四）项第1点; with the heading where the source lost the parts above."""
        text = ""
        for index, item in enumerate(chain):
            step = self._own(chain, index)
            if step is not None:
                number = in_chinese(step.number) if item.kind in _IN_CHINESE else str(step.number)
                text += _FORMS.get(item.kind, f"第{{}}{item.kind}").format(number)
        clause = chain[-1]
        steps = self._steps.of(clause)
        if len(self._steps.find(steps)) > 1 and clause.path:
            heading = re.sub(r"[“”]", "", clause.path[-1])
            text += f"“{heading}”"
        return text or clause.label or clause.kind


def in_chinese(number: int) -> str:
    """A positive number below ten thousand in Chinese numerals (一百零三)."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    text = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + units[power]
        elif text and number % 10**power:
            text += "零"
    text = re.sub("零+", "零", text)
    return text[1:] if text.startswith("一十") else text
