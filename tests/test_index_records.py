"""Records as lines of JSON: what is written comes back equal, and what is no record is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.schema import Policy
from index.records import read_lines, read_records, write_lines, write_records
from tests.factories import make_policy

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=9)  # lone surrogates, too


@dataclass(frozen=True)
class Leaf:
    name: str
    place: tuple[int, int]


@dataclass(frozen=True)
class Tree:
    text: str
    rows: tuple[Leaf, ...]
    pair: tuple[Leaf, str]
    maybe: Leaf | None
    counts: dict[str, int]
    score: float = 0.5


LEAVES = st.builds(Leaf, ANY_TEXT, st.tuples(st.integers(), st.integers()))
TREES = st.builds(
    Tree,
    text=ANY_TEXT,
    rows=st.lists(LEAVES, max_size=3).map(tuple),
    pair=st.tuples(LEAVES, ANY_TEXT),
    maybe=st.none() | LEAVES,
    counts=st.dictionaries(st.sampled_from("ab"), st.integers()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees=st.lists(TREES, max_size=4))
def test_records_come_back_as_they_were(trees: list[Tree], tmp_path: Path) -> None:
    content = write_lines(trees)
    assert content.count(b"\n") == len(trees)
    assert read_lines(Tree, content) == trees
    write_records(tmp_path / "trees.jsonl", trees)
    assert (tmp_path / "trees.jsonl").read_bytes() == content
    assert list(read_records(Tree, tmp_path / "trees.jsonl")) == trees


def test_policies_come_back_as_they_were() -> None:
    policies = [make_policy(["一。\u2028二。", "三。"]), make_policy([], policy_id="b")]
    assert read_lines(Policy, write_lines(policies)) == policies


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"1",
        b"{",
        b"\xff",
        b'{"name": "a"}',
        b'{"name": "a", "place": [1]}',
        b'{"name": "a", "place": 1}',
        b'{"name": "a", "place": [1, 2], "more": 3}',
    ],
)
def test_what_is_no_record_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_lines(Leaf, line)
