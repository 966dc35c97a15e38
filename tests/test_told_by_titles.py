"""What titles say counts for less below them: in words and in meaning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.told_by_titles import beside, between, faded

TOLD = frozenset({"高龄", "津贴", "高龄津贴", "的"})
NUMBERS = st.floats(-1, 1, width=32)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("云湖区老人86岁,一个月领多少高龄津贴", "云湖区老人86岁,一个月领多少"),
        ("一个月的护理补贴领多少", ""),  # nothing of it stands in the title
        ("高龄津贴标准", ""),  # nothing much is left
        ("", ""),
    ],
)
def test_what_a_question_asks_beside_the_title(question: str, rest: str) -> None:
    assert beside(question, TOLD) == rest


@given(st.text(max_size=60), st.sets(st.text(max_size=4), max_size=6))
def test_no_word_of_the_title_is_left_and_nothing_is_made_up(question: str, told: set[str]) -> None:
    rest = beside(question, told)
    assert set(rest) <= {*question, " "}
    if rest:
        longest = max((word for word in told if word in question), key=len, default="")
        assert len(longest) < 2 or longest not in rest


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.lists(NUMBERS, min_size=3, max_size=3))
def test_half_way_is_as_near_to_the_one_as_to_the_other(
    one: list[float], other: list[float]
) -> None:
    vectors = [np.array(numbers, np.float32) for numbers in (one, other)]
    lengths = [np.linalg.norm(vector) for vector in vectors]
    if min(lengths) < 0.1:
        return
    first, second = (vector / length for vector, length in zip(vectors, lengths, strict=True))
    middle = between(first, second)
    if np.linalg.norm(first + second) > 0.1:
        assert float(middle @ first) == pytest.approx(float(middle @ second), abs=1e-4)
        assert float(np.linalg.norm(middle)) == pytest.approx(1, abs=1e-4)


def test_opposite_directions_have_no_middle() -> None:
    one = np.array([1, 0], np.float32)
    assert np.array_equal(between(one, -one), one)


def test_a_score_by_words_of_the_title_is_less_and_never_below_nothing() -> None:
    scores = np.array([4, 4, 2, 0], np.float32)
    told = np.array([0, 2, 2, 0], np.float32)
    assert faded(scores, told).tolist() == pytest.approx([4, 2.6, 0.6, 0])
    assert (faded(told, scores) >= 0).all()
