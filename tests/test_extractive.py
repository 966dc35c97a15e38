"""Answers of the documents' own sentences: verbatim, short, from one document, in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import DraftStatement
from assistant.extractive import MAX_CHARACTERS, compose, is_own_heading, rank_sentences
from assistant.unit_words import is_unit_tail
from index.schema import Passage
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


def test_a_sentence_that_was_embedded_in_pieces_is_told_whole() -> None:
    long = "推进" + "、".join(f"第{number}医院" for number in range(90)) + "建设。"
    text = f"加强领导。{long}增加护士。"
    (hit,) = make_hits(make_titled_policy("安丘", [text]))
    start = text.index(long)
    ends = [start, start + 400, start + len(long), len(text)]
    pieces = zip([0, *ends], ends, strict=False)
    passages = tuple(Passage(a, b, float(n), 0.9) for n, (a, b) in enumerate(pieces))
    ranked = rank_sentences(make_reading(), [replace(hit, passages=passages)])
    assert [c.text for c in ranked] == ["增加护士。", long, "加强领导。"]


def test_an_item_comes_with_what_announces_it() -> None:
    text = "禁止下列行为：\n（一）搭线；\n（二）遮挡灯具。"
    fact = answer([text], [0.0, 1.0, 9.0], kind="fact")
    assert [s.text for s in fact] == ["禁止下列行为：", "（二）遮挡灯具。"]
    whole = answer([text], [0.0, 1.0, 9.0], kind="list")
    assert [s.text for s in whole] == [text]


def test_units_alone_are_no_answer() -> None:
    text = "保费由财政承担一半。（责任单位：市财政局）"
    said = answer([text], [0.0, 9.0], kind="unit")
    assert [s.text for s in said] == ["保费由财政承担一半。", "（责任单位：市财政局）"]


def test_the_formula_of_a_notice_is_left_out() -> None:
    texts = ["增加护士配备。", "现将方案印发给你们，请认真贯彻执行。"]
    assert [s.text for s in answer(texts, [5.0, 4.9])] == ["增加护士配备。"]


def test_a_numbered_sentence_with_a_figure_is_no_heading() -> None:
    (hit,) = make_hits(make_titled_policy("安丘", ["1.每学期不少于2课时。"]))
    clause = replace(hit.clause, path=("1.每学期不少于2课时",))
    assert not is_own_heading(clause, clause.text)
    titled = replace(hit.clause, path=("1.加强教育",), text="1.加强教育。")
    assert is_own_heading(titled, titled.text)
