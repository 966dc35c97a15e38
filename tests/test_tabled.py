"""Rows of tables in answers: with the heads of their columns, and all that are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.opening import open_assistant, open_index
from assistant.schema import Question
from assistant.settings import Settings
from assistant.table_rows import cells_of
from corpus.policies import read_policies
from corpus.readers import read_document
from index.build import build
from index.embedding import make_embedder
from index.schema import EmbeddingSettings

PLAN = """青渠县河道清淤实施方案
青渠政发〔2025〕8号

一、目标
到2027年，全县河道清淤取得明显成效。
二、资金
（一）补助。清淤费用按照清淤量分档补助，具体标准见附表。
（二）监督。县水利局会同县财政局定期检查。

附件1
清淤任务分解表

单位：公里
| 乡镇 | 2025年 | 2026年 | 责任人 |
| --- | --- | --- | --- |
| 东岭镇 | 3.5 | 4.1 | 赵启明 |
| 西河镇 | 2.2 | 6.4 | 钱立新 |
| 南桥乡 | 1.8 | 2.0 | 赵启明 |

附件2
补助标准表

| 清淤量 | 审批程序 |
| --- | --- |
| 1万立方米以下 | 镇政府审核 |
| 1万立方米（含）至5万立方米 | 县水利局审批 |
| 5万立方米（含）至20万立方米 | 县政府常务会议研究 |

附件3
河道违法行为裁量表

| 违法行为 | 情节 | 适用条件 | 罚款幅度 |
| --- | --- | --- | --- |
| 在河道内电鱼 | 从轻 | 2次以下 | 500元以上1000元以下 |
| 在河道内电鱼 | 从重 | 3次以上 | 1000元以上5000元以下 |
| 向河道倾倒垃圾 | 从轻 | 不足3袋且历时不足10天 | 200元以上3000元以下 |
| 向河道倾倒垃圾 | 从重 | 3袋以上或者历时10天以上 | 3000元以上9000元以下 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("tables")
    file = folder / "plan.md"
    file.write_text(PLAN, "utf-8")
    document = read_document(file)
    settings = Settings(data=str(folder / "data"))
    build(
        [document],
        read_policies(document),
        data_dir=Path(settings.data),
        embedder=make_embedder(EmbeddingSettings()),
    )
    return open_assistant(open_index(settings), settings)


def said(assistant: Assistant, question: str) -> tuple[str, list[str]]:
    answer = assistant.ask(Question(question))
    assert answer.status == "answered"
    return answer.text, [citation.label for citation in answer.citations]


@pytest.mark.parametrize(
    ("text", "count", "cells"),
    [
        ("东岭镇|3.5|4.1", 3, ("东岭镇", "3.5", "4.1")),
        ("东岭镇\t3.5\t4.1", 3, ("东岭镇", "3.5", "4.1")),
        ("合计 | 7.5", 3, ("合计", "7.5", "")),
        ("2 核定标准 8月底前", 3, ("2", "核定标准", "8月底前")),
        ("2 核定 标准 8月底前", 3, ()),
        ("a|b|c|d", 3, ()),
    ],
)
def test_cells_of_a_row(text: str, count: int, cells: tuple[str, ...]) -> None:
    assert cells_of(text, count) == cells


def test_a_row_is_told_with_the_heads_of_its_columns(assistant: Assistant) -> None:
    text, labels = said(assistant, "西河镇2026年清淤任务多少公里？")
    assert "乡镇：西河镇；2025年：2.2；2026年：6.4；责任人：钱立新" in text
    assert "东岭镇" not in text
    assert labels[0].endswith("表第2行")


def test_rows_that_share_what_is_asked_are_all_told(assistant: Assistant) -> None:
    answer = assistant.ask(Question("赵启明负责哪几个乡镇的清淤？"))
    assert "东岭镇" in answer.text
    assert "南桥乡" in answer.text
    assert "西河镇" not in answer.text
    assert answer.table is not None
    assert answer.table.columns == ("乡镇", "2025年", "2026年", "责任人")
    assert [row[0] for row in answer.table.rows] == ["东岭镇", "南桥乡"]


def test_a_row_that_is_named_comes_alone_even_where_a_sum_is_asked_for(
    assistant: Assistant,
) -> None:
    text, labels = said(assistant, "东岭镇2025年一共要清淤多少公里？")
    assert text.startswith("乡镇：东岭镇；2025年：3.5")
    assert "西河镇" not in text
    assert labels[0].endswith("表第1行")


def test_of_the_most_all_rows_are_told(assistant: Assistant) -> None:
    answer = assistant.ask(Question("青渠县清淤任务哪个乡镇最多？"))
    assert answer.table is not None
    assert len(answer.table.rows) == 3


def test_for_each_all_rows_are_told(assistant: Assistant) -> None:
    answer = assistant.ask(Question("青渠县清淤任务分解到各乡镇分别是多少公里？"))
    assert answer.table is not None
    assert [row[0] for row in answer.table.rows] == ["东岭镇", "西河镇", "南桥乡"]


def test_an_amount_leads_to_the_grade_in_which_it_lies(assistant: Assistant) -> None:
    text, _ = said(assistant, "青渠县清淤量8万立方米要走什么审批程序？")
    assert "县政府常务会议研究" in text
    assert "镇政府审核" not in text


def test_of_several_acts_only_the_grades_of_the_one_asked_about_count(
    assistant: Assistant,
) -> None:
    text, labels = said(assistant, "有人在青渠县河道里电鱼被抓了4次，罚款幅度是多少？")
    assert "1000元以上5000元以下" in text
    assert "倾倒" not in text
    assert len(labels) == 1


def test_the_row_that_holds_more_of_the_amounts_is_meant(assistant: Assistant) -> None:
    question = "向青渠县河道倾倒垃圾，倒了15天，清理花了2500元，罚款幅度是多少？"
    text, _ = said(assistant, question)
    assert "3000元以上9000元以下" in text


def test_every_figure_of_a_row_stands_in_what_it_cites(assistant: Assistant) -> None:
    answer = assistant.ask(Question("青渠县清淤任务分解到各乡镇分别是多少公里？"))
    cited = {citation.number: citation.clause_text for citation in answer.citations}
    for statement in answer.statements:
        evidence = "".join(cited[number] for number in statement.citations)
        for part in statement.text.split("；"):
            head, _, cell = part.partition("：")
            assert head in evidence
            assert cell in evidence
