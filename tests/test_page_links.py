"""Links and frames around a document: what opens no further one."""

from __future__ import annotations

from corpus.policies import read_policies
from corpus.schema import Document, Policy
from tests.outlining import clauses_of_text

PLAN = """某县人民政府关于印发某县河道保洁方案的通知
某政发〔2025〕3号
各乡（镇）人民政府、县政府各部门：现将《某县河道保洁方案》印发给你们，请抓好落实。
某县人民政府
2025年1月2日
某县河道保洁方案
一、目标
全县河道每周保洁不少于2次。
二、要求
各乡镇落实责任。
"""


def policy(text: str) -> Policy:
    (found,) = read_policies(Document("rivers.txt", text, "", "txt"))
    return found


def test_addressees_that_were_glued_to_a_short_sentence_are_cut_off() -> None:
    kinds = {clause.kind: clause.text for clause in clauses_of_text(PLAN)}
    assert kinds["主送"] == "各乡（镇）人民政府、县政府各部门："
    assert kinds["通知"].startswith("现将《某县河道保洁方案》")


def test_links_at_the_foot_open_no_document() -> None:
    links = (
        "相关链接\n一图读懂：某县河道保洁方案\n【政策解读】县水利局负责人答记者问\n"
        "上一篇：某县造林方案\n"
    )
    found = policy(PLAN + links)
    assert found.title.value == "某县河道保洁方案"
    assert [clause.kind for clause in found.clauses].count("标题") == 2
    assert found.clauses[-1].kind == "页尾"


def test_a_further_document_with_clauses_is_one() -> None:
    further = (
        "某县水利局\n2025年1月5日\n某县河道采砂管理办法\n一、采砂应当取得许可。\n"
        "二、禁止夜间采砂。\n"
    )
    found = policy(PLAN + further)
    assert found.title.value == "某县河道采砂管理办法"


def test_a_note_below_the_number_says_when_it_was_adopted_and_issued() -> None:
    text = (
        "# 某市“十四五”供热规划\n\n某政发〔2021〕8号  \n"
        "（2021年3月5日市政府第9次常务会议审议通过，2021年3月18日印发）\n\n"
        "本规划依据有关规划编制，规划期为2021—2025年。\n\n## 第一章 目标\n\n"
        "到2025年，供热面积达到200万平方米。\n"
    )
    found = policy(text)
    assert [(kind, fact.value) for kind, fact in found.dates][:2] == [
        ("通过", "2021-03-05"),
        ("印发", "2021-03-18"),
    ]
    assert found.issuers == ()
    assert [clause.kind for clause in found.clauses][:4] == ["标题", "文号", "题注", "前言"]


def test_a_notice_that_passes_another_on_keeps_its_own_title() -> None:
    text = (
        "某县教育局转发某市教育局关于做好校舍检查的通知\n某教〔2024〕2号\n各学校：\n"
        "现将市局通知转发给你们，请一并执行。\n一、各校本月自查。\n二、县局组织抽查。\n"
        "某县教育局\n2024年4月2日\n"
        "某市教育局关于做好校舍检查的通知\n某市教〔2024〕9号\n各县教育局：\n"
        "为保障安全，通知如下：\n"
        "一、检查屋面。\n二、检查电路。\n某市教育局\n2024年3月28日\n"
    )
    assert policy(text).title.value.startswith("某县教育局转发")


def test_a_page_number_inside_a_word_parts_nothing() -> None:
    text = (
        "某市市场改造方案\n一、分工\n市场改造工作由市发展改革委、市市场监\n- 1 -\n"
        "管局按照职责分工推进。\n"
        "二、时间\n今年完成。\n"
    )
    clauses = {clause.label: clause.text for clause in clauses_of_text(text)}
    assert "市市场监管局按照职责" in clauses["一"]


def test_notes_that_editors_put_into_an_article_are_no_paragraphs_of_it() -> None:
    text = (
        "某省河道条例\n第一条 为了管理河道，制定本条例。\n【释义】本条规定目的。\n"
        "第二条 采砂应当取得许可。\n"
        "[注：本条2018年修正。]\n许可不得转让。\n第二条之一 采砂船应当登记。\n"
        "第三条 本条例自公布之日起施行。\n"
    )
    labels = [clause.label for clause in clauses_of_text(text) if clause.kind == "款"]
    assert labels == [
        *("第一条第一款", "第二条第一款", "第二条第二款"),
        *("第二条之一第一款", "第三条第一款"),
    ]
