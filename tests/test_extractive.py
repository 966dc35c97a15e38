"""Answers of the documents' own sentences: verbatim, short, from one document, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import DraftStatement
from assistant.extractive import MAX_CHARACTERS, compose, is_unit_tail, rank_sentences
from tests.made_hits import make_hits, make_reading, make_titled_policy

KINDS = ["date", "unit", "basis", "definition", "number", "list", "yesno", "fact"]
SENTENCES = [
    *("1.增加护士配备。", "护士配备", "到2025年，医护比达到1：2。", "支持医院做大做强；"),
    *("（责任单位：市卫健局、市财政局）", "（市发改局、市医保局）", "由市卫健局牵头。", "字" * 180),
    *("贯彻《医师法》。", "建成3个中心。"),
]
TEXTS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), min_size=1, max_size=4
)
SCORES = st.lists(st.floats(0, 10), max_size=20)


def answer(
    texts: list[str], scores: list[float] | None = None, *, kind: str = "fact"
) -> list[DraftStatement]:
    reading = make_reading(kind=kind)
    hits = make_hits(make_titled_policy("安丘", texts), scores or ())
    return compose(reading, rank_sentences(reading, hits))


@given(texts=TEXTS, scores=SCORES, kind=st.sampled_from(KINDS))
def test_sentences_are_ranked_and_none_is_lost(
    texts: list[list[str]], scores: list[float], kind: str
) -> None:
    hits = make_hits(make_titled_policy("安丘", ["".join(parts) for parts in texts]), scores)
    ranked = rank_sentences(make_reading(kind=kind), hits)
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)
    found = sorted((c.hit.rank, c.start, c.end) for c in ranked)
    assert found == sorted((hit.rank, p.start, p.end) for hit in hits for p in hit.passages)
    assert ranked == rank_sentences(make_reading(kind=kind), hits)


@given(texts=TEXTS, scores=SCORES, kind=st.sampled_from(KINDS))
def test_an_answer_is_made_of_whole_slices_in_reading_order(
    texts: list[list[str]], scores: list[float], kind: str
) -> None:
    statements = answer(["".join(parts) for parts in texts], scores, kind=kind)
    assert statements
    seen: set[tuple[str, int]] = set()
    last: dict[str, int] = {}
    for statement in statements:
        (quote,) = statement.quotes
        assert statement.text == quote.text
        assert statement.text.strip()
        assert (quote.clause.clause_id, quote.start) not in seen
        seen.add((quote.clause.clause_id, quote.start))
        assert last.get(quote.clause.clause_id, -1) < quote.end
        last[quote.clause.clause_id] = quote.end
    prose = [s.text for s in statements if not is_unit_tail(s.text)]
    assert len(prose) <= 1 or len("".join(prose)) <= MAX_CHARACTERS


def test_only_the_document_of_the_best_sentence_answers() -> None:
    reading = make_reading()
    hits = [
        *make_hits(make_titled_policy("安丘", ["增加护士配备。"]), [5.0]),
        *make_hits(make_titled_policy("吉林", ["合理配备护士。"]), [4.99]),
    ]
    statements = compose(reading, rank_sentences(reading, hits))
    assert [statement.text for statement in statements] == ["增加护士配备。"]


def test_the_best_sentence_comes_with_its_like_and_without_the_far_ones() -> None:
    texts = ["增加护士配备。医护比达到1：2。", "门诊费用增幅下降。"]
    assert [s.text for s in answer(texts, [5.0, 4.9, 0.1])] == [
        "增加护士配备。",
        "医护比达到1：2。",
    ]
    assert [s.text for s in answer(texts, [0.0, 0.1, 9.0])] == ["门诊费用增幅下降。"]


@pytest.mark.parametrize(
    ("kind", "best"),
    [
        ("number", "医护比达到1：2。"),
        ("date", "到2025年底全面完成。"),
        ("basis", "贯彻《医师法》精神。"),
    ],
)
def test_of_sentences_alike_the_one_in_the_form_asked_for_is_best(kind: str, best: str) -> None:
    texts = ["增加护士配备。", "医护比达到1：2。", "到2025年底全面完成。", "贯彻《医师法》精神。"]
    others = [text for text in texts if text == best or kind != "number" or "年" not in text]
    assert best in [s.text for s in answer(others, [1.0] * 4, kind=kind)][:1]


def test_who_is_asked_for_gets_the_list_of_units_word_for_word() -> None:
    clause = "1.增加护士配备。合理设置岗位。（责任单位：市卫健局、市财政局）"
    statements = answer([clause, "门诊费用增幅下降。"], [1.0, 3.0, 0.5], kind="unit")
    assert "合理设置岗位。" in [statement.text for statement in statements]
    assert statements[-1].text.strip("（）") == "责任单位：市卫健局、市财政局"
    assert statements[-1].quotes[0].clause.text == clause


def test_what_is_asked_for_gets_no_list_of_units() -> None:
    statements = answer(["合理设置岗位。（责任单位：市卫健局、市财政局）"], [2.0, 1.0])
    assert [statement.text for statement in statements] == ["合理设置岗位。"]


def test_a_heading_does_not_answer_where_words_below_it_do() -> None:
    policy = make_titled_policy("安丘", ["增加护士配备\n到2025年，医护比达到1：2。"])
    (clause,) = policy.clauses
    assert clause.path[-1].endswith("增加护士配备")
    statements = answer(["增加护士配备\n到2025年，医护比达到1：2。"], [1.5, 1.0])
    assert "到2025年，医护比达到1：2。" in [statement.text for statement in statements]


@pytest.mark.parametrize(
    ("text", "is_tail"),
    [
        ("（责任单位：市卫健局、市财政局）", True),
        ("责任单位：市卫健局", True),
        ("（市发改局、市医保局）", True),
        ("增加护士配备。", False),
        ("（一）增加护士配备。合理设置岗位。", False),
    ],
)
def test_a_list_of_units_is_told_from_a_sentence(text: str, *, is_tail: bool) -> None:
    assert is_unit_tail(text) == is_tail
