"""A turn from the question to what the page shows and the records keep."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.events import CitationEvent, EndEvent, Event, ResetEvent, StatementEvent
from assistant.schema import Answer, Question, Statement
from assistant.settings import Settings
from tests.sample_service import BUSY_QUESTION, RATIO_QUESTION, SampleService
from ui.records import Records, open_records
from ui.records_schema import RecordsError
from ui.text import ZH
from ui.turns import MAX_QUESTION_CHARS, Talk, Talking

ANNA = "visitor:anna"


@pytest.fixture(scope="module")
def service() -> SampleService:
    return SampleService()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path)))
    yield records
    records.close()


def test_a_turn_waits_then_ends_and_is_kept(service: SampleService, records: Records) -> None:
    noted: list[str] = []
    talking = Talking(service, ZH, records.conversations, lambda _, who: noted.append(who))
    (waiting, before), (ended, after) = talking.turn(RATIO_QUESTION, Talk(), ANNA)
    assert ZH.pending in str(waiting["html"])
    assert (waiting["done"], ended["done"], before) == (False, True, Talk())
    assert waiting["id"] == ended["id"]
    assert after.questions == (RATIO_QUESTION,)
    assert noted == [ANNA]
    (turn,) = records.conversations.turns(ANNA, after.conversation)
    assert f"/conversations/{after.conversation}/{turn.id}.docx" in str(ended["html"])

    *_, (_, later) = talking.turn("由谁负责？", after, ANNA)
    assert service.asked[-1].history == (RATIO_QUESTION,)
    assert later.conversation == after.conversation
    shown = [
        talking.recorded(turn) for turn in records.conversations.turns(ANNA, later.conversation)
    ]
    assert [payload["question"] for payload in shown] == [RATIO_QUESTION, "由谁负责？"]
    assert all("data-clause" in str(payload["html"]) for payload in shown)

    records.conversations.delete(ANNA, later.conversation)  # in another window
    *_, (_, anew) = talking.turn(RATIO_QUESTION, later, ANNA)
    assert anew.conversation not in ("", later.conversation)


def test_a_question_can_stand_alone_in_the_middle_of_a_talk(service: SampleService) -> None:
    talk = Talk(questions=(RATIO_QUESTION,))
    *_, (_, after) = Talking(service, ZH).turn("上海呢？", talk, ANNA, fresh=True)
    assert service.asked[-1].history == ()
    assert (after.questions, after.refused) == ((RATIO_QUESTION,), "上海呢？")


def test_an_error_is_shown_and_not_kept(service: SampleService, records: Records) -> None:
    *_, (payload, after) = Talking(service, ZH, records.conversations).turn(
        BUSY_QUESTION, Talk(), ANNA
    )
    assert "answer-error" in str(payload["html"])
    assert after == Talk()
    assert records.conversations.list(ANNA) == ()


def test_records_that_fail_keep_no_answer_from_anybody(
    service: SampleService, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RecordsError("the disk is full")

    monkeypatch.setattr(type(records.conversations), "create", fails)
    talking = Talking(service, ZH, records.conversations)
    *_, (payload, after) = talking.turn(RATIO_QUESTION, Talk(), ANNA)
    assert "mark" in str(payload["html"])
    assert "/conversations/" not in str(payload["html"])
    assert after.conversation == ""


class Slow(SampleService):
    """Gives two statements, takes them back, and gives another one."""

    def stream(self, question: Question) -> Iterator[Event]:
        answer = super().ask(replace(question, text=RATIO_QUESTION))
        yield CitationEvent(answer.citations[0])
        for text in ("第一句[1]", "第二句"):
            time.sleep(0.1)
            yield StatementEvent(Statement(text, (1,)))
        yield ResetEvent()
        time.sleep(0.1)
        yield CitationEvent(answer.citations[0])
        yield StatementEvent(Statement("另一句", (1,)))
        yield EndEvent(answer)


def test_statements_are_shown_as_they_come() -> None:
    payloads = [payload for payload, _ in Talking(Slow(), ZH).turn("问", Talk(), ANNA)]
    pages = [str(payload["html"]) for payload in payloads]
    assert [("第一句" in page, "第二句" in page, "另一句" in page) for page in pages[1:-1]] == [
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]
    assert all(ZH.writing in page for page in pages[1:-1])
    assert all('class="card"' in str(payload["sources"]) for payload in payloads[1:])


@given(st.lists(st.text(max_size=5) | st.just("问" * (MAX_QUESTION_CHARS + 1)) | st.integers()))
def test_what_a_page_tells_of_its_talk_is_bounded(told: list[object]) -> None:
    talk = Talk.of("c", told)
    assert len(talk.questions) <= 10
    assert all(len(question) <= MAX_QUESTION_CHARS for question in talk.questions)
    for question in talk.questions[-1:]:
        assert talk.without_last(question).questions == talk.questions[:-1]
    assert talk.without_last("从未问过的").questions == talk.questions


def test_an_answer_without_records_is_only_shown(service: SampleService) -> None:
    *_, (payload, _) = Talking(service, ZH).turn(RATIO_QUESTION, Talk(), ANNA)
    assert isinstance(payload["html"], str)
    assert "vote" not in payload["html"]
    assert Answer("", "", "", "answered").note is None


def test_what_was_refused_leaves_no_topic_behind() -> None:
    service = SampleService()
    talking, talk = Talking(service, ZH), Talk()
    for question in (RATIO_QUESTION, "上海市有多少床位？", "那由谁负责？", "还有呢？"):
        *_, (_, talk) = talking.turn(question, talk, ANNA)
    asked = [(each.history, each.refused) for each in service.asked]
    assert asked[:3] == [
        ((), ""),
        ((RATIO_QUESTION,), ""),
        ((RATIO_QUESTION,), "上海市有多少床位？"),
    ]
    assert asked[3] == ((RATIO_QUESTION, "那由谁负责？"), "")
