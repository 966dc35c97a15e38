from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document_dates import dates_of, iso_date
from corpus.document_validity import validity_of
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
        ("本细则自2025年3月1日起施行，试行两年。", "2025-03-01/2027-02-28"),
        ("本规定自2025年3月1日起试行，试行期为1年。", "2025-03-01/2026-02-28"),
        ("本措施由县商务局解释，自2026年2月1日起施行。有效期2年。", "2026-02-01/2028-01-31"),
        ("十、附则\n有效期至2027年12月31日。", "/2027-12-31"),
        ("上述政策自2025年1月1日起执行，执行期限至2026年12月31日。", "/2026-12-31"),
        ("本办法有效期自印发之日起3年。", "3年"),
    ],
)
def test_validity(text: str, expected: str) -> None:
    validity = validity_of((clause(text),))
    assert validity is not None
    assert validity.value == expected


@pytest.mark.parametrize(
    "text",
    [
        "第九条 网络预约出租汽车运输证有效期为八年。期满需要延续的，提前三十日申请。",
        "从业资格证由市交通运输局核发，有效期6年。",
        "社会保障卡有效期十年。",
        "体检报告自出具之日起生效，有效期一年。",
        "第三条 按照本办法取得的备案凭证，有效期五年。",
        "动物诊疗许可证自2024年5月1日起生效，有效期三年。",
        "优惠券有效期至2026年12月31日，逾期作废。",
        "承租合同期满可续签，新员工试行三年导师制。",
    ],
)
def test_terms_of_licences_are_none_of_the_document(text: str) -> None:
    in_force = clause("本办法自2024年1月1日起施行。")
    assert validity_of((clause(text), in_force)) is None


def test_the_fields_of_a_page_give_dates_behind_those_of_the_document() -> None:
    fields = clause("成文日期：2023-04-06\n发布日期：2023/4/12 08:30", "页头")
    assert {kind: fact.value for kind, fact in dates_of((fields,))} == {
        "成文": "2023-04-06",
        "发布": "2023-04-12",
    }
    signed = clause("某局2023年4月5日", "落款")
    effect = clause("本办法自印发之日起施行。")
    found = {kind: fact.value for kind, fact in dates_of((fields, effect, signed))}
    assert found == {"成文": "2023-04-05", "发布": "2023-04-12", "施行": "2023-04-05"}


@given(st.dates())
def test_dates_of_any_day_are_read(day: object) -> None:
    year, month, date = str(day).split("-")
    assert iso_date(f"{year}年{int(month)}月{int(date)}日") == str(day)
