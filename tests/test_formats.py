"""The same policy in every format that people here hold gives the same clauses."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.library import read_library
from corpus.pdf import can_recognise
from corpus.policies import read_policies
from corpus.readers import read_document
from corpus.reading import INDENT
from corpus.schema import Document
from tests.sample_files import as_docx, as_scan, convert
from tests.sample_ofd import as_ofd
from tests.sample_policy import BLOCKS, as_html, as_print_page, as_text

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")


def clauses(document: Document) -> list[tuple[str, str]]:
    """Labels and words of all clauses, without the white space of the layout."""
    return [
        (clause.label, "".join(clause.text.split()))
        for policy in read_policies(document)
        for clause in policy.clauses
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[tuple[str, str]]:
    path = folder / "policy.txt"
    path.write_text(as_text(), encoding="utf-8")
    return clauses(read_document(path))


@pytest.fixture(scope="module")
def word(folder: Path) -> Path:
    return as_docx(folder / "policy.docx")


@pytest.fixture(scope="module")
def office_pdf(folder: Path, word: Path) -> Path:
    return convert([word], "pdf", folder)[0]


@pytest.fixture(scope="module")
def office_doc(folder: Path, word: Path) -> Path:
    return convert([word], "doc:MS Word 97", folder)[0]


@pytest.fixture(scope="module")
def printed_pdf(folder: Path) -> Path:
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, BROWSERS)]
    program = next((name for name in found if name), None)
    if program is None:
        pytest.skip("no browser: set WENZHENG_BROWSER")
    page, path = folder / "print.html", folder / "printed.pdf"
    page.write_bytes(as_print_page())
    command = [program, *QUIET, f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={path}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
    return path


def test_the_sample_has_all_that_a_policy_has(expected: list[tuple[str, str]]) -> None:
    labels = [label for label, _ in expected]
    assert {"文号", "标题", "主送", "落款", "三（一）2（2）", "附件", "印发"} <= set(labels)
    assert len(labels) > len(BLOCKS) / 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text(folder: Path, expected: list[tuple[str, str]], encoding: str) -> None:
    path = folder / f"{encoding}.md"
    path.write_text(as_text(), encoding=encoding)
    assert clauses(read_document(path)) == expected


def test_word_document_with_numbers_that_word_counts(
    word: Path, expected: list[tuple[str, str]]
) -> None:
    assert clauses(read_document(word)) == expected


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_page_of_a_government_site(
    folder: Path, expected: list[tuple[str, str]], charset: str
) -> None:
    path = folder / f"{charset}.html"
    # Pages that call themselves GB2312 are written in more than that has.
    page = as_html(charset="gb18030" if charset == "gb2312" else charset)
    path.write_bytes(page.replace(b'charset="gb18030"', f'charset="{charset}"'.encode()))
    document = read_document(path)
    about_page, *article = clauses(document)
    assert article == expected
    assert about_page[0] == "页头"  # of which the page says when it was published, and by whom
    assert "2026-03-20" in about_page[1]
    assert document.format == "html"


def test_page_saved_with_its_pictures(folder: Path, expected: list[tuple[str, str]]) -> None:
    path = folder / "saved.mhtml"
    head = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html"; boundary="edge"\r\n\r\n--edge\r\nContent-Type: text/html\r\n'
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    path.write_bytes(head.encode() + as_html() + b"\r\n--edge--\r\n")
    assert clauses(read_document(path))[1:] == expected


def test_ofd(folder: Path, expected: list[tuple[str, str]]) -> None:
    document = read_document(as_ofd(folder / "policy.ofd"))
    assert clauses(document) == expected
    assert {place.page for place in document.places} == {1, 2, 3, 4}


@pytest.mark.browser
def test_pdf_printed_by_a_browser(printed_pdf: Path, expected: list[tuple[str, str]]) -> None:
    assert clauses(read_document(printed_pdf)) == expected


@pytest.mark.office
def test_pdf_from_a_word_processor(office_pdf: Path, expected: list[tuple[str, str]]) -> None:
    assert clauses(read_document(office_pdf)) == expected


@pytest.mark.office
@pytest.mark.parametrize("ending", ["doc", "wps"])
def test_older_word_processors(
    folder: Path, office_doc: Path, expected: list[tuple[str, str]], ending: str
) -> None:
    path = folder / f"old 文件.{ending}"
    shutil.copy(office_doc, path)
    document = read_document(path)
    assert clauses(document) == expected
    assert document.format == ending


@pytest.mark.office
@pytest.mark.parametrize("kind", ["odt:writer8"])
def test_other_word_processors(
    folder: Path, word: Path, expected: list[tuple[str, str]], kind: str
) -> None:
    assert clauses(read_document(convert([word], kind, folder)[0])) == expected


@pytest.mark.office
def test_places_of_a_pdf_lead_to_the_printed_words(office_pdf: Path) -> None:
    document = read_document(office_pdf)
    assert not document.recognised
    starts = [place.start for place in document.places]
    assert starts == sorted(starts)
    covered = "".join(document.text[place.start : place.end] for place in document.places)
    assert covered == document.text.replace("\n", "").replace(INDENT, "")
    start = document.text.index("床医比")
    places = document.places_of(start, start + 3)
    assert [place.page for place in places] == [3]
    left, top, right, bottom = places[0].box
    assert 70 < left < right < 525
    assert 100 < top < bottom < 742
    assert bottom - top < 30


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.skipif(not can_recognise(), reason="the extra 'ocr' is not installed")
def test_scanned_pdf(folder: Path, office_pdf: Path, expected: list[tuple[str, str]]) -> None:
    document = read_document(as_scan(office_pdf, folder / "scan.pdf"))
    found = clauses(document)
    assert [label for label, _ in found] == [label for label, _ in expected]
    wrong = [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]
    assert len(wrong) <= 1  # reading errors
    assert document.recognised


@pytest.mark.office
@pytest.mark.slow
def test_a_folder_of_all_formats_is_read_whole(
    folder: Path, word: Path, office_doc: Path, office_pdf: Path
) -> None:
    library = read_library([folder])
    assert {path.name for path in (word, office_doc, office_pdf)} <= {
        document.name for document in library.documents
    }
