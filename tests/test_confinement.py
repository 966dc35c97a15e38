"""Native code and other programs are held to limits of time and memory, whatever they are given."""

from __future__ import annotations

import contextlib
import resource
import time
import zlib
from pathlib import Path

import pytest

from corpus.confinement import run_confined
from corpus.errors import (
    CorpusError,
    DocumentDamaged,
    DocumentProtected,
    DocumentTooLarge,
    ReaderMissing,
)
from corpus.office import to_docx
from corpus.pdf import read_pdf
from tests.sample_files import as_docx, convert

MAX_GROWTH_BYTES = 900 * 10**6


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def pdf_of(stream: bytes, *, pages: int = 1) -> bytes:
    """A PDF whose pages all draw one compressed stream."""
    packed = zlib.compress(stream)
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


@pytest.mark.parametrize(
    "stream",
    [b" " * 500_000_000, b"0 0 m 9 9 l S " * 3_000_000, b"q " * 10_000_000],
    ids=["blank", "lines", "states"],
)
def test_a_pdf_that_unpacks_to_very_much(stream: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.pdf._SECONDS", 15.0)
    data = pdf_of(stream)
    before, start = peak_bytes(), time.monotonic()
    with contextlib.suppress(CorpusError):
        read_pdf(data)
    assert time.monotonic() - start < 150
    assert peak_bytes() - before < MAX_GROWTH_BYTES


def test_a_pdf_of_too_many_pages() -> None:
    with pytest.raises((DocumentTooLarge, DocumentDamaged)):
        read_pdf(pdf_of(b"", pages=20_000))


@pytest.mark.office
def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},'
    options += '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
    source = as_docx(tmp_path / "policy.docx")
    convert([source], f"pdf:writer_pdf_Export:{options}", tmp_path)
    with pytest.raises(DocumentProtected):
        read_pdf((tmp_path / "policy.pdf").read_bytes())


def test_confined_work_answers_and_is_bounded() -> None:
    assert run_confined("tests.greedy_tasks:measure", b"abc", timeout_seconds=100, factor=2) == [6]
    noisy = run_confined("tests.greedy_tasks:print_noise", b"", timeout_seconds=100)
    assert noisy == "answer"
    with pytest.raises(DocumentProtected, match="it is protected"):
        run_confined("tests.greedy_tasks:refuse", b"", timeout_seconds=100)
    for task in ("crash", "leave"):
        with pytest.raises(DocumentDamaged, match="reading it failed"):
            run_confined(f"tests.greedy_tasks:{task}", b"", timeout_seconds=100)
    with pytest.raises(DocumentTooLarge, match="memory"):
        run_confined("tests.greedy_tasks:fill_memory", b"", timeout_seconds=100)
    start = time.monotonic()
    with pytest.raises(DocumentDamaged, match="took more than 1 seconds"):
        run_confined("tests.greedy_tasks:sleep", b"", timeout_seconds=1)
    assert time.monotonic() - start < 50  # it would sleep for a minute


@pytest.mark.office
def test_a_word_processor_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    (doc,) = convert([as_docx(tmp_path / "policy.docx")], "doc:MS Word 97", tmp_path)
    start = time.monotonic()
    with pytest.raises(DocumentDamaged, match="took more than"):
        to_docx(doc.read_bytes(), timeout_seconds=0.2)
    assert time.monotonic() - start < 60


def test_what_to_install_is_said_where_the_word_processor_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.office.find_office", lambda: None)
    with pytest.raises(ReaderMissing, match=r"needs LibreOffice.*apt-get install"):
        to_docx(b"{\\rtf1 a}")


def test_what_to_install_is_said_where_pictures_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.pdf.can_recognise", lambda: False)
    picture = b"0 0 0 rg 50 50 400 700 re f"
    with pytest.raises(ReaderMissing, match=r"wenzheng\[ocr\]"):
        read_pdf(pdf_of(picture))
