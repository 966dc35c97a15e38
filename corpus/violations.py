"""Sentences of a statute that say what it costs to violate its articles; pure.

A statute says in one article what must not be done, and in another, 违反本条例第十八条第二项规定的,
what follows (立法技术规范（试行）（一）, 法工委发〔2009〕62号).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.references import ReferenceFinder
from corpus.schema import Clause, Policy
from corpus.sentences import Sentence, split_sentences

MARK = "违反"  # how every such sentence begins
# What only adds to the penalty before it: 逾期不改正的，…; 情节严重的，….
_HEIGHTENS = re.compile(
    r"(?:逾期|拒不|情节|造成|构成犯罪|有违法所得|屡[教次]|再次|对(?:单位|个人|直接负责)|其中)"
)


@dataclass(frozen=True, slots=True)
class Violation:
    """What it costs to violate some clauses: a sentence, and those that only say more of it."""

    clause: Clause
    sentences: tuple[Sentence, ...]
    violated: tuple[str, ...]  # ids of the clauses, in the order in which they are named


def violations_of(policy: Policy) -> Iterator[Violation]:
    """Every sentence of the articles of a policy that names what was violated, in order."""
    if not any(_may_name(clause) for clause in policy.clauses):
        return
    finder = ReferenceFinder([policy])
    for clause in policy.clauses:
        if not _may_name(clause):
            continue
        references = finder.references_of(clause)
        sentences = split_sentences(clause.text)
        for number, sentence in enumerate(sentences):
            violated = tuple(
                target
                for reference in references
                if MARK in clause.text[sentence.start : reference.start]
                and reference.start < sentence.end
                for target in reference.targets
            )
            if violated:
                yield Violation(clause, _with_heightening(sentences[number:]), violated)


def _may_name(clause: Clause) -> bool:
    return clause.kind == "条" and MARK in clause.text


def _with_heightening(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The first sentence with those right behind it that only say more of its penalty."""
    end = 1
    while end < len(sentences) and _HEIGHTENS.match(sentences[end].text):
        end += 1
    return tuple(sentences[:end])
