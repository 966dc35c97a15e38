"""Servers as systems: a running Wenzheng and a chat endpoint, with what can go wrong between."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from eval.endpoint import (
    RIVAL_PROMPT,
    ChatRival,
    RunningWenzheng,
    Server,
    chat_url,
    wenzheng_url,
)
from eval.errors import EvaluationMisused, SystemFailed
from eval.schema import Json
from tests.sample_gold import RATIO, RECORDS, answer_of, gold_clauses

FOLLOW_UP = RECORDS[2]


@dataclass
class Scripted:
    """A server that gives prepared replies, (status, body), and keeps what it was asked."""

    url: str = ""
    replies: list[tuple[int, bytes]] = field(default_factory=list)
    asked: list[Json] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def will(self, body: object, *, status: int = 200) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.replies.append((status, content))

    def server(self, path: str = "/api/ask", **settings: Any) -> Server:  # noqa: ANN401
        return Server(self.url + path, **{"pauses_seconds": (0.0, 0.0), **settings})


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    script = Scripted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append(json.loads(body))
            script.paths.append(self.path)
            script.keys.append(self.headers["Authorization"])
            status, content = script.replies.pop(0)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    script.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield script
    server.shutdown()
    thread.join()
    server.server_close()


def said(text: str | None) -> Json:
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


def test_a_running_wenzheng_is_asked_as_the_chat_page_asks(scripted: Scripted) -> None:
    expected = answer_of(FOLLOW_UP, gold_clauses(FOLLOW_UP))
    scripted.will(expected)
    answer, hits, seconds = RunningWenzheng(scripted.server()).answer(FOLLOW_UP)
    assert (answer, hits) == (expected, None)
    assert seconds >= 0
    assert scripted.paths == ["/api/ask"]
    assert scripted.asked == [
        {"question": "谁负责？", "history": ["安丘怎么增加护士？"], "id": "q3"}
    ]


def test_a_rival_holds_the_whole_conversation(scripted: Scripted) -> None:
    scripted.will(said("<think>\n嗯。</think>增加配备。"))
    scripted.will(said(" 市卫健局 "))
    rival = ChatRival(scripted.server("/v1/chat/completions", key="abc"), model="m-1")
    answer, hits, _ = rival.answer(FOLLOW_UP)
    assert (answer["status"], answer["text"], hits) == ("answered", "市卫健局", None)
    assert answer["engine"] == rival.name == "m-1"
    assert scripted.asked[1] == {
        "model": "m-1",
        "temperature": 0,
        "messages": [
            {"role": "system", "content": RIVAL_PROMPT},
            {"role": "user", "content": "安丘怎么增加护士？"},
            {"role": "assistant", "content": "增加配备。"},
            {"role": "user", "content": "谁负责？"},
        ],
    }
    assert scripted.keys == ["Bearer abc"] * 2


@pytest.mark.parametrize(
    "text", ["UNKNOWN", "UNKNOWN.", " **UNKNOWN** ", "<think>?</think>UNKNOWN"]
)
def test_a_rival_may_say_that_it_does_not_know(scripted: Scripted, text: str) -> None:
    scripted.will(said(text))
    answer, _, _ = ChatRival(scripted.server(), model="m").answer(RATIO)
    assert (answer["status"], answer["reason"]) == ("refused", "not_in_corpus")


def test_an_empty_reply_is_an_answer(scripted: Scripted) -> None:
    scripted.will(said(None))
    answer, _, _ = ChatRival(scripted.server(), model="m").answer(RATIO)
    assert (answer["status"], answer["text"]) == ("answered", "")


def test_a_server_that_is_busy_is_asked_again(scripted: Scripted) -> None:
    for status in (503, 429):
        scripted.will({"detail": "busy"}, status=status)
    scripted.will(answer_of(RATIO, []))
    assert RunningWenzheng(scripted.server()).answer(RATIO)[0]["status"] == "refused"
    assert len(scripted.asked) == 3


def test_a_server_that_stays_busy_stops_the_run(scripted: Scripted) -> None:
    for _ in range(3):
        scripted.will({"detail": "系统繁忙"}, status=500)
    with pytest.raises(SystemFailed, match="HTTP 500 系统繁忙; check the server"):
        RunningWenzheng(scripted.server()).answer(RATIO)


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, b"no", "HTTP 401;"),
        (422, {"detail": "too long"}, "HTTP 422 too long"),
        (200, b"<html>", "not JSON"),
        (200, b"[]", "not JSON"),
        (200, said("hello"), "not an answer of Wenzheng; for a chat endpoint name its --model"),
    ],
)
def test_what_will_not_pass_is_not_tried_again(
    scripted: Scripted, status: int, body: object, message: str
) -> None:
    scripted.will(body, status=status)
    with pytest.raises(SystemFailed, match=message):
        RunningWenzheng(scripted.server()).answer(RATIO)
    assert len(scripted.asked) == 1


@pytest.mark.parametrize("body", [{}, {"choices": []}, {"choices": [{}]}, {"choices": None}])
def test_a_reply_without_a_message_is_told(scripted: Scripted, body: Json) -> None:
    scripted.will(body)
    with pytest.raises(SystemFailed, match="holds no message"):
        ChatRival(scripted.server(), model="m").answer(RATIO)


def test_a_server_that_is_not_there_is_told() -> None:
    server = Server("http://127.0.0.1:1/api/ask", pauses_seconds=())
    with pytest.raises(SystemFailed, match=r"^http://127\.0\.0\.1:1/api/ask: .*refused"):
        RunningWenzheng(server).answer(RATIO)


def test_addresses_are_completed() -> None:
    for url in ("http://h:1", "http://h:1/", "http://h:1/api/ask"):
        assert wenzheng_url(url) == "http://h:1/api/ask"
    for url in ("https://h/v1", "https://h/v1/", "https://h/v1/chat/completions"):
        assert chat_url(url) == "https://h/v1/chat/completions"
    for url in ("file:///etc/passwd", "h:1", "", "http://", "ftp://h"):
        with pytest.raises(EvaluationMisused, match="is not the address of a server"):
            wenzheng_url(url)
