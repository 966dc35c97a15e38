"""Who may come in: keys, logins, visitors, other sites, and how often."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.schema import Answer, Question
from assistant.settings import Settings
from tests.sample_service import RATIO_QUESTION, SampleService
from ui.access import (
    LOGIN_COOKIE,
    LOGIN_TRIES_PER_MINUTE,
    VISITOR_COOKIE,
    Arrival,
    Gate,
    Person,
    Refused,
    Welcome,
    person_of,
)
from ui.api import WebSettings, create_app
from ui.login_page import back_to
from ui.metrics import Metrics
from ui.rate_limits import RateLimit
from ui.recorder import Recorder
from ui.records import Records, open_records
from ui.records_schema import RecordsError
from ui.text import EN, ZH

PROGRAMS = WebSettings(pages=False)
LOCKED = replace(PROGRAMS, require_key=True)
WITH_LOGIN = replace(PROGRAMS, login=True)
REFUSALS = ZH.group("refusals_at_the_door")
ASK = {"question": RATIO_QUESTION}
PASSWORD = "a long password"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("records"))))
    records.users.add("anna", PASSWORD)
    records.users.add("chef", PASSWORD, role="administrator")
    yield records
    records.close()


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def locked(sample: SampleService, records: Records) -> Iterator[TestClient]:
    with TestClient(create_app(sample, settings=LOCKED, records=records)) as client:
        yield client


@pytest.fixture
def site(sample: SampleService, records: Records) -> Iterator[TestClient]:
    """A server with login, seen by a browser of its own."""
    app = create_app(sample, settings=WITH_LOGIN, records=records)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def arrival(path: str = "/api/ask", method: str = "POST", **headers: str) -> Arrival:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Arrival(method, path, named, "10.0.0.7")


def let_in(found: Welcome | Refused) -> Person:
    assert isinstance(found, Welcome)
    return found.person


def turned_away(found: Welcome | Refused) -> tuple[int, str]:
    assert isinstance(found, Refused)
    return found.status, found.sentence


# By default everybody on this machine is a visitor.


def test_without_settings_everybody_may_ask_and_read() -> None:
    gate = Gate(None)
    for path, method in (("/api/ask", "POST"), ("/api/policies", "GET"), ("/metrics", "GET")):
        person = let_in(gate.judge(arrival(path, method)))
        assert person.name == "address:10.0.0.7"
        assert person.role == "reader"


def test_a_key_that_is_not_ours_is_no_matter_where_none_is_needed() -> None:
    found = Gate(None).judge(arrival(authorization="Bearer EMPTY"))
    assert let_in(found).name == "address:10.0.0.7"


def test_a_visitor_is_known_by_a_cookie_that_nobody_can_read_back() -> None:
    gate = Gate(None)
    first = gate.judge(arrival("/", "GET"))
    assert isinstance(first, Welcome)
    assert first.new_cookie
    again = gate.judge(arrival("/", "GET", cookie=f"a=b; {VISITOR_COOKIE}={first.new_cookie}"))
    assert isinstance(again, Welcome)
    assert (again.person, again.new_cookie) == (first.person, "")
    assert first.new_cookie not in first.person.name
    other = gate.judge(arrival("/", "GET"))
    assert let_in(other).name != first.person.name


def test_the_cookie_of_a_visitor_is_out_of_reach(sample: SampleService, records: Records) -> None:
    app = create_app(sample, settings=replace(PROGRAMS, pages=True), records=records)
    with TestClient(app) as client:
        cookie = client.get("/library").headers["set-cookie"]
        assert cookie.startswith(f"{VISITOR_COOKIE}=")
        assert "HttpOnly; SameSite=Lax" in cookie
        assert "set-cookie" not in client.get("/library").headers
        assert "set-cookie" not in client.get("/api/policies").headers
    with TestClient(app, base_url="https://x.example") as client:
        assert "; Secure" in client.get("/library").headers["set-cookie"]


@given(st.text(), st.text(max_size=20))
def test_any_header_is_survived(cookie: str, origin: str) -> None:
    found = Gate(None).judge(arrival(cookie=cookie, origin=origin, authorization=cookie, host="x"))
    assert isinstance(found, Welcome | Refused)


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "none"}, True),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"origin": "http://here:7860", "host": "here:7860"}, True),
        ({"origin": "http://elsewhere", "host": "here:7860"}, False),
        ({"origin": "null", "host": "here"}, False),
    ],
)
def test_other_sites_cannot_act_through_a_browser(headers: dict[str, str], allowed: bool) -> None:  # noqa: FBT001
    gate = Gate(None)
    for path in ("/api/ask", "/api/feedback", "/gradio_api/queue/join", "/login", "/logout"):
        found = gate.judge(arrival(path, **headers))
        assert isinstance(found, Welcome) == allowed
    assert isinstance(gate.judge(arrival("/", "GET", **headers)), Welcome)  # a link is no harm


# Keys.


def test_where_a_key_is_needed_only_a_key_opens(locked: TestClient, records: Records) -> None:
    _, secret = records.keys.create("portal", scopes=["ask", "read"])
    for method, path in (
        ("GET", "/api/policies"),
        ("POST", "/api/ask"),
        ("POST", "/v1/chat/completions"),
        ("GET", "/v1/models"),
        ("GET", "/metrics"),
    ):
        response = locked.request(method, path)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
    for wrong in ("x", secret + "x", f"wz_{'0' * 12}_{'a' * 43}", "wz_"):
        assert locked.post("/api/ask", json=ASK, headers=bearer(wrong)).status_code == 401
    basic = {"authorization": f"Basic {secret}"}
    assert locked.post("/api/ask", json=ASK, headers=basic).status_code == 401
    assert locked.post("/api/ask", json=ASK, headers=bearer(secret)).status_code == 200
    lower = {"authorization": f"bearer {secret}"}
    assert locked.get("/api/policies", headers=lower).status_code == 200
    for path in ("/healthz", "/readyz", "/api/openapi.json"):
        assert locked.get(path).status_code == 200


def test_a_key_does_what_its_scopes_say(locked: TestClient, records: Records) -> None:
    asks = bearer(records.keys.create("a", scopes=["ask"])[1])
    reads = bearer(records.keys.create("r", scopes=["read"])[1])
    admin = bearer(records.keys.create("m", scopes=["admin"])[1])
    assert locked.post("/api/ask", json=ASK, headers=asks).status_code == 200
    refused = locked.get("/api/policies", headers=asks)
    assert (refused.status_code, refused.json()["detail"]) == (403, REFUSALS["not_allowed"])
    assert locked.get("/api/policies", headers=reads).status_code == 200
    assert locked.post("/api/search", json=ASK, headers=reads).status_code == 200
    assert locked.post("/api/ask", json=ASK, headers=reads).status_code == 403
    assert locked.get("/metrics", headers=reads).status_code == 403
    assert locked.get("/metrics", headers=admin).status_code == 200


def test_a_revoked_key_is_refused_even_where_none_is_needed(records: Records) -> None:
    key, secret = records.keys.create("x", scopes=["ask"])
    gate = Gate(records)
    assert let_in(gate.judge(arrival(authorization=f"Bearer {secret}"))).name == f"key:{key.id}"
    records.keys.revoke(key.id)
    found = gate.judge(arrival(authorization=f"Bearer {secret}"))
    assert turned_away(found) == (401, "key_wrong")


def test_the_audit_log_names_the_key_and_not_its_secret(
    locked: TestClient, records: Records
) -> None:
    key, secret = records.keys.create("portal", scopes=["ask"])
    locked.post("/api/ask", json=ASK, headers=bearer(secret))
    *_, entry = records.audit.export()
    assert entry.who == f"key:{key.id}"


def test_errors_for_openai_clients_have_their_form(locked: TestClient) -> None:
    error = locked.get("/v1/models").json()["error"]
    assert error["type"] == "authentication_error"
    assert error["message"] == REFUSALS["key_needed"]


def test_no_secret_is_shown_or_logged(
    locked: TestClient, site: TestClient, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    _, secret = records.keys.create("x", scopes=["read"])
    with caplog.at_level(logging.DEBUG):
        responses = [
            locked.post("/api/ask", json=ASK, headers=bearer(secret)),
            locked.get("/metrics", headers=bearer(secret)),
            locked.post("/api/ask", json={"question": secret}, headers=bearer(secret + "x")),
            site.post("/login", data={"name": "anna", "password": PASSWORD + "x"}),
            site.post("/login", data={"name": "anna", "password": PASSWORD}),
        ]
    for shown in (*(response.text for response in responses), caplog.text):
        assert secret.split("_")[2] not in shown
        assert PASSWORD not in shown


# Logins.


def log_in(site: TestClient, name: str = "anna", password: str = PASSWORD) -> httpx2.Response:
    form = {"name": name, "password": password, "next": "/library?q=x"}
    return site.post("/login", data=form)


def test_a_page_leads_to_the_login_and_back(site: TestClient) -> None:
    response = site.get("/library")
    assert response.status_code == 303
    assert response.headers["location"] == "/login?next=/library"
    page = site.get("/login", params={"next": "/library"})
    assert '<input type="hidden" name="next" value="/library">' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    entered = log_in(site)
    assert (entered.status_code, entered.headers["location"]) == (303, "/library?q=x")
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(f"{LOGIN_COOKIE}=")
    assert "HttpOnly; SameSite=Lax" in cookie
    assert "anna" in site.get("/login").text


def test_with_login_everything_else_is_closed_too(site: TestClient, records: Records) -> None:
    assert site.post("/gradio_api/queue/join", json={}).status_code == 401
    assert site.post("/api/ask", json=ASK).status_code == 401
    assert site.get("/metrics").status_code == 401
    log_in(site)
    assert site.post("/api/ask", json=ASK).status_code == 200
    *_, entry = records.audit.export()
    assert entry.who == "user:anna"
    assert site.get("/metrics").status_code == 403
    log_in(site, "chef")
    assert site.get("/metrics").status_code == 200
    _, secret = records.keys.create("x", scopes=["ask"])
    site.cookies.clear()
    assert site.post("/api/ask", json=ASK, headers=bearer(secret)).status_code == 200


def test_a_logout_ends_the_login_everywhere(site: TestClient) -> None:
    log_in(site)
    secret = site.cookies[LOGIN_COOKIE]
    gone = site.post("/logout")
    assert (gone.status_code, gone.headers["location"]) == (303, "/login")
    site.cookies.clear()
    site.cookies[LOGIN_COOKIE] = secret
    assert site.post("/api/ask", json=ASK).status_code == 401


def test_a_wrong_password_says_no_more_than_that(site: TestClient) -> None:
    wrong, unknown = log_in(site, password="x"), log_in(site, name="nobody")
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text == unknown.text
    assert ZH.login_failed in wrong.text
    english = site.post("/login?lang=en", data={"name": "x", "password": "y"})
    assert EN.login_failed in english.text


def test_passwords_cannot_be_tried_at_will(records: Records) -> None:
    gate = Gate(records, login=True)
    tries = [gate.judge(arrival("/login")) for _ in range(LOGIN_TRIES_PER_MINUTE + 1)]
    assert turned_away(tries.pop()) == (429, "too_often")
    assert all(isinstance(found, Welcome) for found in tries)
    assert isinstance(gate.judge(replace(arrival("/login"), address="10.0.0.8")), Welcome)


def test_a_login_page_holds_what_it_is_given_as_text(site: TestClient) -> None:
    bad = '/x"><script>alert(1)</script>'
    for page in (
        site.get("/login", params={"next": bad}),
        site.post("/login", data={"name": bad, "password": bad, "next": bad}),
    ):
        assert "<script>alert" not in page.text


@given(st.text())
def test_the_way_back_stays_on_this_site(given_next: str) -> None:
    for text in (given_next, f"/{given_next}", f"//{given_next}", f"/\\{given_next}"):
        back = back_to(text)
        assert back.startswith("/")
        assert not back.startswith(("//", "/\\"))
        assert back == "/" or back == text


def test_login_and_logout_are_not_there_without_login(locked: TestClient) -> None:
    for method, path in (("GET", "/login"), ("POST", "/login"), ("POST", "/logout")):
        assert locked.request(method, path).status_code == 404


def test_access_without_records_is_a_mistake(sample: SampleService) -> None:
    for settings in (LOCKED, WITH_LOGIN):
        with pytest.raises(ValueError, match="records"):
            create_app(sample, settings=settings)


def test_somebody_whom_no_gate_has_seen_is_nobody() -> None:
    assert person_of({}).name == "visitor:"
    assert person_of({"wenzheng.person": "user:chef"}).name == "visitor:"


def test_a_login_that_has_ended_opens_nothing(records: Records) -> None:
    secret = records.users.log_in("anna", PASSWORD, lasts=timedelta(seconds=-1))
    gate = Gate(records, login=True)
    found = gate.judge(arrival(cookie=f"{LOGIN_COOKIE}={secret}"))
    assert turned_away(found) == (401, "key_needed")


# How often.


def test_too_many_requests_wait(sample: SampleService) -> None:
    settings = replace(PROGRAMS, requests_per_minute=3)
    with TestClient(create_app(sample, settings=settings)) as client:
        statuses = [client.post("/api/ask", json=ASK).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        late = client.post("/v1/chat/completions", json={})
        assert late.status_code == 429
        assert late.json()["error"]["type"] == "rate_limit_error"
        assert 1 <= int(late.headers["retry-after"]) <= 20
        assert client.get("/api/policies").status_code == 200  # reading is not counted


@given(st.integers(1, 100), st.lists(st.floats(0, 30), max_size=60))
def test_nobody_gets_more_than_the_limit(per_minute: int, pauses: list[float]) -> None:
    clock = [0.0]
    limit = RateLimit(per_minute, clock=lambda: clock[0])
    passed = 0
    for pause in pauses:
        clock[0] += pause
        waits = limit.wait_seconds("x")
        passed += waits == 0
        if waits:
            clock[0] += waits
            assert limit.wait_seconds("x") == 0
            passed += 1
    assert passed <= per_minute + clock[0] * per_minute / 60 + 1


def test_names_have_buckets_of_their_own_and_zero_is_no_limit() -> None:
    limit = RateLimit(1)
    assert limit.wait_seconds("a") == limit.wait_seconds("b") == 0
    assert limit.wait_seconds("a") > 0
    free = RateLimit(0)
    assert {free.wait_seconds("a") for _ in range(1_000)} == {0.0}


# The log.


def test_an_answer_is_given_even_where_the_log_fails(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(answer: Answer, **_: str) -> None:
        raise RecordsError(f"the disk is full, {answer.status}")

    monkeypatch.setattr(records.audit, "add", fail)
    metrics = Metrics()
    answer = SampleService().ask(Question(RATIO_QUESTION))
    Recorder(metrics, records).note(answer, who="user:anna", channel="chat")
    assert "the disk is full" in caplog.text
    assert RATIO_QUESTION not in caplog.text
    assert b"wenzheng_audit_failures_total 1.0" in metrics.exposition(policies=0, clauses=0)
