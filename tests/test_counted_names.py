"""Names that count what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.counted_names import CountedName, counted_names
from assistant.findings import Finding, Material
from tests.made_hits import make_reading, make_titled_policy

DRUGS = "实现“统一药品目录、统一采购渠道、统一支付药款”，加强管理。"
SCHOOLS = "统筹推进学前、学中、学后“三学共进”，建好学校。"
RESCUE = "强化急诊急救“五大中心”（胸痛、卒中、创伤、危重孕产妇救治、危重儿童和新生儿救治）。"
CLINICS = "推动重症监护、肿瘤防治、慢病管理、微创介入和麻醉疼痛诊疗临床服务“五大中心”建设。"
LEAVE = "落实“允许单位突破工资总额，允许收入扣除成本后用于奖励”要求。"
MENTIONED = "深化“三统一”改革，推进“三学”联动，落实“两个允许”。"


def told(question: str, *texts: str, kind: str = "list", named: bool = True) -> list[str]:
    policy = make_titled_policy("西河", list(texts))
    reading = make_reading(question, kind=kind, policies=[policy] if named else [])
    finding: Finding | None = counted_names(Material(reading, {policy.policy_id: policy}, list))
    return [draft.text for draft in finding.drafts] if finding is not None else []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("药事管理的“三统一”是哪三个", DRUGS),
        ("三统一具体是什么", DRUGS),
        ("“十大任务”里药事的“三统一”指哪些", DRUGS),
        ("别处都说三教，你们怎么写“三学”？多了哪些", SCHOOLS),
        ("三学共进是哪三个学", SCHOOLS),
        ("急诊急救“五大中心”指哪五个", RESCUE),
        ("临床服务“五大中心”有哪些", CLINICS),
        ("大家说的“两个允许”，原话是允许哪两样", LEAVE),
    ],
)
def test_a_name_is_explained_where_its_things_are_counted(question: str, text: str) -> None:
    texts = [MENTIONED, DRUGS, SCHOOLS, RESCUE, CLINICS, LEAVE]
    assert told(question, *texts) == [text]


@pytest.mark.parametrize(
    "question",
    [
        "“七统一”是哪七个",  # only three are printed
        "三家医院在哪里",
        "“三统一”由谁负责落实",
        "第三统一是什么",
        "推进“三统一”改革",
    ],
)
def test_other_questions_are_looked_up(question: str) -> None:
    assert told(question, MENTIONED, DRUGS) == []


def test_it_is_for_the_documents_that_are_named_and_for_what_is_asked() -> None:
    assert told("“三统一”是哪三个", DRUGS, named=False) == []
    assert told("“三统一”是哪三个", DRUGS, kind="unit") == []
    assert told("“三统一”是哪三个", MENTIONED) == []


@given(st.lists(st.sampled_from("东西南北中上下"), min_size=2, max_size=10, unique=True))
def test_just_as_many_pieces_have_to_share_the_word(first: list[str]) -> None:
    text = f"坚持{'、'.join(f'{letter}方主导' for letter in first)}，做好工作。"
    for count in range(2, 11):
        name = CountedName(count, "主导", f"{count}主导")
        assert name.is_told_by(text) == (count == len(first))


@given(st.text(), st.text())
def test_any_question_and_text_is_read(question: str, text: str) -> None:
    for quote in told(question, text or "无"):
        assert quote in text
