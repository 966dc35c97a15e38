from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address_steps import steps_of
from corpus.addresses import resolve
from corpus.citation_forms import citation, citations_of
from corpus.errors import AddressUnknown
from corpus.library import read_library, shipped_documents
from corpus.numerals import chinese_number, parse_number
from corpus.policies import read_policies
from corpus.schema import Document, Policy

LAW = """中华人民共和国医师法

第一章 总则

第一条 为了保障医师，制定本法。

第三条 医师应当敬佑生命。

医师受法律保护。

第二章 考试

第九条 具有下列条件之一的，可以参加考试：

（一）有学历的；

（二）有师承的。

第九条之一 考试每年举行。
"""


@pytest.fixture(scope="module")
def policies() -> list[Policy]:
    law = read_policies(Document("physicians-law.md", LAW, "", "md"))
    return [*read_library([shipped_documents()]).policies, *law]


@pytest.mark.parametrize(
    ("address", "label", "policy_id"),
    [
        ("医师法 第三条 第二款", "第三条第二款", "physicians-law"),
        ("《医师法》第三条第二款", "第三条第二款", "physicians-law"),
        ("中华人民共和国医师法第九条第二项", "第九条第（二）项", "physicians-law"),
        ("医师法9条之一", "第九条之一", "physicians-law"),
        ("安丘 二（三）1", "二（三）1", "anqiu-2024-21"),
        ("安丘市 二(三) 第1点", "二（三）1", "anqiu-2024-21"),
        ("anqiu-2024-21/2.4.1", "二（四）1", "anqiu-2024-21"),
        ("anqiu-2024-21 二（四）1", "二（四）1", "anqiu-2024-21"),
        ("聊城2026 第二部分第（一）项第3点", "二（一）3", "liaocheng-2026-7"),
        ("聊城2024 二（三）第1项", "二（三）1", "liaocheng-2024-10"),
        ("安政办〔2024〕21号 二（一）3", "二（一）3", "anqiu-2024-21"),
        ("安政办[2024]21号二（一）3", "二（一）3", "anqiu-2024-21"),
        ("安丘 前言", "前言", "anqiu-2024-21"),
        ("吉林市 二（四）11", "二（四）11", "jilin-2022-26"),
    ],
)
def test_addresses_lead_to_clauses(
    policies: list[Policy], address: str, label: str, policy_id: str
) -> None:
    clause = resolve(address, policies)
    assert (clause.policy_id, clause.label) == (policy_id, label)


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("安丘 二（九）1", "anqiu-2024-21/2.6.1"),
        ("医师法 第八条", "physicians-law/9"),
        ("聊城 二（一）1", "liaocheng-2024-10/2.1.1, liaocheng-2026-7/2.1.1"),
        ("刑法 第三条", "wenzheng policies"),
        ("", "none"),
        ("安丘", "anqiu-2024-21/1, anqiu-2024-21/2"),
        ("安丘\n怎么说", "anqiu-2024-21/1, anqiu-2024-21/2"),
    ],
)
def test_an_unknown_address_names_what_there_is(
    policies: list[Policy], address: str, nearest: str
) -> None:
    with pytest.raises(AddressUnknown) as caught:
        resolve(address, policies)
    assert nearest in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_id_is_an_address(policies: list[Policy]) -> None:
    for policy in policies:
        for clause in policy.clauses[:30]:
            assert resolve(clause.clause_id, policies) is clause


def test_the_citation_of_a_clause_leads_back_to_it(policies: list[Policy]) -> None:
    checked = 0
    for policy in policies:
        for clause_id, form in citations_of(policy).items():
            clause = next(c for c in policy.clauses if c.clause_id == clause_id)
            if not clause.text:
                continue  # a part whose heading the source lost
            found = resolve(form, [policy])
            # An article of one paragraph is cited without it: both are the same words.
            assert found is clause or found.text == clause.text
            checked += 1
    assert checked > 400


def test_citation_forms(policies: list[Policy]) -> None:
    by_id = {policy.policy_id: policy for policy in policies}

    def form(address: str) -> str:
        clause = resolve(address, policies)
        return citation(clause, by_id[clause.policy_id])

    title = "《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）"
    assert form("安丘 二（四）1") == f"{title}第二部分第（四）项第1点"
    assert form("医师法 第三条第二款") == "《中华人民共和国医师法》第三条第二款"
    assert form("医师法 第九条第（二）项") == "《中华人民共和国医师法》第九条第二项"
    assert form("医师法 第一条") == "《中华人民共和国医师法》第一条"


@given(st.integers(1, 9999))
def test_numbers_in_chinese_are_read_back(number: int) -> None:
    assert parse_number(chinese_number(number)) == number


@given(st.integers(1, 99), st.integers(1, 20), st.integers(1, 40))
def test_steps_read_what_they_are_written_as(part: int, item: int, point: int) -> None:
    short = steps_of(f"{chinese_number(part)}（{chinese_number(item)}）{point}")
    long = steps_of(f"第{chinese_number(part)}部分 第（{chinese_number(item)}）项 第{point}点")
    assert short is not None
    assert long is not None
    assert all(a.fits(b) for a, b in zip(short, long, strict=True))


@given(st.text(max_size=80))
def test_no_address_breaks_it(text: str) -> None:
    policies = read_policies(Document("physicians-law.md", LAW, "", "md"))
    with suppress(AddressUnknown):
        assert resolve(text, policies) in policies[0].clauses
