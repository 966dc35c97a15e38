"""One of a class is asked about where the text rules its fellows."""

from __future__ import annotations

import pytest

from assistant.citations import DraftStatement, Quote
from assistant.contrasts import speaks_of_another
from corpus.schema import Policy
from tests.made_hits import make_reading, make_titled_policy


def of_another(question: str, *texts: str, name: str = "西河") -> bool:
    policy = make_titled_policy(name, list(texts))
    return speaks_of_another(make_reading(question), policy, stated(policy))


def stated(policy: Policy) -> list[DraftStatement]:
    first = policy.clauses[0]
    return [DraftStatement(first.text, (Quote(first, 0, len(first.text)),))]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("公办幼儿园变更园址报谁批", "民办幼儿园变更园址的，报原许可机关批准。"),
        ("低保边缘家庭的孩子补多少", "低保家庭子女一次性给予5000元。"),
        ("乡镇卫生院改造每家补多少", "改造提升村卫生室45所，每所补助4万元。"),
        ("平常周一到周四末班车几点", "周五、周六末班车延长至23时40分。"),
        ("博士安家费多少", "硕士10万元，本科4万元。"),
        ("养猫要登记吗", "养犬应当登记。"),
        ("照管员年龄多大", "校车驾驶人年龄应当在60周岁以下。"),
        ("西河中医院要评几级", "西河人民医院达到5级。"),
        ("高速公路坑槽几小时补好", "乡村公路坑槽应当在72小时内修补。"),
        ("土葬一个墓穴多少钱", "海葬每具3000元。"),
        ("中心副主任要干满几年", "中心主任应当从事本专业满15年。"),
    ],
)
def test_a_rule_for_others_is_not_for_this_one(question: str, text: str) -> None:
    assert of_another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("公办幼儿园报谁批", "公办、民办幼儿园都报县教育局批准。"),
        ("低保户免多少", "享受最低生活保障的家庭免80%，低保边缘家庭免50%。"),
        ("博士安家费多少", "硕士以上给予10万元。"),
        ("司机要几年驾龄", "驾驶员应当有3年以上驾龄。"),
        ("幼儿园和小学怎么收费", "小学每月150元。学校不得另收。"),
        ("床位有多少", "民办机构床位达到300张。"),
    ],
)
def test_the_same_a_wider_or_no_member_is_answered(question: str, text: str) -> None:
    assert not of_another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("村卫生室建中医馆要达到百分之多少", "加强村卫生室管理，乡镇卫生院中医馆建设率达100%。"),
        ("门诊按病组付费的占百分之几", "探索门诊按人头付费，占住院医保基金支出的比例达到70%。"),
        ("职工长护险到2025年覆盖多少", "居民长期护理保险实现全覆盖。"),
        ("新能源汽车充电补多少", "老旧小区电动自行车充电接口每个补180元。"),
        ("病理切片互认几天", "磁共振检查结果的互认期为30日，超声检查为15日。"),
        ("智慧服务要评到几级（不是电子病历）", "医院通过电子病历6级评审。"),
        ("西河藏医院要到几级", "建设公立医院，西河人民医院达到5级。"),
    ],
)
def test_a_member_that_is_named_beside_the_value_of_another_has_none(
    question: str, text: str
) -> None:
    assert of_another(question, text)


def test_a_value_of_several_members_is_one_of_each() -> None:
    text = "乡镇卫生院“国医堂”全覆盖，20%以上村卫生室建成“中医阁”。"
    assert not of_another("乡镇卫生院的国医堂要到多少", text)


def test_what_another_clause_rules_is_not_said_here() -> None:
    assert of_another("公立医院收多少", "民办机构收80元。", "公立医院收60元。")


def test_a_title_says_whom_a_document_is_for() -> None:
    assert of_another("初中生收多少", "学校每月不超过180元。", name="小学课后服务")
    assert not of_another("小学生收多少", "学校每月不超过180元。", name="小学课后服务")
    assert not of_another("初中生收多少", "学校每月180元。", "初中同此。", name="小学课后服务")


def test_a_story_before_the_question_is_not_what_is_asked_about() -> None:
    assert not of_another("医生让我天天去，能不能送药上门？", "村医上门，护士随访。")
