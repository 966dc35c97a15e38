"""Whatever a file holds: bounded time and memory, and an error that names file and reason."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.docx import read_docx
from corpus.errors import CorpusError, DocumentDamaged, DocumentTooLarge
from corpus.html import read_html
from corpus.ofd import read_ofd
from corpus.office import to_docx
from corpus.pdf import read_pdf
from corpus.policies import read_policies
from corpus.reading import Reading
from corpus.schema import Document
from tests.sample_files import as_docx, convert
from tests.sample_ofd import as_ofd
from tests.sample_policy import as_html

Reader = Callable[[bytes], Reading]
MAX_GROWTH_BYTES = 900 * 10**6


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    return {
        "docx": as_docx(folder / "policy.docx").read_bytes(),
        "ofd": as_ofd(folder / "policy.ofd").read_bytes(),
        "html": as_html(),
    }


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def archive_of(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def damaged(data: bytes, flips: list[tuple[float, int]], cut: float) -> bytes:
    """A file with some bytes changed and its end cut off; places are shares of its length."""
    changed = bytearray(data)
    for place, value in flips:
        changed[int(place * (len(changed) - 1))] = value
    return bytes(changed[: int(len(changed) * cut)])


Damage = tuple[list[tuple[float, int]], float]
damages = st.tuples(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    st.one_of(st.just(1.0), st.floats(0, 1)),
)


def check(read: Reader, data: bytes) -> None:
    """Reading ends in text that can be taken apart, or in an error of ours."""
    try:
        reading = read(data)
    except CorpusError as error:
        if not str(error).isprintable():
            raise AssertionError("an error is one line") from error
        return
    reading.text.encode("utf-8")
    places = reading.places
    assert all(0 <= place.start < place.end <= len(reading.text) for place in places)
    read_policies(Document("a.txt", reading.text, "", "txt", places))


@pytest.mark.parametrize("kind", ["docx", "ofd"])
@settings(max_examples=150)
@given(damage=damages)
def test_damaged_archives(samples: dict[str, bytes], kind: str, damage: Damage) -> None:
    check({"docx": read_docx, "ofd": read_ofd}[kind], damaged(samples[kind], *damage))


@pytest.mark.parametrize(
    ("kind", "part"),
    [("docx", "word/document.xml"), ("docx", "word/numbering.xml"), ("ofd", "OFD.xml")],
)
@settings(max_examples=150)
@given(damage=damages)
def test_damaged_parts_of_sound_archives(
    samples: dict[str, bytes], kind: str, part: str, damage: Damage
) -> None:
    with zipfile.ZipFile(io.BytesIO(samples[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = damaged(parts[part], *damage)
    check({"docx": read_docx, "ofd": read_ofd}[kind], archive_of(parts))


@settings(max_examples=15)
@given(damage=damages)
def test_damaged_pages(samples: dict[str, bytes], damage: Damage) -> None:
    check(read_html, damaged(samples["html"], *damage))


@pytest.mark.office
@pytest.mark.slow
def test_damaged_files_of_word_processors(tmp_path: Path) -> None:
    source = as_docx(tmp_path / "policy.docx")
    (pdf,) = convert([source], "pdf", tmp_path)
    (doc,) = convert([source], "doc:MS Word 97", tmp_path)

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(damages)
    def read_damaged_pdf(damage: Damage) -> None:
        check(read_pdf, damaged(pdf.read_bytes(), *damage))

    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    @given(damages)
    def read_damaged_doc(damage: Damage) -> None:
        check(lambda data: read_docx(to_docx(data)), damaged(doc.read_bytes(), *damage))

    read_damaged_pdf()
    read_damaged_doc()


def word(body: bytes, before: bytes = b"") -> bytes:
    namespace = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    root = b"<w:document " + namespace + b"><w:body>" + body + b"</w:body></w:document>"
    return archive_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": before + root})


def test_archives_that_unpack_to_a_hundred_times_their_size() -> None:
    before, start = peak_bytes(), time.monotonic()
    bomb = word(b"<w:p><w:r><w:t>" + b"0" * 300_000_000 + b"</w:t></w:r></w:p>")
    made = peak_bytes()
    assert len(bomb) < 1_000_000
    with pytest.raises(DocumentTooLarge, match="unpacks to more than"):
        read_docx(bomb)
    assert peak_bytes() - max(before, made) < MAX_GROWTH_BYTES
    assert time.monotonic() - start < 150


def test_archives_that_lie_about_their_sizes() -> None:
    data = bytearray(word(b"<w:p/>" * 100_000))
    place = data.rfind(b"word/document.xml") - 46 + 24
    data[place : place + 4] = (10).to_bytes(4, "little")  # of the size in the directory
    check(read_docx, bytes(data))


def test_archives_of_too_many_parts() -> None:
    data = archive_of({f"part{number:06}": b"" for number in range(90_000)})
    with pytest.raises(DocumentTooLarge, match="more parts"):
        read_docx(data)


@pytest.mark.parametrize("read", [read_docx, read_ofd])
def test_entities_that_explode(read: Reader) -> None:
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 12)
    )
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">' + entities + b"]><l>&l11;</l>"
    outside = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'
    for part in (bomb, outside):
        with pytest.raises(DocumentDamaged, match="not valid XML"):
            read(archive_of({"word/document.xml": part, "OFD.xml": part}))


def test_parts_nested_a_hundred_thousand_deep() -> None:
    deep = b"<w:ins>" * 100_000 + b"</w:ins>" * 100_000
    with pytest.raises(DocumentDamaged, match="nested too deep"):
        read_docx(word(deep))
    deep = b"<w:p>" + b"<w:r>" * 100_000 + b"</w:r>" * 100_000 + b"</w:p>"
    with pytest.raises(DocumentDamaged, match="nested too deep"):
        read_docx(word(deep))
    with pytest.raises(DocumentDamaged, match="nested too deep"):
        read_html(b"<div>" * 100_000 + "正文，".encode())


def test_tables_that_would_repeat_a_long_text_in_every_row() -> None:
    long = "长".encode() * 100_000
    first = b'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>' + long
    first += b"</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
    more = b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    more += b"<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
    reading = read_docx(word(b"<w:tbl>" + first + more * 20_000 + b"</w:tbl>"))
    assert len(reading.text) < 1_000_000
    wide = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr>'
    assert read_docx(word(b"<w:tbl>" + wide * 20_000 + b"</w:tbl>")).text == ""


def test_a_page_of_two_hundred_thousand_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.html._SECONDS", 2.0)
    start = time.monotonic()
    names = " ".join(f"b{number}=1" for number in range(200_000))
    with pytest.raises(DocumentDamaged, match="took more than 2 seconds"):
        read_html(f"<p {names}>正文，</p>".encode())
    assert time.monotonic() - start < 100


@pytest.mark.slow
def test_a_very_long_document_and_a_very_long_paragraph() -> None:
    start = time.monotonic()
    paragraph = "<w:p><w:r><w:t>（一）加强组织领导，明确责任分工。</w:t></w:r></w:p>".encode()
    assert len(read_docx(word(paragraph * 200_000)).text) > 3_000_000
    long = "长".encode() * 1_000_000
    whole = read_docx(word(b"<w:p><w:r><w:t>" + long + b"</w:t></w:r></w:p>")).text
    assert len(whole.strip()) == 10**6
    assert len(read_html(b"<p>" + long * 5 + "，</p>".encode()).text.strip()) == 5 * 10**6 + 1
    assert time.monotonic() - start < 240
