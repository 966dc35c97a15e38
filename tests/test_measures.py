"""Every measure: cases worked out by hand, properties, and agreement with a library."""

from __future__ import annotations

import doctest
import itertools
import math
from collections.abc import Sequence
from types import ModuleType

import ir_measures
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eval import fact_measures, matching, measures, provenance, refusal_measures, scoring, trec
from eval.fact_measures import (
    char_f1,
    characters,
    common_subsequence,
    fact_recall,
    figure_support,
    rouge_l,
    verbatim_rate,
)
from eval.measures import (
    citation_precision,
    citation_recall,
    evidence_recall,
    f1,
    first_citation,
    hit_at,
    ndcg_at,
    precision_at,
    recall_at,
    reciprocal_rank,
)
from eval.refusal_measures import area_under_risk, risk_coverage
from eval.refusal_measures import refusal_measures as refusals
from eval.schema import GoldRecord, Json
from eval.scoring import DEPTHS, Scorer
from eval.summary import MEASURES
from tests.sample_gold import (
    CORPUS,
    RATIO,
    RECORDS,
    answer_of,
    citation_of,
    empty,
    gold_clauses,
    perfect,
    ranked,
    silent,
    wrong,
)

QUOTES = 3
Rows = list[tuple[bool, ...]]

rows = st.lists(st.tuples(*[st.booleans()] * QUOTES), max_size=12)
depth = st.integers(1, 12)
chinese = st.text("医护比达到左右年1２：。 [", max_size=20)
shares = st.floats(0, 1)


@pytest.mark.parametrize(
    "module",
    [fact_measures, matching, measures, provenance, refusal_measures, trec],
    ids=lambda module: module.__name__,
)
def test_the_examples_in_the_documentation_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


# Four clauses were found; of two quotes the second clause holds the first, the fourth both.
FOUND: Rows = [(False, False), (True, False), (False, False), (True, True)]


def test_retrieval_by_hand() -> None:
    assert [hit_at(FOUND, k) for k in (1, 2, 4)] == [0, 1, 1]
    assert [recall_at(FOUND, k, quotes=2) for k in (1, 2, 3, 4)] == [0, 0.5, 0.5, 1]
    assert [precision_at(FOUND, k) for k in (1, 2, 4, 10)] == [0, 0.5, 0.5, 0.2]
    assert reciprocal_rank(FOUND, 10) == 0.5
    assert reciprocal_rank(FOUND, 1) == 0
    # (1/log2 3 + 1/log2 5) / (1/log2 2 + 1/log2 3)
    assert ndcg_at(FOUND, 10, gold_clauses=2) == pytest.approx(0.650921)
    # Of three gold clauses one was not found: 1.061606 / 2.130930.
    assert ndcg_at(FOUND, 10, gold_clauses=3) == pytest.approx(0.498189)


def test_citations_by_hand() -> None:
    # Three statements cite clauses 0; 0 and 1; none. Clause 0 is gold.
    statements, gold = [[0], [0, 1], []], [True, False]
    assert citation_precision(statements, gold) == pytest.approx(2 / 3)
    assert citation_recall(statements, gold) == pytest.approx(2 / 3)
    assert citation_recall([[1], [1, 0]], gold) == 0.5
    assert f1(2 / 3, 1) == pytest.approx(0.8)
    assert evidence_recall(FOUND[:3], quotes=2) == 0.5
    assert first_citation(FOUND) == 0
    assert first_citation(FOUND[1:]) == 1


def alce_precision(statements: Sequence[Sequence[int]], gold: Sequence[bool]) -> float:
    """As ALCE defines it: a citation is irrelevant if it fails alone and the rest does without."""

    def supports(places: Sequence[int]) -> bool:
        return any(gold[place] for place in places)

    good = total = 0
    for places in statements:
        for place in places:
            total += 1
            rest = [other for other in places if other != place]
            irrelevant = not supports([place]) and supports(rest)
            good += supports(places) and not irrelevant
    return good / total if total else 0.0


@given(st.lists(st.lists(st.integers(0, 3), max_size=4, unique=True), max_size=5),
       st.lists(st.booleans(), min_size=4, max_size=4))  # fmt: skip
def test_citation_precision_is_that_of_alce(statements: list[list[int]], gold: list[bool]) -> None:
    assert citation_precision(statements, gold) == pytest.approx(alce_precision(statements, gold))
    for shuffled in itertools.islice(itertools.permutations(statements), 6):
        assert citation_precision(shuffled, gold) == citation_precision(statements, gold)
        assert citation_recall(shuffled, gold) == citation_recall(statements, gold)


@given(rows, depth)
def test_retrieval_stays_in_its_bounds_and_grows_with_k(judgement: Rows, k: int) -> None:
    for value in (
        hit_at(judgement, k),
        recall_at(judgement, k, quotes=QUOTES),
        precision_at(judgement, k),
        reciprocal_rank(judgement, k),
        ndcg_at(judgement, k, gold_clauses=QUOTES),
        evidence_recall(judgement, quotes=QUOTES),
        first_citation(judgement),
    ):
        assert 0 <= value <= 1 + 1e-12
    assert hit_at(judgement, k) <= hit_at(judgement, k + 1)
    assert recall_at(judgement, k, quotes=QUOTES) <= recall_at(judgement, k + 1, quotes=QUOTES)
    assert recall_at(judgement, k, quotes=QUOTES) <= hit_at(judgement, k)
    assert reciprocal_rank(judgement, k) <= hit_at(judgement, k)


@given(st.data(), rows)
def test_the_order_of_quotes_and_of_citations_does_not_matter(
    data: st.DataObject, judgement: Rows
) -> None:
    order = data.draw(st.permutations(range(QUOTES)))
    turned = [tuple(row[place] for place in order) for row in judgement]
    assert recall_at(turned, 5, quotes=QUOTES) == recall_at(judgement, 5, quotes=QUOTES)
    assert ndcg_at(turned, 5, gold_clauses=2) == ndcg_at(judgement, 5, gold_clauses=2)
    shuffled = data.draw(st.permutations(judgement))
    assert evidence_recall(shuffled, quotes=QUOTES) == evidence_recall(judgement, quotes=QUOTES)
    assert precision_at(shuffled, 12) == precision_at(judgement, 12)


@given(rows)
def test_the_best_order_is_worth_1_and_no_swap_for_the_worse_gains(judgement: Rows) -> None:
    best = sorted(judgement, key=any, reverse=True)
    relevant = sum(map(any, judgement))
    if relevant:
        assert ndcg_at(best, 12, gold_clauses=relevant) == pytest.approx(1)
        assert reciprocal_rank(best, 12) == 1
    for k in DEPTHS:
        now = ndcg_at(judgement, k, gold_clauses=relevant)
        assert now <= ndcg_at(best, k, gold_clauses=relevant) + 1e-12


@given(st.lists(st.lists(st.booleans(), max_size=12), min_size=1, max_size=4), st.data())
def test_retrieval_agrees_with_ir_measures(lists: list[list[bool]], data: st.DataObject) -> None:
    """One clause a quote, where recall of quotes is the recall of documents that TREC knows."""
    missed = [data.draw(st.integers(0, 3)) for _ in lists]
    assume(all(sum(found) + more for found, more in zip(lists, missed, strict=True)))
    qrels, run, ours = [], [], dict.fromkeys(NAMES, 0.0)
    for query, (found, more) in enumerate(zip(lists, missed, strict=True)):
        quotes = sum(found) + more
        names = [f"d{rank}" for rank in range(len(found))]
        gold = [name for name, right in zip(names, found, strict=True) if right]
        gold += [f"m{number}" for number in range(more)]
        qrels += [ir_measures.Qrel(str(query), name, 1) for name in gold]
        run += [
            ir_measures.ScoredDoc(str(query), name, 99.0 - rank) for rank, name in enumerate(names)
        ]
        judgement = [tuple(name == other for other in gold) for name in names]
        for name, value in ours_of(judgement, quotes=quotes).items():
            ours[name] += value / len(lists)
    theirs = ir_measures.calc_aggregate(NAMES.values(), qrels, run)
    for name, measure in NAMES.items():
        assert ours[name] == pytest.approx(theirs[measure]), name


NAMES = {
    **{f"hit@{k}": ir_measures.Success @ k for k in DEPTHS},
    **{f"recall@{k}": ir_measures.R @ k for k in DEPTHS},
    **{f"precision@{k}": ir_measures.P @ k for k in DEPTHS},
    "MRR@10": ir_measures.RR @ 10,
    "nDCG@10": ir_measures.nDCG @ 10,
}


def ours_of(judgement: Rows, *, quotes: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for k in DEPTHS:
        found[f"hit@{k}"] = hit_at(judgement, k)
        found[f"recall@{k}"] = recall_at(judgement, k, quotes=quotes)
        found[f"precision@{k}"] = precision_at(judgement, k)
    found["MRR@10"] = reciprocal_rank(judgement, 10)
    found["nDCG@10"] = ndcg_at(judgement, 10, gold_clauses=quotes)
    return found


def test_facts_by_hand() -> None:
    facts = [["1：2", "一比二"], ["市卫健局", "卫生健康局"], ["三年"]]
    assert fact_recall(facts, "医护比 １:\n２，由卫生健康局负责。") == pytest.approx(2 / 3)
    assert fact_recall(facts, "", ["三年", "一比二"]) == pytest.approx(2 / 3)
    assert fact_recall([["三年"]], "三", ["年"]) == 0  # not across the end of a cell
    assert fact_recall([["１%"]], "1%") == 1


@given(st.lists(st.lists(st.text("甲乙丙", min_size=1, max_size=3), min_size=1), min_size=1),
       chinese, st.data())  # fmt: skip
def test_facts_in_any_order_and_form(
    facts: list[list[str]], text: str, data: st.DataObject
) -> None:
    value = fact_recall(facts, text)
    assert 0 <= value <= 1
    assert fact_recall(data.draw(st.permutations(facts)), text) == value
    assert fact_recall([forms[::-1] for forms in facts], text) == value
    assert fact_recall(facts, text + "甲") >= value
    assert fact_recall(facts, "。".join(forms[0] for forms in facts)) == 1


def test_likeness_by_hand() -> None:
    # 6 characters given, 4 wanted, 4 shared: P = 2/3, R = 1.
    assert char_f1("医护比达1比。[12]", "医 护 比 1") == pytest.approx(0.8)
    assert char_f1("甲甲乙", "甲乙乙") == pytest.approx(2 / 3)
    # Longest common subsequence of 甲乙丙丁 and 丙丁甲 is 丙丁: P = 1/2, R = 2/3.
    assert rouge_l("甲乙丙丁", "丙丁甲") == pytest.approx(4 / 7)
    assert char_f1("甲", "乙") == rouge_l("", "乙") == rouge_l("甲", "。") == 0


def slow_subsequence(first: str, second: str) -> int:
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, a in enumerate(first, start=1):
        for j, b in enumerate(second, start=1):
            same = table[i - 1][j - 1] + 1
            table[i][j] = same if a == b else max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


@given(chinese, chinese)
def test_likeness_is_bounded_symmetric_and_1_for_itself(first: str, second: str) -> None:
    assert common_subsequence(first, second) == slow_subsequence(first, second)
    for likeness in (char_f1, rouge_l):
        assert 0 <= likeness(first, second) <= 1
        assert likeness(first, second) == pytest.approx(likeness(second, first))
        assert likeness(first, first) == (1 if characters(first) else 0)
    assert rouge_l(first, second) <= char_f1(first, second) + 1e-12


@given(chinese)
def test_character_f1_forgets_the_order_and_rouge_does_not(text: str) -> None:
    plain = characters(text)
    assert char_f1(plain[::-1], plain) == char_f1(plain, plain)
    assume(len(set(plain)) > 1)
    turned = "".join(sorted(plain)), "".join(sorted(plain, reverse=True))
    assert rouge_l(*turned) < 1


def test_verbatim_by_hand() -> None:
    texts = {"a.txt": "医护比\n达到1：2。"}
    right = {"source": "a.txt", "quote": "医护比达到", "start": 0, "end": 6}
    assert verbatim_rate([right], texts) == 1
    for change in (
        {"quote": "医护比为"}, {"quote": ""}, {"source": "b.txt"}, {"start": 1}, {"end": None},
        {"start": -9, "end": 99}, {"source": None},
    ):  # fmt: skip
        assert verbatim_rate([right, right | change], texts) == 0.5


@given(chinese, st.integers(0, 20), st.integers(0, 20))
def test_a_slice_of_the_source_is_verbatim(text: str, start: int, end: int) -> None:
    quote = text[start:end].replace(" ", "　\n")
    citation = {"source": "a.txt", "quote": quote, "start": start, "end": end}
    inside = start < end and bool(text[start:end].strip())
    assert verbatim_rate([citation], {"a.txt": text}) == float(inside)


def test_figure_support_by_hand() -> None:
    assert figure_support(
        [("到2025年达到1：2。", "2025年医护比1:2"), ("增长5%。", "")]
    ) == pytest.approx(2 / 3)
    assert figure_support([("增加护士。", "")]) is None
    assert figure_support([]) is None


@given(st.lists(st.tuples(chinese, chinese), max_size=4))
def test_figures_of_the_clause_itself_are_supported(said: list[tuple[str, str]]) -> None:
    value = figure_support(said)
    assert value is None or 0 <= value <= 1
    assert figure_support([(text, text) for text, _ in said]) in (None, 1)
    assert figure_support(said[::-1]) == value


def test_refusals_by_hand() -> None:
    none: dict[str, float] = {"false_refusal": 0.0}
    assert refusals("answered", answerable=True, may_ask=False) == none
    assert refusals("clarify", answerable=True, may_ask=True) == none
    assert refusals("refused", answerable=True, may_ask=True) == {
        "false_refusal": 1, "refusal_precision": 0,
    }  # fmt: skip
    assert refusals("clarify", answerable=False, may_ask=False) == {
        "refusal_recall": 1, "refusal_precision": 1,
    }  # fmt: skip
    assert refusals("error", answerable=False, may_ask=False) == {"refusal_recall": 0}


def test_risk_and_coverage_by_hand() -> None:
    # 5 questions, one of them refused. Surest first: right, then two as sure (one wrong), wrong.
    confidence, risk = [0.5, 0.9, 0.2, 0.5], [1.0, 0.0, 1.0, 0.0]
    points = [(p.coverage, p.risk) for p in risk_coverage(confidence, risk, questions=5)]
    assert points == [(0.2, 0.0), (0.6, pytest.approx(1 / 3)), (0.8, 0.5)]
    # Risks of 1, 2, 3, 4 answers: 0, ½/2, 1/3, 2/4; the two in the middle with their mean.
    area = area_under_risk(np.array(confidence), np.array(risk))
    assert area == pytest.approx((0 + 0.25 + 1 / 3 + 0.5) / 4)
    assert np.isnan(area_under_risk(np.array([0.5]), np.array([np.nan])))


def slow_area(confidence: Sequence[float], risk: Sequence[float]) -> float:
    """The definition: the mean over all orders in which the equally sure can stand."""
    areas = []
    for order in itertools.permutations(range(len(risk))):
        sure = [confidence[place] for place in order]
        if sure == sorted(sure, reverse=True):
            sums = itertools.accumulate(risk[place] for place in order)
            areas.append(sum(s / i for i, s in enumerate(sums, start=1)) / len(risk))
    return sum(areas) / len(areas)


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0.0, 1.0])),
                min_size=1, max_size=5), st.data())  # fmt: skip
def test_the_area_is_the_mean_over_orders(
    answers: list[tuple[float, float]], data: st.DataObject
) -> None:
    confidence, risk = np.array(answers).T
    area = float(area_under_risk(confidence, risk))
    assert area == pytest.approx(slow_area(confidence.tolist(), risk.tolist()))
    assert -1e-12 <= area <= 1 + 1e-12
    turned = np.array(data.draw(st.permutations(answers))).T
    assert float(area_under_risk(*turned)) == area
    assert float(area_under_risk(confidence, risk * 0)) == 0
    refused = np.append(confidence, 0.99), np.append(risk, np.nan)
    assert float(area_under_risk(*refused)) == pytest.approx(area)
    points = risk_coverage(confidence.tolist(), risk.tolist(), questions=len(risk) + 1)
    assert points[-1].coverage == len(risk) / (len(risk) + 1)
    assert points[-1].risk == pytest.approx(risk.mean())


SCORER = Scorer(CORPUS)
LOWER = {
    name for measure in MEASURES.values() if measure.better == "lower" for name in measure.columns
}
FREE = {
    "length",
    "seconds",
    "answered",
    "precision@1",
    "precision@3",
    "precision@5",
    "precision@10",
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_the_perfect_system_is_perfect(record: GoldRecord) -> None:
    answer, hits, seconds = perfect(record)
    found = SCORER.score(record, answer=answer, hits=hits, seconds=seconds)
    likeness = {"char_F1", "ROUGE-L"}  # the answer gives whole clauses, marks and all
    for name in found.keys() - FREE - likeness - {"recall@1"}:
        assert found[name] == (0 if name in LOWER else 1), name
    assert all(0.8 < found[name] <= 1 for name in likeness & found.keys())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_the_empty_system_is_worth_nothing(record: GoldRecord) -> None:
    answer, hits, seconds = empty(record)
    found = SCORER.score(record, answer=answer, hits=hits, seconds=seconds)
    for name in found.keys() - FREE - {"false_refusal"}:
        assert found[name] == (1 if name == "risk" else 0), name
    assert "verbatim" not in found  # nothing was quoted


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_the_silent_system_refuses_rightly_only_where_nothing_is_known(record: GoldRecord) -> None:
    answer, hits, seconds = silent(record)
    found = SCORER.score(record, answer=answer, hits=hits, seconds=seconds)
    assert found["refusal_precision"] == float(not record.answerable)
    assert found.get("refusal_recall", 1) == 1
    assert "risk" not in found
    assert "length" not in found


def test_a_wrong_answer_is_a_risk() -> None:
    for record in (RATIO, RECORDS[-1]):
        answer, hits, seconds = wrong(record)
        assert SCORER.score(record, answer=answer, hits=hits, seconds=seconds)["risk"] == 1


def test_who_asks_back_about_an_ambiguous_question_is_not_held_to_facts() -> None:
    ambiguous = RECORDS[3]
    answer: Json = {**answer_of(ambiguous, []), "status": "clarify"}
    found = SCORER.score(ambiguous, answer=answer, hits=[], seconds=0)
    assert found["false_refusal"] == 0
    assert not {"complete", "citation_F1", "risk", "refusal_precision"} & found.keys()
    assert found["recall@10"] == 0  # what was found is measured all the same


def test_a_system_that_shows_no_hits_has_no_retrieval_measures() -> None:
    answer, _, _ = perfect(RATIO)
    found = SCORER.score(RATIO, answer=answer, hits=None, seconds=0)
    assert not [name for name in found if "@" in name]
    assert found["complete"] == 1


def test_an_answer_of_text_alone_supports_none_of_its_figures() -> None:
    answer = {"status": "answered", "text": "医护比达到1：2。"}
    found = SCORER.score(RATIO, answer=answer, hits=None, seconds=0)
    assert (found["complete"], found["figure_support"]) == (1, 0)
    assert (found["citation_recall"], found["citation_precision"]) == (0, 0)


def test_a_clause_found_twice_counts_once() -> None:
    gold = gold_clauses(RATIO)
    found = SCORER.score(RATIO, answer={}, hits=ranked(gold * 3), seconds=0)
    assert found["precision@3"] == pytest.approx(1 / 3)
    assert found["nDCG@10"] == 1


def test_the_expected_answer_is_the_reference_where_there_is_one() -> None:
    clause = gold_clauses(RATIO)[0]
    record = GoldRecord(**{name: getattr(RATIO, name) for name in ("id", "type", "question")},
                        answerable=True, evidence=RATIO.evidence, facts=RATIO.facts,
                        answer="一比二")  # fmt: skip
    answer = answer_of(record, [clause]) | {"text": "一比二。[1]"}
    assert scoring.text_scores(record, answer)["ROUGE-L"] == 1
    assert scoring.text_scores(RATIO, answer)["ROUGE-L"] < 1


@given(st.fixed_dictionaries({}, optional={
    "status": st.sampled_from(["answered", "refused", "clarify", "error", "?"]),
    "text": st.none() | chinese,
    "statements": st.none() | st.lists(st.fixed_dictionaries(
        {"text": chinese, "citations": st.none() | st.lists(st.integers(0, 3))})),
    "citations": st.none() | st.lists(st.sampled_from(
        [citation_of(clause, 1) for clause in gold_clauses(RATIO)]) | st.just({})),
    "table": st.none() | st.just({"rows": [["1：2"]]}) | st.just({}),
    "confidence": st.none() | shares,
}), st.sampled_from(RECORDS))  # fmt: skip
def test_whatever_comes_back_is_scored_within_bounds(answer: Json, record: GoldRecord) -> None:
    found = SCORER.score(record, answer=answer, hits=[], seconds=0.5)
    columns = {column for measure in MEASURES.values() for column in measure.columns}
    assert found.keys() <= columns
    for name, value in found.items():
        assert math.isfinite(value)
        assert 0 <= value <= 1 or name == "length"
