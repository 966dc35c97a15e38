"""A rate or share asked for by its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_indicator import lacks_figure, names_indicator


@pytest.mark.parametrize(
    "topic", ["绿化", "垃圾怎么分", "登记费", "效率", "路灯 亮灯率 和养护", ""]
)
def test_what_is_no_name_of_a_rate(topic: str) -> None:
    assert names_indicator(topic) is None


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("路灯亮灯率", "主干道路灯亮灯率达到98%。"),
        ("路灯亮灯率", "路灯的亮灯率不低于98%。"),
        ("新能源公交车占比", "新能源公交车占全部车辆的80%以上。"),
        ("新能源公交车占比目标", "新能源公交车比例达到80%。"),
        ("住院患者平均药费", "住院患者平均药费下降。"),
    ],
)
def test_a_text_that_has_it_speaks_of_it(topic: str, text: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert speaks(text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("新能源公交车占比", "公共停车位占比达到30%。"),
        ("新能源公交车占比", "加快发展新能源公交车。"),
        ("药占比", "夜间手术占比达到10%。"),
        ("住院患者平均药费", "住院患者药费占比下降。"),
    ],
)
def test_another_share_is_not_it(topic: str, text: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert not speaks(text)


@given(before=st.text(), behind=st.text())
def test_its_name_is_enough(before: str, behind: str) -> None:
    speaks = names_indicator("路灯亮灯率")
    assert speaks is not None
    assert speaks(f"{before}。路灯亮灯率。{behind}")


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("小学 师生比要到 比", "小学师生比达到1∶19。"),
        ("对 次均路费 控制在 ", "乘客次均路费不超过2元。"),
        ("每千人要有 社工?", "每千名常住人口拥有社工2人。"),
        ("每万人口拥有公园面积、座椅数", "每万人口公园面积（含口袋公园，下同）达到12公顷。"),
        ("路灯平均维修时间目标 更短", "路灯平均维修时间缩短到两天。"),
    ],
)
def test_an_indicator_is_read_beside_other_words(topic: str, text: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert speaks(text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("小学 师生比要到 比", "加强小学师生配备，比上年增加。"),
        ("每千人要有 社工?", "每千名常住人口拥有座椅2个，培养社工。"),
    ],
)
def test_beside_other_words_another_indicator_is_not_it(topic: str, text: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert not speaks(text)


@pytest.mark.parametrize(
    "topic", ["坐公交的人的比例 各", "比一比 两地", "覆盖率 要到", "每人每天 多少升"]
)
def test_words_of_every_day_for_a_share_name_none(topic: str) -> None:
    assert lacks_figure(topic, ["不提高公交出行率，也不提高覆盖率。"]) is False


def test_an_indicator_without_a_figure() -> None:
    topic = "小区路灯完好率 必须达到百分之"
    told = ["主干道路灯完好率达到98%，小区路灯完好率稳步提升，新建路灯300盏。"]
    assert lacks_figure(topic, told)
    assert not lacks_figure(topic, [*told, "小区路灯完好率，力争达到90%。"])
    assert not lacks_figure(topic, ["养护路灯300盏。"])  # it does not speak of it at all


@pytest.mark.parametrize("topic", ["县域就诊率目标 ?", "县域就诊率 , ", "县域就诊率。"])
def test_signs_behind_a_name_do_not_hide_it(topic: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert speaks("县域就诊率达到90%。")
    assert not speaks("发展方式转向提质增效。")


def test_what_is_measured_may_stand_before_what_it_is_part_of() -> None:
    speaks = names_indicator("四级手术在手术中的占比")
    assert speaks is not None
    assert speaks("四级手术占比达到20%。")
    assert not speaks("药品收入占比下降。")


def test_a_figure_before_a_name_is_no_part_of_it() -> None:
    speaks = names_indicator("1:3的医护比")
    assert speaks is not None
    assert speaks("公立医院医护比达到1:2左右。")


def test_several_things_a_head_may_be_asked_for_in_one_word() -> None:
    speaks = names_indicator("每千人口医生护士药师指标")
    assert speaks is not None
    assert speaks("每千人口注册护士数达到3.6人，每千人口药师数达到0.4人。")
    assert not speaks("每千人口床位数达到5张。护士和药师要配齐。")
    other = names_indicator("每千人口公共卫生医师")
    assert other is not None
    assert not other("每千人口执业医师数达到3.3人。")


@pytest.mark.parametrize("topic", ["亮灯率到", "新能源公交车占比到 要"])
def test_words_behind_a_name_are_no_part_of_it(topic: str) -> None:
    speaks = names_indicator(topic)
    assert speaks is not None
    assert not speaks("道路清扫率达到98%。")
