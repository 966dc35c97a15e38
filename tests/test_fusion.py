"""Reciprocal rank fusion against hand-made sums, and what must not matter to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import reciprocal_rank_fusion

RANKINGS = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.lists(st.integers(0, 30).map(str), unique=True)
)


def test_the_formula() -> None:
    fused = reciprocal_rank_fusion({"x": ["a", "b"], "y": ["b", "c"]}, k=60)
    assert [name for name, _ in fused] == ["b", "a", "c"]
    assert dict(fused) == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61, "c": 1 / 62})


def test_weights_scale_a_ranking() -> None:
    fused = dict(reciprocal_rank_fusion({"x": ["a"], "y": ["b"]}, weights={"y": 3.0}))
    assert fused["b"] == pytest.approx(3 * fused["a"])


def test_ties_are_broken_by_id() -> None:
    assert [n for n, _ in reciprocal_rank_fusion({"x": ["b"], "y": ["a"]})] == ["a", "b"]


@given(RANKINGS)
def test_the_order_in_which_rankings_come_does_not_matter(rankings: dict[str, list[str]]) -> None:
    turned = dict(reversed(rankings.items()))
    assert reciprocal_rank_fusion(rankings) == reciprocal_rank_fusion(turned)


@given(RANKINGS)
def test_every_id_comes_once_and_scores_fall(rankings: dict[str, list[str]]) -> None:
    fused = reciprocal_rank_fusion(rankings)
    scores = [score for _, score in fused]
    assert sorted(name for name, _ in fused) == sorted(set().union(*rankings.values()))
    assert scores == sorted(scores, reverse=True)


@given(st.lists(st.integers(0, 30).map(str), unique=True))
def test_one_ranking_keeps_its_order(ranking: list[str]) -> None:
    assert [name for name, _ in reciprocal_rank_fusion({"x": ranking})] == ranking


def test_nothing_fuses_to_nothing() -> None:
    assert reciprocal_rank_fusion({}) == []
    assert reciprocal_rank_fusion({"x": []}) == []


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'x' names an id twice"):
        reciprocal_rank_fusion({"x": ["a", "a"]})
