"""Original files kept beside the index, by what is in them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.schema import Document, Place
from ui.originals import Originals

PLACE = Place(0, 2, 1, (0, 0, 10, 10))


def original(folder: Path, name: str, content: bytes, kind: str = "pdf") -> tuple[Document, Path]:
    file = folder / name
    file.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return Document(name, "文字", digest, kind, (PLACE,)), file


def test_those_of_the_library_are_kept_and_no_others(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "data")
    first, first_file = original(tmp_path, "a.pdf", b"first")
    second, second_file = original(tmp_path, "b.pdf", b"second")
    plain, plain_file = original(tmp_path, "c.txt", b"plain", "txt")
    files = {"a.pdf": first_file, "b.pdf": second_file, "c.txt": plain_file}
    originals.keep([first, second, plain], files)
    assert [originals.has(item) for item in (first, second, plain)] == [True, True, False]
    first_file.unlink()
    originals.keep([first], files)
    assert [originals.has(item) for item in (first, second)] == [True, False]


def test_a_file_that_changed_since_it_was_read_is_not_shown(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "data")
    document, file = original(tmp_path, "a.pdf", b"as read")
    file.write_bytes(b"another version")
    originals.keep([document], {"a.pdf": file})
    assert not originals.has(document)
    assert originals.page_image(document, 1, [PLACE]) is None


def test_a_damaged_file_is_no_picture(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "data")
    document, file = original(tmp_path, "a.pdf", b"not a pdf at all")
    originals.keep([document], {"a.pdf": file})
    assert originals.has(document)
    assert originals.page_image(document, 1, [PLACE]) is None
