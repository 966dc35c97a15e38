from __future__ import annotations

import pytest

from corpus.html import read_html
from corpus.page_table import is_fact_row
from corpus.policies import read_policies
from corpus.schema import Document, Policy

FACTS = [
    ("索引号", "11370700/2025-01234", "主题分类", "卫生、体育"),
    ("发布机构", "潍坊市人民政府办公室", "发布日期", "2025-03-12"),
    ("文号", "潍政办发〔2025〕8号", "有效性", "有效"),
]
PLAN = [
    "急救体系建设实施方案",
    "一、工作目标",
    "到2027年，急救站点达到30个。",
    "二、组织保障",
    "加强领导。",
]


def read(text: str) -> Policy:
    (policy,) = read_policies(Document("page.txt", text, "", "txt"))
    return policy


def as_page() -> str:
    """The page as a browser saves it, read as its text."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in FACTS)
    lines = "".join(f"<p>{line}</p>" for line in PLAN[1:])
    body = f"<table>{rows}</table><h1>{PLAN[0]}</h1><div>{lines}</div>"
    return read_html(f"<html><body>{body}</body></html>".encode()).text


TEXTS = {
    "tabs": "\n".join(["\t".join(row) for row in FACTS] + PLAN),
    "bars": "\n".join(["| " + " | ".join(row) + " |" for row in FACTS] + PLAN),
    "spaced labels": "\n".join(
        [
            "索 引 号\t" + "\t".join(FACTS[0][1:]),
            "\t".join(FACTS[1]),
            "文　号\t" + "\t".join(FACTS[2][1:]),
            *PLAN,
        ]
    ),
    "page": as_page(),
}


@pytest.mark.parametrize("form", TEXTS)
def test_the_table_at_the_top_of_a_page_gives_facts_and_no_clauses(form: str) -> None:
    policy = read(TEXTS[form])
    assert policy.title.value == PLAN[0]
    assert policy.document_number is not None
    assert policy.document_number.value == "潍政办发〔2025〕8号"
    assert [fact.value for fact in policy.issuers] == ["潍坊市人民政府办公室"]
    assert ("发布", "2025-03-12") in [(kind, fact.value) for kind, fact in policy.dates]
    assert [clause.kind for clause in policy.clauses] == ["页头", "标题", "部分", "部分"]


@pytest.mark.parametrize("form", TEXTS)
def test_facts_of_the_table_stand_where_they_say(form: str) -> None:
    policy = read(TEXTS[form])
    number = policy.document_number
    assert number is not None
    assert TEXTS[form][number.start : number.end] == number.value


def test_rows_of_other_tables_are_no_facts() -> None:
    assert is_fact_row("索引号\tA1\t主题分类\t卫生")
    assert not is_fact_row("指标名称\t2025年\t单位\t个")
    assert not is_fact_row("文号\t名称\t发布机构")
    assert not is_fact_row("索引号")


def test_a_table_in_the_body_stays_a_table() -> None:
    rows = ["名称\t甲医院\t文号\t无", "名称\t乙医院\t文号\t无"]
    policy = read("\n".join([*PLAN[:3], *rows, *PLAN[3:]]))
    assert "表行" in [clause.kind for clause in policy.clauses]
