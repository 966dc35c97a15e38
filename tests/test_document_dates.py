from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document_dates import dates_of, iso_date, validity_of
from corpus.library import read_library, shipped_documents
from corpus.metadata import issuers_of
from corpus.schema import Clause, Policy

TEXTS = Path(__file__).parent.parent / "eval" / "target-texts"


def clause(text: str, kind: str = "前言") -> Clause:
    return Clause("p/1", "p", None, kind, kind, (), text, 0, len(text), ((0, len(text)),))


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    library = read_library([shipped_documents(), TEXTS])
    return {policy.policy_id: policy for policy in library.policies}


@pytest.mark.parametrize(
    ("policy_id", "dates"),
    [
        ("anqiu-2024-21", {"成文": "2024-06-12", "印发": "2024-06-12"}),
        ("air-quality-plan", {"成文": "2025-11-20", "施行": "2025-12-01"}),
        (
            "elderly-care-regulation",
            {"通过": "2024-06-28", "批准": "2024-09-26", "施行": "2025-01-01"},
        ),
    ],
)
def test_dates(policies: dict[str, Policy], policy_id: str, dates: dict[str, str]) -> None:
    found = dates_of(policies[policy_id].clauses)
    assert {kind: fact.value for kind, fact in found} == dates


def test_a_statute_has_a_date_for_each_amendment() -> None:
    text = (
        "1996年3月17日第八届全国人民代表大会第四次会议通过 "
        "根据2009年8月27日全国人大常委会《关于修改部分法律的决定》第一次修正 "
        "2021年1月22日第十三届全国人民代表大会常务委员会第二十五次会议修订"
    )
    note = clause(text, "题注")
    assert [(kind, fact.value) for kind, fact in dates_of((note,))] == [
        ("通过", "1996-03-17"),
        ("修正", "2009-08-27"),
        ("修订", "2021-01-22"),
    ]
    assert [fact.value for fact in issuers_of((note,))] == ["全国人民代表大会"]


def test_in_force_from_the_day_of_issue() -> None:
    clauses = (clause("某局2024年6月12日", "落款"), clause("本办法自印发之日起施行，有效期5年。"))
    assert dict(dates_of(clauses))["施行"].value == "2024-06-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法自2026年5月1日起施行，有效期五年。", "2026-05-01/2031-04-30"),
        ("本方案自2025年12月1日起施行，有效期至2027年12月31日。", "2025-12-01/2027-12-31"),
        ("有效期至2027年12月31日。", "/2027-12-31"),
        ("本通知有效期为3年。", "3年"),
        ("本办法自2024年2月29日起施行，有效期3年。", "3年"),
    ],
)
def test_validity(text: str, expected: str) -> None:
    validity = validity_of((clause(text),))
    assert validity is not None
    assert validity.value == expected


@given(st.dates())
def test_dates_of_any_day_are_read(day: object) -> None:
    year, month, date = str(day).split("-")
    assert iso_date(f"{year}年{int(month)}月{int(date)}日") == str(day)
