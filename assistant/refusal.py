"""When not to answer: what a question asks for against what the sentences found give; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import gaps, told_years
from assistant.annexes import asks_of_missing_annex
from assistant.asked_indicator import lacks_figure, names_indicator
from assistant.asked_values import lacks_attribute, lacks_value, with_value
from assistant.asking import asks, pieces_of
from assistant.citations import DraftStatement
from assistant.contrasts import speaks_of_another
from assistant.evidence import Evidence
from assistant.extractive import Candidate, compose
from assistant.language import HAN_PAIR, language
from assistant.left_out import (
    asks_for_missing_code,
    asks_for_missing_member,
    asks_of_excluded,
    asks_of_missing_abbreviation,
)
from assistant.other_institutions import is_of_other_institution
from assistant.question import Reading
from assistant.schema import Reason
from assistant.tabled import with_units
from corpus.schema import Policy
from corpus.titles import GENRES
from index.folding import fold


@dataclass(frozen=True, slots=True)
class _Floor:
    """Below both values the library has nothing on the topic of a question."""

    similarity: float
    coverage: float


# Read off the dev half of the gold questions, off questions over documents that the retriever has
# never seen, and off questions on other topics: nearly every answerable question lies above
# (docs/evaluation.md). The cosines belong to the bundled retriever; a question in Latin script
# is looked up half in Chinese and lies higher.
_UNNAMED = _Floor(similarity=0.60, coverage=0.45)
_NAMED = _Floor(similarity=0.57, coverage=0.35)
_SEVERAL = _Floor(similarity=0.52, coverage=0.25)  # 各市…: short topics, and no document says all
_LATIN_UNNAMED = _Floor(similarity=0.68, coverage=1.0)
_LATIN_NAMED = _Floor(similarity=0.59, coverage=1.0)

_ISSUED = frozenset({"成文", "印发", "公布", "发布", "通过"})

# 公布费用指标: what is made public is a thing that the text speaks of, not the text.
_PUBLISHED_THING = re.compile(
    rf"(?:公布|发布)(?!(?:的?(?:日期|时间)|施行|实施|这|该|本|了|于|过|{GENRES}))[\u4e00-\u9fff]{{2}}"
)

_DATED_ISSUE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日[^。；]{0,24}(?:印发|发布|公布|出台|下发)")
_TOLD = 3  # sentences that may tell when another document was issued

_TELLING = 4  # pairs of characters in common that tell what a text is on
_MOSTLY = 0.34  # of those that the best text has
_OF_SEVERAL = 12  # sentences of several documents, of which one should have the value

# Where most of what is asked is spoken of in other documents only, this one does not settle it.
_MAX_ELSEWHERE = 0.6


def reason_to_refuse(
    reading: Reading, candidates: Sequence[Candidate], evidence: Evidence
) -> Reason | None:
    """Why the question cannot be answered from the sentences found, or None."""
    if reading.scope.unknown and not reading.several:
        return "not_in_corpus"
    if not candidates or not re.search(r"\w", reading.topic):  # nothing but names or signs
        return "out_of_scope"
    if language().forms["pastime"].search(fold(reading.question.text)):
        return "out_of_scope"
    floor = _floor(reading)
    # What a document says of itself, its number or basis, is asked for without a topic.
    far = evidence.coverage < floor.coverage and evidence.similarity < floor.similarity
    if far and not reading.preferred_kinds:
        # A telephone number of a place that is covered: its documents have no such thing.
        lacking = gaps.lacks_detail(reading, candidates) or _is_of_documents(reading)
        return "not_specified" if reading.scope.policy_ids and lacking else "out_of_scope"
    named = bool(reading.scope.policy_ids)
    if (named or not reading.several) and evidence.elsewhere > _MAX_ELSEWHERE:
        return "not_specified"
    if _lacks_document_facts(reading, candidates):
        return "not_specified"
    if told_years.asks_for_outcome(reading, candidates):
        return "not_specified"
    if reading.several:
        return "not_specified" if _none_has_value(reading, candidates) else None
    if _has_gap(reading, candidates):
        return "not_specified"
    return None


def _is_of_documents(reading: Reading) -> bool:
    """Whether a question asks what such documents have: an indicator, or when they take effect."""
    return "effective" in reading.cues or names_indicator(reading.topic) is not None


def _has_gap(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether the documents in scope lack what is asked for."""
    best = candidates[0].hit
    found = {candidate.hit.policy.policy_id: candidate.hit.policy for candidate in candidates}
    return (
        gaps.lacks_detail(reading, candidates)
        or gaps.is_contact_of_another(reading, candidates)
        or gaps.lacks_basis(reading, candidates)
        or gaps.is_bare_heading(candidates)
        or gaps.is_only_named(reading, best.clause, best.policy)
        or told_years.asks_for_another_year(reading, found.values())
        or told_years.tells_other_years(reading, candidates)
        or asks_of_missing_annex(reading, best.policy)
        or asks_of_missing_abbreviation(reading, found.values())
        or _lacks_units(reading, candidates)
        or _lacks_indicator(reading, found.values())
        or _says_nothing_of_it(reading, candidates)
    )


def gives_no_value(reading: Reading, said: Sequence[DraftStatement]) -> bool:
    """Whether a figure is asked of several documents, and what would be said of each has none."""
    texts = [
        f"{s.text}\n{q.clause.text}" if q.clause.kind == "表行" else s.text
        for s in said
        for q in s.quotes
    ]
    return reading.several and lacks_value(reading, texts)


def _none_has_value(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether of several documents none has what is asked for near the top of what was found."""
    said = [with_units(c.hit.clause, c.hit.policy) for c in candidates[:_OF_SEVERAL]]
    policies = {c.hit.policy.policy_id: c.hit.policy for c in candidates[:_OF_SEVERAL]}
    return lacks_value(reading, said) or all(
        lacks_attribute(reading, said, policy) for policy in policies.values()
    )


def _lacks_indicator(reading: Reading, policies: Iterable[Policy]) -> bool:
    """Whether an indicator is asked for that the named documents lack, or give no figure of."""
    if not reading.scope.policy_ids:
        return False
    texts = [clause.text for policy in policies for clause in policy.clauses]
    speaks = names_indicator(reading.topic)
    if speaks is not None and not any(map(speaks, texts)):
        return True
    return reading.kind == "number" and lacks_figure(reading.topic, texts)


def _says_nothing_of_it(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether the sentences that would be said have not what is asked for, or not of that."""
    policy = candidates[0].hit.policy
    statements = compose(reading, candidates)
    said = [_told(statement, policy) for statement in statements]
    return (
        lacks_value(reading, _on_it(reading, said))
        or lacks_attribute(reading, said, policy)
        or gaps.only_counts(reading, said, candidates[0].text)
        or speaks_of_another(reading, policy, with_value(reading, statements))
        or is_of_other_institution(reading, said)
        or asks_for_missing_code(reading, policy)
        or asks_for_missing_member(reading, said, policy)
        or asks_of_excluded(reading, said, policy)
    )


def _on_it(reading: Reading, said: Sequence[str]) -> list[str]:
    """Of what would be said the texts that have most of the words asked about.

    A prize for one group is not told by the bonus of another in the same clause. Of a question that
    asks two things each may stand in a text of its own.
    """
    if sum(map(asks, pieces_of(reading.question.text))) > 1:
        return list(said)
    asked = set(HAN_PAIR.findall(fold(reading.topic)))
    shared = [len(asked & set(HAN_PAIR.findall(fold(text)))) for text in said]
    most = max(shared, default=0)
    if most < _TELLING:
        return list(said)
    return [text for text, count in zip(said, shared, strict=True) if count >= _MOSTLY * most]


def _told(statement: DraftStatement, policy: Policy) -> str:
    """A statement; a row with the units of its figures."""
    clause = statement.quotes[0].clause
    return with_units(clause, policy) if clause.kind == "表行" else statement.text


def _floor(reading: Reading) -> _Floor:
    named = bool(reading.scope.names)
    if re.search(r"[a-z]", reading.topic) and not re.search(r"[\u4e00-\u9fff]", reading.topic):
        return _LATIN_NAMED if named or reading.several else _LATIN_UNNAMED
    # 还得多拿什么, of the document that the conversation is on (kept_document): short, too.
    if reading.several or (reading.scope.policy_ids and not named):
        return _SEVERAL
    return _NAMED if named else _UNNAMED


def _lacks_document_facts(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether number or date of the documents themselves is asked for, and none of them has it."""
    policies = {c.hit.policy.policy_id: c.hit.policy for c in candidates}
    meant = policies.keys() & reading.scope.policy_ids
    if not meant or reading.kind == "basis":
        return False
    return all(_lacks_facts_of(reading, policies[one], candidates) for one in meant)


def _lacks_facts_of(reading: Reading, policy: Policy, candidates: Sequence[Candidate]) -> bool:
    """Whether number or date of one document is asked for and its text has none."""
    dated = bool({kind for kind, _ in policy.dates} & _ISSUED)
    if "number_of_document" in reading.cues and policy.document_number is None:
        # 何时施行、是哪个文号: what there is of it is said.
        beside = reading.cues & {"effective", "title", "penalty"}
        if "issue" in reading.cues:  # 哪天印发的 asks for no issuer
            return not (beside or dated)
        return not (beside or "issuer" in reading.cues)
    if _PUBLISHED_THING.search(fold(reading.standalone)):
        return False
    if "issue" not in reading.cues or reading.kind != "date" or dated:
        return False
    # When another document was issued, of which this one tells.
    return not any(_DATED_ISSUE.search(fold(candidate.text)) for candidate in candidates[:_TOLD])


def _lacks_units(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether 责任单位 are asked for by that word and the policy names none anywhere."""
    if reading.kind != "unit" or not re.search(
        "(?:责任|牵头|配合)(?:单位|部门)", reading.standalone
    ):
        return False
    clauses = candidates[0].hit.policy.clauses
    return not any(unit.role for clause in clauses for unit in clause.units)
