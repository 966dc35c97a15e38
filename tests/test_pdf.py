"""Real PDF files: pages however they lie, tables over pages, places shown on the page."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import PIL.Image
import pypdfium2
import pytest
from docx.oxml import OxmlElement

from corpus.errors import DocumentDamaged
from corpus.page import turned
from corpus.page_image import page_image
from corpus.pdf import read_pdf
from corpus.readers import read_document
from tests.sample_files import as_docx, convert

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    return convert([as_docx(folder / "policy.docx")], "pdf", folder)[0]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_pages_that_lie_on_their_side_read_the_same(pdf: Path, quarter: int) -> None:
    upright = read_pdf(pdf.read_bytes())
    with pypdfium2.PdfDocument(str(pdf)) as document:
        size = document[0].get_size()
        for sheet in document:
            sheet.set_rotation(90 * quarter)
        buffer = io.BytesIO()
        document.save(buffer)
    lying = read_pdf(buffer.getvalue())
    assert lying.text == upright.text
    assert [place.page for place in lying.places] == [place.page for place in upright.places]
    width, height = size if quarter == 2 else size[::-1]
    for one, other in zip(upright.places, lying.places, strict=True):
        assert turned(other.box, quarter, width, height) == pytest.approx(one.box, abs=0.3)


def test_pages_that_are_turned_twice_read_the_same(pdf: Path) -> None:
    """Landscape pages are often portrait ones with their text set sideways, shown turned."""
    upright = read_pdf(pdf.read_bytes())
    with pypdfium2.PdfDocument(str(pdf)) as document:
        lying = pypdfium2.PdfDocument.new()
        for index in range(len(document)):
            width, height = document[index].get_size()
            sheet = lying.new_page(height, width)
            content = document.page_as_xobject(index, lying).as_pageobject()
            content.set_matrix(pypdfium2.PdfMatrix(0, 1, -1, 0, height, 0))
            sheet.insert_obj(content)
            sheet.gen_content()
            sheet.set_rotation(90)
        buffer = io.BytesIO()
        lying.save(buffer)
    turned_twice = read_pdf(buffer.getvalue())
    assert turned_twice.text == upright.text
    for one, other in zip(upright.places, turned_twice.places, strict=True):
        assert other.box == pytest.approx(one.box, abs=0.3)


def test_a_table_over_several_pages_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(80, 3, style="Table Grid")
    for number, row in enumerate(table.rows):
        texts = ["序号", "指标", "目标"] if number == 0 else [f"{number}", f"指标{number}", "达到"]
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(str(tmp_path / "table.docx"))
    path = convert([tmp_path / "table.docx"], "pdf", tmp_path)[0]
    read = read_document(path)
    lines = read.text.split("\n")
    assert lines == read_document(tmp_path / "table.docx").text.split("\n")
    assert len(lines) == 81
    assert {place.page for place in read.places} == {1, 2}


def test_a_page_is_shown_with_the_place_framed(pdf: Path) -> None:
    document = read_document(pdf)
    start = document.text.index("床医比")
    (place,) = document.places_of(start, start + 3)
    image = PIL.Image.open(
        io.BytesIO(page_image(pdf.read_bytes(), place.page, [place.box], scale=2))
    )
    assert image.size == (1191, 1684)
    red = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) == (200, 30, 30)
    ]
    xs, ys = zip(*red, strict=True)
    framed = [min(xs) / 2, min(ys) / 2, max(xs) / 2, max(ys) / 2]
    assert framed == pytest.approx(place.box, abs=3.5)
    with pytest.raises(DocumentDamaged, match="page 99"):
        page_image(pdf.read_bytes(), 99)
