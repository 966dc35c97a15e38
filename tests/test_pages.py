"""Printed pages become paragraphs, rows and places; what is in the margins goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.grid import tables_of
from corpus.letters import plain_letter
from corpus.ocr import mended
from corpus.page import Glyph, Line, Page, Rule, lines_of
from corpus.page_text import compose
from corpus.reading import INDENT

EM = 16.0
LEFT, RIGHT, PITCH = 80.0, 80.0 + 28 * EM, 28.0


def line(text: str, row: float, *, indent: float = 0.0, size: float = EM) -> Line:
    left, top = LEFT + indent * EM, 100 + row * PITCH
    columns = sum(0.5 if char.isascii() else 1.0 for char in text)
    return Line(text, left, top, left + columns * size, top + size, size)


def page(*lines: Line, number: int = 1) -> Page:
    return Page(number, 595, 842, list(lines), [])


def glyphs_of(text: str, left: float, top: float, size: float = 10.0) -> list[Glyph]:
    return [
        Glyph(char, left + i * size, top, left + (i + 1) * size, top + size, size)
        for i, char in enumerate(text)
    ]


def lines_in(pages: list[Page]) -> list[str]:
    return [part.strip() for part in compose(pages).text.split("\n")]


def full(text: str) -> str:
    return (text * 28)[:28]


@given(
    st.lists(
        st.builds(
            lambda char, left, top, size: Glyph(char, left, top, left + size, top + size, size),
            st.sampled_from("一二三abc，。"),
            st.floats(0, 600),
            st.floats(0, 800),
            st.floats(1, 60),
        ),
        max_size=60,
    )
)
def test_no_glyph_is_lost_but_one_that_is_printed_twice(glyphs: list[Glyph]) -> None:
    lines = lines_of(glyphs)
    written = sorted("".join(line.text for line in lines).replace(" ", ""))
    assert set(written) == {glyph.text for glyph in glyphs}
    assert len(written) <= len(glyphs)
    for glyph in glyphs:
        assert any(line.top <= glyph.top and glyph.bottom <= line.bottom for line in lines)


@given(
    st.lists(st.lists(st.text("一二，。ab1（）", min_size=1, max_size=28), max_size=20), max_size=5)
)
def test_every_line_has_its_place(texts: list[list[str]]) -> None:
    pages = [
        page(*(line(text, row) for row, text in enumerate(rows)), number=number)
        for number, rows in enumerate(texts, start=1)
    ]
    reading = compose(pages)
    ends = [0, *(place.end for place in reading.places)]
    for before, place in zip(ends, reading.places, strict=False):
        assert reading.text[before : place.start] in ("", "\n", " ", INDENT, f"\n{INDENT}")
    assert ends[-1] == len(reading.text)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    rows = [
        line("第一段" + full("甲")[:23], 0, indent=2),
        line(full("乙"), 1),
        line(full("丙"), 2),
        line("第二段" + full("丁")[:23], 3, indent=2),
        line("完。", 4),
        line("一、总体要求", 5, indent=2),
        line("正文" + full("戊")[:20], 6, indent=2),
    ]
    assert [len(part) for part in lines_in([page(*rows)])] == [82, 28, 6, 22]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = page(*(line(full("甲"), row) for row in range(20)), number=1)
    second = page(line("乙完。", 0), line("另一段。", 1, indent=2), number=2)
    text = "\n".join(lines_in([first, second]))
    assert text.split("\n")[1:] == ["另一段。"]
    assert text.split("\n")[0].endswith("甲乙完。")


def test_a_title_over_two_lines_is_one_and_the_signature_is_two() -> None:
    rows = [
        line("安丘市推动公立医院高质量发展实", 0, indent=4.25, size=22),
        line("施方案", 1, indent=12, size=22),
        line(full("正"), 3),
        line("文。", 4),
        line("安丘市人民政府办公室", 6, indent=16),
        line("2024年6月12日", 7, indent=17),
    ]
    assert lines_in([page(*rows)]) == [
        "安丘市推动公立医院高质量发展实施方案",
        full("正") + "文。",
        "安丘市人民政府办公室",
        "2024年6月12日",
    ]


def test_hanging_lists_and_paragraphs_without_indent() -> None:
    hanging = [
        line("1.优化机构布局" + full("甲")[:20], 0),
        line(full("乙")[:26], 1, indent=2),
        line("完。", 2, indent=2),
        line("2.提升能力。", 3),
    ]
    assert len(lines_in([page(*hanging)])) == 2
    flush = [line(full("甲"), 0), line("完。", 1), line(full("乙"), 2.7), line("完。", 3.7)]
    assert len(lines_in([page(*flush)])) == 2


def test_margins_are_left_out_and_numbers_of_the_text_stay() -> None:
    def margins(number: int) -> list[Line]:
        return [
            Line("某市人民政府文件", 80, 40, 200, 52, 12),
            *(line(full("甲"), row) for row in range(3)),
            line("2027" if number == 2 else "完。", 3),
            Line(f"— {number} —" if number % 2 else str(number), 280, 790, 310, 802, 12),
        ]

    pages = [page(*margins(number), number=number) for number in range(1, 7)]
    text = compose(pages).text
    assert "文件" not in text
    assert "—" not in text
    assert text.count("2027") == 1
    lonely = compose([page(Line("某市人民政府文件", 80, 40, 200, 52, 12), line("甲。", 0))])
    assert lonely.text.split() == ["某市人民政府文件", "甲。"]  # once is no header


def test_tables_between_rules() -> None:
    level = [Rule(y, 80, 380) for y in (100, 120, 140, 160)]
    upright = [Rule(x, 100, 160) for x in (80, 180, 280, 380)]
    words = [
        ("指标", 0, 0),
        ("目标", 1, 0),
        ("单位", 2, 0),
        ("床位", 0, 1),
        ("7张", 1, 1),
        ("人", 1, 2),
    ]
    glyphs = [
        glyph for text, x, y in words for glyph in glyphs_of(text, 90 + x * 100, 105 + y * 20)
    ]
    outside = glyphs_of("表外", 90, 80)
    (table,), rest = tables_of([*glyphs, *outside], level, upright)
    assert table.rows == [["指标", "目标", "单位"], ["床位", "7张", ""], ["", "人", ""]]
    assert rest == outside
    assert tables_of(outside, level, upright) == ([], outside)


def test_a_cell_over_two_rows_stands_in_both() -> None:
    level = [Rule(100, 80, 280), Rule(120, 80, 280), Rule(140, 180, 280), Rule(160, 80, 280)]
    upright = [Rule(x, 100, 160) for x in (80, 180, 280)]
    words = [
        ("类", 90, 105),
        ("标", 190, 105),
        ("资源", 90, 135),
        ("床", 190, 125),
        ("人", 190, 145),
    ]
    glyphs = [glyph for text, x, y in words for glyph in glyphs_of(text, x, y)]
    (table,), _ = tables_of(glyphs, level, upright)
    assert table.rows == [["类", "标"], ["资源", "床"], ["资源", "人"]]
    assert table.header_rows == 1


def test_letters_that_only_look_like_letters() -> None:
    assert "".join(map(plain_letter, "⼀、⻅习⺠政\ue000\x07⽬")) == "一、见习民政目"
    assert mended("(一)2026一2028年:1:2") == "（一）2026—2028年：1:2"
