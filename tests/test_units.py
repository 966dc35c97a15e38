from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import read_library, shipped_documents
from corpus.unit_names import domain_of, normal_unit
from corpus.units import is_unit_list, units_in, units_of

UNITS = st.sampled_from(
    [
        "市卫生健康委",
        "市财政局",
        "市委编办",
        "各县区人民政府",
        "市教体局",
        "团市委",
        "市科协",
        "濉溪县政府",
        "市总工会",
    ]
)
TAILS = st.sampled_from(
    [
        "",
        "按照职责分工负责",
        "，排名不分先后",
        "，排名不分先后，按部门职能分工负责，下同",
        "等按职责分工负责",
    ]
)


def named(text: str) -> list[tuple[str, str]]:
    return [(unit.printed, unit.role) for unit in units_of(text)]


@given(st.lists(UNITS, min_size=1, max_size=6, unique=True), TAILS, st.sampled_from(["（）", "()"]))
def test_a_list_in_brackets_gives_its_units_in_order(
    units: list[str], tail: str, brackets: str
) -> None:
    text = f"加强建设。{brackets[0]}{'、'.join(units)}{tail}{brackets[1]}"
    assert named(text) == [(unit, "责任") for unit in units]
    assert is_unit_list(text.removeprefix("加强建设。"))
    assert not is_unit_list(text)


@given(
    st.lists(UNITS, min_size=1, max_size=3, unique=True),
    st.lists(UNITS, min_size=1, max_size=3, unique=True),
)
def test_labels_give_the_roles(leading: list[str], joining: list[str]) -> None:
    text = f"加强建设。（牵头单位：{'、'.join(leading)}；配合单位：{'、'.join(joining)}）"
    found = named(text)
    assert {unit for unit, role in found if role == "牵头"} == set(leading)
    assert {unit for unit, role in found if role == "配合"} == set(joining)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for unit in units_of(text):
        assert text[unit.start : unit.end] == unit.printed
        assert unit.role in {"责任", "牵头", "配合"}
    assert is_unit_list(text) in (True, False)


def test_every_unit_of_the_shipped_policies_is_a_slice_and_no_sentence() -> None:
    units = [
        (unit, clause.text)
        for policy in read_library([shipped_documents()]).policies
        for clause in policy.clauses
        for unit in units_of(clause.text)
    ]
    assert len(units) > 400
    for unit, text in units:
        assert text[unit.start : unit.end] == unit.printed
        assert len(unit.printed) <= 20
        assert not any(word in unit.printed for word in ("允许", "的", "，", "提高", "等"))


@pytest.mark.parametrize(
    "text",
    [
        "落实“两个允许”（允许医疗卫生机构突破现行事业单位工资调控水平，允许医疗服务收入扣除成本）",
        "支持医院发展（三级医院、二级医院）",
        "（此件公开发布）",
        "（以下简称《实施方案》）",
        "聊城市人民医院牵头组建联盟",
    ],
)
def test_what_is_no_list_of_offices_gives_nothing(text: str) -> None:
    assert units_of(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "由市卫健局牵头，市财政局、市医保局配合。",
            [("市卫健局", "牵头"), ("市财政局", "配合"), ("市医保局", "配合")],
        ),
        ("卫健部门要会同有关部门加强政策解读。", [("卫健部门", "牵头")]),
        (
            "由市财政局会同市农业农村局对资金进行评价。",
            [("市财政局", "牵头"), ("市农业农村局", "配合")],
        ),
        (
            "由组织、编制、人社部门本着对口原则协调安排。",
            [("组织", "责任"), ("编制", "责任"), ("人社", "责任")],
        ),
        (
            "（市工业和信息化局牵头，市生态环境局、市发展改革委等按职责分工负责）",
            [("市工业和信息化局", "牵头"), ("市生态环境局", "责任"), ("市发展改革委", "责任")],
        ),
        (
            "（市发展改革委、市财政局按职责分工负责，列第一位的为牵头单位）",
            [("市发展改革委", "牵头"), ("市财政局", "责任")],
        ),
        (
            "（市政务服务局牵头，各县（市、区）、市直有关部门配合）",
            [("市政务服务局", "牵头"), ("各县（市、区）", "配合"), ("市直有关部门", "配合")],
        ),
        ("责任单位：县发展和改革局、县财政局", [("县发展和改革局", "责任"), ("县财政局", "责任")]),
        (
            "第四条 国务院卫生健康主管部门负责全国的医师管理工作。",
            [("国务院卫生健康主管部门", "责任")],
        ),
    ],
)
def test_roles_in_lists_and_in_prose(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_a_labelled_list_keeps_its_units_where_one_is_strange() -> None:
    text = "（责任单位：市财政局、市科协、国网云岭供电公司）"
    assert named(text) == [("市财政局", "责任"), ("市科协", "责任"), ("国网云岭供电公司", "责任")]


def test_the_list_with_a_comma_and_a_half_bracket_is_a_list() -> None:
    assert is_unit_list("（市卫生健康委、市发展改革委、市财政局，各县区人民政府按照职责分工负责)")


@pytest.mark.parametrize(
    "forms",
    [
        ("市卫健委", "市卫健局", "市卫生健康委", "市卫生健康委员会", "市卫生健康局"),
        ("省人社厅", "省人力资源社会保障厅", "省人力资源和社会保障厅"),
        ("市发改委", "市发展改革委", "市发展和改革委员会", "市发改局"),
        ("市委编办", "市委机构编制委员会办公室"),
        ("县医保局", "县医疗保障局"),
        ("市残联", "市残疾人联合会"),
        ("教育部", "国家教育部"),
    ],
)
def test_abbreviations_of_one_level_are_one_body(forms: tuple[str, ...]) -> None:
    assert len({normal_unit(form).removeprefix("国家") for form in forms}) == 1
    assert len({domain_of(form) for form in forms}) == 1


def test_levels_stay_apart_and_have_their_own_names() -> None:
    names = [normal_unit(f"{level}卫健委") for level in ("国家", "省", "市", "县")]
    assert names == ["国家卫生健康委员会", "省卫生健康委员会", "市卫生健康委员会", "县卫生健康局"]
    assert normal_unit("安丘市卫健局") == "安丘市卫生健康局"
    assert normal_unit("财政部门") == "财政部门"


@given(UNITS)
def test_a_normal_form_is_its_own_normal_form(unit: str) -> None:
    assert normal_unit(normal_unit(unit)) == normal_unit(unit)


def test_units_in_finds_names_anywhere() -> None:
    assert [unit.printed for unit in units_in("报市卫健局和省财政厅备案")] == [
        "市卫健局",
        "省财政厅",
    ]


def test_offices_of_one_body_behind_a_label() -> None:
    text = "开展检查。责任处室：基金监督处、职业能力建设处"
    assert named(text) == [("基金监督处", "责任"), ("职业能力建设处", "责任")]


def test_a_department_is_not_cut_to_the_name_of_a_ministry() -> None:
    (unit,) = units_of("市商务部门负责统计。")
    assert unit.printed == "市商务部门"
