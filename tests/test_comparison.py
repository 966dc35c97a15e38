"""Answers over several documents: a row a document, in each its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison import Row, by_policy, rows_of, statements_of
from assistant.extractive import Candidate, rank_sentences
from assistant.prompts import NOT_MENTIONED
from assistant.question import Reading
from assistant.rivals import MAX_AMBIGUOUS, rival_rows, rivals
from corpus.schema import Policy
from tests.made_hits import make_hits, make_reading, make_titled_policy

PLACES = ["安丘", "吉林", "丽江", "淮北", "邢台", "北京"]
COMPARE = frozenset({"compare"})


def found(
    reading: Reading, texts: dict[str, str], scores: dict[str, float]
) -> tuple[dict[str, Policy], list[Candidate]]:
    """Policies of one clause each, their sentences ranked."""
    policies = {place: make_titled_policy(place, [text]) for place, text in texts.items()}
    hits = [
        hit for place, p in policies.items() for hit in make_hits(p, [scores.get(place, 1.0)] * 9)
    ]
    return policies, rank_sentences(reading, hits)


def holds_none(text: str) -> float:
    """A cover that tells nothing of the words of a text."""
    assert text
    return 0.0


def assert_rows(rows: list[Row]) -> None:
    assert len({row.policy.policy_id for row in rows}) == len(rows)
    for row in rows:
        for number, statement in enumerate(row.statements):
            (quote,) = statement.quotes
            assert quote.clause.policy_id == row.policy.policy_id
            assert statement.text.endswith(quote.text)
            assert number > 0 or row.policy.title.value in statement.text
            assert quote.text in row.text
    quoted = [quote for statement in statements_of(rows) for quote in statement.quotes]
    assert len(quoted) == sum(len(row.statements) for row in rows)


@given(
    scores=st.dictionaries(st.sampled_from(PLACES), st.floats(0, 9), min_size=1),
    named=st.sets(st.sampled_from(PLACES)),
)
def test_rows_are_about_the_documents_asked_for(scores: dict[str, float], named: set[str]) -> None:
    texts = dict.fromkeys(scores, "增加护士配备。")
    policies = {place: make_titled_policy(place, ["增加护士配备。"]) for place in PLACES}
    reading = make_reading(cues=COMPARE, policies=[policies[place] for place in sorted(named)])
    _, candidates = found(reading, texts, scores)
    rows = rows_of(reading, candidates, policies, holds_none)
    assert_rows(rows)
    assert rows
    places = [row.policy.policy_id for row in rows]
    assert set(places) == named if named else set(places) <= set(scores)


def test_a_document_that_is_silent_has_a_row_that_says_so() -> None:
    policies = [make_titled_policy(place, ["增加护士配备。"]) for place in ("安丘", "吉林")]
    reading = make_reading(cues=COMPARE, policies=policies)
    _, candidates = found(reading, {"安丘": "增加护士配备。"}, {})
    rows = rows_of(reading, candidates, {p.policy_id: p for p in policies}, holds_none)
    assert [(row.policy.policy_id, row.text) for row in rows] == [
        ("安丘", "增加护士配备。"),
        ("吉林", NOT_MENTIONED),
    ]
    assert len(statements_of(rows)) == 1


def test_only_documents_that_speak_of_it_are_listed() -> None:
    reading = make_reading(cues=frozenset({"aggregate"}))
    texts = {"安丘": "增加护士配备。", "吉林": "门诊费用增幅下降。", "丽江": "合理配备护士。"}
    policies, candidates = found(reading, texts, {"安丘": 5.0, "丽江": 4.0})
    rows = rows_of(reading, candidates, policies, holds_none)
    assert_rows(rows)
    assert {row.policy.policy_id for row in rows} == {"安丘", "丽江"}


def test_nothing_found_is_no_rows() -> None:
    assert rows_of(make_reading(cues=COMPARE), [], {}, holds_none) == []
    assert rivals(make_reading(), [], holds_none) == []


@given(scores=st.dictionaries(st.sampled_from(PLACES), st.floats(0, 9), min_size=1))
def test_rivals_are_of_different_documents_and_few(scores: dict[str, float]) -> None:
    reading = make_reading()
    _, candidates = found(reading, dict.fromkeys(scores, "增加护士配备。"), scores)
    rows = rival_rows(rivals(reading, candidates, holds_none))
    assert_rows(rows)
    assert len(rows) == 0 or 1 < len(rows) <= MAX_AMBIGUOUS


def test_where_one_document_was_named_it_has_no_rivals() -> None:
    texts = dict.fromkeys(("安丘", "吉林"), "增加护士配备。")
    policies, candidates = found(make_reading(), texts, {})
    assert rivals(make_reading(policies=[policies["安丘"]]), candidates, holds_none) == []
    assert len(rivals(make_reading(), candidates, holds_none)) == 2


def test_rivals_of_a_penalty_say_what_it_costs() -> None:
    reading = make_reading("乱停车罚多少", cues=frozenset({"penalty"}))
    texts = {
        "安丘": "乱停车的，处50元罚款。",
        "吉林": "乱停车的，处80元罚款。",
        "丽江": "乱停车100起。",
    }
    _, candidates = found(reading, texts, {"安丘": 5.0, "吉林": 4.9, "丽江": 4.8})
    told = {one.hit.policy.policy_id for one in rivals(reading, candidates, holds_none)}
    assert told == {"安丘", "吉林"}


def test_a_far_better_answer_has_no_rivals() -> None:
    texts = dict.fromkeys(("安丘", "吉林"), "增加护士配备。")
    _, candidates = found(make_reading(), texts, {"安丘": 50.0, "吉林": 0.5})
    assert rivals(make_reading(), candidates, holds_none) == []


@pytest.mark.parametrize(
    "texts", [["护士配备\n增加护士。"], ["增加护士。合理配备。", "增加护士。"]]
)
def test_each_document_gives_its_best_sentence(texts: list[str]) -> None:
    policy = make_titled_policy("安丘", texts)
    ranked = rank_sentences(make_reading(), make_hits(policy, [3.0, 2.0, 1.0]))
    best = by_policy(ranked)
    assert list(best) == ["安丘"]
    assert best["安丘"].is_substance
    assert best["安丘"].score == max(c.score for c in ranked if c.is_substance)


def test_a_document_further_behind_is_listed_with_the_words_that_are_asked_for() -> None:
    texts = {"安丘": "增加护士配备。", "吉林": "合理配备护士。", "丽江": "门诊费用下降。"}
    scores = {"安丘": 9.0, "吉林": 5.5, "丽江": 5.5}
    reading = make_reading(cues=frozenset({"aggregate"}))
    policies, candidates = found(reading, texts, scores)
    assert [row.policy.policy_id for row in rows_of(reading, candidates, policies, holds_none)] == [
        "安丘"
    ]

    def cover(text: str) -> float:
        return 1.0 if "护士" in text else 0.0

    rows = rows_of(reading, candidates, policies, cover)
    assert [row.policy.policy_id for row in rows] == ["安丘", "吉林"]
    assert len(rivals(make_reading(), candidates, cover)) == 0


def test_a_row_starts_with_the_sentence_that_was_found() -> None:
    policy = make_titled_policy("安丘", ["增加护士配备。", "门诊费用下降。"])
    other = make_titled_policy("吉林", ["合理配备护士。"])
    reading = make_reading(cues=COMPARE, policies=[policy, other])
    hits = [*make_hits(policy, [6.0, 6.5]), *make_hits(other, [9.2])]

    def cover(text: str) -> float:
        return 1.0 if "护士" in text else 0.0

    policies = {p.policy_id: p for p in (policy, other)}
    rows = rows_of(reading, rank_sentences(reading, hits), policies, cover)
    assert {row.policy.policy_id: row.text for row in rows} == {
        "安丘": "增加护士配备。",
        "吉林": "合理配备护士。",
    }


def test_a_rate_that_no_document_has_is_in_none_of_the_rows() -> None:
    reading = make_reading("路灯亮灯率", cues=COMPARE)
    policies, candidates = found(reading, {"安丘": "路灯养护率达到九成。"}, {"安丘": 9.0})
    rows = rows_of(reading, candidates, policies, lambda text: 1.0)
    assert [row.statements for row in rows] == [()]


def test_documents_on_other_matters_do_not_stand_beside_the_best() -> None:
    reading = make_reading("有效期几年")
    texts = {
        "甲市养猫": "养猫登记证有效期为一年。",
        "乙市养猫": "养猫登记证有效期为三年。",
        "丙市桥梁": "桥梁许可证有效期为两年。",
    }
    scores = {"甲市养猫": 5.0, "乙市养猫": 4.0, "丙市桥梁": 4.5}
    _, candidates = found(reading, texts, scores)
    beside = [c.hit.policy.policy_id for c in rivals(reading, candidates, holds_none)]
    assert beside == ["甲市养猫", "乙市养猫"]


def test_a_document_on_another_matter_may_be_meant_as_well() -> None:
    reading = make_reading("有效期几年")
    texts = {"甲市养猫": "登记证有效期为一年。", "丙市桥梁": "许可证有效期为两年。"}
    _, near = found(reading, texts, {"甲市养猫": 5.0, "丙市桥梁": 4.95})
    assert len(rivals(reading, near, holds_none)) == 2
    _, worded = found(reading, texts, {"甲市养猫": 5.0, "丙市桥梁": 4.2})
    assert len(rivals(reading, worded, lambda text: 0.5 * ("有效期" in text))) == 2
    assert rivals(reading, worded, holds_none) == []


def test_a_mention_is_the_word_and_all_that_have_it_are_listed() -> None:
    texts = {"安丘": "建口袋公园9处。", "吉林": "公园绿地要建好。", "丽江": "管好口袋公园。"}
    policies, candidates = found(make_reading(), texts, {"吉林": 9.0, "丽江": 0.1})
    reading = make_reading("哪些地方提到口袋公园", cues=frozenset({"aggregate"}))
    rows = rows_of(reading, candidates, policies, holds_none)
    assert {row.policy.policy_id for row in rows} == {"安丘", "丽江"}


def test_a_named_document_without_the_word_says_nothing() -> None:
    policies, candidates = found(make_reading(), {"安丘": "建公园。", "吉林": "建绿道。"}, {})
    named = [policies["安丘"], policies["吉林"]]
    reading = make_reading("安丘和吉林都提到口袋公园了吗", cues=COMPARE, policies=named)
    rows = rows_of(reading, candidates, policies, holds_none, is_strange=lambda word: bool(word))
    assert [row.text for row in rows] == [NOT_MENTIONED] * 2


def test_of_what_a_sentence_announces_the_best_item_is_told() -> None:
    policy = make_titled_policy(
        "安丘", ["对下列床位给予补贴：建设的每张四千元；运营的每张三百元。"]
    )
    other = make_titled_policy("吉林", ["运营的每张二百元。"])
    reading = make_reading("运营补贴多少", kind="number")
    hits = [*make_hits(policy, [5.0, 3.0, 4.5]), *make_hits(other, [4.9])]
    found_rivals = rivals(reading, rank_sentences(reading, hits), lambda text: 1.0)
    assert not any(candidate.text.endswith("：") for candidate in found_rivals)
