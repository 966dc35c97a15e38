"""What Word documents hold besides plain paragraphs, written with python-docx and its own XML."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st

from corpus.docx import read_docx
from corpus.numerals import chinese_number, parse_number

W = f'xmlns:w="{nsmap["w"]}"'


def lines_of(document: WordDocument) -> list[str]:
    buffer = io.BytesIO()
    document.save(buffer)
    return [line.strip() for line in read_docx(buffer.getvalue()).text.split("\n")]


def add_list(document: WordDocument, number: int, *levels: tuple[str, str, str]) -> None:
    """A list: for each level its format, its text and more XML."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text, more) in enumerate(levels)
    )
    lists = document.part.numbering_part.element
    lists.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>')
    )
    add_use(document, number, number)


def add_use(document: WordDocument, number: int, abstract: int, override: str = "") -> None:
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
        )
    )


def add(document: WordDocument, text: str, number: int, level: int = 0) -> Paragraph:
    paragraph = document.add_paragraph(text)
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = number
    return paragraph


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCountingThousand", "%1、", ["一、", "二、", "三、"]),
        ("japaneseCounting", "第%1条", ["第一条", "第二条", "第三条"]),
        ("chineseCounting", "（%1）", ["（一）", "（二）", "（三）"]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "３．"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
        ("upperLetter", "%1)", ["A)", "B)", "C)"]),
        ("lowerRoman", "%1.", ["i.", "ii.", "iii."]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("bullet", "\uf0b7", ["", "", ""]),
    ],
)
def test_numbers_are_printed_as_word_prints_them(form: str, text: str, expected: list[str]) -> None:
    document = docx.Document()
    add_list(document, 50, (form, text, ""))
    for _ in expected:
        add(document, "内容", 50)
    assert lines_of(document) == [f"{label} 内容".strip() for label in expected]


def test_deeper_levels_count_anew_and_show_the_levels_above() -> None:
    document = docx.Document()
    add_list(
        document,
        50,
        ("chineseCounting", "%1、", '<w:suff w:val="nothing"/>'),
        ("decimal", "%1.%2", "<w:isLgl/>"),
    )
    for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1)]:
        add(document, text, 50, level)
    assert lines_of(document) == ["一、甲", "1.1 乙", "1.2 丙", "二、丁", "2.1 戊"]


def test_a_list_that_starts_over_and_one_that_goes_on() -> None:
    document = docx.Document()
    add_list(document, 50, ("decimal", "%1.", ""))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    add_use(document, 51, 50, start)
    add_use(document, 52, 50)
    for number in (50, 50, 51, 52):
        add(document, "项", number)
    assert lines_of(document) == ["1. 项", "2. 项", "1. 项", "2. 项"]


def test_numbers_that_belong_to_a_style() -> None:
    document = docx.Document()
    add_list(document, 50, ("chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>'))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="50"/></w:numPr>'))
    document.add_heading("总体要求", 1)
    document.add_heading("重点任务", 1)
    unnumbered = document.add_heading("附则", 1)
    unnumbered._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    assert lines_of(document) == ["# 一、 总体要求", "# 二、 重点任务", "# 附则"]


def test_changes_are_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("到2027年")
    author = 'w:id="1" w:author="审"'
    for xml in (
        f"<w:ins {W} {author}><w:r><w:t>年底</w:t></w:r></w:ins>",
        f"<w:del {W} {author}><w:r><w:delText>年中</w:delText></w:r></w:del>",
        f"<w:moveFrom {W} {author}><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
        f"<w:moveTo {W} {author}><w:r><w:t>完成。</w:t></w:r></w:moveTo>",
    ):
        paragraph._p.append(parse_xml(xml))
    joined = document.add_paragraph("前半句，")
    joined._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {W}><w:del {author}/></w:rPr>"))
    document.add_paragraph("后半句。")
    assert lines_of(document) == ["到2027年年底完成。", "前半句，后半句。"]


def test_what_is_not_printed_is_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    toc = document.add_paragraph("一、总体要求\t3")
    toc.style = document.styles.add_style("toc 1", 1)
    document.add_comment(paragraph.runs, "批注")
    assert lines_of(document) == ["看得见"]


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("正文。")
    content = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    namespaces = (
        f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    paragraph._p.append(
        parse_xml(
            f"<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert lines_of(document) == ["正文。", "框内"]


def test_merged_cells_stand_in_each_row_they_span() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for row, texts in zip(
        table.rows,
        [
            ("类别", "指标", "目标"),
            ("资源", "床位", "7.5张"),
            ("", "医师", "3人"),
            ("合计", "", ""),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "资源"
    table.cell(3, 0).merge(table.cell(3, 2)).text = "合计|完"
    assert lines_of(document) == [
        "| 类别 | 指标 | 目标 |",
        "| --- | --- | --- |",
        "| 资源 | 床位 | 7.5张 |",
        "| 资源 | 医师 | 3人 |",
        "| 合计\\|完 |  |  |",
    ]


def test_a_table_that_only_frames_text_is_text() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "第一段。"
    cell.add_paragraph("第二段。")
    inner = cell.add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "丙", "丁"
    expected = ["第一段。", "第二段。", "| 甲 | 乙 |", "| --- | --- |", "| 丙 | 丁 |"]
    assert lines_of(document) == expected


def test_long_text_in_a_heading_style_is_no_heading() -> None:
    document = docx.Document()
    document.add_heading("关于加强管理的\n通知", 0)
    document.add_heading("本办法自发布之日起施行。此前规定与本办法不一致的，以本办法为准。", 1)
    assert lines_of(document) == [
        "# 关于加强管理的通知",
        "本办法自发布之日起施行。此前规定与本办法不一致的，以本办法为准。",
    ]


def test_a_footnote_follows_its_paragraph() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("医护比达到1：2")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    document.add_paragraph("下一段。")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>按在岗人数计。</w:t></w:r></w:p></w:footnote>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {W}>{note}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert lines_of(document) == ["医护比达到1：2", "[1] 按在岗人数计。", "下一段。"]


@given(st.integers(1, 9999))
def test_numerals_read_back(number: int) -> None:
    assert parse_number(chinese_number(number)) == number
