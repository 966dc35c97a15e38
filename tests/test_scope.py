"""Which policies a question is about, read against the shipped policies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Shelf
from corpus.library import Library
from index.folding import fold
from tests.factories import make_policy

LIAOCHENG = {"liaocheng-2024-10", "liaocheng-2026-7"}
# Every covered place, by its full and its short name, with its policies.
COVERED = {
    "安丘市": {"anqiu-2024-21"},
    "安丘": {"anqiu-2024-21"},
    "丽江": {"compilation-2023-1"},
    "四川省": {"compilation-2023-2"},
    "万山区": {"compilation-2023-3"},
    "海南省": {"compilation-2023-4"},
    "淮北市": {"compilation-2023-5"},
    "贵德县": {"compilation-2023-6"},
    "邢台": {"compilation-2023-7"},
    "北京市": {"compilation-2023-8"},
    "吉林市": {"jilin-2022-26"},
    "聊城市": LIAOCHENG,
    "聊城": LIAOCHENG,
}
# 医保定点 says nothing of 保定.
FOREIGN = [
    "保定市",
    "上海市",
    "上海",
    "青岛",
    "苏州市",
    "成都市",
    "长春",
    "大连",
    "西安市",
    "香港",
]
TOPICS = ["医护比要达到多少", "薪酬制度怎么改", "由谁负责床位建设", "护士配备"]


@given(
    question=st.text()
    | st.text(st.sampled_from("安丘聊城市吉林省年的方案2024〔〕号文那份上海州县 "))
)
def test_any_text_has_a_scope(shelf: Shelf, question: str) -> None:
    found = shelf.find(question)
    assert found == shelf.find(question)
    assert all(name in fold(question) for name in (*found.names, *found.unknown))
    assert len(found.rest) <= len(fold(question))
    if not found.names and not found.unknown:
        assert found.policy_ids == frozenset()


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("place", COVERED)
def test_a_covered_place_binds(shelf: Shelf, place: str, topic: str) -> None:
    for question in (f"{place}{topic}", f"请问{place}的{topic}？", f"{topic}，{place}"):
        found = shelf.find(question)
        assert found.policy_ids == COVERED[place]
        assert found.unknown == ()
        assert place not in found.rest
        assert all(word in found.rest for word in (topic[:2], topic[-2:]))


@pytest.mark.parametrize("place", [place for place in COVERED if place[-1] in "市县省"])
def test_an_area_of_a_covered_place_is_asked_about(shelf: Shelf, place: str) -> None:
    found = shelf.find(f"{place}域内就诊率多少")
    assert found.policy_ids == COVERED[place]
    assert found.rest.startswith(f"{place[-1]}域内")


@given(
    place=st.sampled_from(sorted(COVERED)), words=st.text(st.sampled_from("医护比床位和的，？ "))
)
def test_no_other_place_gets_in(shelf: Shelf, place: str, words: str) -> None:
    assert shelf.find(f"{words}，{place}{words}").policy_ids <= COVERED[place]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("place", FOREIGN)
def test_a_place_that_no_policy_covers_is_unknown(shelf: Shelf, place: str, topic: str) -> None:
    found = shelf.find(f"{place}{topic}？")
    assert found.unknown == (place,)
    assert found.policy_ids == frozenset()
    assert place not in found.rest


@pytest.mark.parametrize(
    "question",
    ["重大项目由谁来安排", "谁来安排县域医共体", "床位怎么说明", "经费如何分配和平衡"],
)
def test_a_chance_run_of_characters_is_no_place(shelf: Shelf, question: str) -> None:
    found = shelf.find(question)
    assert not found.names
    assert not found.unknown
    assert found.rest == fold(question)


def test_width_script_and_white_space_change_nothing(shelf: Shelf) -> None:
    plain = shelf.find("聊城市2024年的方案对安丘市护士有什么要求")
    wide = shelf.find("聊 城市２０２４年的方案對安丘市護士有什麼要求")
    assert (wide.policy_ids, wide.unknown) == (plain.policy_ids, plain.unknown)


def test_a_full_title_means_its_policy(shelf: Shelf, library: Library) -> None:
    for policy in library.policies:
        found = shelf.find(f"《{policy.title.value}》里薪酬制度怎么改")
        assert found.policy_ids == {policy.policy_id}
        assert found.unknown == ()


def test_a_document_number_means_its_policy(shelf: Shelf, library: Library) -> None:
    numbered = [policy for policy in library.policies if policy.document_number]
    assert len(numbered) == 4
    for policy in numbered:
        assert policy.document_number is not None
        number = policy.document_number.value
        for written in (number, number.replace("〔", "[").replace("〕", "]"), f"请问{number}"):
            assert shelf.find(f"{written}里薪酬制度怎么改").policy_ids == {policy.policy_id}


@pytest.mark.parametrize(
    ("question", "policy_id"),
    [
        ("聊城市2024年的方案对护士有什么要求", "liaocheng-2024-10"),
        ("聊城2026年那份文件里的床位", "liaocheng-2026-7"),
        ("聊城三年攻坚实施方案里的床位", "liaocheng-2026-7"),
        ("聊城进一步完善医疗卫生服务体系的方案里的床位", "liaocheng-2024-10"),
    ],
)
def test_year_or_title_tells_plans_of_one_place_apart(
    shelf: Shelf, question: str, policy_id: str
) -> None:
    assert shelf.find(question).policy_ids == {policy_id}


def test_two_places_are_both_meant(shelf: Shelf) -> None:
    found = shelf.find("安丘市和丽江市的护士配备")
    assert found.policy_ids == {"anqiu-2024-21", "compilation-2023-1"}
    assert len(found.names) == 2


def test_a_number_that_nobody_issued_is_unknown(shelf: Shelf) -> None:
    assert shelf.find("苏政办〔2020〕3号讲了什么").unknown == ("苏政办〔2020〕3号",)


def test_a_number_that_a_policy_cites_is_a_topic(shelf: Shelf) -> None:
    found = shelf.find("哪份方案依据的是鲁医改字〔2021〕2号")
    assert found.unknown == ()
    assert "鲁医改字〔2021〕2号" in found.rest


def test_a_province_is_not_the_city_of_the_same_name(shelf: Shelf) -> None:
    assert shelf.find("吉林省的方案里薪酬制度怎么改").unknown == ("吉林省",)
    assert shelf.find("吉林市的方案里薪酬制度怎么改").policy_ids == {"jilin-2022-26"}
    assert shelf.find("吉林省吉林市薪酬制度").policy_ids == {"jilin-2022-26"}


def test_a_province_stands_for_its_cities_where_several_are_asked_for(shelf: Shelf) -> None:
    found = shelf.find("山东各市的床位要求", several=True)
    assert found.policy_ids == {"anqiu-2024-21", *LIAOCHENG}
    assert shelf.find("浙江各市的床位要求", several=True).unknown == ("浙江",)


def test_a_place_inside_a_covered_one_leads_to_the_policy_that_names_it(shelf: Shelf) -> None:
    assert shelf.find("海口市怎么安排医联体").policy_ids == {"compilation-2023-4"}


def test_a_name_inside_a_longer_name_is_no_scope(shelf: Shelf) -> None:
    assert "compilation-2023-4" in shelf.find("海南的薪酬制度怎么改").policy_ids
    for prefecture in ("海南藏族自治州", "海南州"):  # holds 贵德县, and is not 海南省
        found = shelf.find(f"{prefecture}薪酬制度怎么改")
        assert found.policy_ids <= {"compilation-2023-6"}
        assert found.names or found.unknown


def test_a_place_at_the_end_of_a_longer_name_in_the_texts_is_none() -> None:
    policy = make_policy(["建设石梁河水库取水工程，2026年5月底前通水。"], title="砚溪县供水方案")
    shelf = Shelf([policy], [clause.text for clause in policy.clauses], words=str.split)
    assert not shelf.find("石梁河水库取水那个工程啥时候能通水").unknown
    assert shelf.find("盈江县的供水方案啥时候能通水").unknown


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("聊城2026年总会计师怎么配", {"liaocheng-2026-7"}),
        ("聊城2024年的床位怎么安排", {"liaocheng-2024-10"}),
        ("聊城2024年方案和2026年三年攻坚有什么变化", LIAOCHENG),
        ("聊城到2026年要达到什么目标", LIAOCHENG),
        ("聊城2026年底前完成哪些任务", LIAOCHENG),
        ("聊城2025年床位多少", LIAOCHENG),
    ],
)
def test_a_year_tells_plans_of_one_place_but_a_time_limit_does_not(
    shelf: Shelf, question: str, expected: set[str]
) -> None:
    assert shelf.find(question).policy_ids == expected


def test_places_are_told_from_plans(shelf: Shelf) -> None:
    names = ["聊城", "上海", "三年攻坚", "2024年的方案"]
    assert [name for name in names if shelf.is_place(name)] == ["聊城", "上海"]
