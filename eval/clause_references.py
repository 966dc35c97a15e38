"""The clause that a person means, written as an id, an address or its own words, to evidence; pure.

anqiu-2024-21/2.4.1
《安丘市推动公立医院高质量发展实施方案》二（四）1
安政办〔2024〕21号 二（四）1
增加护士配备，逐步推动公立医院医护比总体达到1：2左右
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.addresses import resolve
from corpus.errors import AddressUnknown
from corpus.schema import Clause, Policy
from eval.matching import stem, without_space
from eval.schema import Corpus, Evidence
from index.folding import fold

_MIN_QUOTE = 6  # characters; fewer stand in many clauses
_PARTS = re.compile(r"\n+")
_LOOSE_PARTS = re.compile(r"[\n；;]+")
_TITLE = re.compile(
    r"^《(?P<title>.+)》\s*(?:[(（〔].*?号[)）]?)?\s*(?P<label>[^《》]*)$", re.DOTALL
)
_NUMBER = re.compile(r"^(?P<number>\S+?[〔\[（(【]\d{4}[〕\]）)】]\s*第?\d+号)\s*(?P<label>.*)$")
# What people write between the numbers of a label, or leave out.
_LABEL_NOISE = re.compile(r"[\s、.,，。．:：]")


class ReferenceUnclear(ValueError):
    """No clause, or more than one, is what a reference means; says what to write instead."""


def evidence_of(reference: str, corpus: Corpus, *, document: str = "") -> list[Evidence]:
    """The clauses that a cell names, each as the file that holds it and its words.

    Args:
        reference: one or more references, a line each; ；may part them too.
        corpus: where the clauses stand.
        document: file, title or 文号 that the references are looked for in; empty for all.

    Raises:
        ReferenceUnclear: a part of it means no clause, or several.
    """
    inside = _named(document, corpus.policies) if document else list(corpus.policies)
    if document and not inside:
        raise ReferenceUnclear(f"no document '{document}'; `wenzheng policies` lists what is in")
    found: list[Evidence] = []
    for line in _split(reference, _PARTS):
        try:
            found.append(_one(line, inside, corpus))
        except ReferenceUnclear:
            parts = _split(line, _LOOSE_PARTS)
            if len(parts) == 1:
                raise
            found += [_one(part, inside, corpus) for part in parts]
    return found


def _one(reference: str, policies: Sequence[Policy], corpus: Corpus) -> Evidence:
    clauses = _by_address(reference, policies)
    if clauses:
        if len({(clause.policy_id, clause.text) for clause in clauses}) > 1:
            ids = "、".join(clause.clause_id for clause in clauses[:4])
            raise ReferenceUnclear(f"'{_short(reference)}' may be {ids}; write one of these ids")
        source = next(p.source for p in policies if p.policy_id == clauses[0].policy_id)
        return Evidence(stem(source), _quote(clauses[0], corpus.texts[source]))
    words = without_space(reference)
    sources = sorted({p.source for p in policies if len(words) >= _MIN_QUOTE and _says(p, words)})
    if len(sources) == 1:
        return Evidence(stem(sources[0]), reference)
    if sources:
        names = "、".join(sources)
        raise ReferenceUnclear(f"'{_short(reference)}' stands in {names}; add a column 文件")
    raise ReferenceUnclear(
        f"no clause is, or says, '{_short(reference)}'; write its id, 《title》label, or its words"
    )


def _quote(clause: Clause, text: str) -> str:
    """The words of a clause as the file has them: what cleaning took out of them stays in."""
    is_verbatim = without_space(clause.text) in without_space(text)
    return clause.text if is_verbatim else text[clause.start : clause.end]


def _by_address(reference: str, policies: Sequence[Policy]) -> list[Clause]:
    try:
        return [resolve(reference, policies)]
    except AddressUnknown:
        pass
    inside, label = _parsed(reference, policies)
    plain = _LABEL_NOISE.sub("", fold(label))
    if not plain:
        return []
    return [
        clause
        for policy in inside
        for clause in policy.clauses
        if clause.text and _LABEL_NOISE.sub("", fold(clause.label)) == plain
    ]


def _parsed(reference: str, policies: Sequence[Policy]) -> tuple[list[Policy], str]:
    """The policies that a reference names, and the rest of it; all where it is a label alone."""
    for pattern, group in ((_TITLE, "title"), (_NUMBER, "number")):
        match = pattern.match(reference)
        if match:
            return _named(match[group], policies), match["label"]
    first, _, rest = reference.partition(" ")
    inside = _named(first, policies) if rest else []
    return (inside, rest) if inside else (list(policies), reference)


def _named(name: str, policies: Sequence[Policy]) -> list[Policy]:
    """Policies of that file, id, 文号 or title."""
    wanted = fold(name).strip("《》 ")
    return [policy for policy in policies if wanted in _names(policy)]


def _names(policy: Policy) -> Iterator[str]:
    yield fold(policy.policy_id)
    yield fold(policy.source)
    yield fold(stem(policy.source))
    yield fold(policy.title.value).strip("《》 ")
    if policy.document_number:
        yield fold(policy.document_number.value)


def _says(policy: Policy, words: str) -> bool:
    return any(words in without_space(clause.text) for clause in policy.clauses)


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in separator.split(text) if part.strip()]


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
