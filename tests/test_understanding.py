"""What a question was taken to be about, and what can be asked next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.schema import Answer, Question
from assistant.scope import Shelf
from assistant.suggestions import follow_ups
from assistant.understanding import places_of, understand
from corpus.library import Library

PIECES = [
    "安丘市",
    "聊城",
    "2024年",
    "方案",
    "医护比",
    "上海",
    "吉市政办发〔2022〕26号",
    "？",
    "的",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_names_stand_where_they_are_said_to(shelf: Shelf, library: Library, question: str) -> None:
    known = understand(question, shelf, library.policies)
    for name in known.names:
        assert name.text
        assert f"{name.before}{name.text}{name.after}" == question
        assert name.text not in name.others
    assert known.places == places_of(library.policies)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("安丘市医护比多少？", ["place"]),
        ("聊城2024年的方案怎么说？", ["place", "year"]),
        ("吉市政办发〔2022〕26号何时印发？", ["number"]),
        ("上海的床位数？", ["place"]),
        ("医护比多少？", []),
    ],
)
def test_names_are_of_a_kind(
    shelf: Shelf, library: Library, question: str, kinds: list[str]
) -> None:
    assert [name.kind for name in understand(question, shelf, library.policies).names] == kinds


def test_a_place_can_be_changed_for_any_other_of_the_library(
    shelf: Shelf, library: Library
) -> None:
    (name,) = understand("安丘的医护比？", shelf, library.policies).names
    assert set(name.others) == set(places_of(library.policies)) - {"安丘市"}


def test_without_anything_shown_there_is_nothing_to_go_on_with(library: Library) -> None:
    assert follow_ups(Answer("", "问", "问", "refused"), library.policies, count=3) == ()


@pytest.mark.slow
def test_follow_ups_are_answered(assistant: Assistant) -> None:
    asked = answered = 0
    for question in (*assistant.examples(), "安丘市公立医院医护比要达到多少？"):
        known = assistant.understand(assistant.ask(Question(question)))
        assert len(known.follow_ups) == len(set(known.follow_ups)) == 3
        assert question not in known.follow_ups
        asked += 3
        answered += sum(
            assistant.ask(Question(text)).status == "answered" for text in known.follow_ups
        )
    assert answered >= 0.9 * asked


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("安丘市2024年医护比多少？", ["2024年"]),
        ("2024年有哪些医改任务？", ["2024年"]),
        ("2023年度的床位数比2024年多吗？", ["2023年度", "2024年"]),
        ("到2025年医护比多少？", []),
        ("2025年底前要做什么？", []),
        ("2021—2025年的规划？", []),
        ("聊城2024年的方案怎么说？", ["2024年"]),
    ],
)
def test_years_that_a_question_gives_can_be_changed(
    shelf: Shelf, library: Library, question: str, years: list[str]
) -> None:
    names = understand(question, shelf, library.policies).names
    found = [name for name in names if name.kind == "year"]
    assert [name.text[:5] if "度" not in name.text else name.text for name in found] == years
    assert not {name.text for name in found} & {other for name in found for other in name.others}
