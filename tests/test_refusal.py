"""When the assistant does not answer, and why it says so."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import Evidence, coverage, in_other_terms
from assistant.extractive import Candidate, rank_sentences
from assistant.question import Reading
from assistant.refusal import reason_to_refuse
from assistant.schema import Reason
from corpus.schema import Fact, Policy
from index.lexical import LexicalIndex
from index.words import Words
from tests.made_hits import make_hits, make_reading, make_titled_policy

TEXTS = ["增加护士配备。", "到2025年，床位达到300张。", "门诊费用增幅下降。"]
SHARE = st.floats(0, 1)


def evidence(share: float, similarity: float) -> Evidence:
    """Evidence of that strength, with nothing that speaks against it."""
    values = {field.name: 0.0 for field in fields(Evidence)}
    return Evidence(**values | {"coverage": share, "similarity": similarity})


STRONG = evidence(1.0, 0.95)


def candidates_of(policy: Policy, reading: Reading) -> list[Candidate]:
    return rank_sentences(reading, make_hits(policy, [3.0, 2.0, 1.0]))


def reason(
    reading: Reading, *, policy: Policy | None = None, found: Evidence = STRONG
) -> Reason | None:
    chosen = policy or make_titled_policy("安丘", TEXTS)
    return reason_to_refuse(reading, candidates_of(chosen, reading), found)


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    policy = make_titled_policy("安丘", TEXTS)
    return LexicalIndex.build(policy.clauses, TEXTS, {"安丘": "实施方案"}, words=Words())


def test_a_place_without_a_document_is_refused() -> None:
    assert reason(make_reading(unknown=("上海市",))) == "not_in_corpus"


def test_nothing_found_is_out_of_scope() -> None:
    assert reason_to_refuse(make_reading(), [], evidence(0, 0)) == "out_of_scope"


@pytest.mark.parametrize("text", ["？？？", "（（（", "😀", "...", " "])
def test_signs_alone_are_no_question(text: str) -> None:
    assert reason(make_reading(text), found=evidence(0.0, 0.86)) == "out_of_scope"


def test_what_is_far_from_every_clause_is_out_of_scope() -> None:
    assert reason(make_reading("天气"), found=evidence(0.0, 0.5)) == "out_of_scope"
    assert reason(make_reading("护士配备")) is None


@given(share=SHARE, similarity=SHARE, more=SHARE)
def test_stronger_evidence_is_never_refused_where_weaker_was_not(
    share: float, similarity: float, more: float
) -> None:
    reading = make_reading()
    weak = reason(reading, found=evidence(share, similarity))
    for stronger in (
        evidence(max(share, more), similarity),
        evidence(share, max(similarity, more)),
    ):
        assert weak is not None or reason(reading, found=stronger) is None


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("床位有多少张", "合理设置床位。", "not_specified"),
        ("床位有多少张", "床位达到300张。", None),
        ("补助多少钱", "给予补助。", "not_specified"),
        ("补助多少万元", "给予补助50万元。", None),
        ("联系电话是多少", "市卫健局负责。", "not_specified"),
        ("什么时候完成", "加快完成。", "not_specified"),
        ("什么时候完成", "2025年底前完成。", None),
        ("占地多少亩", "新建市人民医院。", "not_specified"),
    ],
)
def test_a_detail_that_the_clause_does_not_give_is_not_specified(
    question: str, text: str, expected: Reason | None
) -> None:
    assert reason(make_reading(question), policy=make_titled_policy("安丘", [text])) == expected


def test_a_number_that_the_document_does_not_have_is_not_specified() -> None:
    numbered = make_titled_policy("安丘", TEXTS)
    bare = replace(numbered, document_number=None)
    cues = frozenset({"number_of_document"})
    for policy, expected in ((numbered, None), (bare, "not_specified")):
        reading = make_reading("文号", cues=cues, policies=[policy])
        assert reason(reading, policy=policy) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((("印发", Fact("2024-06-12")),), None),
        ((("施行", Fact("2024-06-12")),), "not_specified"),
        ((), "not_specified"),
    ],
)
def test_a_date_of_issue_that_the_document_does_not_have_is_not_specified(
    dates: tuple[tuple[str, Fact], ...], expected: Reason | None
) -> None:
    policy = replace(make_titled_policy("安丘", TEXTS), dates=dates)
    reading = make_reading("印发日期", kind="date", cues=frozenset({"issue"}), policies=[policy])
    assert reason(reading, policy=policy) == expected


def test_a_date_that_none_of_several_documents_has_is_not_specified() -> None:
    bare = [
        replace(make_titled_policy(name, TEXTS), document_number=None, dates=()) for name in "甲乙"
    ]
    cues = frozenset({"issue", "issuer", "number_of_document"})
    reading = make_reading("分别是哪天印发的", kind="date", cues=cues, policies=bare)
    assert reason(reading, policy=bare[0]) == "not_specified"
    dated = replace(bare[0], dates=(("印发", Fact("2024-06-12")),))
    assert reason(reading, policy=dated) is None


def test_units_that_no_clause_names_are_not_specified() -> None:
    silent = make_titled_policy("安丘", ["增加护士配备。"])
    named = make_titled_policy("安丘", ["增加护士配备。（责任单位：市卫健局）"])
    reading = make_reading("护士配备的责任单位", kind="unit")
    assert reason(reading, policy=silent) == "not_specified"
    assert reason(reading, policy=named) is None


@given(text=st.text(st.sampled_from("护士配备床位增幅医保300张。")), more=st.text())
def test_coverage_is_a_share_that_grows_with_the_text(
    lexical: LexicalIndex, text: str, more: str
) -> None:
    cover = coverage("护士配备和床位", lexical)
    assert 0 <= cover(text) <= 1
    assert cover(f"{text}。护士配备和床位") == pytest.approx(1)
    assert cover("") == 0
    assert cover(f"{text}。{more}") >= cover(text) - 1e-9


@given(text=st.text(st.sampled_from("医生收红包受财物处理，。")))
def test_another_term_in_a_text_covers_the_one_that_was_asked(
    lexical: LexicalIndex, text: str
) -> None:
    topic = "医生收红包处理"
    cover = coverage(topic, lexical)
    told = in_other_terms(topic, lexical, cover)
    assert cover(text) <= told(text) <= 1
    assert told("不得收受财物。") > cover("不得收受财物。")
    assert told("红包") == cover("红包")
    assert in_other_terms("？？", lexical, cover)("红包") == cover("红包")


def test_nothing_covers_a_topic_without_words(lexical: LexicalIndex) -> None:
    assert coverage("？？", lexical)("护士配备") == 0


@pytest.mark.parametrize(
    "question", ["帮我写一首关于幼儿园毕业的诗", "讲个笑话", "今天天气怎么样", "写一段代码"]
)
def test_a_pastime_is_out_of_scope_however_near_its_words_are(question: str) -> None:
    assert reason(make_reading(question)) == "out_of_scope"
    assert reason(make_reading("写一份小学的作息时间")) is None


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("新增灌溉面积多少万亩", "新增灌溉面积18万亩。", None),
        ("安家费发多少万", "引进人才20名。", "not_specified"),
        ("能退我多少钱", "按日退还全部热费的百分之五十。", None),
        ("公办的怎么批", "民办幼儿园报县教育局批准。", "not_specified"),
        ("由哪家公司施工", "对渠道实施衬砌。", "not_specified"),
    ],
)
def test_what_would_be_said_has_what_is_asked_for(
    question: str, text: str, expected: Reason | None
) -> None:
    assert reason(make_reading(question), policy=make_titled_policy("安丘", [text])) == expected


def test_a_missing_number_leaves_what_else_is_asked_for() -> None:
    policy = replace(make_titled_policy("安丘", ["自2024年6月1日起执行。"]), document_number=None)
    cues = frozenset({"number_of_document", "effective"})
    reading = make_reading("什么时候执行，是哪个文号", kind="date", cues=cues, policies=[policy])
    assert reason(reading, policy=policy) is None


def test_a_thing_that_is_made_public_is_not_the_document() -> None:
    policy = replace(make_titled_policy("安丘", ["每月10日前公布费用指标。"]), dates=())
    for question, expected in (("几号前公布费用指标", None), ("几号公布的", "not_specified")):
        reading = make_reading(question, kind="date", cues=frozenset({"issue"}), policies=[policy])
        assert reason(reading, policy=policy) == expected
