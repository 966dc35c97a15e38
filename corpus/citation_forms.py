"""The form in which officials cite a clause; pure.

《标题》（文号）第二部分第（四）项第1点 for plans, 《标题》第三条第二款 for statutes. What
``addresses.resolve``
makes of the form is the clause again.
"""

from __future__ import annotations

import re

from corpus.address_steps import Step
from corpus.clause_steps import Steps
from corpus.notice import KIND_ADDRESS
from corpus.numerals import LETTERS, chinese_number
from corpus.schema import Clause, Policy

_INNER_TITLE = str.maketrans("《》", "〈〉")
_IN_CHINESE = frozenset({"编", "章", "节", "部分", "条", "款", "项"})
_FORMS = {
    "项": "第（{}）项",
    "子点": "第（{}）小点",
    "细点": "第{}小点",
    "附件": "附件{}",
    "表行": "第{}行",
}
_IN_STATUTE = frozenset({"条", "款", "项", "目"})
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
        self._places: dict[str, int] = {}  # of each clause among those of its kind
        counts: dict[str, int] = {}
        self._paragraphs: dict[str, int] = {}
        for clause in policy.clauses:
            self._places[clause.clause_id] = counts[clause.kind] = counts.get(clause.kind, 0) + 1
            if clause.kind == "款" and clause.parent_id:
                self._paragraphs[clause.parent_id] = self._paragraphs.get(clause.parent_id, 0) + 1
        title = policy.title.value.translate(_INNER_TITLE)
        number = f"（{policy.document_number.value}）" if policy.document_number else ""
        self._head = f"《{title}》{number}"

    def of(self, clause: Clause) -> str:
        """The whole form."""
        if clause.kind in KIND_ADDRESS:
            place = self._places[clause.clause_id]
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

    def _in_statute(self, chain: list[Clause]) -> str:
        """第九条第一款第一项, without 款 where the article has one only.

        Items are cited without their brackets, as the Technical Norms for Legislation have it.
        """
        text = ""
        for item in chain:
            step = self._steps.own(item)
            single = item.kind == "款" and self._paragraphs.get(item.parent_id or "") == 1
            if step is None or item.kind in _GROUPS or single:
                continue
            if item.kind not in _IN_STATUTE:
                text += _form(item, step)
                continue
            sub = f"之{chinese_number(step.sub)}" if step.sub else ""
            number = str(step.number) if item.kind == "目" else chinese_number(step.number)
            text += f"第{number}{item.kind}{sub}"
        return text

    def _in_plan(self, chain: list[Clause]) -> str:
        """第二部分第（四）项第1点; with the heading where the source lost the parts above."""
        text = ""
        for item in chain:
            step = self._steps.own(item)
            if step is not None:
                form = _form(item, step)
                # 1.2.1 says the whole way down, but for the attachment that it stands in.
                kept = re.match(r"附件\d+", text)
                text = f"{kept[0] if kept else ''} {form}" if "." in step.name else text + form
        clause = chain[-1]
        unnumbered = text and self._steps.own(clause) is None and clause.text
        if (unnumbered or self._steps.is_shared(clause)) and clause.path:
            heading = re.sub(r"[“”]", "", clause.path[-1])
            text += f"“{heading}”"
        return text.strip() or clause.label or clause.kind


def _form(clause: Clause, step: Step) -> str:
    """One step of a citation."""
    if clause.kind == "表":
        return "表" + (str(step.number) if step.number > 1 else "")
    if "." in step.name or step.name[:1] in LETTERS:
        return step.name
    if step.name in ("阶段", "步"):
        return f"第{chinese_number(step.number)}{step.name}"
    if step.name:
        return f"{step.name}{step.number} "
    number = chinese_number(step.number) if clause.kind in _IN_CHINESE else str(step.number)
    return _FORMS.get(clause.kind, f"第{{}}{clause.kind}").format(number)
