from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences

TEXTS = st.text(alphabet="字句。！？；;，“”（）《》()\n 1", max_size=300)


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@given(TEXTS)
def test_sentences_are_slices_in_order_that_leave_only_white_space(text: str) -> None:
    position = 0
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        assert text[position : sentence.start].strip() == ""
        position = sentence.end
    assert text[position:].strip() == ""


def test_a_sentence_ends_behind_its_mark() -> None:
    assert sentences("压实责任。加强检查！是否落实？每月通报；年底考核。") == [
        "压实责任。",
        "加强检查！",
        "是否落实？",
        "每月通报；",
        "年底考核。",
    ]


def test_brackets_and_quotation_marks_are_not_cut() -> None:
    text = "落实“预防为主；防消结合”的方针（含乡镇；街道）。下一句。"
    assert sentences(text) == ["落实“预防为主；防消结合”的方针（含乡镇；街道）。", "下一句。"]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("一、工作目标\n完成率达到95%") == ["一、工作目标", "完成率达到95%"]


def test_a_bracket_that_is_never_closed_holds_nothing_up_for_long() -> None:
    text = "（" + "落实责任。" * 2000
    assert len(sentences(text)) > 1900
