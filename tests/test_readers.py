"""Files become documents: encodings, formats told by content, names, and errors that help."""

from __future__ import annotations

import codecs
import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import decode
from corpus.errors import (
    CorpusError,
    DocumentDamaged,
    DocumentProtected,
    DocumentTooLarge,
    DocumentUnreadable,
    FormatUnsupported,
)
from corpus.office import OLE_MAGIC
from corpus.readers import is_readable, read_document, shown_path
from tests.sample_files import as_docx
from tests.sample_ofd import as_ofd
from tests.sample_policy import as_html, as_text

# The characters that policies are made of, and some that GB2312 lacks.
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "镕瞭㐂，。、；："
)
NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(125))
TEXTS = st.lists(st.text(CHARACTERS, max_size=40), max_size=60).map("\n".join)


def error_of(path: Path) -> CorpusError:
    """The error that reading gives: one line that names the file and the reason."""
    with pytest.raises(CorpusError) as caught:
        read_document(path)
    message = str(caught.value)
    assert message.startswith(f"{shown_path(path)}: ")
    assert message.isprintable()
    assert len(message) < len(str(path)) + 200
    return caught.value


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_text_is_taken_as_it_is(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text.removeprefix("\ufeff")


@given(TEXTS.filter(lambda text: len(text) > 60))
def test_gb18030_text_is_taken_as_it_is(text: str) -> None:
    assert decode(text.encode("gb18030")) == text


def test_line_ends_are_plain_and_nothing_else_is_touched(tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + "　　一、总则\r\n\t正文 **粗** \r第二段\x0b。\n".encode()
    path = tmp_path / "a.TXT"
    path.write_bytes(data)
    document = read_document(path)
    assert document.text == "　　一、总则\n\t正文 **粗** \n第二段\x0b。\n"
    assert (document.name, document.stem, document.format) == ("a.TXT", "a", "txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.places, document.remarks, document.recognised) == ((), (), False)


@given(st.integers(1, 2))
def test_text_that_was_cut_short_is_not_read_as_another_encoding(cut: int) -> None:
    with pytest.raises(DocumentDamaged, match="line 1 is not UTF-8"):
        decode(("加强组织领导，明确责任分工。" * 20).encode()[:-cut])


def test_two_encodings_in_one_file_are_refused_with_the_line() -> None:
    sentence = "加强组织领导，明确责任分工。"
    data = sentence.encode() * 3 + b"\n" + sentence.encode("gb18030") * 3
    with pytest.raises(DocumentDamaged, match="line 2 is not UTF-8"):
        decode(data)
    with pytest.raises(DocumentDamaged, match="line 1 is not UTF-8"):
        decode(b"\n".join(reversed(data.split(b"\n"))))


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02" * 100, NOISE, b"\x89PNG\r\n\x1a\n" + bytes(500), b"\xff" * 50],
    ids=["zeros", "noise", "picture", "high"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert isinstance(error_of(path), DocumentUnreadable)


def test_the_content_decides_which_reader_a_file_needs(tmp_path: Path) -> None:
    """Offices rename files freely: a docx called doc, a page called doc, a page called txt."""
    contents = {
        "docx": as_docx(tmp_path / "policy.docx").read_bytes(),
        "ofd": as_ofd(tmp_path / "policy.ofd").read_bytes(),
        "html": as_html(),
    }
    for kind, data in contents.items():
        for ending in ("doc", "wps", "docx", "pdf", "ofd"):
            path = tmp_path / f"renamed.{ending}"
            path.write_bytes(data)
            document = read_document(path)
            assert document.format == kind
            assert "重点任务" in document.text


def test_a_text_about_a_format_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("说明：%PDF-1.7 是文件头，<html> 是标签。", encoding="utf-8")
    assert read_document(path).format == "txt"


@pytest.mark.parametrize("ending", ["pdf", "docx", "doc", "wps", "ofd", "html"])
@pytest.mark.parametrize("data", [b"", b"\x00" * 5000, b"PK\x03\x04 and no more", b"\xd0\xcf\x11"])
def test_files_that_hold_nothing(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    assert isinstance(error_of(path), DocumentUnreadable)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("附件.txt", as_text())
    assert "unpack it" in str(error_of(path))


def test_documents_with_a_password(tmp_path: Path) -> None:
    wrapped = tmp_path / "a.docx"
    wrapped.write_bytes(OLE_MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert isinstance(error_of(wrapped), DocumentProtected)
    old = tmp_path / "a.doc"
    old.write_bytes(OLE_MAGIC + bytes(504) + b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(600))
    assert isinstance(error_of(old), DocumentProtected)
    locked = tmp_path / "b.docx"
    data = bytearray(as_docx(tmp_path / "policy.docx").read_bytes())
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1  # the bit that says that a part is encrypted
        start += 4
    locked.write_bytes(data)
    assert isinstance(error_of(locked), DocumentProtected)


def test_formats_without_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    assert not is_readable(path)
    error = error_of(path)
    assert isinstance(error, FormatUnsupported)
    assert ".docx" in str(error)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert "No such file" in str(error_of(tmp_path / "missing.txt"))
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert "Is a directory" in str(error_of(folder))
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "not a file" in str(error_of(pipe))
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert "symbolic links" in str(error_of(loop))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "doc", "wps", "ofd", "pdf"])
def test_huge_files_are_refused_unread(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    with path.open("wb") as file:
        file.truncate(300 * 10**6)  # takes no room on disk
    error = error_of(path)
    assert isinstance(error, DocumentTooLarge)
    assert "300 MB" in str(error)


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一、总则", encoding="utf-8")
    fstat = os.fstat

    def growing(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        with path.open("a", encoding="utf-8") as file:
            file.write("二、分则")
        return status

    monkeypatch.setattr("corpus.readers.os.fstat", growing)
    assert "changed while it was read" in str(error_of(path))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("换行\n名.txt", "换行\ufffd名.txt"),
        ("文件\U0001f600 空格.txt", "文件\U0001f600 空格.txt"),
        ("-rf.txt", "-rf.txt"),
        (os.fsdecode("政策.txt".encode("gb18030")), "政策.txt"),
        (os.fsdecode(b"\xff\xfe\x80.txt"), None),
    ],
)
def test_names_can_be_printed_and_stored(tmp_path: Path, name: str, shown: str | None) -> None:
    path = tmp_path / name
    path.write_text("一、总则", encoding="utf-8")
    document = read_document(path)
    assert document.name.isprintable()
    assert document.name == shown or shown is None
    document.name.encode("utf-8")
    path.write_bytes(b"\x00")
    error_of(path)
