"""What the judge is told, and what is made of what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.extractive import Candidate, rank_sentences
from assistant.judged import CLOSE, DOUBT, FIRST, WEIGHT, is_doubted, reordered
from assistant.schema import Question
from index.schema import FloatVector
from index.search import HybridIndex
from tests.made_hits import make_hits, make_reading, make_titled_policy

SCORES = st.lists(st.floats(0, 10), min_size=2, max_size=12)
ASKED = "到2025年安丘的医护比要达到多少？"


class Voice:
    """A judge that says what it is told to, and remembers what it read."""

    fingerprint = "voice"

    def __init__(self, says: Callable[[int, str], float]) -> None:
        self._says = says
        self.read: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> FloatVector:
        self.read += texts
        said = [self._says(number, text) for number, text in enumerate(texts)]
        return np.array(said, dtype=np.float32)


def candidates(scores: Sequence[float]) -> list[Candidate]:
    texts = [f"第{number}项工作由市卫健局负责。" for number in range(len(scores))]
    return rank_sentences(make_reading(), make_hits(make_titled_policy("安丘", texts), scores))


def keys(found: Sequence[Candidate]) -> list[tuple[str, int]]:
    return [(one.hit.clause.clause_id, one.start) for one in found]


@given(scores=SCORES, said=st.lists(st.floats(-20, 20), min_size=FIRST, max_size=FIRST))
def test_none_is_lost_and_what_was_not_read_does_not_rise(
    scores: list[float], said: list[float]
) -> None:
    before = candidates(scores)
    judge = Voice(lambda number, _: said[number])
    after = reordered(make_reading(), before, judge)
    assert sorted(keys(after)) == sorted(keys(before))
    assert [c.score for c in after] == [c.score for c in before]
    read = len(judge.read) or 1
    assert keys(after)[read:] == keys(before)[read:]
    assert read <= FIRST
    assert all(before[0].score - c.score < CLOSE for c in before[:read])


@given(scores=SCORES)
def test_a_judge_of_one_mind_and_none_change_no_order(scores: list[float]) -> None:
    before = candidates(scores)
    assert reordered(make_reading(), before, None) == tuple(before)
    assert keys(reordered(make_reading(), before, Voice(lambda *_: 1.5))) == keys(before)


def test_a_near_second_that_answers_comes_first_and_a_far_one_does_not() -> None:
    for gap, expected in ((WEIGHT * 2, 1), (CLOSE * 2, 0)):
        before = candidates([9.0, 9.0 - gap])
        after = reordered(make_reading(), before, Voice(lambda number, _: 3.0 * number))
        assert keys(after)[0] == keys(before)[expected]


def test_document_and_headings_are_told_once(assistant: Assistant) -> None:
    answer = assistant.ask(Question(ASKED))
    judge = Voice(lambda *_: 0.0)
    assert answer.status == "answered"
    assert not is_doubted(make_reading(), answer, judge)
    (told,) = judge.read
    title = answer.citations[0].title[:20]
    assert told.startswith(title)
    assert told.count(title) == 1
    assert answer.statements[0].text[:40] in told


def test_a_document_that_is_named_is_not_doubted(assistant: Assistant) -> None:
    answer = assistant.ask(Question(ASKED))
    judge = Voice(lambda *_: DOUBT - 1)
    assert is_doubted(make_reading(), answer, judge)
    assert not is_doubted(replace(make_reading(), kind="basis"), answer, judge)


@pytest.mark.parametrize(("odds", "status"), [(DOUBT - 0.1, "refused"), (DOUBT + 0.1, "answered")])
def test_what_is_doubted_is_not_said(index: HybridIndex, odds: float, status: str) -> None:
    answer = Assistant(index, judge=Voice(lambda *_: odds)).ask(Question(ASKED))
    assert answer.status == status
    assert answer.citations or answer.nearest
    assert (answer.reason == "not_specified") == (status == "refused")
