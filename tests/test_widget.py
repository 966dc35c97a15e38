"""The widget without a browser: tokens, channels, origins, the script and the page for frames."""

from __future__ import annotations

import gzip
import json
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.secret import Secret
from assistant.settings import Settings
from tests.sample_service import RATIO_QUESTION, SampleService
from ui.api import WebSettings, create_app
from ui.channel_secret import FILE_NAME, MIN_CHARS, ChannelSecret, ChannelSecretInvalid
from ui.channel_tokens import (
    CLAIM_SECONDS,
    TOKEN_SECONDS,
    Claim,
    Token,
    channel_key,
    is_signed,
    issue_token,
    read_token,
    sign_claim,
)
from ui.cli import main
from ui.records import Records, open_records
from ui.records_channels import origin_of
from ui.records_schema import PortalChannel, RecordInvalid, RecordMissing
from ui.text import EN, LANGUAGES, ZH, load_text
from ui.widget_page import frame_page, widget_script

SECRET = "a secret of the tests, long enough"
PORTAL, OTHER = "http://portal.example:8100", "http://other.example"
CLAUSE = "/api/clauses/anqiu-2024-21/2.4.1"
MAX_GZIPPED = 30_000
ASSETS = Path(__file__).parent.parent / "ui" / "widget"

claims = st.builds(
    Claim,
    channel=st.text(),
    user=st.from_regex(r"[\w.@:+-]{1,64}", fullmatch=True),
    origin=st.text(),
    time=st.integers(0, 2**40),
)


@dataclass(frozen=True)
class Embedded:
    """A server that asks for keys, and a channel of it."""

    client: TestClient
    records: Records
    channel: PortalChannel

    def claim(self, **changes: object) -> dict[str, object]:
        """What a portal sends, with a signature for what it says before the changes of it."""
        claim = Claim(self.channel.id, "anna", PORTAL, int(time.time()))
        signature = sign_claim(channel_key(SECRET, self.channel.id), claim)
        said = {"channel": claim.channel, "user": claim.user, "origin": claim.origin}
        return {**said, "time": claim.time, "signature": signature, **changes}

    def token(self) -> str:
        response = self.client.post("/api/channel/token", json=self.claim())
        assert response.status_code == 200, response.text
        issued = response.json()
        assert issued["expires_in"] == TOKEN_SECONDS
        return str(issued["token"])

    def ask(self, token: str, origin: str | None = PORTAL) -> httpx2.Response:
        headers = {"authorization": f"Bearer {token}"} | ({"origin": origin} if origin else {})
        return self.client.post("/api/ask", json={"question": RATIO_QUESTION}, headers=headers)


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture
def embedded(sample: SampleService, tmp_path: Path) -> Iterator[Embedded]:
    records = open_records(Settings(data=str(tmp_path)))
    settings = WebSettings(pages=False, require_key=True, channel_secret=Secret(SECRET))
    app = create_app(sample, settings=settings, records=records)
    channel = records.channels.create("portal", origins=[PORTAL], requests_per_minute=5)
    with TestClient(app) as client:
        yield Embedded(client, records, channel)
    records.close()


@given(claims, st.text(), st.floats(-CLAIM_SECONDS, CLAIM_SECONDS))
def test_a_claim_holds_for_its_key_and_its_time_only(
    claim: Claim, other: str, later: float
) -> None:
    key = channel_key(SECRET, claim.channel)
    assume(channel_key(other, claim.channel) != key)
    signature, at = sign_claim(key, claim), claim.time + later
    assert is_signed(key, claim, signature, at=at)
    assert not is_signed(channel_key(other, claim.channel), claim, signature, at=at)
    assert not is_signed(key, replace(claim, user="another"), signature, at=at)
    assert not is_signed(key, claim, signature, at=claim.time + CLAIM_SECONDS + 1)
    assert not is_signed(key, claim, other, at=at)


@given(claims, st.integers(0, 2_000), st.characters())
def test_a_token_is_read_as_it_was_issued_or_not_at_all(
    claim: Claim, place: int, character: str
) -> None:
    token = issue_token(SECRET, claim, at=claim.time)
    said = Token(claim.channel, claim.user, claim.origin, claim.time + TOKEN_SECONDS)
    assert read_token(SECRET, token, at=claim.time) in (said, None)
    if len(token) < 2_000:
        assert read_token(SECRET, token, at=claim.time + TOKEN_SECONDS - 1) == said
    assert read_token(SECRET, token, at=claim.time + TOKEN_SECONDS) is None
    assert read_token("another secret", token, at=claim.time) is None
    at = place % len(token)
    changed = token[:at] + character + token[at + 1 :]
    assume(changed != token)
    assert read_token(SECRET, changed, at=claim.time) is None


@given(st.text())
def test_no_other_text_is_a_token(presented: str) -> None:
    assert read_token(SECRET, presented, at=0) is None
    assert read_token(SECRET, f"wzt_{presented}", at=0) is None


def test_a_key_is_never_taken_for_a_token() -> None:
    key = channel_key(SECRET, "a1")
    assert key.startswith("wzc_a1_")
    assert read_token(SECRET, key, at=0) is None
    assert read_token(SECRET, key.replace("wzc_", "wzt_", 1), at=0) is None


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://Portal.Example", "https://portal.example"),
        ("https://portal.example:443/", "https://portal.example"),
        ("http://portal.example:8100", "http://portal.example:8100"),
        ("http://门户.example", "http://xn--4gqu84c.example"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_origins_are_kept_as_browsers_send_them(given: str, origin: str) -> None:
    assert re.sub(r"xn--\w+", "xn--", origin_of(given)) == re.sub(r"xn--\w+", "xn--", origin)
    assert origin_of(origin_of(given)) == origin_of(given)


@pytest.mark.parametrize(
    "given",
    [
        *("", "*", "null", "portal.example", "ftp://portal.example", "https://", "https://*"),
        *("https://*.example", "https://a/b", "https://a?b", "https://u@a", "https://a:x"),
        *("https://a b", "https://a;b", "https://a'b", "https://a,https://b", "//a"),
    ],
)
def test_what_is_no_origin_is_refused(given: str) -> None:
    with pytest.raises(RecordInvalid, match="is no origin"):
        origin_of(given)


@given(st.text())
def test_an_origin_never_says_more_in_a_header(given: str) -> None:
    try:
        origin = origin_of(f"https://{given}")
    except RecordInvalid:
        return
    assert not set(origin) & set(" ;,'\"\r\n*")


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    kept = ChannelSecret(folder=str(tmp_path / "new"))
    assert kept.read() is None
    secret = kept.make()
    assert len(secret) >= MIN_CHARS
    assert kept.make() == kept.read() == secret
    assert stat.S_IMODE((tmp_path / "new" / FILE_NAME).stat().st_mode) == 0o600
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == [FILE_NAME]
    assert ChannelSecret(Secret(SECRET), str(tmp_path)).make() == SECRET


def test_a_secret_that_is_too_short_is_refused_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ChannelSecretInvalid, match=f"at least {MIN_CHARS}") as raised:
        ChannelSecret(Secret("guess me")).read()
    assert "guess me" not in str(raised.value)


def test_a_token_opens_what_the_widget_needs(embedded: Embedded) -> None:
    token = embedded.token()
    response = embedded.ask(token)
    assert response.json()["status"] == "answered"
    assert response.headers["access-control-allow-origin"] == PORTAL
    assert "access-control-allow-credentials" not in response.headers
    headers = {"authorization": f"Bearer {token}", "origin": PORTAL}
    assert embedded.client.get(CLAUSE, headers=headers).status_code == 200
    opinion = {"question": RATIO_QUESTION, "verdict": "up"}
    kept = embedded.client.post("/api/feedback", json=opinion, headers=headers)
    assert kept.status_code == 201
    for path in ("/api/policies", "/api/targets", "/v1/models", "/metrics"):
        assert embedded.client.get(path, headers=headers).status_code == 403, path
    entries = list(embedded.records.audit.export())
    who = f"portal:{embedded.channel.id}:anna"
    assert [(entry.who, entry.channel) for entry in entries] == [(who, "widget")]


def test_a_token_opens_nothing_from_elsewhere(embedded: Embedded) -> None:
    token = embedded.token()
    for origin in (OTHER, PORTAL.replace("http", "https"), "null", None):
        response = embedded.ask(token, origin)
        assert response.status_code == 403
        assert "access-control-allow-origin" not in response.headers
    frame = {"authorization": f"Bearer {token}", "sec-fetch-site": "same-origin"}
    assert embedded.client.get(CLAUSE, headers=frame).status_code == 200


def test_a_preflight_is_answered_for_known_origins_only(embedded: Embedded) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "x"}
    known = embedded.client.options("/api/ask", headers={**asked, "origin": PORTAL})
    assert (known.status_code, known.headers["access-control-allow-origin"]) == (204, PORTAL)
    assert "authorization" in known.headers["access-control-allow-headers"]
    for origin, path in ((OTHER, "/api/ask"), (PORTAL, "/api/policies"), (PORTAL, "/")):
        response = embedded.client.options(path, headers={**asked, "origin": origin})
        assert "access-control-allow-origin" not in response.headers


def test_whether_an_origin_is_named_depends_on_it(embedded: Embedded) -> None:
    for headers in ({"origin": PORTAL}, {"origin": OTHER}, {}):
        response = embedded.client.get(CLAUSE, headers=headers)
        assert response.status_code == 401
        assert response.headers["vary"] == "origin"


@pytest.mark.parametrize(
    "changes",
    [
        {"user": "bert"},
        {"user": "anna\nbert"},
        {"user": ""},
        {"origin": OTHER},
        {"channel": "0" * 12},
        {"channel": "\ud800"},
        {"time": 0},
        {"signature": ""},
        {"signature": "ü"},
    ],
    ids=repr,
)
def test_a_claim_that_does_not_hold_gets_no_token(
    embedded: Embedded, changes: dict[str, object]
) -> None:
    body = json.dumps(embedded.claim(**changes))
    headers = {"content-type": "application/json"}
    response = embedded.client.post("/api/channel/token", content=body, headers=headers)
    assert response.status_code in (403, 422)
    assert "wzt_" not in response.text


def test_a_revoked_channel_is_closed_at_once(embedded: Embedded) -> None:
    token = embedded.token()
    embedded.records.channels.revoke(embedded.channel.id)
    assert embedded.ask(token).status_code == 401
    again = embedded.client.post("/api/channel/token", json=embedded.claim())
    assert again.status_code == 403
    assert embedded.records.channels.open(embedded.channel.id) is None
    with pytest.raises(RecordMissing, match="channels list"):
        embedded.records.channels.revoke("nothing")


def test_a_channel_asks_as_often_as_it_may(embedded: Embedded) -> None:
    token = embedded.token()
    statuses = [embedded.ask(token).status_code for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    response = embedded.ask(token)
    assert int(response.headers["retry-after"]) >= 1
    assert response.headers["access-control-allow-origin"] == PORTAL


def test_a_stream_suggests_what_to_ask_next_where_it_is_asked_to(embedded: Embedded) -> None:
    headers = {"authorization": f"Bearer {embedded.token()}", "origin": PORTAL}
    names = []
    for follow_ups in (False, True):
        body = {"question": RATIO_QUESTION, "stream": True, "follow_ups": follow_ups}
        text = embedded.client.post("/api/ask", json=body, headers=headers).text
        names.append(re.findall(r"^event: (\w+)$", text, re.M))
    plain, more = names
    assert plain == ["citation", "statement", "end"]
    assert more == ["citation", "statement", "follow_ups", "end"]


def test_without_records_there_are_no_channels(sample: SampleService) -> None:
    with TestClient(create_app(sample, settings=WebSettings(pages=False))) as client:
        body = {"channel": "a", "user": "a", "origin": PORTAL, "time": 1, "signature": ""}
        assert client.post("/api/channel/token", json=body).status_code == 403
        asked = client.post("/api/ask", json={"question": "医护比"}, headers={"origin": PORTAL})
        assert asked.status_code == 403
        assert client.get("/embed?channel=a").status_code == 200


def test_the_script_is_small_and_has_both_languages() -> None:
    script = widget_script()
    assert len(gzip.compress(script.encode())) <= MAX_GZIPPED
    for language in LANGUAGES:
        strings = load_text(language)["widget"]
        assert not isinstance(strings, str)
        assert all(json.dumps(text, ensure_ascii=False) in script for text in strings.values())


def test_the_script_never_makes_elements_out_of_text() -> None:
    parsing = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b"
    assert re.findall(parsing, widget_script()) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", widget_script()) == []


def test_every_string_of_the_widget_is_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in ASSETS.glob("*.js"))
    strings, problems = load_text("zh")["widget"], load_text("zh")["widget_problems"]
    assert [name for name in strings if f"TEXT.{name}" not in source and name != "no_script"] == []
    assert [name for name in problems if f"'{name}'" not in source] == []
    known = set(strings) | {"reasons", "problems", "vote_reasons"}
    assert set(re.findall(r"TEXT\.(\w+)", source)) <= known


def test_the_script_is_fetched_once(embedded: Embedded) -> None:
    first = embedded.client.get("/widget.js")
    assert first.headers["content-type"].startswith("text/javascript")
    tag = {"if-none-match": first.headers["etag"]}
    assert embedded.client.get("/widget.js", headers=tag).status_code == 304


def test_only_the_origins_of_a_channel_can_frame_the_page(embedded: Embedded) -> None:
    def framers(address: str) -> str:
        policy = embedded.client.get(address).headers["content-security-policy"]
        return policy.rpartition("frame-ancestors ")[2]

    assert framers(f"/embed?channel={embedded.channel.id}") == f"'self' {PORTAL}"
    assert framers("/embed") == framers("/embed?channel=nothing") == "'self'"
    embedded.records.channels.revoke(embedded.channel.id)
    assert framers(f"/embed?channel={embedded.channel.id}") == "'self'"
    assert 'lang="en"' in embedded.client.get("/embed?lang=en").text
    assert frame_page(ZH, ancestors=()).html != frame_page(EN, ancestors=()).html


def test_channels_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        status = main(["--data", str(tmp_path), "channels", *arguments])
        captured = capsys.readouterr()
        return status, captured.out or captured.err

    status, out = run("create", "门户", "--origin", PORTAL, "--per-minute", "9", "--json")
    made = json.loads(out)
    assert (status, made["origins"], made["requests_per_minute"]) == (0, [PORTAL], 9)
    secret = ChannelSecret(folder=str(tmp_path)).read()
    assert secret is not None
    assert made["key"] == channel_key(secret, made["id"])
    assert "wzc_" not in run("list", "--json")[1]
    assert run("list")[1] == f"{made['id']}  门户  {PORTAL}  9 a minute  open\n"
    assert run("revoke", made["id"]) == (0, f"{made['id']} is revoked\n")
    assert run("list")[1].endswith("revoked\n")
    assert run("revoke", "nothing")[0] == 1
    assert run("create", "x", "--origin", "*") == (
        2,
        "wenzheng: '*' is no origin; write scheme, host and port, as in https://portal.example\n",
    )
