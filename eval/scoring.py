"""One question: from its gold record and what came back to the measures that apply to it.

A measure that does not apply to a question is left out: means are over the questions that have it.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval import fact_measures, measures, refusal_measures
from eval.matching import GoldClauses, judge
from eval.schema import Corpus, GoldRecord, Json

DEPTHS = (1, 3, 5, 10)
DEEPEST = 10


class Scorer:
    """Scores answers against gold over one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts = corpus.texts
        self._clauses = GoldClauses(corpus)

    def gold_clauses(self, record: GoldRecord) -> list[str]:
        """Ids of the clauses that hold the evidence of a record."""
        return self._clauses.of_record(record.evidence)

    def score(
        self, record: GoldRecord, *, answer: Json, hits: Sequence[Json] | None, seconds: float
    ) -> dict[str, float]:
        """All measures of a question that apply to it, by name."""
        status = str(answer.get("status", "error"))
        asks_rightly = record.type == "ambiguous" and status == "clarify"
        found: dict[str, float] = {}
        if record.answerable and hits is not None:
            found |= self._retrieval(record, hits)
        if record.answerable and not asks_rightly:
            found |= citation_scores(record, answer)
            found |= text_scores(record, answer)
        found |= refusal_measures.refusal_measures(
            status, answerable=record.answerable, may_ask=record.type == "ambiguous"
        )
        found |= self._honesty(answer)
        found["answered"] = float(status == "answered")
        if status == "answered":
            # An answer to what cannot be answered is wrong; so is one with a fact missing.
            found["risk"] = 1 - found["complete"] if record.answerable else 1.0
            found["length"] = float(len(words(answer, "text")))
        return found | {"seconds": seconds}

    def _retrieval(self, record: GoldRecord, hits: Sequence[Json]) -> dict[str, float]:
        judgement = judge(record.evidence, distinct(hits))
        quotes = len(record.evidence)
        found: dict[str, float] = {}
        for k in DEPTHS:
            found[f"hit@{k}"] = measures.hit_at(judgement, k)
            found[f"recall@{k}"] = measures.recall_at(judgement, k, quotes=quotes)
            found[f"precision@{k}"] = measures.precision_at(judgement, k)
        found["MRR@10"] = measures.reciprocal_rank(judgement, DEEPEST)
        gold = len(self.gold_clauses(record))
        found["nDCG@10"] = measures.ndcg_at(judgement, DEEPEST, gold_clauses=gold)
        return found

    def _honesty(self, answer: Json) -> dict[str, float]:
        """Whether quotes are the file's words, and figures those of the clauses cited."""
        found: dict[str, float] = {}
        citations = rows(answer, "citations")
        if citations:
            found["verbatim"] = fact_measures.verbatim_rate(citations, self._texts)
        clauses = [words(citation, "clause_text") for citation in citations]
        said = [
            (text, "\n".join(clauses[place] for place in places))
            for text, places in statements(answer)
        ]
        support = fact_measures.figure_support(said)
        if support is not None and answer.get("status") == "answered":
            found["figure_support"] = support
        return found


def citation_scores(record: GoldRecord, answer: Json) -> dict[str, float]:
    """How well the clauses that an answer cites are those of the evidence."""
    judgement = judge(record.evidence, rows(answer, "citations"))
    gold = measures.relevant(judgement)
    cited = [places for _, places in statements(answer)]
    precision = measures.citation_precision(cited, gold)
    recall = measures.citation_recall(cited, gold)
    return {
        "citation_precision": precision,
        "citation_recall": recall,
        "citation_F1": measures.f1(precision, recall),
        "evidence_recall": measures.evidence_recall(judgement, quotes=len(record.evidence)),
        "first_citation": measures.first_citation(judgement),
    }


def text_scores(record: GoldRecord, answer: Json) -> dict[str, float]:
    """How much of the facts an answer says, and how like its text is to what was expected."""
    text = words(answer, "text")
    facts = fact_measures.fact_recall(record.facts, text, table_cells(answer))
    reference = record.answer or "".join(item.quote for item in record.evidence)
    return {
        "fact_recall": facts,
        "complete": float(facts == 1),
        "char_F1": fact_measures.char_f1(text, reference),
        "ROUGE-L": fact_measures.rouge_l(text, reference),
    }


def statements(answer: Json) -> list[tuple[str, list[int]]]:
    """Each statement with the places in ``citations`` of what it cites.

    An answer that is not divided into statements is one statement that cites all its citations.
    """
    citations = rows(answer, "citations")
    divided = rows(answer, "statements")
    text = words(answer, "text")
    if not divided:
        return [(text, list(range(len(citations))))] if text or citations else []
    places = {citation.get("number"): place for place, citation in enumerate(citations)}
    return [
        (
            words(statement, "text"),
            [places[number] for number in statement.get("citations") or () if number in places],
        )
        for statement in divided
    ]


def table_cells(answer: Json) -> list[str]:
    """The cells of an answer's table, row by row; none where it has no table."""
    table = answer.get("table")
    if not isinstance(table, dict):
        return []
    return [str(cell) for row in table.get("rows") or () for cell in row]


def words(part: Json, name: str) -> str:
    """A text of an answer or of a part of it; empty where there is none."""
    value = part.get(name)
    return value if isinstance(value, str) else ""


def rows(answer: Json, name: str) -> list[Json]:
    """A list of objects of an answer; empty where there is none."""
    value = answer.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def distinct(hits: Sequence[Json]) -> list[Json]:
    """The hits in their order, each clause once: a clause that is found twice is not two."""
    kept: dict[object, Json] = {}
    for place, hit in enumerate(hits):
        kept.setdefault(hit.get("clause_id", place), hit)
    return list(kept.values())
