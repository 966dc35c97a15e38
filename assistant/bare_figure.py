"""A ratio that is all that a question names (为什么某市要求1:3？); pure.

With nothing else to look up, such a question is about the ratios that the document sets: they put
right one that it does not set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citations import DraftStatement, Quote
from assistant.findings import Finding, Material
from assistant.language import language
from corpus.schema import Policy
from corpus.sentences import split_sentences
from index.chunking import searched_clauses
from index.folding import fold

_RATIO = re.compile(r"(?<![\d:∶])\d+(?:\.\d+)?\s*[:∶比]\s*\d+(?:\.\d+)?(?![\d:∶%])")
_CLOCK = re.compile(r"\d{1,2}[:∶]\d\d")
_MOST = 4  # values that are told side by side; more of them answer nothing
_WORD = re.compile(r"[\u4e00-\u9fffa-z]{2}")


def bare_figure(material: Material) -> Finding | None:
    """The sentences with the ratio that a question names alone, else with any; None for others."""
    topic = fold(material.reading.topic)
    asked = _ratios(topic)
    rest = language().forms["target_words"].sub(" ", _RATIO.sub(" ", topic))
    if len(asked) != 1 or _WORD.search(rest) or not material.reading.scope.policy_ids:
        return None
    drafts = [draft for policy in material.in_scope for draft in _sentences_with_ratio(policy)]
    same = [draft for draft in drafts if asked[0] in _ratios(fold(draft.text))]
    told = same or drafts
    return Finding(drafts=tuple(told), joint="\n") if 0 < len(told) <= _MOST else None


def _sentences_with_ratio(policy: Policy) -> Iterator[DraftStatement]:
    for clause in searched_clauses(policy):
        for sentence in split_sentences(clause.text):
            quote = Quote(clause, sentence.start, sentence.end)
            if _ratios(fold(quote.text)):
                yield DraftStatement(quote.text, (quote,))


def _ratios(text: str) -> list[str]:
    """The ratios of a folded text in one form, without times of the day."""
    found = (match[0] for match in _RATIO.finditer(text) if not _CLOCK.fullmatch(match[0]))
    return [re.sub(r"\s*[:∶比]\s*", ":", ratio) for ratio in found]
