"""Events: in order they give the answer, and the last one is the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.events import events_of
from assistant.schema import Answer, Citation, Question, Statement
from index.words import Words
from tests.building import Builder
from tests.event_checks import assert_is_stream
from tests.factories import make_policy

TEXTS = ["增加护士配备，医护比达到1：2。", "门诊费用增幅低于10%。"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    builder = Builder(Path(tmp_path_factory.mktemp("events")), Words())
    builder.make([make_policy(TEXTS)])
    return Assistant(builder.open())


def citation(number: int) -> Citation:
    place = ("plan", "方案", None, "一", (), "词", 0, 1, "词", (), "plan.txt", "/clauses/plan/1")
    return Citation(number, f"plan/{number}", *place)


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=6))
def test_a_whole_answer_becomes_a_stream(marks: list[list[int]]) -> None:
    used = {number for numbers in marks for number in numbers}
    renumbered = {old: new for new, old in enumerate(dict.fromkeys(n for m in marks for n in m), 1)}
    statements = tuple(
        Statement(f"第{place}句。", tuple(renumbered[number] for number in numbers))
        for place, numbers in enumerate(marks)
    )
    citations = tuple(citation(number) for number in range(1, len(used) + 1))
    answer = Answer("q", "?", "?", "answered", statements=statements, citations=citations)
    assert assert_is_stream(list(events_of(answer))) == answer


@pytest.mark.parametrize("text", ["医护比达到多少", "今天天气怎么样", "", "问" * 3000])
def test_a_question_streams_what_it_is_answered(small: Assistant, text: str) -> None:
    events = list(small.stream(Question(text, "q")))
    answer = assert_is_stream(events)
    assert answer.seconds["total"] >= 0
    assert replace(answer, seconds={}) == replace(small.ask(Question(text, "q")), seconds={})
    assert len(events) == 1 + len(answer.statements) + len(answer.citations)
