"""Text in two columns is read column by column; what else stands side by side, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from corpus.page import Glyph, Page, lines_of
from corpus.page_columns import gutter_of
from corpus.page_text import compose

EM, PITCH = 10.0, 16.0
WIDTH = 20  # characters of a column
LEFT, RIGHT = 50.0, 50.0 + (WIDTH + 3) * EM
WORDS = "改造老旧小区完善供水管网新建养老服务设施加强组织领导落实资金保障定期公布进展"


def glyphs_of(text: str, left: float, top: float) -> list[Glyph]:
    return [
        Glyph(char, left + n * EM, top, left + (n + 1) * EM, top + EM, EM)
        for n, char in enumerate(text)
    ]


def paragraph(number: int, length: int) -> str:
    """A paragraph of so many characters that opens with its number and ends with a full stop."""
    return f"（{'一二三四五六七八九十'[number]}）" + (WORDS * 9)[: length - 4] + "。"


def set_in_columns(paragraphs: Sequence[str], rows: int, top: float = 100.0) -> list[Glyph]:
    """Indented paragraphs set into a column of so many rows, and what is left into the next."""
    lines: list[str] = []
    for text in paragraphs:
        indented = "\u3000\u3000" + text
        lines += [indented[n : n + WIDTH] for n in range(0, len(indented), WIDTH)]
    return [
        glyph
        for number, text in enumerate(lines)
        for glyph in glyphs_of(text, (LEFT, RIGHT)[number // rows], top + number % rows * PITCH)
        if glyph.text != "\u3000"
    ]


def text_of(glyphs: Sequence[Glyph]) -> list[str]:
    page = Page(1, 595, 842, lines_of(glyphs), [])
    return [part.strip() for part in compose([page]).text.split("\n")]


@given(st.lists(st.integers(57, 90), min_size=6, max_size=8))
def test_columns_are_read_one_behind_the_other(lengths: list[int]) -> None:
    paragraphs = [paragraph(number, length) for number, length in enumerate(lengths)]
    rows = (sum(-(-(length + 2) // WIDTH) for length in lengths) + 1) // 2
    title = glyphs_of("云岭市城市更新行动计划（二〇二四年）", LEFT + 13 * EM, 60.0)
    assert text_of([*title, *set_in_columns(paragraphs, rows)]) == [
        "云岭市城市更新行动计划（二〇二四年）",
        *paragraphs,
    ]


def test_what_stands_side_by_side_without_being_text_is_read_line_by_line() -> None:
    rows = [("云岭市财政局", "云岭市教育局"), ("姓名张伟", "年级二年级")] * 6
    glyphs = [
        glyph
        for number, (left, right) in enumerate(rows)
        for text, place in ((left, LEFT), (right, RIGHT))
        for glyph in glyphs_of(text, place, 100 + number * PITCH)
    ]
    lines = lines_of(glyphs)
    assert [line.text for line in lines] == [f"{left} {right}" for left, right in rows]


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 500), st.floats(1, 300)), max_size=4),
        max_size=30,
    ),
    st.floats(1, 40),
)
def test_a_gutter_parts_text_on_both_sides(
    rows: list[list[tuple[float, float]]], size: float
) -> None:
    spans = [sorted((start, start + width) for start, width in row) for row in rows]
    gutter = gutter_of(spans, size)
    if gutter is not None:
        assert sum(any(end < gutter for _, end in row) for row in spans) >= 8
        assert sum(any(start > gutter for start, _ in row) for row in spans) >= 8
