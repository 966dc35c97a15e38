"""Tables in text and what stands around them: captions, bars, notes."""

from __future__ import annotations

from corpus.addresses import resolve
from corpus.citation_forms import citations_of
from corpus.policies import read_policies
from corpus.schema import Document
from tests.outlining import address, clauses_of_text

ANNEX = """某市路灯改造方案
一、任务
全市改造路灯。
附件1
改造清单
序号|路段|数量（盏）
1|东街|120
2|西街|80
"""


def test_bars_between_the_cells_make_a_table() -> None:
    rows = [clause.text for clause in clauses_of_text(ANNEX) if clause.kind == "表行"]
    assert rows == ["1|东街|120", "2|西街|80"]


def test_menus_with_bars_are_no_table() -> None:
    text = (
        "首页 | 政务公开 | 互动交流\n无障碍浏览 | 网站地图 | 登录\n某市路灯管理办法\n"
        "第一条 为了管理路灯，制定本办法。\n"
    )
    assert not [clause for clause in clauses_of_text(text) if clause.kind == "表"]


def test_numbers_of_notes_below_a_table_are_no_clauses() -> None:
    for notes in (
        "注：1.数量含备用。\n2.清单每年调整。\n3.由市局解释。\n",
        "备注：\n1.数量含备用。\n2.清单每年调整。\n",
        "注：1.数量含备用。2.清单每年调整。\n",
    ):
        clauses = clauses_of_text(ANNEX + notes)
        assert {clause.kind for clause in clauses if clause.parent_id == "sample/a1"} == {
            "表",
            "段",
        }


def test_points_behind_the_notes_are_clauses_again() -> None:
    text = (
        ANNEX
        + "注：1.数量含备用。\n2.清单每年调整。\n附件2\n改造要求\n1.选用节能灯。\n2.统一编号。\n"
    )
    assert [c.label for c in clauses_of_text(text) if c.kind == "点"] == ["附件2 1", "附件2 2"]


def test_a_caption_with_a_number_names_its_table_shortly() -> None:
    text = (
        "# 某市“十五五”供水规划\n\n## 第一章 目标\n\n到2030年，全面达标。\n\n"
        "**表1 某市“十五五”供水主要指标**\n\n| 指标 | 2030年 |\n|---|---|\n| 管网漏损率 | 8% |\n"
        "\n**表2 某市供水项目**\n\n| 项目 | 规模 |\n|---|---|\n| 东水厂 | 5万吨 |\n"
    )
    policies = read_policies(Document("water.md", text, "", "md"))
    clauses = policies[0].clauses
    rows = {address(clause): clause.label for clause in clauses if clause.kind == "表行"}
    assert rows == {"c1.t1.1": "第一章表1第1行", "c1.t2.1": "第一章表2第1行"}
    for clause_id, form in citations_of(policies[0]).items():
        assert resolve(form, policies).clause_id == clause_id
