"""Citation keys and the statements that they end: the same however a reply is cut."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citation_keys import (
    KEY_LENGTH,
    Written,
    make_keys,
    statements_in,
    without_thoughts,
)

KEYS = ("BCDFG", "HJKLM")
BITS = [
    *(
        "[BCDFG]",
        "[HJKLM]",
        "BCDFG",
        "（HJKLM）",
        "[ZZZZZ]",
        "[1]",
        "【2】",
        "<BCDFG>",
        "[BCD",
        "]",
    ),
    *(
        "增加护士配备。",
        "达到1：2",
        "安政办〔2024〕21号",
        "1.5万",
        "1. ",
        "- ",
        "\n",
        "。",
        " ",
        "**",
    ),
    *("<think>", "</think>", "DRG", "，", "医", "B"),
]
replies = st.lists(st.sampled_from(BITS), max_size=14).map("".join)


def cut(text: str, places: list[int]) -> list[str]:
    ends = sorted({place % (len(text) + 1) for place in places} | {0, len(text)})
    return [text[a:b] for a, b in pairwise(ends)]


@given(replies, st.lists(st.integers(0, 200)))
def test_statements_do_not_depend_on_how_the_reply_is_cut(reply: str, places: list[int]) -> None:
    whole = list(statements_in([reply], KEYS))
    assert list(statements_in(cut(reply, places), KEYS)) == whole
    assert list(statements_in(list(reply), KEYS)) == whole


@given(replies)
def test_a_statement_holds_no_mark_and_only_keys_that_were_handed_out(reply: str) -> None:
    for written in statements_in([reply], KEYS):
        assert re.search(r"\w", written.text)
        assert set(written.keys) <= set(KEYS)
        assert len(set(written.keys)) == len(written.keys)
        assert not re.search(r"\bBCDFG\b|\bHJKLM\b|\[ZZZZZ\]|\[1\]|【2】", written.text)


@given(replies, st.lists(st.integers(0, 200)))
def test_thoughts_do_not_depend_on_how_the_reply_is_cut(reply: str, places: list[int]) -> None:
    expected = re.sub(r"<think>.*?(?:</think>|\Z)", "", reply, flags=re.DOTALL)
    assert "".join(without_thoughts(cut(reply, places))) == expected


@pytest.mark.parametrize(
    ("reply", "statements"),
    [
        ("增加护士。[BCDFG]", [("增加护士。", "BCDFG")]),
        ("增加护士[BCDFG]。达到一半[HJKLM]。", [("增加护士", "BCDFG"), ("达到一半", "HJKLM")]),
        ("增加护士。[BCDFG][HJKLM]", [("增加护士。", "BCDFG", "HJKLM")]),
        (
            "[BCDFG] 增加护士。\n[HJKLM] 达到一半。",
            [("增加护士。", "BCDFG"), ("达到一半。", "HJKLM")],
        ),
        (
            "如下：\n1. 增加护士。[BCDFG]\n2. 其他。",
            [("如下：",), ("增加护士。", "BCDFG"), ("其他。",)],
        ),
        ("增加护士。[1][ABCDE]", [("增加护士。",)]),
        ("提高到1.5万元。（BCDFG）", [("提高到1.5万元。", "BCDFG")]),
        ("安政办[2024]21号印发。[BCDFG]", [("安政办[2024]21号印发。", "BCDFG")]),
        ("[BCDFG]", []),
        ("", []),
    ],
)
def test_statements_are_read_with_their_keys(reply: str, statements: list[tuple[str, ...]]) -> None:
    expected = [Written(text, tuple(keys)) for text, *keys in statements]
    assert list(statements_in([reply], KEYS)) == expected


def test_a_statement_is_given_as_soon_as_it_is_complete() -> None:
    given_out: list[str] = []

    def pieces() -> list[str]:
        return ["增加护士。[BCDFG]", "达", "到一半。", "[HJKLM]"]

    def told() -> object:
        for piece in pieces():
            given_out.append(piece)
            yield piece

    first = next(iter(statements_in(told(), KEYS)))  # type: ignore[arg-type]
    assert first == Written("增加护士。", ("BCDFG",))
    assert given_out == pieces()[:2]


@given(st.text(max_size=300))
def test_keys_are_different_and_stand_in_no_text(avoid: str) -> None:
    keys = make_keys(8, avoid=avoid)
    assert len(set(keys)) == 8
    assert all(len(key) == KEY_LENGTH and key not in avoid for key in keys)


def test_keys_are_never_the_same_twice() -> None:
    assert not set(make_keys(20, avoid="")) & set(make_keys(20, avoid=""))
