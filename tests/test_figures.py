"""Figures, dates, 文号 and units of a statement held against the words that it rests on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import figures_of, unsupported
from corpus.library import Library

PHRASES = st.lists(
    st.sampled_from(
        [
            *("到2025年，", "医护比达到1：2，", "床位300张，", "增幅在10%以内，", "12家医院，"),
            *("由市卫健局牵头，", "市财政局配合，", "国办发〔2021〕18号，", "2024年6月12日，"),
            *("三个方面，", "百分之九十，", "一体化管理，", "1,200.5万元，"),
        ]
    ),
    max_size=5,
).map("".join)


@given(st.text() | PHRASES)
def test_a_text_supports_itself(text: str) -> None:
    assert unsupported(text, text) == ()


@given(statement=PHRASES, evidence=PHRASES)
def test_more_evidence_never_takes_support_away(statement: str, evidence: str) -> None:
    assert unsupported(statement, f"{evidence}\n{statement}") == ()
    assert unsupported(statement, f"{evidence}\n另外。") == unsupported(statement, evidence)


@given(PHRASES)
def test_nothing_is_supported_by_nothing(statement: str) -> None:
    assert len(unsupported(statement, "")) >= len(figures_of(statement))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("医护比1：2", "医护比1:2"),
        ("医护比1∶2", "医护比一比二"),
        ("达到90%", "达到百分之九十"),
        ("达到90％", "达到90%"),
        ("１２家医院", "十二家医院"),
        ("1,200.5万元", "1200.5万元"),
        ("2024年6月12日", "二〇二四年六月十二日"),
        ("国办发〔2021〕18号", "国办发[2021]18号"),
        ("市卫健局负责", "市卫生健康局负责"),
        ("占三成", "占30%"),
        ("三分之二以上", "2/3以上"),
        ("安排500万元", "安排五百万元"),
        ("安排1.5亿元", "安排15000万元"),
        ("240张床位", "床位二百四十张"),
    ],
)
def test_one_thing_in_two_spellings_is_one_thing(one: str, other: str) -> None:
    assert unsupported(one, other) == ()
    assert unsupported(other, one) == ()


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("医护比达到1：3", "医护比达到1：2"),
        ("增幅控制在15%以内", "增幅控制在10%以内"),
        ("比例达到90", "比例达到90%"),
        ("建成30个专科", "建成300个专科"),
        ("共十三家医院", "共十二家医院"),
        ("2024年12月6日印发", "2024年6月12日印发"),
        ("2025年6月底前完成", "2024年6月启动，2025年12月底前完成"),
        ("国办发〔2021〕19号", "国办发〔2021〕18号"),
        ("国办发〔2022〕18号", "国办发〔2021〕18号"),
        ("鲁政办发〔2021〕18号", "国办发〔2021〕18号、鲁政办字〔2020〕3号"),
        ("市财政局负责", "市卫健局负责"),
        ("省财政厅负责", "市财政局负责"),
    ],
)
def test_what_differs_is_not_supported(statement: str, evidence: str) -> None:
    assert unsupported(statement, evidence)


@pytest.mark.parametrize("text", ["推进一体化管理", "三医联动", "万众一心", "统一安排", ""])
def test_words_with_numerals_in_them_are_no_figures(text: str) -> None:
    assert figures_of(text) == frozenset()


def test_a_clause_supports_itself_and_no_other_figure(library: Library) -> None:
    altered = 0
    for clause in [clause for policy in library.policies for clause in policy.clauses[::3]]:
        assert unsupported(clause.text, clause.text) == ()
        for match in re.finditer(r"\d+(?=[％%年月个家张])", clause.text):
            other = str(int(match[0]) + 7)
            if other not in clause.text:
                wrong = clause.text[: match.start()] + other + clause.text[match.end() :]
                assert unsupported(wrong, clause.text), match
                altered += 1
    assert altered > 20


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("设床位240个", "设床位240张"),
        ("补助500万元", "补助500元"),
        ("补助500元", "补助500万元"),
        ("增长3%", "增长3倍"),
        ("达到30%", "达到3%"),
        ("医护比1：3", "医护比1：2"),
        ("第九条规定", "第三条规定"),
        ("三分之一", "三分之二"),
        ("2025年6月12日", "2025年12月6日"),
        ("国办发〔2021〕81号", "国办发〔2021〕18号"),
        ("由市财政局负责", "由市医保局负责"),
    ],
)
def test_what_is_altered_is_unsupported(statement: str, evidence: str) -> None:
    assert unsupported(statement, evidence) != ()
