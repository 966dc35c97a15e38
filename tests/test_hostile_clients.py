"""Clients that mean harm, or know no better: they get a refusal, and everybody else is served."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi.testclient import TestClient

from assistant.events import Event
from assistant.schema import Question
from assistant.settings import Settings
from tests.sample_service import RATIO_QUESTION, SampleService
from ui.api import WebSettings, create_app
from ui.desk import AT_ONCE
from ui.records import Records, open_records
from ui.records_export import csv_lines
from ui.records_store import now

ASK = {"question": RATIO_QUESTION}
JSON = {"content-type": "application/json"}
BODY_SECONDS = 4.0  # on a busy machine a whole body takes its time, too
PATIENCE_SECONDS = 120
INJECTED = "%0d%0aset-cookie:%20injected=1%0d%0a%0d%0ainjected"
DEEP = b"[" * 200_000
ADDRESSES = (
    "/api/clauses/{}/1",
    "/api/clauses/a/{}",
    "/api/units/{}/clauses",
    "/api/policies?region={}",
    "/api/search?question={}",
    "/clauses/{}",
    "/units/{}",
    "/library?q={}",
    "/targets?format=xlsx&unit={}",
    "/units/{}?format=xlsx",
    "/pages/{}/1",
    "/conversations/{}",
    "/conversations/a/{}",
    "/embed?channel={}",
    "/find?q={}",
    "/{}",
)


class Watched(SampleService):
    """Writes a statement and then waits; counts what it began."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.begun = 0
        self.ended = 0

    def stream(self, question: Question) -> Iterator[Event]:
        if question.id != "waits":
            yield from super().stream(question)
            return
        self.begun += 1
        try:
            for event in super().stream(question):
                yield event
                self.go_on.wait(PATIENCE_SECONDS)
        finally:
            self.ended += 1


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = open_records(Settings(data=str(tmp_path)))
    yield opened
    opened.close()


@pytest.fixture
def service() -> Watched:
    return Watched()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """With all pages and records; what fails inside is a response, as over the network."""
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("records"))))
    app = create_app(SampleService(), settings=WebSettings(), records=records)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    records.close()


@pytest.fixture
def server(service: Watched) -> Iterator[uvicorn.Server]:
    """A server on a port of its own that gives a body some seconds."""
    app = create_app(service, settings=WebSettings(pages=False, body_seconds=BODY_SECONDS))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield server
    service.go_on.set()
    server.should_exit = True
    thread.join()


@pytest.fixture
def address(server: uvicorn.Server) -> tuple[str, int]:
    """Where it listens."""
    return "127.0.0.1", server.servers[0].sockets[0].getsockname()[1]


def sent(address: tuple[str, int], request: bytes) -> bytes:
    """What comes back for these bytes before the server closes or falls silent."""
    with socket.create_connection(address, timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        received = bytearray()
        while b"\r\n\r\n" not in received and (piece := connection.recv(65_536)):
            received += piece
        return bytes(received)


@pytest.mark.parametrize(
    "text",
    [
        *("..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/records.sqlite3", "..%5c..%5cwin.ini"),
        *("%00", "%ff%fe", "%ed%a0%80", INJECTED, "'%20OR%201=1--", "%3Cscript%3E", "a" * 5_000),
    ],
)
def test_no_address_breaks_the_server(client: TestClient, text: str) -> None:
    for place in ADDRESSES:
        response = client.get(place.format(text), follow_redirects=False)
        assert response.status_code < 500, place
        assert "injected" not in response.headers.get("set-cookie", ""), place
        assert b"root:" not in response.content, place
        assert b"SQLite format" not in response.content, place


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"null", b"[]", b"{", b"\xff\xfe\x00", b"NaN", DEEP, b'{"question":' + DEEP),
        *(b'{"question": NaN}', b'{"question": "x", "history": [[[[]]]]}'),
        b'{"question": "x", "top": ' + b"9" * 5_000 + b"}",
        b'{"question": "x", "top": 1e999}',
        *(b'{"question": "\\ud800"', b'{"question": "' + b"x" * 1_048_577 + b'"}'),
        json.dumps({"question": "安" * 10_000}).encode(),
        json.dumps({"question": "安" * 2_001, "history": ["安" * 2_001] * 51}).encode(),
    ],
    ids=range(16),
)
def test_no_body_breaks_the_server(client: TestClient, body: bytes) -> None:
    for path in (
        *("/api/ask", "/api/search", "/api/feedback", "/api/channel/token"),
        *("/v1/chat/completions", "/conversations/a/title", "/conversations/a/b/feedback"),
        "/gradio_api/queue/join",
    ):
        response = client.post(path, content=body, headers=JSON)
        assert response.status_code < 500, path
        if path.startswith("/api/") and response.status_code >= 400:
            assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "kind", ["text/xml", "application/x-www-form-urlencoded", "multipart/form-data", "a/b\x7f"]
)
def test_what_is_no_json_is_no_question(client: TestClient, kind: str) -> None:
    response = client.post("/api/ask", content=b"<q>x</q>", headers={"content-type": kind})
    assert response.status_code in {400, 415, 422}


def test_every_address_survives_every_method(client: TestClient) -> None:
    for path in ("/", "/api/ask", "/api/policies", "/v1/models", "/library", "/healthz", "/embed"):
        for method in ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PROPFIND"):
            response = client.request(method, path)
            assert response.status_code < 500, (method, path)
            if method == "HEAD":
                assert response.content == b""


@pytest.mark.parametrize(
    "head",
    [
        b"content-length: x\r\n",
        b"content-length: -1\r\n",
        b"content-length: 99999999999\r\n",
        b"content-length: 5\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        b"authorization: Bearer wz_\xff\xfe\r\n",
        b"cookie: " + b"a" * 200_000 + b"\r\n",
        b"no colon\r\n",
    ],
    ids=range(8),
)
def test_broken_heads_are_refused(address: tuple[str, int], head: bytes) -> None:
    request = b"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    status = sent(address, request + head + b"\r\n").split(b" ")[1:2]
    assert status in ([b"400"], [b"413"], [b"422"], [b"408"], [])  # or closed without a word
    assert (
        httpx2.get(
            f"http://{address[0]}:{address[1]}/healthz", timeout=PATIENCE_SECONDS
        ).status_code
        == 200
    )


def test_who_sends_slowly_keeps_nobody_waiting(address: tuple[str, int]) -> None:
    slow = (
        b"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        b"content-length: 1000\r\n\r\n{"
    )
    with ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(address, timeout=PATIENCE_SECONDS))
            for _ in range(60)
        ]
        for connection in connections:
            connection.sendall(slow)
        url = f"http://{address[0]}:{address[1]}"
        answer = httpx2.post(f"{url}/api/ask", json=ASK, timeout=PATIENCE_SECONDS)
        assert answer.json()["status"] == "answered"
        for connection in connections:
            assert b"408" in connection.recv(65_536)[:20]


def test_whoever_goes_away_frees_the_thread(
    server: uvicorn.Server, address: tuple[str, int], service: Watched
) -> None:
    body = json.dumps({**ASK, "id": "waits", "stream": True}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n"
    request = f"{head}content-type: application/json\r\n\r\n".encode() + body
    with ExitStack() as stack:
        for _ in range(AT_ONCE + 4):
            connection = stack.enter_context(
                socket.create_connection(address, timeout=PATIENCE_SECONDS)
            )
            connection.sendall(request)
        wait_for(lambda: service.begun == AT_ONCE)
    wait_for(lambda: not server.server_state.tasks)  # it has seen that they are gone
    service.go_on.set()
    url = f"http://{address[0]}:{address[1]}"
    assert (
        httpx2.post(f"{url}/api/ask", json=ASK, timeout=PATIENCE_SECONDS).json()["status"]
        == "answered"
    )
    wait_for(lambda: service.ended == AT_ONCE)
    assert service.begun == AT_ONCE  # those that waited were never begun


def wait_for(condition: object) -> None:
    assert callable(condition)
    ends = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_key_that_has_expired_is_refused(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(WebSettings(pages=False), require_key=True)
    soon = now() + timedelta(hours=1)
    _, secret = records.keys.create("portal", scopes=["ask"], expires=soon)
    monkeypatch.setattr("ui.records_accounts.now", lambda: soon)
    with TestClient(create_app(SampleService(), settings=settings, records=records)) as client:
        for presented in (secret, f"{secret}\0", secret[:-1], f"{secret} {secret}", "wz_"):
            given = {"authorization": f"Bearer {presented}"}
            assert client.post("/api/ask", json=ASK, headers=given).status_code == 401


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\n=", " =", "＝", "\u3000＋"])
def test_no_cell_of_an_export_is_a_formula(sign: str) -> None:
    _, record = csv_lines(["question"], [{"question": f"{sign}cmd|' /C calc'!A0"}])
    assert record.lstrip('"').startswith("'")


def test_nothing_that_was_sent_begins_a_line_of_a_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    forged = "x\r\nERROR forged line\x1b[2J"
    with caplog.at_level(logging.INFO, logger="wenzheng"):
        client.post("/api/ask", json={"question": forged, "id": forged, "history": [forged]})
        client.post("/api/feedback", json={**ASK, "verdict": "down", "reason": forged})
        client.get("/api/clauses/a/b%0d%0aERROR%20forged%20line")
    shown = caplog.text + "".join(capfd.readouterr())
    assert "\nERROR forged" not in shown
    assert "\x1b[2J" not in shown
