"""PDF files to text: pages of text as they are, scanned ones recognised where that is installed."""

from __future__ import annotations

from importlib.util import find_spec

from corpus.confinement import run_confined
from corpus.errors import DocumentTooLarge, ReaderMissing
from corpus.page import Page, page_from_json
from corpus.page_text import compose
from corpus.reading import Reading

MAX_SCANNED_PAGES = 300
_SECONDS = 60.0
_SECONDS_PER_MEGABYTE = 4.0
_SECONDS_PER_SCANNED_PAGE = 30.0
_RECOGNISER = "rapidocr"
_INSTALL = "install the extra 'ocr' (pip install 'wenzheng[ocr]')"


def read_pdf(data: bytes) -> Reading:
    """Text of a PDF with the place of every line.

    Raises:
        DocumentUnreadable: damaged, protected by a password, too large, or too slow to read.
        ReaderMissing: all its pages are pictures, and what reads pictures is not installed.
    """
    seconds = _SECONDS + _SECONDS_PER_MEGABYTE * len(data) / 1e6
    found = run_confined("corpus.pdfium:read_pages", data, timeout_seconds=seconds)
    pages = [page_from_json(page) for page in found["pages"]]
    scanned: list[int] = found["scanned"]
    if not scanned:
        return compose(pages)
    if can_recognise():
        return compose(_recognised(data, pages, scanned))
    if len(scanned) == len(pages):
        raise ReaderMissing(f"its pages are pictures of text; {_INSTALL}")
    numbers = ", ".join(map(str, scanned[:10])) + (" …" if len(scanned) > 10 else "")
    return compose(
        pages, (f"pages that are pictures of text were left out: {numbers}; {_INSTALL}",)
    )


def can_recognise() -> bool:
    """Whether what reads pictures of text is installed."""
    return find_spec(_RECOGNISER) is not None


def _recognised(data: bytes, pages: list[Page], scanned: list[int]) -> list[Page]:
    if len(scanned) > MAX_SCANNED_PAGES:
        raise DocumentTooLarge(
            f"{len(scanned)} of its pages are pictures of text, more than {MAX_SCANNED_PAGES}; "
            "split it"
        )
    seconds = _SECONDS + _SECONDS_PER_SCANNED_PAGE * len(scanned)
    read = run_confined(
        "corpus.ocr:recognise_pages", data, timeout_seconds=seconds, numbers=scanned
    )
    by_number = {page.number: page for page in map(page_from_json, read)}
    return [by_number.get(page.number, page) for page in pages]
