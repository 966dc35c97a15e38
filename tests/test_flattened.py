from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_paragraphs
from corpus.flattened import unclosed

PIECES = [
    "一、甲。",
    "二、乙",
    "（一）丙。",
    "（二）丁；",
    "1.戊。",
    "第一条 己。",
    "第二条",
    "：",
    "（",
    "字。",
]


def pieces(text: str) -> list[str]:
    return [paragraph.text for paragraph in clean_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "六、资金保障 津贴所需资金由区、镇两级财政分担。 其中百岁老人由区财政承担。",
            ["六、资金保障", "津贴所需资金由区、镇两级财政分担。其中百岁老人由区财政承担。"],
        ),
        ("六、资金保障 津贴 所需资金由区、镇两级财政分担。", None),
        ("六、资金保障，津贴 所需资金由区、镇两级财政分担。", None),
        ("资金保障 津贴所需资金由区、镇两级财政分担。", None),
    ],
)
def test_one_space_parts_a_head_from_its_text(text: str, parts: list[str] | None) -> None:
    assert pieces(text) == (parts or [text.replace(" ", "")])


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join))
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


def test_numbers_behind_sentences_open_clauses() -> None:
    text = (
        "为加强管理，制定本方案。一、目标。到2025年达标。"
        "二、任务（一）水源。1.甲。2.乙。（二）管网。"
    )
    assert pieces(text) == [
        *("为加强管理，制定本方案。", "一、目标。到2025年达标。", "二、任务"),
        *("（一）水源。", "1.甲。", "2.乙。", "（二）管网。"),
    ]


def test_a_head_may_be_glued_to_its_first_part_only() -> None:
    assert pieces("二、重点任务（一）加强水源保护。\n（二）更新管网。") == [
        *("二、重点任务", "（一）加强水源保护。", "（二）更新管网。")
    ]


def test_articles_chapters_and_sections_are_cut_apart() -> None:
    text = "第一章 总则第一条 为了管理。第二章 许可第一节 申请第二条 依照第一条办理。第三条 公布。"
    assert pieces(text) == [
        *("第一章 总则", "第一条 为了管理。", "第二章 许可", "第一节 申请"),
        *("第二条 依照第一条办理。", "第三条 公布。"),
    ]


def test_items_of_an_article_are_cut_behind_half_stops() -> None:
    text = (
        "第一条 为了管理。第二条 有下列情形的，不予许可：（一）无规划；（二）禁采期。第三条 公布。"
    )
    assert pieces(text) == [
        *(
            "第一条 为了管理。",
            "第二条 有下列情形的，不予许可：",
            "（一）无规划；",
            "（二）禁采期。",
        ),
        "第三条 公布。",
    ]


def test_lists_of_units_end_a_clause() -> None:
    text = (
        "（一）摸清底数。完成排查。责任单位：市住建局、市城管局"
        "（二）整治隐患。（责任单位：甲局）（三）验收。"
    )
    assert pieces(text) == [
        "（一）摸清底数。完成排查。责任单位：市住建局、市城管局",
        "（二）整治隐患。（责任单位：甲局）",
        "（三）验收。",
    ]


def test_signature_date_and_closing_words_are_cut_off() -> None:
    text = (
        "为做好工作，现将有关事项通知如下。一、压实责任，加强组织领导和宣传引导。"
        "二、严格督导检查，按月通报进展情况并报送总结。特此通知。青山区教育局2023年8月30日"
    )
    assert pieces(text)[-3:] == ["特此通知。", "青山区教育局", "2023年8月30日"]


@pytest.mark.parametrize(
    "text",
    [
        "（二）严格考核，考核内容包括：（1）组织领导；（2）工作进展；（3）群众评价。",
        "一、总体要求。依照第三条、第四条和第十条第二款的规定处理。第三十条规定的除外。",
        "（三）加强领导。一是压实责任；二是强化督导。二级以上医院落实。",
        "一、目标。到2025年，床医比、医护比分别达到1：0.53、1：1.01。2.5万人受益。",
        "二、修改第三条：“有下列情形的：（一）无规划。（二）禁采期。”",
        "三、发展种植、养殖、加工。一、二、三产业融合发展，二、三级医院全覆盖。",
        "四、完成任务。（四）项所列情形除外。5、6月份通报。",
    ],
)
def test_what_is_one_clause_stays_one(text: str) -> None:
    assert pieces(text) == [text]


def test_brackets_that_are_open() -> None:
    assert unclosed("落实《办法")
    assert unclosed("（含“双随机")
    assert not unclosed("（一）落实《办法》")
    assert not unclosed("多一个）括号")
