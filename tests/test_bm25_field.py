"""One field of BM25: what several words score together is what each of them scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.bm25_field import Field

# The first is in most rows, the last in hardly any: they are looked up in different ways.
SHARES = {"common": 0.9, "usual": 0.4, "seldom": 0.05, "rare": 0.004}


@given(
    seed=st.integers(0, 10**6),
    count=st.integers(1, 600),
    asked=st.lists(st.sampled_from([*SHARES, "unknown"]), max_size=4, unique=True),
)
def test_rows_that_hold_all_of_some_words(seed: int, count: int, asked: list[str]) -> None:
    random = np.random.default_rng(seed)
    held = {word: random.random(count) < share for word, share in SHARES.items()}
    rows = [[word for word in SHARES if held[word][row]] for row in range(count)]
    field = Field.build(rows)
    found, scores = field.rows_with_all(asked)
    expected = [row for row in range(count) if asked and set(asked) <= set(rows[row])]
    assert found.tolist() == expected
    assert np.allclose(scores, field.scores(asked)[found])
    for word in asked:
        assert field.rows_with(word).tolist() == [row for row in range(count) if word in rows[row]]
