"""Measures of what was found and cited; pure functions of who matches what.

A *judgement* is, for each clause found or cited, the tuple of evidence quotes that it matches
(``matching.judge``). Measures of the answer's text stand in ``fact_measures``, those of refusals
in ``refusal_measures``. Every function names its formula and where it comes from. All values lie
between 0 and 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Judgement = Sequence[Sequence[bool]]
"""A row for each clause in its order, in it for each evidence quote whether the clause matches."""


def relevant(judgement: Judgement) -> list[bool]:
    """For each clause whether it matches any quote."""
    return [any(row) for row in judgement]


def hit_at(judgement: Judgement, k: int) -> float:
    """hit@k, also success@k: 1 if one of the first k clauses matches a quote, else 0.

    Craswell & Hawking, Overview of the TREC-2004 Web Track (2004), as S@k.

    >>> hit_at([(False,), (True,)], 1), hit_at([(False,), (True,)], 2)
    (0.0, 1.0)
    """
    return float(any(relevant(judgement[:k])))


def recall_at(judgement: Judgement, k: int, *, quotes: int) -> float:
    """recall@k: the share of evidence quotes that one of the first k clauses matches.

    ``|{q : some clause of rank ≤ k matches q}| / |quotes|``. Manning, Raghavan & Schütze,
    Introduction to Information Retrieval (2008), 8.3, with quotes for relevant documents: a quote
    that two clauses hold need be found once.

    >>> recall_at([(True, False), (True, False)], 2, quotes=2)
    0.5
    """
    return _found(judgement[:k], quotes) / quotes


def precision_at(judgement: Judgement, k: int) -> float:
    """precision@k: clauses among the first k that match a quote, divided by k.

    Manning, Raghavan & Schütze (2008), 8.4. As in TREC, k divides even if fewer were found.

    >>> precision_at([(True,)], 2)
    0.5
    """
    return sum(relevant(judgement[:k])) / k


def reciprocal_rank(judgement: Judgement, k: int) -> float:
    """MRR@k for one question: 1 / rank of the first clause that matches, 0 if it is not in k.

    Voorhees, The TREC-8 Question Answering Track Report (1999).

    >>> reciprocal_rank([(False,), (True,)], 10)
    0.5
    """
    for rank, matches in enumerate(relevant(judgement[:k]), start=1):
        if matches:
            return 1 / rank
    return 0.0


def ndcg_at(judgement: Judgement, k: int, *, gold_clauses: int) -> float:
    """nDCG@k: gain 1 for each clause that matches, discounted by rank, over the best order.

    ``Σ_{i ≤ k} rel_i / log2(i + 1)``, divided by the same sum for all relevant clauses first.
    Järvelin & Kekäläinen, Cumulated Gain-based Evaluation of IR Techniques (ACM TOIS 20, 2002).
    ``gold_clauses`` counts the clauses of the corpus that match a quote; a system whose pieces
    are not clauses may find more, and is then held against those.

    >>> round(ndcg_at([(False,), (True,)], 10, gold_clauses=1), 4)
    0.6309
    """
    gains = relevant(judgement)
    best = min(k, max(gold_clauses, sum(gains)))
    if not best:
        return 0.0
    found = sum(_discount(rank) for rank, gain in enumerate(gains[:k], start=1) if gain)
    return found / sum(_discount(rank) for rank in range(1, best + 1))


def citation_precision(statements: Sequence[Sequence[int]], gold: Sequence[bool]) -> float:
    """ALCE citation precision: the share of citations, statement by statement, that support it.

    Gao et al., Enabling Large Language Models to Generate Text with Citations (EMNLP 2023), 4.3: a
    citation counts unless it does not support its statement while the others do. Here a clause
    supports if it is a gold clause, so that ``precision = |gold citations| / |citations|``. 0 where
    nothing is cited.

    Args:
        statements: for each statement, the places in ``gold`` of the clauses that it cites.
        gold: for each cited clause, whether it matches a quote.

    >>> citation_precision([[0], [0, 1]], [True, False])
    0.6666666666666666
    """
    cited = [gold[place] for places in statements for place in places]
    return sum(cited) / len(cited) if cited else 0.0


def citation_recall(statements: Sequence[Sequence[int]], gold: Sequence[bool]) -> float:
    """ALCE citation recall: the share of statements that the clauses they cite support.

    Gao et al. (2023), 4.3, with gold clauses as support: a statement is supported if one of its
    citations is a gold clause. 0 where nothing is stated.

    >>> citation_recall([[0], [1], []], [True, False])
    0.3333333333333333
    """
    if not statements:
        return 0.0
    return sum(any(gold[place] for place in places) for places in statements) / len(statements)


def f1(precision: float, recall: float) -> float:
    """F1: the harmonic mean of precision and recall, 0 if both are 0.

    ``2PR / (P + R)``. van Rijsbergen, Information Retrieval (1979), ch. 7.

    >>> f1(0.5, 1.0)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def evidence_recall(judgement: Judgement, *, quotes: int) -> float:
    """Evidence recall: the share of evidence quotes that a cited clause matches.

    ``|{q : some cited clause matches q}| / |quotes|``; docs/evaluation.md.

    >>> evidence_recall([(True, False)], quotes=2)
    0.5
    """
    return _found(judgement, quotes) / quotes


def first_citation(judgement: Judgement) -> float:
    """Whether the first clause cited, which is the one that is read, matches a quote; else 0.

    >>> first_citation([(False,), (True,)]), first_citation([])
    (0.0, 0.0)
    """
    return float(bool(judgement) and any(judgement[0]))


def _found(judgement: Judgement, quotes: int) -> int:
    return sum(any(row[quote] for row in judgement) for quote in range(quotes))


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)
