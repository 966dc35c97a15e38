"""Records: kept over a restart, seen by their owner only, and never a secret in clear."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from assistant.schema import Answer, Citation, Statement, Table
from assistant.secret import Secret
from assistant.settings import Settings
from ui.passwords import hash_password, matches
from ui.records import Records, open_records
from ui.records_feedback import MAX_REASON_CHARS, candidate
from ui.records_schema import MAX_TITLE_CHARS, RecordInvalid, RecordMissing, RecordsError
from ui.records_store import FILE_NAME, answer_of, answer_text, now
from ui.records_tables import Table as RecordTable

ANNA, BERT = "user:anna", "visitor:bert"
HOSTILE = "'; DROP TABLE turns; -- <script>alert(1)</script> %_\\ \0\ud800 {{x}} =1+1"
CITATION = Citation(
    1, "p/1", "p", "某方案", "某政办〔2024〕1号", "一", ("一、总则",), "原话", 3, 5,
    "原话。", ("市卫健局",), "p.txt", "/clauses/p/1",
)  # fmt: skip
ANSWER = Answer(
    "q1",
    "医护比是多少？",
    "某市医护比是多少？",
    "answered",
    text="原话[1]",
    statements=(Statement("原话", (1,)),),
    table=Table(("甲",), (("乙",),), ((1,),)),
    citations=(CITATION,),
    confidence=0.9,
    seconds={"total": 0.25},
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("shared"))))
    yield records
    records.close()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path)))
    yield records
    records.close()


def test_a_conversation_is_there_after_a_restart(tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path / "new"))
    first = open_records(settings)
    conversation = first.conversations.create(ANNA, " 医护比\n与护士 ")
    turn = first.conversations.append(ANNA, conversation.id, ANSWER)
    first.close()
    again = open_records(settings)
    assert again.conversations.turns(ANNA, conversation.id) == (turn,)
    assert (turn.answer, turn.number, turn.question) == (ANSWER, 1, ANSWER.question)
    (listed,) = again.conversations.list(ANNA)
    assert (listed.title, listed.created) == ("医护比 与护士", conversation.created)
    assert listed.updated == turn.asked >= conversation.created
    again.close()


@given(st.text(), st.text(max_size=300))
def test_an_answer_comes_back_as_it_was(question: str, text: str) -> None:
    readable = question.encode("utf-8", "replace").decode()
    answer = replace(ANSWER, question=readable, text=text.encode("utf-8", "replace").decode())
    assert answer_of(answer_text(answer)) == answer


@given(st.text())
def test_any_text_can_be_recorded(shared: Records, words: str) -> None:
    conversation = shared.conversations.create(ANNA, words)
    assert len(conversation.title) <= MAX_TITLE_CHARS
    shared.conversations.append(ANNA, conversation.id, replace(ANSWER, question=words))
    (turn,) = shared.conversations.turns(ANNA, conversation.id)
    opinion = shared.feedback.add(ANNA, turn.id, "down", reason=words[:100], clause_id=words)
    shared.audit.add(replace(ANSWER, question=words), who=ANNA, channel="chat")
    assert opinion.turn_id == turn.id
    shared.conversations.list(ANNA, search=words)


@given(st.text(alphabet="ab%_\\*' 医", min_size=1), st.text(alphabet="ab%_\\*' 医", min_size=1))
def test_a_search_takes_every_sign_as_it_stands(shared: Records, title: str, words: str) -> None:
    owner = f"visitor:{time.monotonic_ns()}"
    made = shared.conversations.create(owner, title)
    found = shared.conversations.list(owner, search=words)
    assert bool(found) == (words.strip() in made.title)


def test_questions_are_searched_too(records: Records) -> None:
    conversation = records.conversations.create(ANNA, "标题")
    records.conversations.create(ANNA, "另一个")
    records.conversations.append(ANNA, conversation.id, replace(ANSWER, question="ICU 床位？"))
    (found,) = records.conversations.list(ANNA, search="icu")
    assert found.id == conversation.id
    assert records.conversations.list(BERT, search="icu") == ()


def test_the_list_goes_by_the_last_question_and_in_pages(records: Records) -> None:
    made = [records.conversations.create(ANNA, str(number)) for number in range(5)]
    records.conversations.append(ANNA, made[1].id, ANSWER)
    listed = [item.title for item in records.conversations.list(ANNA)]
    assert listed == ["1", "4", "3", "2", "0"]
    page = records.conversations.list(ANNA, limit=2, offset=2)
    assert [item.title for item in page] == ["3", "2"]


def test_nobody_reaches_the_conversations_of_others(records: Records) -> None:
    conversation = records.conversations.create(ANNA, "我的")
    turn = records.conversations.append(ANNA, conversation.id, ANSWER)
    for call in (
        lambda: records.conversations.get(BERT, conversation.id),
        lambda: records.conversations.rename(BERT, conversation.id, "x"),
        lambda: records.conversations.delete(BERT, conversation.id),
        lambda: records.conversations.turns(BERT, conversation.id),
        lambda: records.conversations.append(BERT, conversation.id, ANSWER),
        lambda: records.feedback.add(BERT, turn.id, "up"),
        lambda: records.conversations.get(ANNA, "no such id"),
    ):
        with pytest.raises(RecordMissing):
            call()
    assert records.conversations.list(BERT) == ()
    assert records.conversations.get(ANNA, conversation.id).title == "我的"
    assert len(records.conversations.turns(ANNA, conversation.id)) == 1


def test_a_conversation_is_renamed_and_deleted_with_its_turns(records: Records) -> None:
    conversation = records.conversations.create(ANNA, "旧")
    turn = records.conversations.append(ANNA, conversation.id, ANSWER)
    assert records.conversations.rename(ANNA, conversation.id, "新 " * 200).title[:3] == "新 新"
    records.feedback.add(ANNA, turn.id, "down", reason="不对")
    records.conversations.delete(ANNA, conversation.id)
    with pytest.raises(RecordMissing):
        records.conversations.turns(ANNA, conversation.id)
    (opinion,) = records.feedback.export()
    assert (opinion.turn_id, opinion.reason, opinion.answer) == (None, "不对", ANSWER)


def test_feedback_is_what_was_said_last(records: Records) -> None:
    conversation = records.conversations.create(ANNA, "x")
    records.conversations.append(ANNA, conversation.id, replace(ANSWER, question="先问的"))
    turn = records.conversations.append(ANNA, conversation.id, ANSWER)
    records.feedback.add(ANNA, turn.id, "up")
    opinion = records.feedback.add(ANNA, turn.id, "down", reason="引错了", clause_id="p/2")
    assert opinion.history == ("先问的",)
    assert [turn.verdict for turn in records.conversations.turns(ANNA, conversation.id)] == [
        None,
        "down",
    ]
    assert [item.id for item in records.feedback.export()] == [opinion.id]
    assert list(records.feedback.export(verdict="up")) == []
    records.feedback.withdraw(ANNA, turn.id)
    assert list(records.feedback.export()) == []
    with pytest.raises(RecordInvalid, match=str(MAX_REASON_CHARS)):
        records.feedback.add(ANNA, turn.id, "down", reason="x" * (MAX_REASON_CHARS + 1))


def test_feedback_becomes_a_candidate_for_gold(records: Records) -> None:
    opinion = records.feedback.add_for_question(
        "key:1", "问", "down", history=["前"], answer=ANSWER, reason="不全", clause_id="p/2"
    )
    row = candidate(opinion)
    assert (row["question"], row["history"], row["comment"]) == ("问", ["前"], "不全\np/2")
    assert row["citations"][0]["label"] == "一"
    bare = candidate(records.feedback.add_for_question("key:1", "问", "down"))
    assert (bare["question"], bare["comment"]) == ("问", "")


def test_the_audit_log_says_who_saw_which_clauses(records: Records) -> None:
    refused = replace(ANSWER, status="refused", reason="not_specified", citations=(), nearest=(
        replace(CITATION, clause_id="p/9"),))  # fmt: skip
    before = now()
    records.audit.add(ANSWER, who=ANNA, channel="chat")
    records.audit.add(refused, who="key:1", channel="api")
    first, second = records.audit.export()
    assert (first.who, first.channel, first.clause_ids) == (ANNA, "chat", ("p/1",))
    assert (second.status, second.reason, second.clause_ids) == (
        "refused",
        "not_specified",
        ("p/9",),
    )
    assert (first.engine, first.seconds, first.question) == ("extractive", 0.25, ANSWER.question)
    assert before <= first.at <= second.at
    assert list(records.audit.export(since=second.at + timedelta(seconds=1))) == []


def test_what_is_too_old_goes(records: Records, tmp_path: Path) -> None:
    conversation = records.conversations.create(ANNA, "x")
    records.conversations.append(ANNA, conversation.id, ANSWER)
    records.feedback.add_for_question(ANNA, "x", "up")
    records.audit.add(ANSWER, who=ANNA, channel="chat")
    assert records.forget_older_than(0) == records.forget_older_than(1) == 0
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        for table, column in (("conversations", "updated"), ("feedback", "created")):
            connection.execute(f"UPDATE {table} SET {column} = '2020-01-01 00:00:00.000000'")
    connection.close()
    assert records.forget_older_than(30) == 2
    assert records.conversations.list(ANNA) == ()
    assert len(list(records.audit.export())) == 1


def test_a_key_opens_until_it_is_revoked_or_expires(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, secret = records.keys.create("门户", scopes=["read", "ask"])
    assert key.scopes == ("ask", "read")
    found = records.keys.verify(secret)
    assert found is not None
    assert found.id == key.id
    (listed,) = records.keys.list()
    assert listed.used is not None
    for wrong in ("", "wz", secret[:-1], secret + "x", secret.upper(), f"wz_{'0' * 12}_{'a' * 43}",
                  HOSTILE, secret.replace("wz", "xz")):  # fmt: skip
        assert records.keys.verify(wrong) is None
    records.keys.revoke(key.id)
    assert records.keys.verify(secret) is None
    _, brief = records.keys.create("x", scopes=["ask"], expires=now() + timedelta(hours=1))
    assert records.keys.verify(brief) is not None
    monkeypatch.setattr("ui.records_accounts.now", lambda: now() + timedelta(hours=2))
    assert records.keys.verify(brief) is None


def test_a_key_that_cannot_be_made_is_said(records: Records) -> None:
    for scopes in ([], ["everything"]):
        with pytest.raises(RecordInvalid, match="ask, read, admin"):
            records.keys.create("x", scopes=scopes)  # type: ignore[arg-type]
    with pytest.raises(RecordInvalid, match="later"):
        records.keys.create("x", scopes=["ask"], expires=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(RecordMissing, match="wenzheng keys list"):
        records.keys.revoke("nothing")


def test_a_user_logs_in_and_out(records: Records) -> None:
    records.users.add("安娜", "0123456789", role="administrator")
    hour = timedelta(hours=1)
    assert records.users.log_in("安娜", "012345678", lasts=hour) is None
    assert records.users.log_in("nobody", "0123456789", lasts=hour) is None
    secret = records.users.log_in("安娜", "0123456789", lasts=hour)
    assert secret is not None
    user = records.users.logged_in(secret)
    assert user is not None
    assert (user.name, user.role) == ("安娜", "administrator")
    assert records.users.logged_in(secret + "x") is None
    records.users.log_out(secret)
    assert records.users.logged_in(secret) is None


def test_a_login_ends_with_time_password_and_user(records: Records) -> None:
    records.users.add("anna", "0123456789")
    past = records.users.log_in("anna", "0123456789", lasts=timedelta(seconds=-1))
    assert records.users.logged_in(past or "") is None
    ends: list[Callable[[], None]] = [
        lambda: records.users.set_password("anna", "0123456789"),
        lambda: records.users.remove("anna"),
    ]
    for end in ends:
        secret = records.users.log_in("anna", "0123456789", lasts=timedelta(hours=1)) or ""
        assert records.users.logged_in(secret) is not None
        end()
        assert records.users.logged_in(secret) is None
    with pytest.raises(RecordMissing, match="wenzheng users list"):
        records.users.remove("anna")


def test_a_user_that_cannot_be_added_is_said(records: Records) -> None:
    records.users.add("anna", "0123456789")
    for name, password, role, words in (
        ("anna", "0123456789", "reader", "already"),
        ("", "0123456789", "reader", "letters"),
        ("a b", "0123456789", "reader", "letters"),
        ("b", "short", "reader", "10"),
        ("b", "0123456789", "king", "reader or administrator"),
    ):
        with pytest.raises(RecordInvalid, match=words):
            records.users.add(name, password, role=role)  # type: ignore[arg-type]
    assert [user.name for user in records.users.list()] == ["anna"]


def test_no_secret_stands_in_the_file(records: Records, tmp_path: Path) -> None:
    _, key = records.keys.create("x", scopes=["ask"])
    records.users.add("anna", "my long password")
    login = records.users.log_in("anna", "my long password", lasts=timedelta(hours=1)) or ""
    files = list(tmp_path.glob(f"{FILE_NAME}*"))
    content = b"".join(path.read_bytes() for path in files)
    for secret in (key, key.split("_", 2)[2], "my long password", login):
        assert secret.encode() not in content
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_two_hashes_of_one_password_differ() -> None:
    first, second = hash_password("0123456789"), hash_password("0123456789")
    assert first != second
    assert matches("0123456789", first)
    assert matches("0123456789", second)
    assert not matches("0123456788", first)
    assert not matches("0123456789", "md5$1$1$1$00$00")


def test_the_migrations_make_the_tables_that_the_code_has(records: Records, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / FILE_NAME}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, RecordTable.metadata) == []
    engine.dispose()


def test_many_start_and_write_at_once(tmp_path: Path) -> None:
    settings = Settings(data=str(tmp_path))
    failures: list[BaseException] = []

    def work(owner: str) -> None:
        try:
            records = open_records(settings)
            conversation = records.conversations.create(owner, owner)
            for _ in range(10):
                records.conversations.append(owner, conversation.id, ANSWER)
                records.audit.add(ANSWER, who=owner, channel="chat")
            records.close()
        except RecordsError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"user:{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    records = open_records(settings)
    assert len(list(records.audit.export())) == 60
    for number in range(6):
        (conversation,) = records.conversations.list(f"user:{number}")
        turns = records.conversations.turns(f"user:{number}", conversation.id)
        assert [turn.number for turn in turns] == list(range(1, 11))
    records.close()


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    opened: list[bool] = []

    def work(data: Path, together: threading.Barrier) -> None:
        together.wait()
        open_records(Settings(data=str(data))).close()
        opened.append(True)

    for turn in range(12):
        together = threading.Barrier(6)
        arguments = (tmp_path / str(turn), together)
        threads = [threading.Thread(target=work, args=arguments) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(opened) == 72


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql+nodriver://u:geheim@h/d", "postgresql://u:geheim@127.0.0.1:1/d"],
)
def test_an_address_that_cannot_be_used_is_said_without_its_password(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(RecordsError) as caught:
        open_records(Settings(data=str(tmp_path), records_url=Secret(url)))
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("this is not a database at all" * 100)
    with pytest.raises(RecordsError, match=r"records\.sqlite3"):
        open_records(Settings(data=str(tmp_path)))


def test_tables_of_a_newer_version_are_left_alone(records: Records, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(RecordsError, match="newer version"):
        open_records(Settings(data=str(tmp_path)))
