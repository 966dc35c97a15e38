"""The interface for programs: every route, its description, its bounds, and hostile text."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.events import Event
from assistant.schema import Answer, Question
from assistant.settings import Settings
from index.errors import IndexDamaged
from index.schema import Hit
from tests.sample_service import BROKEN_QUESTION, RATIO_QUESTION, SampleService
from ui.api import WebSettings, create_app
from ui.records import Records, open_records
from ui.records_feedback import candidate
from ui.text import ZH

CLAUSE = "anqiu-2024-21/2.4.1"
Operation = schemathesis.APIOperation[Any, Any, Any, Any]
JSON = {"content-type": "application/json"}
PROGRAMS = WebSettings(pages=False)
HOSTILE = "<script>alert(1)</script>'; DROP TABLE audit; -- %_\\ {{7*7}} \u202e \ud800 \0 ../../etc"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("records"))))
    yield records
    records.close()


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def app(sample: SampleService, records: Records) -> FastAPI:
    return create_app(sample, settings=PROGRAMS, records=records)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def assert_problem(response: httpx2.Response, status: int, *words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert all(word in found["detail"] for word in words)


def events_of_stream(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The server-sent events of a response."""
    events = []
    for block in text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_a_streamed_answer_brings_each_citation_before_its_use(client: TestClient) -> None:
    body = {"question": "负责", "id": "s1", "stream": True}
    response = client.post("/api/ask", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of_stream(response.text)
    known: set[int] = set()
    for name, data in events[:-1]:
        if name == "citation":
            known.add(data["number"])
        else:
            assert name == "statement"
            assert set(data["citations"]) <= known
    name, answer = events[-1]
    whole = client.post("/api/ask", json={**body, "stream": False}).json()
    assert (name, answer) == ("end", whole)
    assert [data for name, data in events if name == "statement"] == whole["statements"]


def test_a_refusal_streams_its_end_alone(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "天气", "stream": True})
    ((name, answer),) = events_of_stream(response.text)
    assert (name, answer["status"]) == ("end", "refused")


def test_every_answer_is_in_the_audit_log(client: TestClient, records: Records) -> None:
    before = len(list(records.audit.export()))
    for stream in (False, True):
        client.post("/api/ask", json={"question": RATIO_QUESTION, "stream": stream})
    entries = list(records.audit.export())[before:]
    assert [(e.channel, e.clause_ids, e.who) for e in entries] == [
        ("api", (CLAUSE,), "address:testclient")
    ] * 2


def test_a_search_goes_page_by_page(client: TestClient) -> None:
    body: dict[str, Any] = {"question": "增加护士配备", "top": 5}
    first = client.post("/api/search", json=body).json()
    second = client.post("/api/search", json={**body, "offset": 5}).json()
    assert [hit["rank"] for hit in first["hits"]] == [1, 2, 3, 4, 5]
    assert [hit["rank"] for hit in second["hits"]] == [6, 7, 8, 9, 10]
    assert first["total"] == second["total"] > 10
    by_address = client.get("/api/search", params={"question": "增加护士配备", "top": "5"}).json()
    assert by_address["hits"] == first["hits"]


def test_filters_limit_a_search(client: TestClient) -> None:
    policies = client.get("/api/policies", params={"limit": 200}).json()["items"]
    chosen = policies[0]
    for filters in (
        {"policy_id": chosen["policy_id"]},
        {"region": chosen["region"]},
        {"policy_id": chosen["policy_id"], "issuer": chosen["issuers"][0]},
    ):
        found = client.post("/api/search", json={"question": "目标", "top": 50, **filters}).json()
        assert {hit["policy_id"] for hit in found["hits"]} == {chosen["policy_id"]}
    none = client.post("/api/search", json={"question": "目标", "policy_id": "%"}).json()
    assert (none["hits"], none["total"]) == ([], 0)


def test_policies_are_listed_filtered_and_paged(client: TestClient, sample: SampleService) -> None:
    whole = client.get("/api/policies", params={"limit": 200}).json()
    assert [p["policy_id"] for p in whole["items"]] == [p.policy_id for p in sample.policies()]
    page = client.get("/api/policies", params={"limit": 2, "offset": 1}).json()
    assert page["items"] == whole["items"][1:3]
    assert page["total"] == len(whole["items"])
    region = whole["items"][0]["region"]
    of_region = client.get("/api/policies", params={"region": region}).json()["items"]
    assert of_region
    assert {item["region"] for item in of_region} == {region}
    assert client.get("/api/policies", params={"issuer": "%"}).json()["items"] == []


def test_a_clause_comes_with_what_stands_around_it(client: TestClient) -> None:
    clause = client.get(f"/api/clauses/{CLAUSE}").json()
    assert clause["citation"] == (
        "《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）第二部分第（四）项第1点"
    )
    assert clause["parent_id"] == "anqiu-2024-21/2.4"
    previous, following = clause["previous"], clause["next"]
    assert client.get(f"/api{previous['url']}").json()["next"]["clause_id"] == CLAUSE
    assert client.get(f"/api{following['url']}").json()["previous"]["clause_id"] == CLAUSE
    parent = client.get("/api/clauses/anqiu-2024-21/2.4").json()
    assert CLAUSE in [child["clause_id"] for child in parent["children"]]


def test_every_clause_can_be_read(client: TestClient, sample: SampleService) -> None:
    for policy in sample.policies():
        for clause in policy.clauses[::20]:
            response = client.get(f"/api/clauses/{clause.clause_id}")
            assert response.json()["text"] == clause.text
            for reference in response.json()["references"]:
                start, end = reference["start"], reference["end"]
                assert clause.text[start:end] == reference["text"]


def test_targets_say_where_they_stand(client: TestClient) -> None:
    found = client.get("/api/targets", params={"indicator": "医护比"}).json()
    assert found["total"] == len(found["items"]) > 0
    for item in found["items"]:
        assert "医护比" in item["indicator"] + item["subject"] + item["title"]
        clause = client.get(f"/api/clauses/{item['clause_id']}").json()
        assert item["value"] in [target["value"] for target in clause["targets"]]
    region = found["items"][0]["region"]
    filtered = client.get("/api/targets", params={"region": region, "limit": 200}).json()["items"]
    assert {item["region"] for item in filtered} == {region}


def test_a_unit_has_its_clauses(client: TestClient) -> None:
    found = client.get("/api/units/市卫健局/clauses", params={"limit": 200}).json()
    assert found["total"] == len(found["items"]) > 10
    leading = client.get("/api/units/市卫健局/clauses", params={"role": "牵头"}).json()["items"]
    assert {item["role"] for item in leading} <= {"牵头"}
    assert_problem(client.get("/api/units/没有这个单位/clauses"), 404)


def test_feedback_is_kept_and_becomes_a_candidate(client: TestClient, records: Records) -> None:
    answer = client.post("/api/ask", json={"question": RATIO_QUESTION}).json()
    body = {
        "question": RATIO_QUESTION,
        "verdict": "down",
        "reason": HOSTILE.encode("utf-8", "replace").decode(),
        "clause_id": CLAUSE,
        "answer": answer,
    }
    response = client.post("/api/feedback", json=body)
    assert response.status_code == 201
    (opinion,) = [o for o in records.feedback.export() if o.id == response.json()["id"]]
    assert opinion.answer is not None
    assert (opinion.clause_id, opinion.owner) == (CLAUSE, "address:testclient")
    assert candidate(opinion)["citations"] == answer["citations"]
    for wrong, words in (
        ({"verdict": "maybe"}, "verdict"),
        ({"reason": "x" * 2_001}, "reason"),
        ({"answer": {"question": 5}}, "answer"),
        ({"answer": {**answer, "confidence": "high"}}, "answer"),
    ):
        assert_problem(client.post("/api/feedback", json={**body, **wrong}), 422, words)


def test_feedback_names_a_clause_that_is_there(client: TestClient) -> None:
    body = {"question": "x", "verdict": "down", "clause_id": "no/such"}
    assert_problem(client.post("/api/feedback", json=body), 404, ZH.unknown_clause)


def test_without_records_there_is_no_feedback(sample: SampleService) -> None:
    with TestClient(create_app(sample, settings=PROGRAMS)) as client:
        body = {"question": "x", "verdict": "up"}
        assert_problem(client.post("/api/feedback", json=body), 503, ZH.no_records)
        assert client.post("/api/ask", json={"question": "天气"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/api/search?question=x&top=101", "top"),
        ("/api/search?question=x&top=0", "top"),
        ("/api/search?question=x&offset=-1", "offset"),
        ("/api/search?top=3", "question"),
        ("/api/search?question=%20", ZH.blank_question),
        (f"/api/search?question={'x' * 2001}", "2001"),
        ("/api/policies?limit=201", "limit"),
        ("/api/policies?limit=many", "limit"),
        (f"/api/targets?region={'x' * 201}", "region"),
        ("/api/units/x/clauses?offset=1000001", "offset"),
    ],
)
def test_bounds_hold(client: TestClient, path: str, word: str) -> None:
    assert_problem(client.get(path), 422, word)


def test_hostile_text_is_only_text(client: TestClient) -> None:
    text = HOSTILE.replace("\ud800", "").replace("\0", "")
    for response in (
        client.post("/api/ask", content=json.dumps({"question": HOSTILE}), headers=JSON),
        client.get("/api/policies", params={"issuer": text}),
        client.get("/api/targets", params={"indicator": text}),
        client.get("/api/search", params={"question": text, "region": text}),
    ):
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "application/json"
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/api/units/{text}/clauses").status_code == 404
    assert client.get(f"/api/clauses/a/{text}").status_code == 404


def test_a_value_that_was_sent_is_not_echoed_in_errors(client: TestClient) -> None:
    for body in ({"question": 5, "id": "geheim"}, {"question": "x", "id": ["geheim"]}):
        assert "geheim" not in client.post("/api/ask", json=body).text
    assert "geheim" not in client.get("/api/policies?limit=geheim").text


def test_a_wrong_method_says_which_are_right(client: TestClient) -> None:
    response = client.delete("/api/search")
    assert_problem(response, 405)
    assert response.headers["allow"] == "GET, POST"
    assert_problem(client.get("/api/nothing"), 404)


def test_the_figures_for_monitoring_name_nobody(client: TestClient) -> None:
    client.post("/api/ask", json={"question": RATIO_QUESTION})
    text = client.get("/metrics").text
    assert 'wenzheng_answers_total{channel="api",engine="extractive",status="answered"}' in text
    assert 'wenzheng_index_items{kind="clauses"}' in text
    assert 'wenzheng_http_responses_total{method="POST",status="200"}' in text
    assert RATIO_QUESTION not in text
    assert "testclient" not in text


class Slow(SampleService):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def ask(self, question: Question) -> Answer:
        self.go.wait(120)  # far longer than anybody is given here
        return super().ask(question)


def test_an_answer_that_takes_too_long_is_a_problem() -> None:
    slow = Slow()
    with TestClient(create_app(slow, settings=replace(PROGRAMS, request_seconds=0.1))) as client:
        assert_problem(client.post("/api/ask", json={"question": "x"}), 504, ZH.too_slow)
        streamed = client.post("/api/ask", json={"question": "x", "stream": True})
        ((name, problem),) = events_of_stream(streamed.text)
        assert (name, problem["status"]) == ("error", 504)
        slow.go.set()


class Broken(SampleService):
    """Has lost its index."""

    def find(self, question: Question, *, top_k: int) -> list[Hit]:
        raise IndexDamaged(f"{question.text} {top_k}: a path that nobody needs to see")

    def stream(self, question: Question) -> Iterator[Event]:
        raise IndexDamaged(question.text)


def test_a_server_without_an_index_lives_and_is_not_ready(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    with TestClient(create_app(Broken(), settings=PROGRAMS)) as broken:
        assert broken.get("/healthz").json() == {"status": "ok"}
        assert_problem(broken.get("/readyz"), 503, ZH.not_ready)
        assert_problem(broken.post("/api/search", json={"question": "x"}), 503)


def test_a_failure_inside_says_nothing_of_the_inside(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": BROKEN_QUESTION})
    assert_problem(response, 500, ZH.internal_error)


def test_the_description_has_examples_and_stays_here(client: TestClient) -> None:
    text = client.get("/api/openapi.json").text
    paths = json.loads(text)["paths"]
    for path in ("/api/ask", "/api/search", "/api/policies", "/api/targets", "/api/feedback"):
        assert path in paths
    assert RATIO_QUESTION in text
    assert "http" not in json.dumps(json.loads(text).get("servers", []))


@pytest.mark.slow
@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
def test_requests_made_up_from_the_description_hold(
    app: FastAPI, mode: schemathesis.GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        if mode is schemathesis.GenerationMode.POSITIVE or _has_bounds(operation):
            _hold(operation, mode)


def _hold(operation: Operation, mode: schemathesis.GenerationMode) -> None:
    # That the last message of a user is the question cannot be said in the description.
    without: list[schemathesis.CheckFunction] = []
    if "completions" in operation.path:
        without.append(positive_data_acceptance)

    @settings(max_examples=12, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=without)

    hold()


def _has_bounds(operation: Operation) -> bool:
    return bool(operation.body or operation.query)
