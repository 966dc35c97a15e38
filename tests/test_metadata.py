from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import Library, read_library, shipped_documents
from corpus.metadata import (
    basis_of,
    dates_of,
    document_numbers_of,
    issuers_of,
    level_of,
    period_of,
    publicity_of,
    region_of,
    relations_of,
    title_of,
    validity_of,
)
from corpus.policies import read_policies
from corpus.schema import Clause, Document, Fact, Policy

TEXTS = Path(__file__).parent.parent / "eval" / "target-texts"


def clause(text: str, kind: str = "前言", segments: tuple[tuple[int, int], ...] = ()) -> Clause:
    return Clause(
        "p/1", "p", None, kind, kind, (), text, 0, len(text), segments or ((0, len(text)),)
    )


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library([shipped_documents(), TEXTS])


@pytest.fixture(scope="module")
def policies(library: Library) -> dict[str, Policy]:
    return {policy.policy_id: policy for policy in library.policies}


def values(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.value for fact in facts]


def test_every_fact_is_the_words_of_its_span(library: Library) -> None:
    texts = {document.name: document.text for document in library.documents}
    for policy in library.policies:
        facts = [
            *document_numbers_of(policy.clauses),
            *issuers_of(policy.clauses),
            *basis_of(policy.clauses),
            *(fact for _, fact in relations_of(policy.clauses)),
        ]
        for fact in facts:
            span = texts[policy.source][fact.start : fact.end]
            plain = span.replace("第十五届", "")  # the term of a congress is no part of its name
            assert "".join(plain.split()) == "".join(fact.value.split())


def test_issuers_of_a_joint_document(policies: dict[str, Policy]) -> None:
    assert values(issuers_of(policies["liaocheng-2026-7"].clauses)) == [
        "聊城市卫生健康委员会",
        "聊城市发展和改革委员会",
        "聊城市科技局",
        "聊城市财政局",
        "聊城市人力资源和社会保障局",
        "聊城市医疗保障局",
    ]


def test_issuers_side_by_side_are_parted_by_gaps_and_by_their_place() -> None:
    parts = ["云岭市财政局", "云岭市教育局"]
    text = "".join(parts)
    gapped = clause(text, "落款", ((0, 6), (8, 14)))
    assert values(issuers_of((gapped,))) == parts
    assert values(issuers_of((clause(text, "版头"),))) == parts
    spaced = tuple((place * 2, place * 2 + 1) for place in range(10))
    assert values(issuers_of((clause("安丘市人民政府办公室", "版头", spaced),))) == [
        "安丘市人民政府办公室"
    ]


def test_every_number_of_a_joint_document() -> None:
    text = "云财社〔2024〕1号云卫规〔2024〕12号"
    lines = clause(text, "文号", ((0, 11), (12, 24)))
    assert values(document_numbers_of((lines,))) == ["云财社〔2024〕1号", "云卫规〔2024〕12号"]


def test_the_number_of_the_order_that_made_a_document_known() -> None:
    text = (
        "（2022年11月8日云岭市人民政府第17次常务会议通过2022年11月25日云岭市人民政府令第63号公布）"
    )
    assert values(document_numbers_of((clause(text, "题注"),))) == ["云岭市人民政府令第63号"]
    amended = "（根据2019年3月2日云岭市人民政府令第7号修订）"
    assert values(document_numbers_of((clause(amended, "题注"),))) == []


@pytest.mark.parametrize(
    ("policy_id", "numbers"),
    [
        ("jilin-2022-26", ["国办发〔2021〕18号", "吉政办发〔2021〕43号"]),
        ("liaocheng-2026-7", [""]),
        ("compilation-2023-7", ["冀政办字〔2021〕124号"]),  # not the plan that it explains
    ],
)
def test_only_what_the_text_rests_on_is_its_basis(
    policies: dict[str, Policy], policy_id: str, numbers: list[str]
) -> None:
    found = values(basis_of(policies[policy_id].clauses))
    assert [value.partition("》")[2].strip("（）") for value in found] == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "根据《甲办法》《乙规定》精神，结合《丙方案》，制定本方案。",
            ["《甲办法》", "《乙规定》"],
        ),
        ("《本方案》已经研究同意，现印发给你们。", []),
        ("根据宪法，制定本法。", ["宪法"]),
        (
            "按照《甲》（国发〔2020〕1号，简称《意》）要求，",
            ["《甲》（国发〔2020〕1号，简称《意》）"],
        ),
    ],
)
def test_basis_in_a_preamble(text: str, expected: list[str]) -> None:
    assert values(basis_of((clause(text),))) == expected


@pytest.mark.parametrize("head", ["一、设定依据", "（二）法律依据", "三、政策依据：", "2.依据"])
def test_basis_below_a_head_of_its_own(head: str) -> None:
    part = Clause("p/1", "p", None, "部分", "一", (head,), head, 0, len(head), ((0, len(head)),))
    text = "1.《甲条例》第三条；"
    item = Clause("p/1/1", "p", "p/1", "点", "一1", (head, "1"), text, 0, 11, ((0, 11),))
    assert values(basis_of((part, item))) == ["《甲条例》"]


def test_a_head_of_other_matters_states_no_basis() -> None:
    part = clause("一、认定依据不足的情形", "部分")
    item = replace(clause("1.《甲条例》规定的情形。", "点"), parent_id=part.clause_id)
    assert basis_of((part, item)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "《甲办法》（云政发〔2020〕1号）同时废止。",
            [("废止", "《甲办法》（云政发〔2020〕1号）")],
        ),
        ("《甲办法》、《乙办法》同时废止。", [("废止", "《甲办法》"), ("废止", "《乙办法》")]),
        ("废止《甲办法》。", [("废止", "《甲办法》")]),
        ("2019年发布的《甲须知》不再使用。", [("废止", "《甲须知》")]),
        ("《甲制度》停止施行。", [("废止", "《甲制度》")]),
        ("对《甲条例》作如下修改：", [("修改", "《甲条例》")]),
        ("依照《甲条例》办理。", []),
    ],
)
def test_what_a_document_does_to_others(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(kind, fact.value) for kind, fact in relations_of((clause(text),))]
    assert found == expected


def test_region_and_level(policies: dict[str, Policy]) -> None:
    anqiu = policies["anqiu-2024-21"]
    issuers = issuers_of(anqiu.clauses)
    region = region_of(anqiu.title, issuers)
    assert region is not None
    assert region.value == "山东省潍坊市安丘市"
    assert level_of(anqiu.title, issuers, region) == "县"


@pytest.mark.parametrize(
    ("issuer", "title", "region", "level"),
    [
        ("国务院办公厅", "关于推动公立医院高质量发展的意见", None, "国家"),
        ("", "中华人民共和国医师法", None, "国家"),
        ("山东省卫生健康委员会", "关于推广三明市医改经验的通知", "山东省", "省"),
        ("石桥镇人民政府", "关于乡村医生的通知", None, "乡"),
        ("云岭市财政局", "关于经费的通知", "云岭市", "市"),  # not in the table: as printed
        ("云岭高新区管委会", "关于经费的通知", None, "县"),
        ("云湖区民政局", "关于经费的通知", "云湖区", "县"),
        ("云湖区建设指挥部", "关于经费的通知", None, "县"),
    ],
)
def test_the_issuer_says_region_and_level(
    issuer: str, title: str, region: str | None, level: str
) -> None:
    issuers = (Fact(issuer),) if issuer else ()
    found = region_of(Fact(title), issuers)
    assert (found.value if found else None) == region
    assert level_of(Fact(title), issuers, found) == level


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("三年攻坚实施方案（2026-2028年）", "2026–2028"),
        ("“十四五”卫生健康规划", "2021–2025"),
        ("十五五规划纲要", "2026–2030"),
        ("某某办法", None),
    ],
)
def test_period(title: str, expected: str | None) -> None:
    period = period_of(Fact(title))
    assert (period.value if period else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（此件公开发布）", "公开"),
        ("（此件依申请公开）", "依申请公开"),
        ("（此件不予公开）", "不公开"),
    ],
)
def test_publicity(text: str, expected: str) -> None:
    fact = publicity_of((clause(text, "公开"),))
    assert fact is not None
    assert fact.value == expected


@given(
    st.text(max_size=200), st.sampled_from(["标题", "版头", "文号", "落款", "题注", "公开", "前言"])
)
def test_no_text_breaks_it(text: str, kind: str) -> None:
    clauses = (clause(text or "某", kind),)
    title = title_of(clauses)
    issuers = issuers_of(clauses)
    level_of(title, issuers, region_of(title, issuers))
    for facts in (basis_of, relations_of, dates_of, document_numbers_of, validity_of, publicity_of):
        facts(clauses)


@pytest.mark.parametrize(
    "line",
    [
        "（联系人：云岭市教育局 周敏 电话：0570-8123456）",
        "周敏 电话：0570-8123456",
        "咨询电话：市教育局 0570-8123456",
        "周敏电话：8123456",
    ],
)
def test_whom_to_ask_is_no_issuer(line: str) -> None:
    lines = ["关于开展排查的通知", "各学校：", "请开展排查。", line, "云岭市教育局", "2025年3月4日"]
    policies = read_policies(Document("a.txt", "\n".join(lines), "", "txt"))
    assert [fact.value for fact in policies[0].issuers] == ["云岭市教育局"]
    closing = clause(f"云岭市教育局\n{line}\n2025年3月4日", "落款")
    assert [fact.value for fact in issuers_of((closing,))] == ["云岭市教育局"]


ORDER = """{head}

《浅湾市游船管理办法》已经2025年2月8日浅湾市人民政府第9次常务会议通过，现予公布，自2025年5月1日起施行。

市长　许望舒

2025年3月1日

第一章　总则

第一条　为了管理游船，制定本办法。

第二条　本办法自2025年5月1日起施行，有效期五年。
"""


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("# 浅湾市游船管理办法\n\n**浅湾市人民政府令**\n\n**第7号**", "浅湾市人民政府令第7号"),
        ("# 浅湾市游船管理办法\n\n**浅湾市人民政府令第7号**", "浅湾市人民政府令第7号"),
        ("浅湾市人民政府令\n\n第7号", "浅湾市人民政府令第7号"),
    ],
)
def test_an_order_is_called_what_it_issues(head: str, number: str) -> None:
    (policy,) = read_policies(Document("order.md", ORDER.format(head=head), "0", "md"))
    assert policy.title.value == "浅湾市游船管理办法"
    assert values(policy.numbers) == [number]
    assert values(policy.issuers) == ["浅湾市人民政府"]


def test_a_document_is_not_called_what_is_attached_to_it() -> None:
    text = """浅湾市游船安全检查标准

第一条 为了检查游船，制定本标准。

第二条 检查每年一次。

浅湾市交通运输局

2025年3月1日

# 附件 浅湾市游船常见缺陷一览表

| 序号 | 缺陷 |
|---|---|
| 1 | 没有救生衣 |
"""
    (policy,) = read_policies(Document("standard.md", text, "0", "md"))
    assert policy.title.value == "浅湾市游船安全检查标准"


def test_the_title_of_a_joint_notice_begins_behind_its_issuers() -> None:
    text = """浅湾市交通运输局 浅湾市财政局
关于做好游船更新工作的通知
浅交联〔2025〕3号

各区交通运输局：
一、更新老旧游船。
二、报送名单。
"""
    (policy,) = read_policies(Document("notice.txt", text, "0", "txt"))
    assert policy.title.value == "关于做好游船更新工作的通知"
    assert values(policy.issuers) == ["浅湾市交通运输局", "浅湾市财政局"]


def test_a_title_over_two_lines_is_whole_where_the_order_names_it() -> None:
    text = ORDER.format(head="浅湾市人民政府令\n\n第7号").replace(
        "第一章", "浅湾市游船\n管理办法\n\n第一章", 1
    )
    (policy,) = read_policies(Document("order.txt", text, "0", "txt"))
    assert policy.title.value == "浅湾市游船管理办法"


def test_all_ministries_of_a_joint_order_issued_it() -> None:
    note = "（2020年3月2日国家游船局、国家湖泊委员会令第5号公布）"
    facts = issuers_of((clause(note, "题注"),))
    assert values(facts) == ["国家游船局", "国家湖泊委员会"]
