"""Questions that are offered before the first one is asked."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.schema import Question
from assistant.scope import Shelf
from assistant.suggestions import example_questions
from corpus.library import Library
from tests.made_hits import make_titled_policy


@pytest.mark.parametrize("count", [0, 1, 4, 100])
def test_each_is_about_another_policy(library: Library, shelf: Shelf, count: int) -> None:
    found = example_questions(library.policies, count=count)
    assert len(found) == len(set(found)) <= count
    assert len(found) == count or count > 4
    scopes = [shelf.find(question) for question in found]
    assert all(scope.policy_ids and not scope.unknown for scope in scopes)
    assert all("\n" not in question and question.endswith("？") for question in found)
    assert example_questions(library.policies, count=count) == found


def test_without_policies_or_places_there_are_none() -> None:
    assert example_questions([], count=4) == ()
    assert example_questions([make_titled_policy("安丘", ["增加护士配备。"])], count=4) == ()


@pytest.mark.slow
def test_they_are_answered(assistant: Assistant) -> None:
    assert assistant.examples()
    for question in assistant.examples():
        assert assistant.ask(Question(question)).status == "answered", question
