"""A rate or share asked for by its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_indicator import names_indicator


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
