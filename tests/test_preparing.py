"""The first index is made while the server listens: who comes meanwhile is told, nobody is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from assistant.events import EndEvent
from assistant.schema import Answer, Question
from index.errors import IndexMissing
from tests.sample_service import RATIO_QUESTION, SampleService
from ui.api import WebSettings, create_app
from ui.preparing import LateAssistant
from ui.rebuilding import RebuildFailed, Tell
from ui.text import EN, ZH
from ui.upload_choices import Choices

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 240
ASK = {"question": RATIO_QUESTION}
PLAN = "青河市社区食堂建设方案\n\n一、每个街道建成2个社区食堂。\n\n二、市民政局牵头。\n"
AS_A_PERSON = {"accept": "text/html"}
NEEDS_INDEX = ("/api/policies", "/api/search?question=x", "/v1/models", "/library", "/clauses/a/1")


class Site:
    """A data folder that another process builds in, as far as a server sees it."""

    def __init__(self) -> None:
        self.sample = SampleService()
        self.is_built = False
        self.may_go_on = threading.Event()
        self.has_told = threading.Event()
        self.said: list[str] = []
        self.build: Callable[[Tell], list[str]] = self.slowly

    def open(self) -> SampleService:
        if not self.is_built:
            raise IndexMissing("there is no index; run `wenzheng build`")
        return self.sample

    def slowly(self, tell: Tell) -> list[str]:
        tell(3, 8)
        self.has_told.set()
        self.may_go_on.wait(PATIENCE_SECONDS)
        self.is_built = True
        return []

    def late(self) -> LateAssistant:
        return LateAssistant(
            opens=self.open,
            builds=lambda tell: self.build(tell),
            wording=ZH,
            tells=self.said.append,
            again_seconds=0.01,
        )


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.is_built = True
    site.may_go_on.set()


def until(condition: Callable[[], Any]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_the_server_says_how_far_the_index_is_and_then_answers(site: Site) -> None:
    late = site.late()
    settings = WebSettings(data_folder="")
    with TestClient(create_app(late, settings=settings, preparing=late.preparing)) as client:
        late.start()
        site.has_told.wait(PATIENCE_SECONDS)
        waiting = ZH.group("preparing")["embedding"].format(share=37)
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["detail"]) == (503, waiting)
        for path in NEEDS_INDEX:
            answer = client.get(path)
            assert (answer.status_code, "retry-after" in answer.headers) == (503, True), path
            assert waiting in answer.text, path
        page = client.get("/library", headers=AS_A_PERSON)
        assert (page.status_code, page.headers["refresh"]) == (503, "5")
        assert waiting in page.text
        assert client.post("/api/ask", json=ASK).status_code == 503
        assert client.get("/").status_code == 200  # the chat is there, and says it too
        home = client.get("/home").json()
        assert waiting in home["welcome"]
        assert waiting in home["library"]
        assert "37%" in client.get("/home?lang=en").json()["welcome"]
        assert client.get("/api/openapi.json").status_code == 200

        site.may_go_on.set()
        until(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/api/ask", json=ASK).json()["status"] == "answered"
        assert "is-preparing" not in client.get("/home").json()["welcome"]
        assert client.get("/library", headers=AS_A_PERSON).status_code == 200
    assert site.said == ["the index is complete; questions are answered"]


def test_an_answer_of_the_chat_says_that_it_is_too_early(site: Site) -> None:
    late = site.late()
    question = Question(RATIO_QUESTION, id="q")
    early = late.ask(question)
    reading = ZH.group("preparing")["reading"]
    assert early == Answer("q", RATIO_QUESTION, RATIO_QUESTION, "error", error=reading)
    (event,) = late.stream(question)
    assert event == EndEvent(early)
    assert (late.policies(), late.clause("a"), late.document("a")) == ((), None, None)
    assert late.understand(early).names == ()
    with pytest.raises(IndexMissing, match="读取文件"):
        late.find(question, top_k=1)
    late.arrived(site.sample)
    assert late.ask(question) == replace(site.sample.ask(question))
    assert list(late.stream(question)) == list(site.sample.stream(question))
    assert late.policies() == site.sample.policies()
    assert late.preparing(EN) == ""


def test_an_index_that_cannot_be_made_is_said_and_looked_for_again(site: Site) -> None:
    def fails(_: Tell) -> list[str]:
        raise RebuildFailed("the disk is full")

    site.build = fails
    late = site.late()
    late.start()
    until(lambda: "the disk is full" in late.preparing(ZH))
    assert late.preparing(ZH) == ZH.group("preparing")["failed"].format(message="the disk is full")
    site.is_built = True  # somebody ran `wenzheng build`
    until(lambda: not late.preparing(ZH))
    until(lambda: len(site.said) == 2)
    assert site.said[0] == "the index was not made: the disk is full"  # once, not at every look


def test_a_build_of_another_process_is_waited_for(site: Site) -> None:
    tries: list[int] = []

    def is_busy(_: Tell) -> list[str]:
        tries.append(1)
        raise RebuildFailed("another build runs", busy=True)

    site.build = is_busy
    late = site.late()
    late.start()
    until(lambda: len(tries) > 1)
    assert late.preparing(EN) == EN.group("preparing")["busy"]
    site.is_built = True
    until(lambda: not late.preparing(EN))
    assert late.ask(Question(RATIO_QUESTION)).status == "answered"


@pytest.mark.slow
def test_a_new_folder_is_served_at_once(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "plan.txt").write_text(PLAN, "utf-8")
    data = tmp_path / "data"
    Choices(data / "documents").note_sources([tmp_path / "texts"])  # else the shipped ones
    command = [sys.executable, "-m", "ui.cli", "--data", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "no index yet" in process.stdout.readline()
        url = process.stdout.readline().strip()
        early = httpx2.get(f"{url}/readyz", timeout=PATIENCE_SECONDS)
        assert (early.status_code, early.json()["status"]) == (503, 503)
        assert "complete" in process.stdout.readline()
        assert httpx2.get(f"{url}/readyz", timeout=PATIENCE_SECONDS).status_code == 200
        asked = {"question": "青河市每个街道建成多少个社区食堂？"}
        answer = httpx2.post(f"{url}/api/ask", json=asked, timeout=PATIENCE_SECONDS).json()
        process.terminate()
    assert "2个社区食堂" in answer["text"]
