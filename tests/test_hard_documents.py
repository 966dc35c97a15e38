"""Documents that are hard to read: what is read of each, besides its outline in tests/outlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.addresses import resolve
from corpus.citation_forms import citations_of
from corpus.policies import read_policies
from corpus.readers import read_document
from corpus.references import ReferenceFinder
from corpus.schema import Clause, Fact, Policy

SAMPLES = Path(__file__).parent / "outlines"
FILES = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])


def policy_of(name: str) -> Policy:
    (policy,) = read_policies(read_document(SAMPLES / name))
    return policy


def clause_at(policy: Policy, address: str) -> Clause:
    return next(c for c in policy.clauses if c.clause_id == f"{policy.policy_id}/{address}")


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def units(clause: Clause) -> list[tuple[str, str]]:
    return [(unit.printed, unit.role) for unit in clause.units]


def targets(clause: Clause) -> list[tuple[str, str, str, str]]:
    return [(t.indicator, t.comparator, t.value + t.unit, t.deadline) for t in clause.targets]


@pytest.mark.parametrize(
    ("name", "title", "numbers", "issuers", "region", "level", "dates", "validity"),
    [
        (
            "school-health-joint.txt",
            "云岭市学校卫生服务能力提升工程实施方案",
            ["云教发〔2024〕15号", "云财教〔2024〕32号", "云卫发〔2024〕8号"],
            ["云岭市教育局", "云岭市财政局", "云岭市卫生健康委员会"],
            *("云岭市", "市", {"成文": "2024-03-01", "印发": "2024-03-01"}, None),
        ),
        (
            "code-with-supplement.txt",
            "中华人民共和国环境保护法典（样本）",
            [],
            ["全国人民代表大会"],
            *(None, "国家"),
            {"通过": "2021-03-01", "修正": "2023-12-29", "施行": "2024-05-01"},
            None,
        ),
        (
            "sand-order-with-validity.txt",
            "青溪县河道采砂管理办法",
            ["青溪县人民政府令第12号"],
            ["青溪县人民政府"],
            *("青溪县", "县"),
            {"通过": "2023-12-18", "成文": "2023-12-20", "施行": "2024-01-01"},
            "2024-01-01/2028-12-31",
        ),
        (
            "care-plan-in-one-line.txt",
            "白石县推进养老服务工作方案",
            ["白政办发〔2025〕6号"],
            ["白石县人民政府办公室"],
            *("白石县", "县", {"成文": "2025-02-08", "施行": "2025-03-01"}),
            "2025-03-01/2028-02-29",
        ),
        (
            "budget-notice-in-one-line.txt",
            "关于做好2025年预算编制工作的通知",
            ["白财发〔2025〕16号"],
            ["白石县财政局"],
            *("白石县", "县", {"成文": "2025-09-01"}, None),
        ),
        (
            "flood-half-width.txt",
            "关于做好2024年防汛工作的通知",
            ["江政办字[2024]9号"],
            ["江北区人民政府办公室"],
            *("江北区", "县", {"成文": "2024-05-06"}, None),
        ),
        (
            "research-two-annexes.txt",
            "江北市科研经费管理办法",
            ["江科发〔2023〕11号"],
            ["江北市科学技术局"],
            *("江北市", "市", {"成文": "2023-06-01", "施行": "2023-07-01"}),
            "2023-07-01/2028-06-30",
        ),
        (
            "new-area-reply.txt",
            "国务院关于同意设立云岭国家级新区的批复",
            ["国函〔2022〕45号"],
            ["国务院"],
            *(None, "国家", {"成文": "2022-06-08"}, None),
        ),
    ],
)
def test_what_a_document_says_of_itself(
    name: str,
    title: str,
    numbers: list[str],
    issuers: list[str],
    region: str | None,
    level: str,
    dates: dict[str, str],
    validity: str | None,
) -> None:
    policy = policy_of(name)
    assert policy.title.value == title
    assert [fact.value for fact in policy.numbers] == numbers
    assert [fact.value for fact in policy.issuers] == issuers
    assert (value(policy.region), policy.level) == (region, level)
    assert {kind: fact.value for kind, fact in policy.dates} == dates
    assert value(policy.validity) == validity


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_citation_form_and_every_label_leads_back(path: Path) -> None:
    (policy,) = read_policies(read_document(path))
    labels = [clause.label for clause in policy.clauses]
    for clause_id, form in citations_of(policy).items():
        clause = next(c for c in policy.clauses if c.clause_id == clause_id)
        if not clause.text:
            continue  # a part whose heading the source lost
        found = resolve(form, [policy])
        # An article of one paragraph is cited without it: both are the same words.
        assert found is clause or found.text == clause.text
        if labels.count(clause.label) == 1:
            assert resolve(f"{policy.title.value} {clause.label}", [policy]) is clause


def test_the_columns_of_a_table_say_who_leads_and_who_helps() -> None:
    joint = policy_of("school-health-joint.txt")
    assert units(clause_at(joint, "a1.t1.1")) == [
        ("市教育局", "牵头"),
        ("市财政局", "配合"),
        ("市卫生健康委", "配合"),
    ]
    first_leads = policy_of("indicators-in-tables.txt")
    assert units(clause_at(first_leads, "2.t1.1")) == [
        ("市卫生健康委", "牵头"),
        ("市发展改革委", "责任"),
        ("市财政局", "配合"),
        ("各县（市、区）政府", "配合"),
    ]


def test_the_columns_of_a_table_say_what_is_to_be_reached() -> None:
    plan = policy_of("indicators-in-tables.txt")
    found = [targets(clause_at(plan, f"1.t1.{row}")) for row in range(1, 6)]
    assert found == [
        [("人均预期寿命", "左右", "80岁", "2030年")],
        [("孕产妇死亡率", "不超过", "8/10万", "2030年")],
        [("每千人口注册护士数", "不低于", "4.5人", "2030年")],
        [],
        [("医护比", "达到", "1:1.2", "2030年")],
    ]
    reached = policy_of("health-plan-with-boxes.md")
    assert targets(clause_at(reached, "c1.s1.m1.t1.1")) == []  # 完成情况: what was, not an aim


def test_units_in_brackets_of_any_kind_and_on_lines_of_their_own() -> None:
    plan = policy_of("childcare-units.md")
    assert units(clause_at(plan, "1.1"))[0] == ("区卫生健康局", "牵头")
    assert [role for _, role in units(clause_at(plan, "1.1"))[1:]] == ["配合"] * 3
    assert ("各街道", "责任") in units(clause_at(plan, "1.2"))
    assert units(clause_at(plan, "2.3")) == [("区人社局", "责任"), ("区教育局", "配合")]
    assert units(clause_at(plan, "2.3.d2")) == [("区财政局", "责任")]
    assert value(plan.region) == "松原区"  # which is not the city of 松原


def test_units_before_a_labelled_list_are_read_too() -> None:
    joint = policy_of("school-health-joint.txt")
    found = units(clause_at(joint, "2.2.d2"))
    assert found[0] == ("市卫生健康委", "牵头")
    assert found[-1] == ("各县（市、区）政府", "责任")


def test_figures_in_the_forms_that_officials_use() -> None:
    joint = policy_of("school-health-joint.txt")
    assert ("学生近视率", "不超过", "48%", "2026年") in targets(clause_at(joint, "1.1"))
    assert targets(clause_at(joint, "2.1")) == [
        ("建设卫生室", "不低于", "1间", ""),
        ("组织培训", "等于", "3–5次", "每年"),
        ("组织演练", "不低于", "2次", "每年"),
    ]
    assert targets(clause_at(joint, "2.2.1")) == [("体检", "等于", "1次", "每学期")]
    plan = policy_of("health-plan-with-boxes.md")
    assert targets(clause_at(plan, "c1.s1")) == []  # what was reached in the years before


def test_references_into_an_attachment_lead_into_it() -> None:
    policy = policy_of("research-two-annexes.txt")
    finder = ReferenceFinder([policy])
    (reference,) = finder.references_of(clause_at(policy, "a1.2"))
    assert reference.text == "附件2第一条"
    assert reference.targets == (f"{policy.policy_id}/a2.1",)
    assert finder.references_of(clause_at(policy, "a1")) == ()  # its own head


def test_nobody_is_told_to_do_anything_by_an_address_line() -> None:
    reply = policy_of("new-area-reply.txt")
    assert units(clause_at(reply, "addressees")) == []
    assert units(clause_at(reply, "3")) == []


def test_a_decision_names_what_it_amends_and_what_it_repeals() -> None:
    decision = policy_of("amending-decision.txt")
    assert [(kind, fact.value) for kind, fact in decision.relations] == [
        ("修改", "《江北市物业管理办法》（江政发〔2019〕4号）"),
        ("废止", "《江北市停车场管理规定》（江政发〔2015〕20号）"),
    ]
    assert clause_at(decision, "closing").text == "本决定自公布之日起施行。"
