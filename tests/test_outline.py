from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.clauses import clauses_of
from corpus.cleaning import clean_paragraphs
from corpus.library import shipped_documents
from corpus.line_layout import columns
from corpus.numerals import chinese_number
from corpus.outline import grow_outline
from corpus.schema import Clause
from tests.outlining import (
    SAMPLES,
    SHIPPED,
    clauses_of_text,
    outline,
    sample,
    shipped_outline,
)

SAMPLE_FILES = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])
PIECES = [  # of the texts that are tried
    *(
        "一、",
        "二、",
        "十、",
        "（一）",
        "(二)",
        "（ 三 ）",
        "1.",
        "2．",
        "3、",
        "（1）",
        "①",
        "1）",
    ),
    *("第一章", "第二章 总则", "第一条", "第二条 ", "第三条之一 ", "第一部分", "第二节 ", "第一编"),
    *("附件", "附件1", "附件：1.表", "目录", "目标一：", "1.1", "1.2 目的", "一是", "专栏1"),
    *("责任单位：市教育局", "（责任单位：市财政局）", "2024年6月12日", "市教育局", "特此通知。"),
    *("抄送：市委办公室。", "（此件公开发布）", "安政办〔2024〕21号", "实施方案", "各县区："),
    *("# ", "## ", "**", "|", "| a | b |", "|---|---|", "\t", "> ", "- ", "- 3 -", "---", "\\."),
    *(
        "为加强管理，",
        "压实责任。",
        "前款规定",
        "第三十条第二款",
        "：",
        "；",
        "。",
        "，",
        "（",
        "“",
    ),
    *(
        "\n",
        "\n\n",
        "\u3000\u3000",
        " ",
        "\x0c",
        "\x01",
        "\u200b",
        "&nbsp;",
        "<br>",
        "□",
        "abc",
        "字",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
HEADS = ["一、总体要求", "（一）加强领导", "1.建立台账", "（1）登记", "第一章 总则", "第一条 目的"]
BODIES = ["压实各方责任。", "到2026年完成率达到95%以上。", "第三十条第二款规定的程序适用。"]
LINES = st.lists(st.sampled_from([*HEADS, *BODIES]), min_size=1, max_size=11)


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, none where it holds no text."""
    paragraphs = clean_paragraphs(text)
    return clauses_of(grow_outline(paragraphs), "p", text) if paragraphs else ()


def squeezed(text: str) -> str:
    return "".join(text.split())


def spans(clause: Clause) -> set[int]:
    return {place for start, end in clause.segments for place in range(start, end)}


# What holds for every text


@given(TEXTS)
def test_a_clause_is_put_together_from_slices_of_the_source(text: str) -> None:
    for clause in clauses(text):
        slices = "".join(text[start:end] for start, end in clause.segments)
        assert len(slices) == len(clause.text)
        assert all(
            a == b or (a.isspace() and b.isspace())
            for a, b in zip(slices, clause.text, strict=True)
        )
        assert list(clause.segments) == sorted(clause.segments)
        if clause.segments:
            assert (clause.start, clause.end) == (clause.segments[0][0], clause.segments[-1][1])


@given(TEXTS)
def test_ids_are_unique_and_parents_come_first(text: str) -> None:
    seen: set[str] = set()
    for clause in clauses(text):
        assert clause.clause_id not in seen
        assert clause.parent_id is None or clause.parent_id in seen
        seen.add(clause.clause_id)


@given(TEXTS)
def test_every_word_stands_in_one_clause_and_those_above_it(text: str) -> None:
    found = clauses(text)
    parents = {clause.clause_id: clause.parent_id for clause in found}
    holders: dict[int, list[str]] = {}
    for clause in found:
        for place in spans(clause):
            if not text[place].isspace():
                holders.setdefault(place, []).append(clause.clause_id)
    for ids in holders.values():
        for above, below in pairwise(ids):
            assert parents[below] == above
    layout = squeezed("".join(" " if place in holders else char for place, char in enumerate(text)))
    for mark in ("&nbsp;", "<br>"):
        layout = layout.replace(mark, "")
    assert set(layout) <= set("#*>-|\\□\x01\u200b3")
    assert layout.count("3") <= text.count("- 3 -") + text.count("\\.3")


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert clauses(text) == clauses(text)


@given(LINES, st.integers(0, 3), st.sampled_from(["", "\u3000\u3000", "    ", "\t"]))
def test_blank_lines_and_indents_change_nothing(lines: list[str], blank: int, indent: str) -> None:
    plain = clauses("\n".join(lines))
    spread = clauses("".join(f"{indent}{line}\n{chr(10) * blank}" for line in lines))
    assert [(c.clause_id, c.text) for c in spread] == [(c.clause_id, c.text) for c in plain]


@given(LINES, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=11, max_size=11))
def test_blank_lines_and_indents_of_any_kind_change_nothing(
    lines: list[str], layout: list[tuple[int, int]]
) -> None:
    plain = clauses("\n".join(lines))
    spread = clauses(
        "".join(
            "\n" * blank + "\u3000" * indent + line + "\n"
            for line, (blank, indent) in zip(lines, layout, strict=False)
        )
    )
    assert [(c.clause_id, c.text) for c in spread] == [(c.clause_id, c.text) for c in plain]


@given(
    st.integers(1, 60),
    st.sampled_from(["第{}条 为了管理。", "第{}条\u3000为了管理。", "**第{}条** 管理。"]),
)
@example(1, "第{}条为了管理。")
def test_articles_are_found_once_and_in_order(count: int, form: str) -> None:
    text = "\n".join(form.format(chinese_number(number)) for number in range(1, count + 1))
    articles = [clause.label for clause in clauses(text) if clause.kind == "条"]
    assert articles == [f"第{chinese_number(number)}条" for number in range(1, count + 1)]


# The samples: each line of their outlines was looked at


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.stem)
def test_samples_are_read_as_written_down(path: Path) -> None:
    expected = path.with_suffix(".outline").read_text(encoding="utf-8").splitlines()
    assert outline(sample(path.name)) == expected


def test_the_shipped_texts_keep_their_ids_labels_and_paths() -> None:
    assert shipped_outline() == SHIPPED.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "run_together"),
    [
        ("sand-mining-order.txt", "sand-mining-run-together.txt"),
        ("rural-water-statute.md", "rural-water-run-together.txt"),
        ("fire-safety-notice.txt", "fire-safety-run-together.txt"),
    ],
)
def test_text_without_line_breaks_keeps_its_articles_and_heads(
    name: str, run_together: str
) -> None:
    kinds = ("章", "节", "条", "部分", "点", "附件")
    whole, joined = (
        [(c.kind, c.label) for c in sample(file) if c.kind in kinds]
        for file in (name, run_together)
    )
    assert joined == whole


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.stem)
def test_samples_do_not_care_for_blank_lines_between_their_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    spread = clauses(text.replace("\n", "\n\n"))
    assert [(c.clause_id, c.text) for c in spread] == [(c.clause_id, c.text) for c in clauses(text)]


def test_a_row_carries_the_heads_of_its_columns_and_the_caption() -> None:
    rows = [c for c in sample("fire-safety-notice.txt") if c.kind == "表行"]
    assert [(c.label, c.text) for c in rows] == [
        ("附件2 表第1行", "1\t外保温改造\t36\t市住建局"),
        ("附件2 表第2行", "2\t消防车通道\t120\t市城管局"),
    ]
    assert rows[0].path == (
        "附件2 综合治理任务分工表",
        "（单位：栋）",
        "序号\t任务\t数量\t牵头单位",
    )


def test_an_article_stands_under_its_part_chapter_and_section() -> None:
    paths = {c.label: c.path for c in sample("environment-code.txt") if c.kind == "条"}
    assert paths["第一百二十三条之一"] == (
        *("第二编 分则", "第一分编 水", "第一章 一般规定"),
        "第一百二十三条之一",
    )
    assert paths["第一百二十六条"] == ("第三编 附则", "第一百二十六条")


def test_an_article_holds_its_paragraphs_and_a_paragraph_its_items() -> None:
    found = {c.label: c for c in sample("rural-water-statute.md")}
    article, second = found["第二条"], found["第二条第二款"]
    item, sub_item = found["第二条第二款第（二）项"], found["第二条第二款第（二）项第1目"]
    assert second.text in article.text
    assert item.text in second.text
    assert sub_item.text in item.text
    ids = [clause.clause_id for clause in (article, second, item, sub_item)]
    assert [clause.parent_id for clause in (second, item, sub_item)] == ids[:-1]


def test_a_heading_is_never_lost_to_a_table_of_contents() -> None:
    entries = "第一章 总则\n第二章 附则\n"
    body = "第一章 总则\n第一条 为了供水。\n第二章 附则\n第二条 施行。"
    text = f"供水条例\n目录\n{entries}{body}"
    kinds = [(c.kind, c.label) for c in clauses(text) if c.kind in ("目录", "章", "条")]
    assert kinds == [
        ("目录", "目录"),
        ("章", "第一章"),
        ("条", "第一条"),
        ("章", "第二章"),
        ("条", "第二条"),
    ]


def test_chapters_listed_without_a_title_are_a_table_of_contents_too() -> None:
    text = "供水条例\n第一章 总则……1\n第二章 附则……3\n第一章 总则\n第一条 为了供水。\n第二章 附则"
    assert [c.kind for c in clauses(text)] == ["标题", "目录", "章", "条", "款", "章"]


def test_numbering_that_starts_again_opens_a_parent_without_words() -> None:
    text = "（一）甲。\n（二）乙。\n（一）丙。\n（二）丁。"
    found = [(c.clause_id, c.label, c.text) for c in clauses(text)]
    assert found == [
        ("p/1", "（一）", "（一）甲。"),
        ("p/2", "（二）", "（二）乙。"),
        ("p/u1", "", ""),
        ("p/u1.1", "（一）", "（一）丙。"),
        ("p/u1.2", "（二）", "（二）丁。"),
    ]


def test_a_number_that_was_printed_twice_is_no_new_part() -> None:
    text = "一、甲\n（一）乙。\n（二）丙。\n（二）丁。\n（三）戊。"
    assert [c.clause_id for c in clauses(text)] == ["p/1", "p/1.1", "p/1.2", "p/1.2~2", "p/1.3"]


def test_tasks_numbered_on_through_the_parts_keep_their_numbers() -> None:
    text = "一、任务\n（一）水源\n1.甲。\n2.乙。\n（二）管网\n3.丙。\n4.丁。\n二、保障\n5.戊。"
    labels = [c.label for c in clauses(text) if c.kind == "点"]
    assert labels == ["一（一）1", "一（一）2", "一（二）3", "一（二）4", "二5"]


def test_articles_of_two_attachments_have_addresses_of_their_own() -> None:
    found = {c.label: c.clause_id for c in sample("investment-two-rules.md") if c.kind == "条"}
    assert found["附件1 第一条"].endswith("/a1.1")
    assert found["附件2 第一条"].endswith("/a2.1")


def test_chapters_whose_articles_begin_anew_are_part_of_the_address() -> None:
    text = "第一章 甲\n第一条 子。\n第二条 丑。\n第二章 乙\n第一条 寅。\n第二条 卯。"
    articles = [(c.clause_id, c.label) for c in clauses(text) if c.kind == "条"]
    assert articles == [
        ("p/1", "第一条"),
        ("p/2", "第二条"),
        ("p/c2.1", "第二章第一条"),
        ("p/c2.2", "第二章第二条"),
    ]


@pytest.mark.parametrize("width", [48, 60, 92])
@pytest.mark.parametrize("indent", ["\u3000\u3000", ""])
@pytest.mark.parametrize("name", ["jilin-2022-26.txt", "liaocheng-2024-10.txt"])
def test_text_that_was_wrapped_is_put_together_again(name: str, indent: str, width: int) -> None:
    text = (shipped_documents() / name).read_text(encoding="utf-8")
    whole, wrapped = (
        [(c.clause_id, c.label, squeezed(c.text)) for c in clauses(source)]
        for source in (text, wrap(text, width, indent))
    )
    different = set(wrapped) ^ set(whole)
    assert len(different) <= (0 if indent else 4)  # a full line may end a paragraph by chance


def wrap(text: str, width: int, indent: str) -> str:
    """The text with lines of a number of columns, marks of punctuation hanging."""
    wrapped: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        rest = indent + line
        while columns(rest) > width:
            end = next(n for n in range(len(rest)) if columns(rest[: n + 1]) > width)
            end += rest[end] in "，。、；：）”》"
            wrapped.append(rest[:end])
            rest = rest[end:]
        wrapped.extend([rest] if rest else [])
    return "\n".join(wrapped)


def test_tasks_whose_numbers_were_bold_are_counted_on_through_the_parts() -> None:
    lines = [
        "# 青禾市河道清淤攻坚计划",
        "### 一、清淤泥",
        "**任务1** 查勘河道。2025年底前完成。",
        "**任务2** 清理淤泥。任务2完成后验收。",
        "### 二、修岸坡",
        "**任务3** 加固岸坡。",
        "任务5个，由各县分担。",
    ]
    labels = [clause.label for clause in clauses_of_text("\n\n".join(lines), "plan.md")[1:]]
    assert labels == ["一", "一任务1", "一任务2", "二", "二任务3"]


def test_a_short_text_that_was_wrapped() -> None:
    lines = """青禾市河道管理办法
第一条 为了加强河道管理，保障防洪安全，根据《中华人民共和国河道管理条例》等
法律法规，制定本办法。
第二条 禁止下列行为：
（一）向河道倾倒垃圾；
（二）在河道内设障，对劝阻不听且不清除的，公安机关依法处理，并责令其向有关行
政部门报告。
第三条 堤防两侧三十米范围内不得取土；本办法施行前已经取土的，应当在施行之日
起三个月内回填。
第四条 河道采砂实行许可制度，未经许可不得采砂，许可证有效期届满后不予延续的
由县水利局收回。
"""
    clauses = clauses_of_text(lines)
    texts = ["".join(clause.text.split()) for clause in clauses if clause.kind in ("条", "项")]
    assert [text[-4:] for text in texts] == [
        "本办法。",
        "门报告。",
        "倒垃圾；",
        "门报告。",
        "内回填。",
        "局收回。",
    ]
