"""The web server as programs meet it: answers, problems, pages of clauses, and what is closed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from corpus.schema import Clause, Fact
from tests.sample_service import BROKEN_QUESTION, RATIO_QUESTION, SampleService
from ui.api import WebSettings, create_app, serve
from ui.clause_page import clause_page
from ui.document_head import Opened
from ui.document_outline import clause_url
from ui.page_shell import Dress
from ui.render import answer_to_json
from ui.text import ZH

ROOT = Path(__file__).parent.parent
CLAUSE_ID = "anqiu-2024-21/2.4.1"
SETTINGS = WebSettings(max_history=3, max_body_bytes=50_000)


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def client(sample: SampleService) -> Iterator[TestClient]:
    with TestClient(create_app(sample, settings=SETTINGS), raise_server_exceptions=False) as client:
        yield client


def assert_problem(response: httpx2.Response, status: int, *words: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert "\n" not in problem["detail"]
    assert all(word in problem["detail"] for word in words)


def test_a_question_gets_the_answer_object(client: TestClient, sample: SampleService) -> None:
    body = {"id": "q7", "question": RATIO_QUESTION, "history": ["安丘的方案何时印发？"]}
    response = client.post("/api/ask", json=body)
    asked = sample.asked[-1]
    assert (asked.id, asked.text, asked.history) == ("q7", RATIO_QUESTION, tuple(body["history"]))
    assert response.status_code == 200
    assert response.json() == answer_to_json(sample.ask(asked))
    assert response.json()["citations"][0]["url"] == f"/clauses/{CLAUSE_ID}"


def test_a_refusal_is_an_answer(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "明天的天气"})
    assert (response.status_code, response.json()["status"]) == (200, "refused")


@pytest.mark.parametrize("question", ["", "  \n　"])
def test_a_blank_question_is_a_problem(client: TestClient, question: str) -> None:
    assert_problem(client.post("/api/ask", json={"question": question}), 422, ZH.blank_question)


def test_long_questions_and_histories_are_problems(client: TestClient) -> None:
    long = "问" * 2_001
    assert_problem(client.post("/api/ask", json={"question": long}), 422, "2001", "2000")
    body = {"question": "问", "history": [long]}
    assert_problem(client.post("/api/ask", json=body), 422, "2001", "2000")
    body = {"question": "问", "history": ["问"] * 4}
    assert_problem(client.post("/api/ask", json=body), 422, "4", "3")


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join"])
def test_a_large_body_is_not_read(client: TestClient, path: str) -> None:
    assert_problem(client.post(path, content=b"x" * 50_001), 413, "50000")
    chunks = (b"x" * 10_000 for _ in range(6))  # not announced by a length
    assert_problem(client.post(path, content=chunks), 413, "50000")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"{", "body"),
        (b'"question"', "body"),
        (b"{}", "question"),
        (b'{"question": 5}', "question"),
        (b'{"question": "?", "history": "x"}', "history"),
        (b'\xff\xfe{"question": "?"}', "body"),
    ],
)
def test_a_malformed_request_is_a_problem(client: TestClient, body: bytes, place: str) -> None:
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in {400, 422}
    assert_problem(response, response.status_code)
    if response.status_code == 422:
        assert place in response.json()["detail"]


def test_a_failure_inside_is_a_sentence(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": BROKEN_QUESTION})
    assert_problem(response, 500, ZH.internal_error)


def test_the_server_says_that_it_lives(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert "/api/ask" in client.get("/api/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    "path",
    [
        *("/docs", "/redoc", "/login", "/monitoring", "/svelte/x", "/gradio_api/runs"),
        *(
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/upload",
            "/gradio_api/proxy=http://x.example",
        ),
        *("/gradio_api/vibe-code", "/gradio_api/call/typed", "/gradio_api/run/predict"),
        *("/en/gradio_api/upload", "/static", "/nowhere"),
    ],
)
def test_what_the_chat_does_not_need_is_closed(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404)
    assert_problem(client.post(path), 404)


def test_files_outside_the_assets_stay_unread(client: TestClient) -> None:
    for path in ("/assets/..%2f..%2f..%2froutes.py", "/static/%2e%2e/%2e%2e/%2e%2e/routes.py"):
        assert client.get(path).status_code >= 400


def test_a_wrong_method_is_a_problem(client: TestClient) -> None:
    assert_problem(client.get("/api/ask"), 405)
    assert_problem(client.get("/api/nothing"), 404)


@pytest.mark.parametrize("path", ["/", "/en/", "/en"])
def test_the_chat_keeps_to_this_machine(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert response.status_code == 200
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy


def test_a_clause_has_a_page(client: TestClient, sample: SampleService) -> None:
    response = client.get(f"/clauses/{CLAUSE_ID}")
    clause = sample.clause(CLAUSE_ID)
    assert clause is not None
    assert response.status_code == 200
    assert clause.text in response.text
    for words in ("安政办〔2024〕21号", "（四）完善多方联动保障机制", "成文 2024年6月12日"):
        assert words in response.text
    assert "二（四）2" in response.text  # a sibling
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path", ["/clauses/anqiu-2024-21/9.9", "/clauses/nothing/1", "/clauses/x/<b>"]
)
def test_a_clause_that_is_not_there_has_a_sentence(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert ZH.clause_missing in response.text
    assert "<b>" not in response.text


def test_a_hostile_document_cannot_leave_its_page(sample: SampleService) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    shipped = sample.policies()[0]
    clause = Clause(f"p/{bad}", "p", None, bad, bad, (bad,), bad, 0, 1, ((0, 1),))
    fact = Fact(bad)
    policy = replace(
        shipped,
        title=fact,
        document_number=fact,
        issuers=(fact,),
        dates=((bad, fact),),
        clauses=(clause, replace(clause, clause_id="p/2")),
    )
    page = clause_page(Opened(policy, clause), Dress("p{}", "", ZH)).html
    assert "<script>alert" not in page
    assert "<img" not in page
    assert clause_url(f"p/{bad}") in page.replace("&#x27;", "'")


def test_the_favicon_is_our_own(client: TestClient) -> None:
    for path in ("/favicon.svg", "/favicon.ico"):
        assert client.get(path).headers["content-type"].startswith("image/svg+xml")


def test_a_port_that_is_taken_is_an_error(sample: SampleService) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        app = create_app(sample, settings=SETTINGS)
        with pytest.raises(OSError, match="in use"):
            serve(app, host="127.0.0.1", port=taken.getsockname()[1], on_ready=lambda _: None)


def test_the_server_starts_and_stops_quietly() -> None:
    program = (
        "from tests.sample_service import SampleService\n"
        "from ui.api import WebSettings, create_app, serve\n"
        "app = create_app(SampleService(), settings=WebSettings())\n"
        "serve(app, host='127.0.0.1', port=0, on_ready=lambda url: print(url, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx2.get(f"{url}/healthz", timeout=120).json() == {"status": "ok"}
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=120)
    assert (process.returncode, output, errors) == (0, "", "")
