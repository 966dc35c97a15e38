"""Kinds of documents besides plans: orders, replies, letters, minutes, requests, reports."""

from __future__ import annotations

import pytest

from corpus.policies import read_policies
from corpus.schema import Document, Policy


def read(text: str) -> Policy:
    (policy,) = read_policies(Document("document.txt", text, "0" * 64, "txt"))
    return policy


def kinds(policy: Policy) -> list[tuple[str, str]]:
    return [(clause.kind, clause.text.replace("\n", " ")) for clause in policy.clauses]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("云岭市人民政府令\n\n第 12 号", "云岭市人民政府令第12号"),
        (
            "云岭省人民代表大会常务委员会公告\n\n（第三十八号）",
            "云岭省人民代表大会常务委员会公告第三十八号",
        ),
        (
            "云岭市人民政府专题会议纪要\n\n〔2024〕第15期",
            "云岭市人民政府专题会议纪要〔2024〕第15期",
        ),
    ],
)
def test_a_number_that_counts_body_by_body_names_the_body(head: str, number: str) -> None:
    text = f"{head}\n\n《云岭市供水办法》已经审议通过，现予公布，自2024年7月1日起施行。\n"
    fact = read(text).document_number
    assert fact is not None
    assert fact.value == number
    assert (
        "".join(text[fact.start : fact.end].split()).replace("（", "").replace("）", "") == number
    )


def test_a_title_of_two_lines_is_one() -> None:
    policy = read(
        "云岭市人民政府关于同意设立青山县\n产业园区的批复\n\n云政复〔2024〕17号\n\n青山县人民政府：\n\n"
        "你县请示收悉。现批复如下：\n\n一、同意设立。\n\n二、其他事项按规定办理。\n\n此复。\n"
    )
    assert policy.title.value == "云岭市人民政府关于同意设立青山县产业园区的批复"


def test_minutes_say_who_was_there_behind_the_clauses() -> None:
    policy = read(
        "云岭市人民政府专题会议纪要\n\n〔2024〕第15期\n\n"
        "云岭市人民政府办公室        2024年3月12日\n\n"
        "研究停车设施建设工作的会议纪要\n\n2024年3月8日，副市长主持召开专题会议。\n\n会议议定：\n\n"
        "一、关于年度任务\n\n（一）加快建设。\n\n（二）地下空间由市教育局提出方案\n\n"
        "出席：张伟、王强、刘洋\n列席：市城管局李军，市财政局赵敏\n记录：陈静\n"
    )
    found = kinds(policy)
    assert ("落款", "云岭市人民政府办公室2024年3月12日") in found
    assert ("前言", "会议议定：") in found
    assert ("项", "（二）地下空间由市教育局提出方案") in found
    assert found[-1] == (
        "出席",
        "出席：张伟、王强、刘洋 列席：市城管局李军，市财政局赵敏 记录：陈静",
    )


def test_a_plan_that_says_who_keeps_records_is_not_closed_by_it() -> None:
    policy = read(
        "云岭市培训方案\n\n一、安排\n\n（一）参加人员\n\n记录：各科室\n\n（二）时间\n\n3月。\n"
    )
    assert [clause.label for clause in policy.clauses][-2:] == ["一（一）", "一（二）"]


def test_a_request_has_its_number_beside_who_signed_it() -> None:
    policy = read(
        "青山县人民政府文件\n\n青政〔2024〕8号                签发人：王建国\n\n"
        "青山县人民政府关于设立园区的请示\n\n云岭市人民政府：\n\n一、园区概况\n\n规划面积12平方公里。\n\n"
        "妥否，请批示。\n\n青山县人民政府\n2024年3月11日\n"
    )
    assert policy.document_number is not None
    assert policy.document_number.value == "青政〔2024〕8号"
    assert [clause.targets for clause in policy.clauses if clause.targets] == []


def test_what_a_report_reviews_is_no_target() -> None:
    policy = read(
        "政府工作报告\n\n各位代表：\n\n一、2024年工作回顾\n\n2024年，地区生产总值增长5.6%。\n\n"
        "（一）民生改善。新建改扩建学校12所。\n\n二、2025年工作安排\n\n"
        "（一）保障民生。新建改扩建学校15所。\n"
    )
    assert [t.value for clause in policy.clauses for t in clause.targets] == ["15"]


def test_whom_to_ask_and_what_is_attached_close_a_letter() -> None:
    policy = read(
        "云岭省卫生健康委员会关于开展监测的函\n\n各市卫生健康委：\n\n一、监测范围。全省各县。\n\n"
        "二、报送时间。6月30日前。\n\n联系人：王芳\n电子邮箱：jcws@example.org\n\n附件：监测指标表\n\n"
        "附件\n\n监测指标表\n\n序号\t指标\t2025年目标值\t责任单位\n1\t县域内住院人次占比\t90%\t基层处\n"
    )
    found = dict((text, kind) for kind, text in kinds(policy))
    assert found["二、报送时间。6月30日前。"] == "部分"
    assert found["附件：监测指标表"] == "附件说明"
    assert found["联系人：王芳 电子邮箱：jcws@example.org"] == "落款"
    (target,) = policy.clauses[-1].targets
    assert (target.indicator, target.value, target.deadline) == (
        "县域内住院人次占比",
        "90",
        "2025年",
    )


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置：首页>政务公开>政府文件",
        "当前位置：首页 > 文件",
        "发布时间：2024-06-15 来源：市政府办公室",
    ],
)
def test_what_a_web_page_prints_around_a_title_is_not_the_document(line: str) -> None:
    body = "各县人民政府：\n\n现就有关事项通知如下：\n\n一、落实责任。\n"
    title = "云岭市人民政府关于燃气安全的通知"
    before, behind = read(f"{line}\n\n{title}\n\n{body}"), read(f"{title}\n\n{line}\n\n{body}")
    assert kinds(before)[0][0] == "页头"
    assert kinds(behind)[1][0] == "页头"
    assert before.title.value == behind.title.value == title
