"""A user's own questions, from Excel or CSV to gold and back; whatever is wrong has its place."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.clause_references import ReferenceUnclear, evidence_of
from eval.gold import parse_gold
from eval.schema import TYPES, Corpus, Evidence, GoldRecord
from eval.sheet_files import (
    gold_jsonl,
    read_answers,
    write_candidates,
    write_gold,
    write_template,
)
from eval.sheet_gold import read_sheet, type_names
from eval.sheets import SheetInvalid, csv_text, read_rows, write_workbook
from tests.factories import make_document, make_policy
from tests.sample_gold import CITY, CORPUS, RECORDS, answer_of, gold_clauses

HEADER = ("问题", "标准答案", "依据条款")
RATIO_CLAUSE = "到2025年，医护比总体达到1：2左右。"
cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\u2028\u2029"),
    max_size=20,
)


def excel(path: Path, lines: Sequence[Sequence[object]], *, title: str = "题目") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    book.save(path)
    return path


def one(tmp_path: Path, *line: object, header: Sequence[str] = HEADER) -> GoldRecord:
    """The record of a sheet with one row."""
    (record,) = read_sheet(excel(tmp_path / "g.xlsx", [header, line]), CORPUS).records
    return record


def problems(tmp_path: Path, *lines: Sequence[object]) -> tuple[str, ...]:
    with pytest.raises(SheetInvalid) as caught:
        read_sheet(excel(tmp_path / "g.xlsx", lines), CORPUS)
    return caught.value.problems


def test_a_row_becomes_a_record(tmp_path: Path) -> None:
    assert one(tmp_path, "医护比多少？", "1：2左右", "city/1") == GoldRecord(
        id="1-0002",
        type="fact",
        question="医护比多少？",
        answerable=True,
        evidence=(Evidence("city", RATIO_CLAUSE),),
        facts=(("1：2左右",),),
        answer="1：2左右",
    )


@pytest.mark.parametrize(
    "reference",
    [
        "city/1",
        "《安丘市实施方案》二1",
        "《安丘市实施方案》（安政办〔2024〕21号）二、1.",
        "安丘市实施方案 二1",
        "city.txt 二1",
        "到2025年，医护比总体达到1：2左右。",
    ],
)
def test_a_clause_can_be_named_in_many_ways(reference: str) -> None:
    assert evidence_of(reference, CORPUS) == [Evidence("city", RATIO_CLAUSE)]


def test_several_clauses_are_parted_by_lines_or_semicolons() -> None:
    both = ["city", "county"]
    assert [item.doc for item in evidence_of("city/1\ncounty/1", CORPUS)] == both
    assert [item.doc for item in evidence_of("city/1；county/1", CORPUS)] == both


def test_words_with_a_semicolon_are_one_reference() -> None:
    policy = make_policy(["增加护士；每半年公开一次。"], policy_id="town")
    corpus = Corpus.of([make_document(policy)], [policy])
    assert evidence_of("增加护士；每半年公开", corpus) == [Evidence("town", "增加护士；每半年公开")]


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("市长热线", "no clause is, or says, '市长热线'"),
        ("医护比总体达到1：", "stands in city.txt、county.txt; add a column 文件"),
        ("二1", "may be city/1、county/1"),
        ("city/9", "no clause is, or says, 'city/9'"),
    ],
)
def test_what_means_no_clause_or_several_is_refused(reference: str, words: str) -> None:
    with pytest.raises(ReferenceUnclear, match=words):
        evidence_of(reference, CORPUS)


def test_a_document_makes_a_reference_clear() -> None:
    assert evidence_of("二1", CORPUS, document="贵德县实施方案")[0].doc == "county"
    with pytest.raises(ReferenceUnclear, match="no document '上海'"):
        evidence_of("二1", CORPUS, document="上海")


def test_evidence_is_verbatim_where_cleaning_took_something_out() -> None:
    clause = replace(CITY.clauses[0], text="医护比1：2。", start=0, end=12)
    policy = replace(CITY, clauses=(clause,))
    document = replace(make_document(CITY), text="医护比\n— 3 —\n1：2。")
    (item,) = evidence_of("city/1", Corpus.of([document], [policy]))
    assert item.quote == "医护比\n— 3 —\n1："


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ("1：2左右。", [("1：2左右",)]),
        (
            "根据安政办〔2024〕21号，到2025年医护比达到1：2，“好医院”占90%以上，共3个。",
            [("好医院",), ("安政办〔2024〕21号",), ("2025年",), ("1：2",), ("90%",), ("3个",)],
        ),
        ("这件事要先增加护士的配备，然后由市卫健局负责，医院自己再去落实。", [("由市卫健局负责",)]),
    ],
)
def test_facts_are_what_the_answer_pins_down(
    tmp_path: Path, answer: str, facts: list[tuple[str, ...]]
) -> None:
    assert list(one(tmp_path, "谁负责？", answer, "city/2").facts) == facts


def test_a_column_of_facts_comes_first(tmp_path: Path) -> None:
    header = (*HEADER, "要点")
    record = one(tmp_path, "谁？", "市卫健局", "city/2", "市卫健局|卫健局；护士", header=header)
    assert record.facts == (("市卫健局", "卫健局"), ("护士",))


@pytest.mark.parametrize(
    "line", [("上海？", "", "无"), ("上海？", "未收录", ""), ("上海？", "无", "无")]
)
def test_a_refusal_can_be_expected(tmp_path: Path, line: tuple[str, ...]) -> None:
    record = one(tmp_path, *line)
    assert (record.type, record.answerable) == ("unanswerable", False)
    assert (record.evidence, record.facts, record.answer) == ((), (), "")


def test_all_types_can_be_written_in_chinese() -> None:
    assert tuple(type_names()) == TYPES


def test_a_history_makes_a_followup(tmp_path: Path) -> None:
    record = one(
        tmp_path, "谁负责？", "市卫健局", "city/2", "护士？\n几个？", header=(*HEADER, "上文")
    )
    assert (record.type, record.history) == ("followup", ("护士？", "几个？"))


@pytest.mark.parametrize(
    "header",
    [
        ("Question", "Expected answer", "expected clause"),
        ("問題", "標準答案", "依據條款"),
        (" 问题（必填） ", "参考答案", "条款"),
    ],
)
def test_headers_are_known_in_any_form(tmp_path: Path, header: tuple[str, ...]) -> None:
    assert one(tmp_path, "多少？", "1：2", "city/1", header=header).question == "多少？"


def test_a_title_above_the_header_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    lines: list[Sequence[object]] = [
        ["医院评测表"], [], HEADER, [], ["多少？", "1：2", "city/1"], []
    ]  # fmt: skip
    assert [row.number for row in read_rows(excel(tmp_path / "g.xlsx", lines))] == [5]


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = excel(tmp_path / "g.xlsx", [HEADER, ["q", 0.9, "city/1"], ["q", 12.0, "city/1"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B2"].number_format = "0%"
    book.worksheets[0].append(["q", datetime.date(2024, 6, 12), "city/1"])
    book.save(path)
    answers = [row.cells["answer"] for row in read_rows(path)]
    assert answers == ["90%", "12", "2024年6月12日"]


def test_every_sheet_with_questions_is_read(tmp_path: Path) -> None:
    path = excel(tmp_path / "g.xlsx", [["本表说明：请填写"]], title="说明")
    book = openpyxl.load_workbook(path)
    for title in ("甲", "乙"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(["多少？", "1：2", "city/1"])
    book.save(path)
    assert [r.id for r in read_sheet(path, CORPUS).records] == ["2-0002", "3-0002"]


def test_all_problems_are_named_with_their_place(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        (*HEADER, "类型", "编号"),
        ("", "1：2", "city/1", "", "a"),
        ("多少？", "1：2", "", "", "b"),
        ("多少？", "", "city/1", "", "c"),
        ("多少？", "1：2", "city/1", "数", "d"),
        ("多少？", "#REF!", "city/1", "", "e"),
        ("多少？", "1：2", "city/1", "追问", "f"),
        ("多少？", "1：2", "city/1", "", "f"),
    )
    places = [(2, "A"), (3, "C"), (4, "B"), (5, "D"), (6, "B"), (7, "D"), (8, "E")]
    starts = [f"g.xlsx, sheet '题目', row {row}, column {column}: " for row, column in places]
    assert [text.startswith(start) for text, start in zip(found, starts, strict=True)] == [True] * 7


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            [["问题", "标准答案"], ["q", "a"]],
            "row 1: no column '依据条款' (expected clause); add it",
        ),
        ([[*HEADER, "question"], ["q", "a", "c"]], "row 1, column D: a second column 'question'"),
        (
            [["姓名", "电话"], ["a", "b"]],
            "no rows below a header 问题 (question); found: 姓名、电话",
        ),
        ([HEADER], "no rows below a header"),
        ([], "no rows below a header"),
    ],
)
def test_a_header_that_does_not_do_is_refused(
    tmp_path: Path, lines: list[Sequence[object]], words: str
) -> None:
    assert words in problems(tmp_path, *lines)[0]


def test_files_that_are_no_sheets_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 but cut off")
    (tmp_path / "b.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "c.csv").write_bytes(bytes(range(256)) * 4)
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    for name in ("a.xlsx", "b.xls", "c.csv", "d.xlsx", "none.csv"):
        with pytest.raises(SheetInvalid, match=name):
            read_rows(tmp_path / name)


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_damage_inside_is_refused_or_passed_over(tmp_path: Path, part: str, cut: float) -> None:
    whole = excel(tmp_path / "g.xlsx", [HEADER, ["q", "a", "c"]])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: int(cut * len(content))] if name == part else content)
    with pytest.raises(SheetInvalid, match=r"bad\.xlsx: damaged"):
        read_rows(tmp_path / "bad.xlsx")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    whole = excel(tmp_path / "g.xlsx", [HEADER, ["laugh", "a", "c"]])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith(("sharedStrings.xml", "sheet1.xml")):
                text = LAUGHS + re.sub(r"^<\?.*?\?>", "", text).replace("laugh", "&i;")
            new.writestr(name, text)
    with pytest.raises(SheetInvalid, match=r"bad\.xlsx: damaged"):
        read_rows(tmp_path / "bad.xlsx")


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (65 * 2**20))
    with pytest.raises(SheetInvalid, match=r"unpacks to more than 64 MB"):
        read_rows(tmp_path / "bomb.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_form(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [HEADER, ('"多少，\n几成？"', "1：2", "city/1")]
    text = "".join(delimiter.join(line) + "\n" for line in lines)
    (tmp_path / "g.csv").write_bytes(text.encode(encoding))
    (record,) = read_sheet(tmp_path / "g.csv", CORPUS).records
    assert record.question == "多少，\n几成？"


def test_a_csv_problem_names_its_row(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("问题,标准答案,依据条款\n多少？,1：2,nowhere/1\n", "utf-8")
    with pytest.raises(SheetInvalid, match=r"g\.csv, row 2, column C: no clause"):
        read_sheet(tmp_path / "g.csv", CORPUS)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4))
def test_csv_keeps_every_cell_and_starts_no_formula(lines: list[list[str]]) -> None:
    text = csv_text(lines)
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [[cell.removeprefix("'") for cell in line] for line in back] == [
        [cell.removeprefix("'") for cell in line] for line in lines
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in back for cell in line)


@settings(max_examples=25)  # each is written to a file and read back
@given(lines=st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_workbook_keeps_every_cell_as_text(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    write_workbook(path, "表", [["=1+1", "b"], *lines], wide=())
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in sheet] == [["=1+1", "b"], *lines]
    assert {cell.data_type for row in sheet for cell in row if cell.value} <= {"s"}


def test_records_survive_their_file(tmp_path: Path) -> None:
    write_gold(RECORDS, tmp_path / "g.jsonl")
    assert parse_gold((tmp_path / "g.jsonl").read_bytes(), name="g") == list(RECORDS)
    assert gold_jsonl([]) == ""


def test_the_template_can_be_read(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    rows = read_rows(tmp_path / "t.xlsx")
    assert [row.cells["clause"] for row in rows][1] == "无"
    assert set(rows[0].columns) >= {"id", "question", "answer", "clause", "facts", "history"}


def test_answers_become_a_sheet_to_correct(tmp_path: Path) -> None:
    answer = {**answer_of(RECORDS[0], gold_clauses(RECORDS[0])), "comment": "=数字不对"}
    (tmp_path / "a.jsonl").write_text("\n", "utf-8")
    assert read_answers(tmp_path / "a.jsonl") == []
    assert write_candidates([answer], tmp_path / "c.xlsx") == 1
    (row,) = read_rows(tmp_path / "c.xlsx")
    assert row.cells["question"] == RECORDS[0].question
    assert (row.cells["answer"], row.cells["clause"]) == ("", "")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]][8:] == [
        answer["text"],
        "安丘市实施方案 二1",
        "=数字不对",
    ]
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    book.worksheets[0]["C2"], book.worksheets[0]["D2"] = "1：2", "city/1"
    book.save(tmp_path / "c.xlsx")
    assert read_sheet(tmp_path / "c.xlsx", CORPUS).records[0].evidence[0].doc == "city"
