"""Follow-ups made to stand alone: what they leave unsaid comes from the questions before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.follow_up import content_length, standalone_question
from assistant.scope import Shelf

FIRST = "安丘市公立医院医护比要达到多少？"
WHOLE = "聊城市2024年的方案对基层医疗卫生机构的建设标准提出了哪些要求？"
WORDS = st.text(st.sampled_from("安丘聊城市由谁负责呢那它医护比床位多少？，还有"), min_size=1)


@given(question=st.text(), history=st.lists(st.text() | WORDS, max_size=3))
def test_a_question_is_never_emptied(shelf: Shelf, question: str, history: list[str]) -> None:
    found = standalone_question(question, history, shelf)
    if question.strip():
        assert found.strip()


@given(question=st.text() | WORDS)
def test_without_history_a_question_stays_as_it_is(shelf: Shelf, question: str) -> None:
    assert standalone_question(question, [], shelf) == question.strip()
    assert standalone_question(question, ["", " \n"], shelf) == question.strip()


@given(history=st.lists(WORDS, max_size=3))
def test_a_question_that_says_it_all_stays_as_it_is(shelf: Shelf, history: list[str]) -> None:
    assert standalone_question(WHOLE, history, shelf) == WHOLE


@pytest.mark.parametrize("asked", ["聊城呢？", "那聊城呢", "聊城市呢", "換成聊城呢？"])
def test_a_bare_place_takes_over_the_topic(shelf: Shelf, asked: str) -> None:
    found = standalone_question(asked, [FIRST], shelf)
    assert "聊城" in found
    assert "医护比" in found
    assert "安丘" not in found


@pytest.mark.parametrize(
    "asked", ["由谁负责？", "这件事由谁负责", "什么时候完成？", "那由谁牵头呢"]
)
def test_a_bare_question_takes_over_place_and_topic(shelf: Shelf, asked: str) -> None:
    found = standalone_question(asked, [FIRST], shelf)
    assert "安丘市" in found
    assert "医护比" in found
    assert asked in found


def test_a_new_topic_keeps_the_place_and_leaves_the_old_topic(shelf: Shelf) -> None:
    found = standalone_question("公立医院薪酬制度改革具体有哪些要求？", [FIRST], shelf)
    assert "安丘市" in found
    assert "薪酬制度" in found
    assert "医护比" not in found


def test_a_place_that_is_not_covered_is_not_dropped(shelf: Shelf) -> None:
    found = standalone_question("那上海呢？", [FIRST], shelf)
    assert "上海" in found
    assert "医护比" in found
    assert "安丘" not in found


def test_the_place_is_handed_down_through_the_conversation(shelf: Shelf) -> None:
    found = standalone_question("由谁负责？", [FIRST, "聊城呢？"], shelf)
    assert "聊城" in found
    assert "医护比" in found
    assert "安丘" not in found


def test_words_that_only_ask_have_no_content() -> None:
    assert content_length("") == 0
    assert content_length("请问由谁呢？") <= 1
    assert content_length("请问医护比是多少？") >= 3


@pytest.mark.parametrize("asked", ["各市医护比目标", "哪些地方提出了举债禁令", "所有方案的床位"])
def test_a_question_over_all_places_leans_on_nothing(shelf: Shelf, asked: str) -> None:
    assert standalone_question(asked, [FIRST], shelf) == asked


def test_what_a_unit_has_to_do_is_a_topic(shelf: Shelf) -> None:
    found = standalone_question("市财政局承担哪些任务", [FIRST], shelf)
    assert found == "安丘市市财政局承担哪些任务"


def test_another_year_takes_the_place_of_the_year_before(shelf: Shelf) -> None:
    earlier = "聊城2024年的方案里床位目标是多少？"
    found = standalone_question("2026年的方案呢？", [earlier], shelf)
    assert "2026年" in found
    assert "床位" in found
    assert "2024" not in found


def test_another_years_plan_leaves_the_first_plan_behind(shelf: Shelf) -> None:
    first = "聊城2024年完善医疗卫生服务体系的方案，对县级医院定了什么目标？"
    found = standalone_question("2026年那份呢，县里要做到什么程度？", [first], shelf)
    assert found == "聊城2026年的方案，县里要做到什么程度？"
    assert shelf.find(found).policy_ids == {"liaocheng-2026-7"}


def test_an_object_that_points_back_takes_over_the_topic(shelf: Shelf) -> None:
    first = "安丘的紧密型医共体是不是在试医保总额付费？"
    found = standalone_question("吉林市那边拿哪个地方试这个？", [first], shelf)
    assert "吉林市" in found
    assert "医保总额付费" in found
    assert "安丘" not in found


def test_what_was_refused_gives_its_topic_to_another_place_alone(shelf: Shelf) -> None:
    refused = "上海市有多少床位？"
    found = standalone_question("那安丘呢？", [FIRST], shelf, refused=refused)
    assert "安丘" in found
    assert "床位" in found
    assert "医护比" not in found
    for asked in ("那由谁负责？", "什么时候完成？"):
        assert standalone_question(asked, [FIRST], shelf, refused=refused) == standalone_question(
            asked, [FIRST], shelf
        )


@pytest.mark.parametrize("asked", ["由谁负责？", "什么时候完成？", "具体怎么做？"])
def test_another_asking_takes_the_place_of_the_first(shelf: Shelf, asked: str) -> None:
    for first in ("安丘市医护比目标是多少", "安丘市医护比要达到多少？", "安丘市的医护比怎么定的"):
        assert standalone_question(asked, [first], shelf) == f"安丘市医护比，{asked}"


def test_a_fellow_is_asked_what_was_asked(shelf: Shelf) -> None:
    first = "安丘市门诊药费占多少？"
    assert standalone_question("那住院的呢？", [first], shelf) == "安丘市住院药费占多少?"
    found = standalone_question("住院的呢，什么时候降下来？", [first], shelf)
    assert found == "安丘市住院药费，什么时候降下来？"


def test_another_years_plan_is_not_called_a_plan_twice(shelf: Shelf) -> None:
    found = standalone_question("2026年的方案呢", ["聊城市2024年方案床位目标"], shelf)
    assert found == "聊城市2026年的方案，床位目标"


def test_without_a_place_a_whole_question_is_left_to_itself(shelf: Shelf) -> None:
    asked = "要是没有按时巡查路灯，罚多少"
    assert standalone_question(asked, ["路灯多久巡查一次？"], shelf) == asked
