from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.regions import find_regions, region_named


def names(text: str) -> list[str]:
    return [mention.region.full_name for mention in find_regions(text)]


@given(st.text(max_size=200))
def test_mentions_are_slices_in_order(text: str) -> None:
    end = 0
    for mention in find_regions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.region in mention.candidates
        end = mention.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安丘和聊城的医护比", ["山东省潍坊市安丘市", "山东省聊城市"]),
        ("山东省潍坊市安丘市", ["山东省", "山东省潍坊市", "山东省潍坊市安丘市"]),
        ("内蒙古的方案", ["内蒙古自治区"]),
        ("海南州贵德县", ["青海省海南藏族自治州", "青海省海南藏族自治州贵德县"]),
        ("宁蒗县人民医院", ["云南省丽江市宁蒗彝族自治县"]),
        ("临清、阳谷", ["山东省聊城市临清市", "山东省聊城市阳谷县"]),
        ("大理和保定", ["云南省大理白族自治州", "河北省保定市"]),
    ],
)
def test_full_short_and_middle_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "优化资源配置",
        "重大理论",
        "国家长治久安",
        "主城区和郊区",
        "各市和县",
        "协会理事会",
        "大通过程",
        "增加查验",
    ],
)
def test_words_that_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_name_borne_twice_follows_the_place_before_it() -> None:
    assert names("吉林省长春市朝阳区")[-1] == "吉林省长春市朝阳区"
    assert names("北京市朝阳区")[-1] == "北京市朝阳区"


def test_levels_and_holding() -> None:
    province, city, county = (region_named(n) for n in ("山东省", "潍坊市", "安丘市"))
    assert province is not None
    assert city is not None
    assert county is not None
    assert [r.level for r in (province, city, county)] == ["省", "市", "县"]
    assert province.holds(city)
    assert city.holds(county)
    assert not county.holds(city)
