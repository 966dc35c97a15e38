from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses import clauses_of
from corpus.cleaning import Paragraph, clean_paragraphs
from corpus.line_layout import columns
from corpus.lines import BOLD, source_lines
from corpus.outline import grow_outline

TEXTS = st.text(
    alphabet="字句一二（）()、。，；：“”《》第条章1.* #>-|\t\n\r\x0b\x0c\x01\u3000\u200b&a□",
    max_size=200,
)


def texts(source: str) -> list[str]:
    return [paragraph.text for paragraph in clean_paragraphs(source)]


def levels(source: str) -> list[int]:
    return [paragraph.level for paragraph in clean_paragraphs(source)]


@given(TEXTS)
def test_a_paragraph_is_put_together_from_slices_of_the_source(source: str) -> None:
    position = 0
    for paragraph in clean_paragraphs(source):
        slices = "".join(source[start:end] for start, end in paragraph.segments)
        assert len(slices) == len(paragraph.text) > 0
        for char, kept in zip(slices, paragraph.text, strict=True):
            assert char == kept or (char.isspace() and kept.isspace())
        for start, end in paragraph.segments:
            assert position <= start < end
            position = end
        assert (paragraph.start, paragraph.end) == (paragraph.segments[0][0], position)


@given(st.text(alphabet="字，（　aZ0.%", max_size=100))
def test_columns_count_two_for_chinese(text: str) -> None:
    assert columns(text) == sum(1 if char.isascii() else 2 for char in text)


@given(st.text(max_size=100))
def test_every_text_has_a_width(text: str) -> None:
    assert 0 <= columns(text) <= 3 * len(text)


def test_layout_goes_and_words_stay() -> None:
    source = (
        "\ufeff　　一、 总 体 要 求\n\n- 1 -\n\n"
        "到 2025 年，使用 Windows  Server 的单位&nbsp;\x01全部更新。\n第 2 页 共 3 页\n------\n"
    )
    assert texts(source) == ["一、总体要求", "到2025年，使用Windows Server的单位全部更新。"]


def test_the_space_behind_the_number_of_an_article_stays() -> None:
    assert texts("**第一条**　为了管理，制定本办法。") == ["第一条 为了管理，制定本办法。"]
    assert texts("第一部分　总体要求") == ["第一部分 总体要求"]


def test_marks_of_markdown_are_no_words() -> None:
    source = "---\na: b\n---\n# 标题 #\n## **一、目标**\n- 甲\n> 乙\n1\\. 丙。\n***2.丁。*** 戊。\n"
    assert texts(source) == ["标题", "一、目标", "甲", "乙", "1.丙。", "2.丁。戊。"]
    assert levels(source) == [1, 2, 0, 0, 0, 0]


def test_a_line_that_is_bold_as_a_whole_may_be_a_head() -> None:
    assert levels("**主要措施**\n**一是**加强领导。") == [BOLD, 0]


def test_a_line_break_between_latin_words_reads_as_a_space() -> None:
    assert texts("更新，采用 Windows\nServer。") == ["更新，采用Windows Server。"]
    assert texts("更新，采用 Windows**\nServer。") == ["更新，采用Windows Server。"]


def test_text_that_stops_in_a_sentence_goes_on() -> None:
    assert texts("压实责任，加强\n检查。") == ["压实责任，加强检查。"]
    assert texts("落实《消防安全责任制\n实施办法》。") == ["落实《消防安全责任制实施办法》。"]
    assert texts("关于加强消防工作的\n实施意见") == ["关于加强消防工作的实施意见"]
    assert texts("1.1编制目的\n为及时处置，制定本预案。") == [
        "1.1编制目的",
        "为及时处置，制定本预案。",
    ]


def test_a_reference_at_the_start_of_a_line_goes_on() -> None:
    assert texts("违反本办法，依照\n第三十条第二款处罚。") == [
        "违反本办法，依照第三十条第二款处罚。"
    ]
    assert texts("一、甲。\n违反规定的，按照\n第三条、第四条处理。") == [
        "一、甲。",
        "违反规定的，按照第三条、第四条处理。",
    ]


def test_what_stands_alone_is_not_joined() -> None:
    lines = ["各县区人民政府，", "安政办〔2024〕21号", "2024年6月12日", "（此件公开发布）"]
    lines += ["责任单位：甲，", "一、乙"]
    assert texts("\n".join(lines)) == lines


def test_a_list_of_copies_goes_on_until_its_full_stop() -> None:
    assert texts("抄送：市委办公室，\n市政协办公室。\n市政府办公室2024年6月12日印发") == [
        "抄送：市委办公室，市政协办公室。",
        "市政府办公室2024年6月12日印发",
    ]


def test_wide_gaps_behind_sentences_are_lost_line_breaks() -> None:
    assert texts("一、甲。　　二、乙。　　责任到人。") == ["一、甲。", "二、乙。", "责任到人。"]
    assert texts("安丘市人民政府　　2024年6月12日") == ["安丘市人民政府2024年6月12日"]


def test_short_lines_of_one_length_were_not_wrapped() -> None:
    source = "应当完成任务。\n" * 20
    assert source_lines(source)[0].wrap_width is None
    assert len(texts(source)) == 20


def test_a_page_number_parts_no_sentence() -> None:
    assert texts("压实责任，\n\n— 12 —\n\n加强检查。") == ["压实责任，加强检查。"]


def test_every_kind_of_line_break_parts_lines() -> None:
    assert texts("一、甲\x0b二、乙\x0c三、丙\u2028四、丁\x85五、戊") == [
        *("一、甲", "二、乙", "三、丙", "四、丁", "五、戊")
    ]


# Time and memory grow with the text and no faster

GROWING: dict[str, Callable[[int], str]] = {
    "one clause": lambda n: "一、总体要求。" + "各地要认真落实，" * (n // 8),
    "no punctuation": lambda n: "字" * n,
    "one number again and again": lambda n: "1.完成。\n" * (n // 6),
    "one article again and again": lambda n: "第一条 完成。\n" * (n // 8),
    "items of one article": lambda n: "第一条 有下列情形：\n" + "（一）完成；\n" * (n // 7),
    "paragraphs of one article": lambda n: "第一条 完成。\n" + "应当完成。\n" * (n // 6),
    "paragraphs under one head": lambda n: "一、任务\n" + "应当完成任务。\n" * (n // 8),
    "preamble": lambda n: "各局：\n" * (n // 4),
    "titles": lambda n: "实施方案\n" * (n // 5),
    "signatures": lambda n: "市财政局\n2024年1月1日\n" * (n // 15),
    "tables of contents": lambda n: "".join(f"目录\n甲{i}\n" for i in range(n // 8)),
    "lists of attachments": lambda n: "附件：1.甲\n" * (n // 7),
    "only markers": lambda n: "一、（一）1.（1）①" * (n // 12),
    "markers on lines": lambda n: "一、\n（一）\n1.\n（1）\n①\n" * (n // 18),
    "only spaces": lambda n: " " * n,
    "spaces inside": lambda n: "字" + " " * n + "字",
    "gaps inside": lambda n: "一、甲。" + "　　乙。" * (n // 4),
    "only line breaks": lambda n: "\n" * n,
    "rows with tabs": lambda n: "a\tb\n" * (n // 4),
    "tabs and no table": lambda n: "a\tb\n文字。\n" * (n // 8),
    "rows with bars": lambda n: "|a|b|\n" * (n // 6),
    "one line of bars": lambda n: "|a" * (n // 2),
    "heads": lambda n: "# 甲\n## 乙\n### 丙\n" * (n // 15),
    "bold heads": lambda n: "**标题**\n文字。\n" * (n // 11),
    "stars": lambda n: "*" * n + "字",
    "open brackets": lambda n: "（《“文字，\n" * (n // 7),
    "run together": lambda n: "一、甲。" + "（一）乙。1.丙。2.丁。（二）戊。" * (n // 20),
    "references": lambda n: "一、任务。" + "第一条、" * (n // 4),
    "units": lambda n: "一、任务\n" + "责任单位：市财政局、市教育局\n" * (n // 15),
    "decimals": lambda n: "1 总则\n" + "".join(f"1.{i % 99 + 1} 目的\n" for i in range(n // 7)),
    "unusual order": lambda n: "1.甲\n（一）乙\n" * (n // 8),
    "control characters": lambda n: "\x01\x02字" * (n // 3),
}


def seconds(source: str) -> float:
    """The shorter of two readings."""
    taken: list[float] = []
    for _ in range(2):
        begin = time.process_time()
        paragraphs = clean_paragraphs(source)
        clauses_of(grow_outline(paragraphs), "p", source)
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_text_and_no_faster(name: str) -> None:
    small, large = (seconds(GROWING[name](size)) for size in (10_000, 80_000))
    assert large < max(24 * small, 0.5)  # 8 times the text


@pytest.mark.slow
def test_a_clause_of_a_million_characters() -> None:
    source = "一、总体要求。" + "各地要认真落实，" * 125_000 + "。"
    (paragraph,) = clean_paragraphs(source)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == source
    assert seconds(source) < 10


@pytest.mark.slow
def test_a_hundred_thousand_clauses_of_a_line() -> None:
    source = "".join(f"（{i % 99 + 1}）完成第{i}项任务。\n" for i in range(100_000))
    begin = time.process_time()
    clauses = clauses_of(grow_outline(clean_paragraphs(source)), "p", source)
    assert sum(1 for clause in clauses if clause.text) == 100_000
    assert len({clause.clause_id for clause in clauses}) == len(clauses)
    assert time.process_time() - begin < 60


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("供水规划（2 026—2028 年）", "供水规划（2026—2028年）"),
        ("到2 0 2 6年底全部完成", "到2026年底全部完成"),
        ("2 026 年 3 月", "2026年3月"),
        ("每期30 2026年起40", "每期30 2026年起40"),
        ("编号 20 25 与年度无关", "编号20 25与年度无关"),
    ],
)
def test_the_digits_of_a_year_that_stand_apart_are_one_year(printed: str, read: str) -> None:
    (paragraph,) = clean_paragraphs(printed)
    assert paragraph.text == read
