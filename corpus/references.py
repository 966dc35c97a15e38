"""Cross-references inside clauses, with the clauses that they lead to; pure.

依照本法第三十条第二款 and 第五条、第七条 lead inside the policy, 前款, 前条 and 本条第一款 from
where they stand, 《医师法》第十条 and 《…》（国办发〔2021〕18号） to other policies, where these
are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address_steps import Step, steps_of
from corpus.clause_steps import Steps
from corpus.named_documents import DOCUMENT
from corpus.named_policies import policy_titled
from corpus.numerals import CHINESE_NUMERAL
from corpus.relative_references import Place, relative_targets
from corpus.schema import Clause, Policy
from corpus.spans import Spans

_NUM = rf"(?:{CHINESE_NUMERAL}{{1,6}}|\d{{1,4}})"
_UPPER = rf"第{_NUM}(?:编|分编|章|节|部分)"
_ARTICLE = rf"第{_NUM}条(?:之{CHINESE_NUMERAL}{{1,3}})?"
_PARAGRAPH = rf"第{_NUM}款"
_ITEM = rf"第[（(]?{_NUM}[）)]?(?:项|目|点)"
_ADDRESS = rf"(?:{_ARTICLE}(?:{_PARAGRAPH})?|{_PARAGRAPH}|{_UPPER})(?:{_ITEM})*|(?:{_ITEM})+"
_JOINT = r"(?:、|和|或者|或|及|以及|与|至|到|，)"
_LIST = rf"(?:{_ADDRESS})(?:{_JOINT}(?:{_ADDRESS}))*"
_OWN = r"本(?:法|条例|办法|规定|规则|细则|决定|方案|意见|通知|措施|规划|计划|制度|准则|规范|解释)"
_RELATIVE = (
    r"(?:前(?:[一二两三四五六]|\d)?|(?<!以)上一?)(?:条(?!件)|款(?!项目)|项(?!目)|章(?!程)|节)"
    r"|本(?:条(?!例|件)|款|项(?!目)|目(?!录|标)|章(?!程)|节(?!目)|编(?!制))"
)
_REFERENCE = re.compile(
    rf"(?P<document>{DOCUMENT.pattern})(?P<there>{_LIST})?"
    rf"|(?P<relative>{_RELATIVE})(?P<under>{_LIST})?"
    rf"|(?P<own>{_OWN})?(?P<here>{_LIST})"
    rf"|(?P<annex>附件\s*\d{{1,2}})(?P<inside>{_LIST})?"
)
_FROM_THE_TOP = re.compile(rf"{_ARTICLE}|{_UPPER}")
_OF_ARTICLE = re.compile(_PARAGRAPH)
_PART = re.compile(rf"(?P<joint>{_JOINT})?(?P<address>{_ADDRESS})")
_VIOLATES = "违反"
_SPAN = frozenset({"至", "到"})
_MAX_RANGE = 60  # articles that 第十条至第…条 may stand for


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference ``clause.text[start:end]``.

    ``targets`` are ids of the clauses that it leads to; they and ``policy_id`` are empty where the
    given policies do not have what it names.
    """

    text: str
    start: int
    end: int
    kind: str  # own | relative | document | annex
    policy_id: str
    targets: tuple[str, ...]


class ReferenceFinder:
    """Finds and resolves the references in clauses of some policies."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = {policy.policy_id: policy for policy in policies}
        self._steps = {policy.policy_id: Steps(policy) for policy in policies}
        self._by_title = policy_titled(policies)

    def references_of(self, clause: Clause) -> tuple[Reference, ...]:
        """References of a clause in printed order."""
        return tuple(self._found(clause))

    def _found(self, clause: Clause) -> Iterator[Reference]:
        own = self._policies.get(clause.policy_id)
        spans = Spans(clause)
        violated: list[Clause] = []  # what the last penalty of the clause is for
        for match in _REFERENCE.finditer(clause.text):
            if match["here"] and not match["own"] and not self._is_bare(clause, match):
                continue
            if match["document"]:
                yield self._to_document(match)
            elif own is not None and match["relative"]:
                place = self._place(clause, own, spans, match)
                targets = relative_targets(place, match["relative"])
                if match["under"]:
                    steps = self._steps[own.policy_id]
                    targets = self._below(own, steps, targets, match["under"])
                yield self._reference(match, "relative", own.policy_id, targets)
            elif match["annex"] and clause.kind == "附件" and not match.start():
                continue  # its own head
            elif own is not None and match["annex"]:
                yield self._reference(match, "annex", own.policy_id, self._annex(own, match))
            elif own is not None and match["here"]:
                is_penalty = clause.text.endswith(_VIOLATES, 0, match.start())
                place = self._place(clause, own, spans, match)
                targets = self._here(place, match, violated if is_penalty else [])
                violated = targets if is_penalty else violated
                yield self._reference(match, "own", own.policy_id, targets)

    def _is_bare(self, clause: Clause, match: re.Match[str]) -> bool:
        """Whether an address without 本法 before it is a reference, not the clause's own head."""
        before = clause.text[max(0, match.start() - 1) : match.start()]
        if before in ("", "\n") or (match.start() and before in "法例定则"):
            return False  # a head, or part of the name of a statute that is not in 《》
        return clause.kind in ("条", "款", "项", "目") or "条" in match["here"]

    def _to_document(self, match: re.Match[str]) -> Reference:
        policy = self._by_title(match["title"], match["number"] or "")
        if policy is None:
            return self._reference(match, "document", "", [])
        targets: list[Clause] = []
        if match["there"]:
            targets = self._listed(policy, match["there"], ())
        return self._reference(match, "document", policy.policy_id, targets)

    def _place(self, clause: Clause, policy: Policy, spans: Spans, match: re.Match[str]) -> Place:
        offset = spans.source(match.start(), match.start() + 1)[0]
        return Place(clause, offset, policy, self._steps[policy.policy_id])

    def _here(self, place: Place, match: re.Match[str], violated: Sequence[Clause]) -> list[Clause]:
        """What an address inside the policy leads to: 第二款 alone is of the same article.

        Behind a penalty of what was violated: 违反第十条第一项的，…；违反第二项的，….
        """
        policy, book = place.policy, place.steps
        # An attachment counts its articles anew.
        context = tuple(step for step in book.of(place.clause)[:1] if "附件" in step.kinds)
        if not match["own"] and not _FROM_THE_TOP.match(match["here"]):
            around = "本条" if _OF_ARTICLE.match(match["here"]) else "本款"
            above = violated or relative_targets(place, around) or relative_targets(place, "本条")
            context = book.of(above[0]) if above else context
        return self._listed(policy, match["here"], context) or (
            self._listed(policy, match["here"], ()) if context else []
        )

    def _below(
        self, policy: Policy, steps: Steps, above: Sequence[Clause], listed: str
    ) -> list[Clause]:
        found: list[Clause] = []
        for clause in above:
            found += self._listed(policy, listed, steps.of(clause))
        return found

    def _listed(self, policy: Policy, listed: str, context: tuple[Step, ...]) -> list[Clause]:
        """The clauses of a list; what a later address leaves out is that of the one before."""
        book = self._steps[policy.policy_id]
        found: list[Clause] = []
        last: tuple[Step, ...] = context
        for part in _PART.finditer(listed):
            steps = _completed(steps_of(part["address"]) or (), last)
            if part["joint"] in _SPAN and last:
                for number in _between(last, steps):
                    found += book.find((*steps[:-1], Step(steps[-1].kinds, number)))[:1]
            found += book.find(steps)[:1]
            last = steps
        return found

    def _annex(self, policy: Policy, match: re.Match[str]) -> list[Clause]:
        steps = steps_of(match["annex"]) or ()
        if match["inside"]:
            return self._listed(policy, match["inside"], steps)
        return self._steps[policy.policy_id].find(steps)[:1]

    def _reference(
        self, match: re.Match[str], kind: str, policy_id: str, targets: Sequence[Clause]
    ) -> Reference:
        ids = tuple(dict.fromkeys(clause.clause_id for clause in targets))
        return Reference(match[0], match.start(), match.end(), kind, policy_id, ids)


def references_of(clause: Clause, policies: Sequence[Policy]) -> tuple[Reference, ...]:
    """References of one clause; for many, make one ``ReferenceFinder``."""
    return ReferenceFinder(policies).references_of(clause)


_ORDER = ("附件", "编", "章", "节", "部分", "条", "款", "项", "点", "目")


def _rank(step: Step) -> int:
    return min((_ORDER.index(kind) for kind in step.kinds if kind in _ORDER), default=len(_ORDER))


def _completed(steps: tuple[Step, ...], last: tuple[Step, ...]) -> tuple[Step, ...]:
    """第二款 after 第三条第一款 is 第三条第二款."""
    if not steps:
        return last
    kept = [step for step in last if _rank(step) < _rank(steps[0])]
    return (*kept, *steps)


def _between(first: tuple[Step, ...], last: tuple[Step, ...]) -> range:
    """Numbers between two ends of a range (第十条至第十二条)."""
    if len(first) != len(last) or not first[-1].kinds & last[-1].kinds:
        return range(0)
    start, stop = first[-1].number + 1, last[-1].number
    return range(start, stop) if stop - start <= _MAX_RANGE else range(0)
