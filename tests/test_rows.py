from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_paragraphs
from corpus.rows import FIRST, HEAD, ROW
from corpus.tables import table_lines
from tests.outlining import clauses_of_text

CELLS = st.text(alphabet="消防栓数量1.,。|（）", min_size=1, max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=6)
)


def rows(text: str) -> list[tuple[str, str]]:
    return [(p.row, p.text) for p in clean_paragraphs(text) if p.row]


@given(TABLES)
def test_tables_that_readers_write_are_read_row_by_row(cells: list[list[str]]) -> None:
    found = rows("\n".join(table_lines(cells)))
    assert [role for role, _ in found] == [HEAD] + [ROW] * (len(cells) - 1)
    for (_, text), row in zip(found, cells, strict=True):
        assert text == " | ".join(row)


@given(TABLES)
def test_tables_with_tabs_are_read_row_by_row(cells: list[list[str]]) -> None:
    numbered = [[f"甲{number}", *row] for number, row in enumerate(cells)]
    found = rows("\n".join("\t".join(row) for row in numbered))
    assert [text for _, text in found] == ["\t".join(row) for row in numbered]


def test_a_table_with_bars() -> None:
    text = (
        "| 序号 | 项目<br>名称 | 数量 |\n|---|:-:|--:|\n"
        "| 1 | **水泵** |  |\n|  |  |  |\n| 2 | 水表 | 9 |"
    )
    assert rows(text) == [
        (HEAD, "序号 | 项目名称 | 数量"),
        (ROW, "1 | 水泵 |"),
        (ROW, "2 | 水表 | 9"),
    ]


def test_a_table_without_bars_at_its_edges() -> None:
    assert rows("项目|数量\n--|--\n水泵|9") == [(HEAD, "项目|数量"), (ROW, "水泵|9")]


def test_heads_of_two_lines() -> None:
    text = "| 项目 | 目标 |\n| 名称 | 2025年 |\n| --- | --- |\n| 水泵 | 9 |"
    assert [role for role, _ in rows(text)] == [HEAD, HEAD, ROW]
    row = next(c for c in clauses_of_text(f"一、任务\n{text}") if c.kind == "表行")
    assert row.path == ("一、任务", "项目 | 目标", "名称 | 2025年")


def test_blank_lines_part_no_rows() -> None:
    assert len(rows("名称\t数量\n\n水泵\t9\n\n水表\t8")) == 3


def test_a_table_without_heads_begins_with_its_first_row() -> None:
    assert rows("1\t水泵\t9\n2\t水表\t8") == [(FIRST, "1\t水泵\t9"), (ROW, "2\t水表\t8")]
    clauses = clauses_of_text("一、任务\n1\t水泵\t9\n2\t水表\t8")
    assert [(c.kind, c.label) for c in clauses] == [
        ("部分", "一"),
        ("表", "一表"),
        ("表行", "一表第1行"),
        ("表行", "一表第2行"),
    ]


def test_an_empty_first_cell_keeps_its_column() -> None:
    assert rows("名称\t单位\t数量\n水泵\t台\t9\n\t套\t8")[-1] == (ROW, "\t套\t8")


def test_tabs_behind_numbers_and_labels_make_no_table() -> None:
    assert rows("第一条\t为了管理。\n第二条\t依据法律。") == []
    assert rows("责任单位：\t市水利局\n完成时限：\t2024年底") == []
    assert rows("第一章 总则\t1\n第二章 附则\t9") == []
    assert rows("临河市人民政府\t2024年6月12日") == []


def test_captions_and_units_of_measure_go_with_the_table() -> None:
    text = "一、任务\n落实下列任务。\n表1 任务分工\n单位：台\n名称\t数量\n水泵\t9\n加强检查。"
    found = {c.kind: c for c in clauses_of_text(text)}
    assert found["表"].text == "表1任务分工\n单位：台\n名称\t数量"
    assert found["表行"].path == ("一、任务", "表1任务分工", "单位：台", "名称\t数量")
    assert found["段"].text == "加强检查。"
    assert found["部分"].text == "一、任务\n落实下列任务。"


def test_two_tables_of_a_clause_are_told_apart() -> None:
    table = "| 名称 | 数量 |\n|---|---|\n| 水泵 | 9 |\n"
    clauses = clauses_of_text(f"一、任务\n{table}另见下表。\n{table}")
    assert [c.label for c in clauses if c.kind == "表行"] == ["一表第1行", "一表2第1行"]
