"""Folders become libraries: what can be read goes in, and one line says what cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import ManifestInvalid
from corpus.library import Library, read_library, shipped_documents
from corpus.manifest import parse_manifest

TEXT = "关于加强管理的通知\n一、总体要求\n坚持以人民为中心。\n"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents]


def test_the_shipped_documents_are_all_read() -> None:
    library = read_library([shipped_documents()])
    assert library.problems == ()
    assert len(library.documents) == 5
    assert len(library.policies) == 12


def test_folders_are_read_in_a_stable_order_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "inner/c.txt", ".hidden.txt", ".git/d.txt", "~$a.md"):
        write(tmp_path / name)
    library = read_library([tmp_path, tmp_path / "b.txt", tmp_path / "inner"])
    assert names(library) == ["a.md", "b.txt", "c.txt"]
    assert library.problems == ()


def test_a_bad_file_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    write(tmp_path / "good.txt")
    for name, data in {
        "empty.txt": b"",
        "noise.docx": b"\xd7" * 3000,
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "zip.ofd": b"PK\x05\x06" + bytes(18),
        "table.xlsx": b"PK",
        "page.html": b"<html><script>1</script></html>",
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.md")
    library = read_library([tmp_path, tmp_path / "missing.txt"])
    assert names(library) == ["good.txt"]
    assert len(library.problems) == 9
    for problem in library.problems:
        assert problem.startswith(str(tmp_path))
        assert problem.isprintable()


def test_links_that_lead_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "a/one.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a/self")
    write(tmp_path / "other/two.txt")
    (tmp_path / "a/other").symlink_to(tmp_path / "other")
    library = read_library([tmp_path])
    assert sorted(names(library)) == ["one.txt", "two.txt"]
    assert library.problems == (f"{tmp_path}/a/self: no reader for this format; left out",)


def test_a_link_keeps_the_name_that_it_has(tmp_path: Path) -> None:
    write(tmp_path / "store/4711")
    (tmp_path / "通知.txt").symlink_to(tmp_path / "store/4711")
    assert names(read_library([tmp_path / "通知.txt"])) == ["通知.txt"]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    write(tmp_path / "a/notice.txt")
    write(tmp_path / "b/notice.txt")
    write(tmp_path / "b/notice.md")
    library = read_library([tmp_path])
    assert names(library) == ["notice.txt", "notice.md"]
    assert len(library.policies) == 1
    reasons = [problem.partition(": ")[2] for problem in library.problems]
    assert reasons == [
        "a policy 'notice' is in already; rename the file",
        "another file of this name is in; rename one",
    ]


def test_a_manifest_supplies_what_a_text_lacks(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "一、总体要求\n坚持以人民为中心。\n")
    write(tmp_path / "manifest.toml", '[[policy]]\nfile = "a.txt"\ntitle = "某市方案"\n')
    (policy,) = read_library([tmp_path]).policies
    assert (policy.title.value, policy.title.origin) == ("某市方案", "manifest")


@pytest.mark.parametrize(
    "text",
    [
        "[[policy]",
        "policy = 1",
        'policy = ["a"]',
        '[[policy]]\ntitle = "a"',
        '[[policy]]\nfile = "a"\npart = true',
        '[[policy]]\nfile = "a"\ncolour = "red"',
        '[[policy]]\nfile = ["a"]',
        "a = " + "[" * 5000,
    ],
)
def test_a_manifest_that_cannot_be_used_is_an_error(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.toml", text)
    with pytest.raises(ManifestInvalid, match=r"manifest\.toml") as caught:
        read_library([tmp_path])
    assert str(caught.value).isprintable()


def test_a_manifest_of_another_encoding_or_none(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "manifest.toml").write_bytes(b"\x00\x01")
    with pytest.raises(ManifestInvalid, match="not a text file"):
        read_library([tmp_path])
    entry = parse_manifest('[[policy]]\nfile = "a.txt"\npart = 2\n', name="m")[0]
    assert (entry.file, entry.part, entry.title) == ("a.txt", 2, "")
