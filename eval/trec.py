"""Runs and judgements in the form of TREC, so that any other tool can check the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import numpy as np

from eval.matching import judge
from eval.schema import GoldRecord, Json, Scored
from eval.scoring import distinct

_SPACE = re.compile(r"\s")


def run_lines(rows: Iterable[Scored], *, system: str) -> str:
    """What was found: ``question Q0 clause rank score system``.

    Tools sort by score and forget the rank. So a score that does not fall from one clause to the
    next is lowered by as little as they can tell apart, which is a float32.
    """
    return "".join(
        f"{token(row.id)} Q0 {token(str(hit['clause_id']))} {rank} {score!r} {token(system)}\n"
        for row in rows
        for hits in [distinct(row.hits)]
        for rank, (hit, score) in enumerate(zip(hits, falling(hits), strict=True), start=1)
    )


def qrels_lines(
    rows: Iterable[Scored], records: Mapping[str, GoldRecord], gold: Mapping[str, Sequence[str]]
) -> str:
    """What is relevant: ``question 0 clause 1`` for gold clauses, and for hits that match a quote.

    Args:
        rows: what was found.
        records: the gold by id.
        gold: for each id the gold clauses of the corpus.
    """
    lines: list[str] = []
    for row in rows:
        evidence = records[row.id].evidence
        matches = zip(row.hits, judge(evidence, row.hits), strict=True)
        found = (str(hit["clause_id"]) for hit, quotes in matches if any(quotes))
        lines += [
            f"{token(row.id)} 0 {token(clause_id)} 1\n"
            for clause_id in dict.fromkeys((*gold[row.id], *found))
        ]
    return "".join(lines)


def falling(hits: Sequence[Json]) -> list[float]:
    """The scores of hits, each less than the one before."""
    scores: list[float] = []
    for hit in hits:
        score = np.float32(hit.get("score") or 0.0)
        if scores and not score < scores[-1]:
            score = np.nextafter(np.float32(scores[-1]), np.float32(-np.inf))
        scores.append(float(score))
    return scores


def token(text: str) -> str:
    """A name without the white space that parts the columns.

    >>> token("my plan/1")
    'my%20plan/1'
    """
    return _SPACE.sub(lambda match: quote(match[0]), text)
