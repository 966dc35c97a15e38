"""Proves gold records against a corpus: that a changed corpus cannot spoil the gold unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.fact_measures import folded
from eval.matching import GoldClauses, stem, without_space
from eval.schema import Corpus, Evidence, GoldRecord

# Their facts are names of places or decisive words, which stand in the document, but not always in
# the sentence that proves them.
_FACTS_ANYWHERE = ("aggregate", "ambiguous", "yesno")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: problems spoil scores, remarks are worth a look."""

    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def check_gold(
    records: Sequence[GoldRecord], corpus: Corpus, *, splits: Mapping[str, str] | None = None
) -> Findings:
    """Everything in gold records that does not hold of a corpus, in their order.

    Args:
        records: of all files that the split is for.
        corpus: what quotes and facts must stand in.
        splits: id → dev or test; None where the records are not split.
    """
    evidence = check_evidence(records, corpus)
    plain = {stem(name): folded(text) for name, text in corpus.texts.items()}
    problems = [*evidence.problems]
    for record in records:
        problems += _fact_problems(record, plain)
    problems += _repeated(records)
    if splits is not None:
        problems += _split_problems(records, splits)
    return Findings(tuple(problems), evidence.remarks)


def check_evidence(records: Iterable[GoldRecord], corpus: Corpus) -> Findings:
    """Quotes that are not verbatim in their document, or that no clause holds; doubtful ones."""
    clauses = GoldClauses(corpus)
    plain = {stem(name): without_space(text) for name, text in corpus.texts.items()}
    problems: list[str] = []
    remarks: list[str] = []
    for record in records:
        for item in record.evidence:
            problem = _evidence_problem(item, plain, clauses)
            if problem:
                problems.append(f"{record.id}: {problem}")
                continue
            found = clauses.of_quote(item)
            if len({clause.policy_id for clause in found}) > 1:
                where = ", ".join(clause.clause_id for clause in found)
                remarks.append(f"{record.id}: {_shown(item.quote)} stands in several: {where}")
    return Findings(tuple(problems), tuple(remarks))


def _evidence_problem(item: Evidence, plain: Mapping[str, str], clauses: GoldClauses) -> str:
    if item.doc not in plain:
        known = ", ".join(sorted(plain)[:12])
        return f"there is no document '{item.doc}'; there are {known}"
    if without_space(item.quote) not in plain[item.doc]:
        return f"{_shown(item.quote)} does not stand in {item.doc}; copy it from the file"
    if not clauses.of_quote(item):
        return f"no clause of {item.doc} holds {_shown(item.quote)}; quote inside one clause"
    return ""


def _fact_problems(record: GoldRecord, plain: Mapping[str, str]) -> list[str]:
    """Facts no form of which stands in the evidence, or in its documents where that suffices."""
    anywhere = record.type in _FACTS_ANYWHERE
    texts = [
        plain.get(item.doc, "") if anywhere else folded(item.quote) for item in record.evidence
    ]
    place = "document of the evidence" if anywhere else "quote of the evidence"
    return [
        f"{record.id}: the fact {_shown(forms[0])} stands in no {place}; correct either"
        for forms in record.facts
        if not any(folded(form) in text for form in forms for text in texts)
    ]


def _repeated(records: Sequence[GoldRecord]) -> list[str]:
    """Questions that are there twice: one of them could be in dev, the other in test."""
    first: dict[tuple[str, ...], str] = {}
    problems: list[str] = []
    for record in records:
        asked = tuple(map(folded, (*record.history, record.question)))
        if first.setdefault(asked, record.id) != record.id:
            problems.append(f"{record.id}: the same question as {first[asked]}; remove one")
    return problems


def _split_problems(records: Sequence[GoldRecord], splits: Mapping[str, str]) -> list[str]:
    ids = {record.id for record in records}
    missing = [f"{name}: in no split; add it to split.json" for name in ids if name not in splits]
    left = [f"{name}: in split.json, but no record; remove it" for name in splits.keys() - ids]
    return sorted(missing) + sorted(left)


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:40]}…”" if len(flat) > 41 else f"“{flat}”"
