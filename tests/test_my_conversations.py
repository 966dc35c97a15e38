"""A person's own conversations over their addresses; nobody reaches somebody else's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.schema import Answer, Table
from assistant.settings import Settings
from corpus.readers import read_document
from tests.sample_service import COMPARE_QUESTION, RATIO_QUESTION, SampleService
from ui.my_conversations import MyConversations
from ui.notes import markdown_notes
from ui.records import Records, open_records
from ui.replies import Reply, Visit
from ui.text import EN, WORDINGS, ZH
from ui.turns import Talk, Talking
from ui.word_file import word_file

ANNA, BERT = "visitor:anna", "visitor:bert"
ASKED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def service() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("records"))))
    yield records
    records.close()


@pytest.fixture(scope="module")
def mine(service: SampleService, records: Records) -> MyConversations:
    talking = {name: Talking(service, w, records.conversations) for name, w in WORDINGS.items()}
    return MyConversations(service, records.conversations, records.feedback, talking)


@pytest.fixture
def place(service: SampleService, records: Records) -> tuple[str, str]:
    """A conversation of Anna's with one turn."""
    talking = Talking(service, ZH, records.conversations)
    *_, (_, talk) = talking.turn(COMPARE_QUESTION, Talk(), ANNA)
    (turn,) = records.conversations.turns(ANNA, talk.conversation)
    return talk.conversation, turn.id


def get(mine: MyConversations, path: str, who: str = ANNA, **parameters: str) -> Reply:
    return mine.reply(Visit(path, parameters, who))


def post(mine: MyConversations, path: str, body: object, who: str = ANNA) -> Reply:
    return mine.reply(Visit(path, {}, who, "POST", json.dumps(body).encode()))


def content(reply: Reply) -> Any:  # noqa: ANN401 - JSON
    assert reply.status == 200
    return json.loads(reply.body)


def test_they_are_listed_found_opened_renamed_and_deleted(
    mine: MyConversations, place: tuple[str, str]
) -> None:
    path = f"/conversations/{place[0]}"
    assert content(post(mine, f"{path}/title", {"title": " 各地目标 "}))["id"] == place[0]
    (found,) = content(get(mine, "/conversations", q="各地目标"))["conversations"]
    assert (found["id"], found["title"]) == (place[0], "各地目标")
    (turn,) = content(get(mine, path))["turns"]
    assert turn["done"]
    assert "table-frame" in turn["html"]
    assert EN.retry in content(get(mine, path, lang="en"))["turns"][0]["html"]
    assert content(post(mine, f"{path}/delete", {}))["id"] == place[0]
    assert get(mine, path).status == 404


def test_nobody_reaches_what_is_somebody_elses(
    mine: MyConversations, place: tuple[str, str]
) -> None:
    path = f"/conversations/{place[0]}"
    assert content(get(mine, "/conversations", BERT))["conversations"] == []
    for address in (path, f"{path}/{place[1]}.docx", f"{path}/{place[1]}.md"):
        assert get(mine, address, BERT).status == 404
    for address, body in (
        (f"{path}/title", {"title": "我的"}),
        (f"{path}/delete", {}),
        (f"{path}/{place[1]}/feedback", {"verdict": "up"}),
    ):
        assert post(mine, address, body, BERT).status == 404
    assert get(mine, path).status == 200


def test_an_answer_is_judged_with_a_reason_and_the_right_clause(
    mine: MyConversations, records: Records, place: tuple[str, str]
) -> None:
    path = f"/conversations/{place[0]}/{place[1]}/feedback"
    clause = content(get(mine, "/find", q=RATIO_QUESTION))["clauses"][0]
    assert set(clause) == {"clause_id", "place", "text"}
    body = {"verdict": "down", "reason": "条款不对", "clause_id": clause["clause_id"]}
    assert post(mine, path, body).status == 200
    (turn,) = records.conversations.turns(ANNA, place[0])
    assert turn.verdict == "down"
    wrongs: list[object] = [{"verdict": "so-so"}, {"verdict": "up", "clause_id": "no/1"}, [], {}]
    for wrong in wrongs:
        assert post(mine, path, wrong).status == 422
    assert post(mine, path, {"verdict": "down", "reason": "长" * 5_000}).status == 422
    assert mine.reply(Visit(path, {}, ANNA, "POST", b"{")).status == 422


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/find", 200),
        ("POST", "/find", 405),
        ("GET", "/conversations/x", 404),
        ("POST", "/conversations", 405),
        ("GET", "/conversations/x/y.exe", 404),
        ("GET", "/conversations/a/b/c/d", 405),
        ("POST", "/conversations/x/other", 422),
    ],
)
def test_other_addresses(mine: MyConversations, method: str, path: str, status: int) -> None:
    assert mine.reply(Visit(path, {}, ANNA, method)).status == status


def test_an_answer_is_taken_away(
    mine: MyConversations, place: tuple[str, str], tmp_path: Path
) -> None:
    path = f"/conversations/{place[0]}/{place[1]}"
    markdown = get(mine, f"{path}.md").body.decode()
    assert "[^1]: 《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）" in markdown
    assert "| 医护比 |" in markdown
    book = openpyxl.load_workbook(io.BytesIO(get(mine, f"{path}.xlsx").body))
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert lines[0] == ("目标", "要求", "期限", "依据")
    assert "二（四）1" in str(lines[2][3])
    reply = get(mine, f"{path}.docx")
    assert "filename*=UTF-8''" in reply.headers["Content-Disposition"]
    file = tmp_path / "answer.docx"
    file.write_bytes(reply.body)
    text = read_document(file).text
    assert COMPARE_QUESTION in text
    assert "不低于85%" in text


def test_word_has_real_footnotes(service: SampleService) -> None:
    answer = Talking(service, ZH)
    *_, (_, _) = answer.turn(RATIO_QUESTION, Talk(), ANNA)
    given = service.ask(replace(service.asked[-1], text="由谁负责？"))
    file = word_file(given, ASKED, ZH)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
        kinds = archive.read("[Content_Types].xml").decode()
    assert [f'w:id="{n}"' in notes for n in (1, 2)] == [True, True]
    assert body.count("<w:footnoteReference") == 2
    assert "/word/footnotes.xml" in kinds
    assert "[9]" in body  # no citation bears it: it stays text
    assert "安政办〔2024〕21号" in notes


texts = st.text(max_size=20) | st.sampled_from(
    ["甲[1]乙[2][1]\n丙", "<w:t>&amp;", "\x00\ud800\x0b"]
)


@settings(max_examples=30)
@given(texts, texts, st.lists(texts, min_size=2, max_size=2))
def test_whatever_an_answer_holds_the_files_can_be_read(
    question: str, text: str, row: list[str]
) -> None:
    citation = SERVICE.cite(1, "anqiu-2024-21/2.4.1", "增加护士配备")
    citation = replace(citation, title=text, quote=question)
    table = Table(("甲", "乙"), (tuple(row),), ((1,),))
    answer = Answer(
        "", question, question, "answered", text=text, table=table, citations=(citation,)
    )
    document = Document(io.BytesIO(word_file(answer, ASKED, ZH)))
    assert document.paragraphs
    assert "\n<script" not in markdown_notes(replace(answer, text="<script>"), ZH)


SERVICE = SampleService()
