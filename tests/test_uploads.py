"""Documents added in the browser: names, the folder, what changes, who may, what the page says."""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Settings
from corpus.errors import CorpusError, DocumentDamaged
from corpus.library import read_library
from corpus.schema import Clause
from tests.factories import make_clause, make_policy
from tests.sample_service import SampleService
from ui.access import Arrival, Gate, Refused
from ui.api import WebSettings, create_app
from ui.clause_diff import Piece, clause_changes, word_pieces
from ui.publishing import Publishing
from ui.rebuilding import RebuildFailed, Tell, library_with_uploads, rebuild_here
from ui.records import Records, open_records
from ui.records_schema import Role
from ui.upload_names import kept_name, name_key, name_taken
from ui.upload_reading import Preview
from ui.upload_rows import gaps_of, match_of, replaced_policies, shelf_rows, waiting_rows
from ui.uploads import UploadRefused, Uploads

PAGE = "/admin/documents"
PLAN = (
    "关于加强社区食堂建设的实施方案\n\n一、总体要求\n\n"
    "（一）每个街道建成2个社区食堂。\n\n（二）补贴每餐不低于3元。\n"
)
HOSTILE = '<img src=x onerror="window.hacked=1">.txt'


def sent(uploads: Uploads, name: str, text: str = PLAN) -> Preview:
    file = uploads.incoming(name)
    try:
        file.write_text(text, encoding="utf-8")
        return uploads.accept(file)
    finally:
        uploads.drop(file)


def folder_of(tmp_path: Path, **texts: str) -> Path:
    folder = tmp_path / "server"
    folder.mkdir(exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    return folder


# Names


@given(st.text(max_size=300))
def test_a_kept_name_stays_in_its_folder_and_stays_itself(name: str) -> None:
    kept = kept_name(name)
    assert not set(kept) & set('/\\<>:"|?*\0')
    assert kept.isprintable()
    assert not kept.startswith((".", "~", "-", " "))
    assert len(kept.encode()) <= 200
    assert kept_name(kept) == kept
    assert kept not in ("..", ".")


@given(st.text(min_size=1, max_size=20))
def test_spellings_of_a_name_are_one_name(name: str) -> None:
    for spelling in (unicodedata.normalize("NFD", name), name.upper()):
        if name_key(spelling) == name_key(name):
            assert name_taken(spelling, [name]) == name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/方案.txt", "方案.txt"),
        (r"C:\temp\方案.docx", "方案.docx"),
        ("方\u202e案.txt", "方案.txt"),
        ("..", ""),
        ("\0", ""),
    ],
)
def test_names_that_want_to_be_more_than_names(given_name: str, kept: str) -> None:
    assert kept_name(given_name) == kept


# The folder


def test_a_file_waits_then_goes_live_then_is_withdrawn_and_put_back(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    preview = sent(uploads, "食堂.txt")
    assert [policy.title.value for policy in preview.policies] == ["关于加强社区食堂建设的实施方案"]
    assert Uploads(tmp_path).pending() == [preview]
    assert uploads.put_live(["食堂.txt", "none.txt"], {}) == ["食堂.txt"]
    assert (uploads.pending(), list(Uploads(tmp_path).live())) == ([], ["食堂.txt"])
    uploads.withdraw("食堂.txt")
    assert (uploads.live(), uploads.choices.left_out()) == ({}, {"食堂.txt": ()})
    uploads.restore("食堂.txt")
    assert (list(uploads.live()), uploads.choices.left_out()) == (["食堂.txt"], {})


def test_another_spelling_of_a_name_is_the_same_file(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    sent(uploads, "Plan.txt")
    uploads.put_live(["Plan.txt"], {})
    assert sent(uploads, "PLAN.TXT", PLAN.replace("2", "3")).name == "Plan.txt"
    assert uploads.incoming("pLaN.md", library=["plan.MD"]).name == "plan.MD"


def test_a_bad_file_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    with pytest.raises(DocumentDamaged):
        sent(uploads, "plan.pdf")
    with pytest.raises(CorpusError):
        sent(uploads, "empty.txt", " ")
    with pytest.raises(UploadRefused, match="FormatUnsupported"):
        uploads.incoming("plan.exe")
    with pytest.raises(UploadRefused, match="name"):
        uploads.incoming("../..")
    assert uploads.pending() == []
    assert [path for path in (tmp_path / "documents").rglob("*") if path.is_file()] == []


def test_many_files_come_in_at_once(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    names = [f"plan-{number}.txt" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert [p.name for p in pool.map(partial(sent, uploads), names)] == names
    assert [preview.name for preview in uploads.pending()] == names


def test_a_preview_that_was_lost_is_made_anew(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    preview = sent(uploads, "plan.txt")
    for file in (tmp_path / "documents" / "previews").iterdir():
        file.write_bytes(b"{")  # as a full disk leaves it
    assert uploads.pending() == [preview]


def test_the_version_that_was_replaced_is_kept(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    for text in (PLAN, PLAN.replace("3元", "5元")):
        sent(uploads, "plan.txt", text)
        uploads.put_live(["plan.txt"], {})
    removed = list((tmp_path / "documents" / "removed").rglob("*.txt"))
    assert [file.read_text(encoding="utf-8") for file in removed] == [PLAN]
    assert "5元" in (uploads.live_folder / "plan.txt").read_text(encoding="utf-8")


def test_ended_between_two_steps_nothing_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = Uploads(tmp_path)
    sent(uploads, "plan.txt")
    uploads.put_live(["plan.txt"], {})
    changed = sent(uploads, "plan.txt", PLAN.replace("3元", "5元"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _ends)
        with pytest.raises(KeyboardInterrupt):
            uploads.put_live(["plan.txt"], {})
    again = Uploads(tmp_path)  # as the next process finds it
    assert "3元" in (again.live_folder / "plan.txt").read_text(encoding="utf-8")
    assert again.pending() == [changed]
    assert again.put_live(["plan.txt"], {}) == ["plan.txt"]


def _ends(_self: Path, _target: Path) -> Path:
    raise KeyboardInterrupt


# What the next build takes


def test_without_uploads_the_library_is_what_it_was(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, plan=PLAN)
    assert library_with_uploads([folder], tmp_path / "data") == read_library([folder])


def test_uploads_join_replace_and_withdraw(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, plan=PLAN, other=PLAN)
    uploads = Uploads(tmp_path)
    sent(uploads, "PLAN.txt", PLAN.replace("3元", "5元"))
    sent(uploads, "new.txt")
    uploads.put_live(["PLAN.txt", "new.txt"], {"other.txt": ()})
    library = library_with_uploads([folder], tmp_path)
    assert {policy.source for policy in library.policies} == {"PLAN.txt", "new.txt"}
    assert {document.name for document in library.documents} == {"PLAN.txt", "new.txt"}
    assert any("5元" in clause.text for p in library.policies for clause in p.clauses)
    uploads.restore("other.txt")
    uploads.withdraw("new.txt")
    library = library_with_uploads([folder], tmp_path)
    assert {policy.source for policy in library.policies} == {"PLAN.txt", "other.txt"}


def test_a_build_from_the_page_needs_what_the_index_was_built_from(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    uploads.choices.note_sources([tmp_path / "gone"])
    with pytest.raises(RebuildFailed, match="gone"):
        rebuild_here(Settings(data=str(tmp_path)), lambda _done, _total: None)
    uploads.choices.note_sources([folder_of(tmp_path)])
    with pytest.raises(RebuildFailed, match="no document"):
        rebuild_here(Settings(data=str(tmp_path)), lambda _done, _total: None)


def test_one_build_at_a_time_and_its_end_is_told() -> None:
    go_on, told = threading.Event(), threading.Event()

    def rebuild(tell: Tell) -> list[str]:
        tell(1, 2)
        told.set()
        go_on.wait(30)
        raise RebuildFailed("no room", busy=False)

    publishing = Publishing(rebuild)
    assert publishing.start()
    assert told.wait(30)
    assert (publishing.state.is_running, publishing.start()) == (True, False)
    go_on.set()
    while publishing.state.is_running:
        threading.Event().wait(0.01)
    ended = publishing.state
    assert (ended.stage, ended.message) == ("failed", "no room")


# What changes


clauses = st.lists(
    st.text("一二三甲乙丙，。12", min_size=1, max_size=20), max_size=8, unique=True
).map(
    lambda texts: [
        make_clause(text, clause_id=f"p/{number}", label=str(number))
        for number, text in enumerate(texts, start=1)
    ]
)


def whole(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


@given(clauses, clauses)
def test_no_change_is_missed_and_none_is_made_up(old: list[Clause], new: list[Clause]) -> None:
    changes = clause_changes(old, new)
    before = [clause.text for clause in old]
    after = [clause.text for clause in new]
    gone = sorted(whole(change.before) for change in changes if change.before)
    come = sorted(whole(change.after) for change in changes if change.after)
    kept = sorted(before)
    for text in gone:
        kept.remove(text)
    assert sorted([*kept, *come]) == sorted(after)
    assert (changes == []) == (before == after)


@given(st.text("一二三12.%", max_size=30), st.text("一二三12.%", max_size=30))
def test_the_pieces_are_the_texts(before: str, after: str) -> None:
    old, new = word_pieces(before, after)
    assert (whole(old), whole(new)) == (before, after)
    same = [tuple(piece.text for piece in side if not piece.is_other) for side in (old, new)]
    assert "".join(same[0]) == "".join(same[1])


def test_a_figure_is_marked_whole() -> None:
    _, new = word_pieces("比例达到1：2左右", "比例达到1：1.8左右")
    assert [piece.text for piece in new if piece.is_other] == ["1：1.8"]


def test_versions_are_found_by_name_title_or_number() -> None:
    old = make_policy(["甲项工作。", "乙项工作。"], policy_id="old")
    unlike = make_policy(["甲项工作！"], policy_id="new", title="另一份")
    for new, certain in (
        (make_policy(["甲项工作！"], policy_id="old", title="另一份"), True),
        (
            replace(make_policy(["甲项工作！"], policy_id="new", title="另一份"), source="OLD.TXT"),
            True,
        ),
        (make_policy(["甲项工作！"], policy_id="new"), False),
        (unlike, False),
    ):
        match = match_of(new, [old])
        assert match is not None
        assert match.is_certain is certain
        assert {change.kind for change in match.changes} == {"changed", "removed"}
    alone = replace(make_policy([], policy_id="new", title="别的"), document_number=None)
    assert match_of(alone, [old]) is None


def test_only_what_was_chosen_makes_room() -> None:
    old = make_policy(["甲。"], policy_id="old")
    rows = waiting_rows([Preview("new.txt", "", (make_policy(["乙。"], policy_id="new"),))], [old])
    assert replaced_policies(rows, (), [old]) == {}
    assert replaced_policies(rows, ("old",), [old]) == {"old.txt": ()}
    second = replace(make_policy(["丙。"], policy_id="second"), source="old.txt")
    assert replaced_policies(rows, ("old",), [old, second]) == {"old.txt": ("old",)}


def test_gaps_are_named(tmp_path: Path) -> None:
    preview = sent(Uploads(tmp_path), "plan.txt")
    assert gaps_of(preview, preview.policies[0]) == ("number", "date", "issuer", "region")
    shown = gaps_of(replace(preview, recognised=True), preview.policies[0])
    assert shown[-1] == "recognised"


def test_the_shelf_says_what_the_next_build_changes() -> None:
    policies = [make_policy(["甲。"], policy_id=name) for name in ("a", "b", "c")]
    rows = shelf_rows(
        policies, lambda _name: None, {"d.txt": "1"}, {"b.txt": (), "c.txt": ("c",), "e.txt": ()}
    )
    assert {row.name: row.state for row in rows} == {
        "a.txt": "live",
        "b.txt": "leaving",
        "c.txt": "leaving",
        "d.txt": "entering",
        "e.txt": "withdrawn",
    }


# Who may


@pytest.mark.parametrize(
    ("address", "headers", "lets_in"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:7860"}, True),
        ("::1", {"host": "[::1]:7860"}, True),
        ("127.0.0.1", {"host": "localhost"}, True),
        ("127.0.0.1", {"host": "evil.example"}, False),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "10.0.0.1"}, False),
        ("10.0.0.1", {"host": "localhost"}, False),
        ("", {"host": "localhost"}, False),
    ],
)
def test_without_logins_only_this_machine(
    address: str, headers: dict[str, str], *, lets_in: bool
) -> None:
    found = Gate(None).judge(Arrival("GET", PAGE, headers, address))
    assert isinstance(found, Refused) is not lets_in
    foreign = Arrival("POST", f"{PAGE}/build", {**headers, "origin": "http://other"}, address)
    assert isinstance(Gate(None).judge(foreign), Refused)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path)))
    yield records
    records.close()


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture
def client(sample: SampleService, records: Records, tmp_path: Path) -> TestClient:
    settings = WebSettings(data_folder=str(tmp_path), max_file_bytes=200_000)
    app = create_app(sample, settings=settings, records=records)
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000))


def test_with_logins_administrators_alone(
    sample: SampleService, records: Records, tmp_path: Path
) -> None:
    settings = WebSettings(data_folder=str(tmp_path), login=True)
    app = create_app(sample, settings=settings, records=records)
    client = TestClient(
        app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000), follow_redirects=False
    )
    assert client.get(PAGE).headers["location"] == f"/login?next={PAGE}"
    assert client.post(f"{PAGE}/files?name=a.txt", content=PLAN.encode()).status_code == 401
    roles: tuple[tuple[str, Role, int], ...] = (
        ("anna", "reader", 403),
        ("chef", "administrator", 200),
    )
    for name, role, status in roles:
        records.users.add(name, "a long password 1", role=role)
        client.post("/login", data={"name": name, "password": "a long password 1"})
        assert client.get(PAGE).status_code == status
        sent_file = client.post(f"{PAGE}/files?name=a.txt", content=PLAN.encode())
        assert sent_file.status_code == status


# The page


def test_files_are_sent_previewed_and_discarded(client: TestClient, records: Records) -> None:
    taken = client.post(f"{PAGE}/files", params={"name": HOSTILE}, content=PLAN.encode())
    assert taken.json() == {"name": "_img src=x onerror=_window.hacked=1__.txt", "policies": 1}
    refused = client.post(f"{PAGE}/files", params={"name": "a.pdf"}, content=b"no pdf")
    assert refused.status_code == 422
    assert "已损坏" in refused.json()["detail"]
    english = client.post(f"{PAGE}/files", params={"name": "a.pdf", "lang": "en"}, content=b"no")
    assert "damaged" in english.json()["detail"]
    large = client.post(f"{PAGE}/files?name=a.txt", content=b"a" * 200_001)
    assert large.status_code == 413
    page = client.get(PAGE).text
    assert "关于加强社区食堂建设的实施方案" in page
    assert "没有找到日期" in page
    assert "<img" not in page
    client.post(f"{PAGE}/discard", data={"name": taken.json()["name"]})
    assert "没有等待上线的文件" in client.get(PAGE).text
    assert "No file is waiting" in client.get(f"{PAGE}?lang=en").text
    said = [entry.question for entry in records.audit.export() if entry.channel == "admin"]
    assert [line.split()[0] for line in said] == ["upload", "upload", "upload", "discard"]


def test_what_a_document_says_is_no_markup(client: TestClient) -> None:
    text = PLAN.replace("社区食堂", "<script>window.hacked=1</script>社区食堂")
    client.post(f"{PAGE}/files?name=a.txt", content=text.encode())
    page = client.get(PAGE).text
    assert "<script>window.hacked" not in page
    assert "&lt;script&gt;window.hacked" in page


def test_a_new_version_of_a_shipped_document_shows_its_changes(
    client: TestClient, sample: SampleService
) -> None:
    document = next(d for p in sample.policies() if (d := sample.document(p.source)))
    text = document.text.replace("左右", "以上")
    client.post(f"{PAGE}/files", params={"name": document.name.upper()}, content=text.encode())
    page = client.get(PAGE).text
    assert "<del>左右</del>" in page
    assert "<ins>以上</ins>" in page
    assert f'name="file" value="{document.name}"' in page


def test_a_document_is_withdrawn_and_put_back(client: TestClient, tmp_path: Path) -> None:
    name = SampleService().policies()[0].source
    client.post(f"{PAGE}/withdraw", data={"name": "../records.sqlite3"})
    assert not (tmp_path / "documents").exists()
    assert "待更新索引后撤下" in client.post(f"{PAGE}/withdraw", data={"name": name}).text
    left_out = tmp_path / "documents" / "left_out.json"
    assert json.loads(left_out.read_text("utf-8")) == {name: []}
    assert "待更新索引后撤下" not in client.post(f"{PAGE}/restore", data={"name": name}).text
