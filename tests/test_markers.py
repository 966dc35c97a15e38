from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.frame_lines import (
    is_attribute,
    is_copy_list,
    is_date,
    is_document_number,
    is_imprint,
    is_publicity,
    is_standalone,
)
from corpus.markers import RANKS, Numbering, marker_of
from corpus.numerals import chinese_number

FORMS = {
    "附件": "附件{d}",
    "编": "第{c}编 总则",
    "分编": "第{c}分编 通则",
    "章": "第{c}章 总则",
    "节": "第{c}节 申请",
    "部分": "第{c}部分 总体要求",
    "条": "第{c}条 为了",
    "一、": "{c}、总体要求",
    "（一）": "（{c}）加强领导",
    "1.": "{d}.建立台账",
    "（1）": "（{d}）查封",
    "1）": "{d}）扣押",
    "一是": "{c}是加强领导",
    "目标一": "目标{c}：供水达标",
}


@pytest.mark.parametrize("form", FORMS)
@given(number=st.integers(min_value=1, max_value=20))
def test_a_number_is_read_as_printed(form: str, number: int) -> None:
    text = FORMS[form].format(c=chinese_number(number), d=number)
    marker = marker_of(text)
    assert marker is not None
    assert (marker.form, marker.number, marker.rank) == (form, number, RANKS[form])
    assert text.startswith(marker.label)
    assert len(marker.label) <= marker.length <= len(text)


@given(st.text(alphabet="第（(一二三十百0129.．、）)条款项章节编部分附件目标①：: 字", max_size=30))
def test_any_text_has_a_marker_that_is_its_beginning_or_none(text: str) -> None:
    marker = marker_of(text)
    if marker is not None:
        assert 0 < marker.length <= len(text)
        assert text[0] == marker.label[0]
        assert marker.number >= 0


@pytest.mark.parametrize(
    ("text", "form", "label"),
    [
        ("（ 一 ）总则", "（一）", "（一）"),
        ("(一)总则", "（一）", "(一)"),
        ("(一）总则", "（一）", "(一）"),
        ("（一）、总则", "（一）", "（一）"),
        ("（一）项目建设", "（一）", "（一）"),
        ("（一）目标任务", "（一）", "（一）"),
        ("（一）款项拨付", "（一）", "（一）"),
        ("㈠总则", "（一）", "㈠"),
        ("一、2024年工作", "一、", "一"),
        ("一．总则", "一、", "一"),
        ("二、三年行动目标", "一、", "二"),
        ("１．总则", "1.", "１"),
        ("1、总则", "1.", "1"),
        ("1．总则", "1.", "1"),
        ("1 . 总则", "1.", "1"),
        ("⒈总则", "1.", "⒈"),
        ("1.2024年底前完成", "1.", "1"),
        ("1.1 编制目的", "1.1", "1.1"),
        ("2.3.1适用范围", "1.1", "2.3.1"),
        ("（1）查封；", "（1）", "（1）"),
        ("⑴查封；", "（1）", "⑴"),
        ("①查封；", "①", "①"),
        ("❶查封；", "①", "❶"),
        ("第一条为了", "条", "第一条"),
        ("第一条", "条", "第一条"),
        ("第一条：为了", "条", "第一条"),
        ("第2条 为了", "条", "第2条"),
        ("第三条 规定本级预算", "条", "第三条"),
        ("第三条中央企业应当", "条", "第三条"),
        ("第六条 项目单位应当", "条", "第六条"),
        ("第九条所有单位应当", "条", "第九条"),
        ("第十条和解协议", "条", "第十条"),
        ("第一百二十三条 污水", "条", "第一百二十三条"),
        ("第一百二十三条之一 污水", "条", "第一百二十三条之一"),
        ("第一千二百六十条 本法", "条", "第一千二百六十条"),
        ("第一部分总体要求", "部分", "第一部分"),
        ("第一部分：总体要求。", "部分", "第一部分"),
        ("任务3：建设水厂", "目标一", "任务3"),
        ("第一阶段（2024年）", "目标一", "第一阶段"),
        ("专栏1骨干工程", "目标一", "专栏1"),
        ("附件", "附件", "附件"),
        ("附 件：", "附件", "附件"),
        ("附件1-2", "附件", "附件1-2"),
        ("附件1消防安全责任清单", "附件", "附件1"),
        ("附表2 任务分工", "附件", "附表2"),
    ],
)
def test_forms(text: str, form: str, label: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.form, marker.label) == (form, label)


@pytest.mark.parametrize(
    "text",
    [
        *("第三十条第二款规定的", "第三十条的规定", "第三条规定", "第九条所称项目", "第八条，按照"),
        *("第十条、第十一条", "第十条和第十二条规定", "第十条至第十五条", "第三十条 第二款规定"),
        *("第三十条第（二）项", "第三条（一）项", "第一百二十三条之一规定的", "第三条之外"),
        *("第一章、第二章", "第三章规定", "第二编制", "第一部分的工作已经完成。"),
        *("（一）项所列", "（一）、（二）项", "（十二）至（十四）项", "（二）规定的", "（2）项的"),
        *("前款规定", "第二款规定", "第（一）项规定", "第一项所列"),
        *("一、二、三产业融合", "两、三个", "百、千", "一是否落实", "二〇二四年"),
        *("1.5亿元", "3.2万人", "3.14%", "1.5 亿元", "2024.1", "12345.", "1 总则"),
        *("附件1、2", "附件2的要求", "附件1和附件2", "附件一览表", "附近", "项目一期", "目标是"),
    ],
)
def test_what_only_mentions_a_part_opens_nothing(text: str) -> None:
    assert marker_of(text) is None


def test_an_inserted_article_is_counted_behind_its_article() -> None:
    marker = marker_of("第一百二十三条之二 污水")
    assert marker is not None
    assert (marker.number, marker.sub) == (123, 2)


def test_a_count_of_hospitals_may_be_a_head() -> None:
    marker = marker_of("二、三级医院建设")
    assert marker is not None
    assert marker.doubtful


def test_numbering_goes_on_and_begins_anew_below() -> None:
    numbering = Numbering()
    turns = []
    for text in ("一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "（三）己", "四、庚"):
        marker = marker_of(text)
        assert marker is not None
        turns.append(numbering.continues(marker))
        numbering.take(marker)
    assert turns == [True, True, True, True, True, False, False]


def test_articles_count_on_through_chapters() -> None:
    numbering = Numbering()
    for text in ("第一章 总则", "第一条 为了", "第二章 附则"):
        marker = marker_of(text)
        assert marker is not None
        numbering.take(marker)
    second = marker_of("第二条 本法")
    assert second is not None
    assert numbering.continues(second)


def test_lines_that_stand_for_themselves() -> None:
    assert is_date("二〇二四年六月十二日")
    assert is_date("二○二四年六月十二日")
    assert not is_date("2024年6月12日前完成")
    assert is_document_number("安政办〔2024〕21号")
    assert is_document_number("安政办字[2024]第 3 号")
    assert is_publicity("（此件公开发布）")
    assert is_imprint("临河市人民政府办公室2024年6月12日印发")
    assert is_copy_list("抄送：市委办公室，市人大常委会办公室。")
    assert not is_standalone("安政办〔2024〕21号文件要求各地落实责任")


@pytest.mark.parametrize(
    "text",
    [
        *("责任单位：市教育局", "（牵头单位：市教育局）", "【责任单位】市教育局", "责任单位"),
        *("主体责任单位：市教育局", "牵头责任单位：市教育局", "配合部门：市财政局"),
        *("完成时限：2024年底", "责任人：张三", "整改期限：10日"),
    ],
)
def test_lines_that_say_who_and_by_when(text: str) -> None:
    assert is_attribute(text)


@pytest.mark.parametrize("text", ["责任单位要落实责任", "实施方案", "配合做好工作", "完成任务"])
def test_lines_that_do_not(text: str) -> None:
    assert not is_attribute(text)
