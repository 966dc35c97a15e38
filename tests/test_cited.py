"""Documents whose inside is asked for, and that are only cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cited import cited_names, read_cited
from assistant.marks import Marks
from corpus.schema import Fact
from tests.made_hits import make_titled_policy

POLICY = replace(
    make_titled_policy("西河", ["一、压实责任。"]),
    basis=(
        Fact("《中华人民共和国献血法》"),
        Fact("《学生资助资金管理办法》（财科教〔2021〕310号）"),
    ),
    relations=(("废止", Fact("《西河市垃圾管理办法》")),),
)


def unknown(question: str) -> list[str]:
    marks = Marks(question)
    read_cited(marks, cited_names([POLICY]))
    return marks.unknown


@pytest.mark.parametrize(
    "question",
    [
        "学生资助资金管理办法里助学贷款最长几年还清",
        "《学生资助资金管理办法》对贷款期限是怎么规定的",
        "学生资助资金管理办法第几条说的贷款",
        "学生资助资金管理办法规定的期限是多少",
    ],
)
def test_the_inside_of_a_cited_document(question: str) -> None:
    assert unknown(question) == ["学生资助资金管理办法"]


@pytest.mark.parametrize(
    "question",
    [
        "根据《学生资助资金管理办法》里的要求，我市怎么做",
        "为什么提到学生资助资金管理办法",
        "学生资助资金管理办法的文号",
        "助学贷款几年还清",
    ],
)
def test_a_cited_document_that_is_leant_on_or_only_named(question: str) -> None:
    assert unknown(question) == []


def test_names_are_those_of_basis_and_relations() -> None:
    names = cited_names([POLICY])
    assert {"学生资助资金管理办法", "西河市垃圾管理办法", "中华人民共和国献血法"} <= names
    assert all(len(name) >= 5 for name in names)


def test_a_value_of_a_document_that_is_only_repealed() -> None:
    assert unknown("西河市垃圾管理办法的清运费是多少")
    assert not unknown("西河市垃圾管理办法的文号是多少")
    assert not unknown("西河市垃圾管理办法的施行日期是怎么定的")
