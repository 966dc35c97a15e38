"""The endpoint's client: pieces of text, or one error with a reason, whatever the server does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler

import langsmith.utils
import pytest

from assistant.chain import Assistant
from assistant.model import EndpointModel, Message, ModelFailedError, model_of
from assistant.secret import Secret
from assistant.settings import SettingInvalid, Settings
from assistant.tracing import switch_off_tracing
from eval.provenance import pinned
from eval.systems import with_settings
from tests.chat_endpoint import (
    ChatEndpoint,
    Script,
    answers,
    breaks_off,
    chat_endpoint,
    chunk,
    says,
    sends,
)

KEY = "sk-0123456789abcdef"
MESSAGES: tuple[Message, ...] = (("system", "规则"), ("user", "问题"))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatEndpoint]:
    with chat_endpoint() as running:
        yield running


def client(
    endpoint: ChatEndpoint, *, timeout_seconds: float = 5.0, key: str = KEY
) -> EndpointModel:
    return EndpointModel(
        url=endpoint.url, model="m-1", key=Secret(key), timeout_seconds=timeout_seconds
    )


def reply(model: EndpointModel) -> str:
    return "".join(model.reply(MESSAGES))


def test_a_reply_comes_piece_by_piece(endpoint: ChatEndpoint) -> None:
    endpoint.script = says("医护比1：2。😀")
    assert list(client(endpoint).reply(MESSAGES)) == list("医护比1：2。😀")
    asked = endpoint.asked[-1]
    assert asked["model"] == "m-1"
    assert asked["stream"] is True
    assert [(each["role"], each["content"]) for each in asked["messages"]] == list(MESSAGES)
    assert endpoint.keys[-1] == f"Bearer {KEY}"


@pytest.mark.parametrize("finish", ["stop", "length"])
def test_a_reply_that_ends_is_whole(endpoint: ChatEndpoint, finish: str) -> None:
    endpoint.script = says("好", finish=finish)
    assert reply(client(endpoint)) == "好"


STREAM_OF_NO_CHOICES = b'data: {"choices": [{"delta": "x"}]}\n\ndata: [DONE]\n\n'
BAD: list[tuple[str, Script, set[str]]] = [
    ("401", answers(401, b'{"error": {"message": "no"}}'), {"rejected"}),
    ("400", answers(400, b'{"error": {"message": "context", "code": 400}}'), {"rejected"}),
    ("429", answers(429, b""), {"rejected"}),
    ("500", answers(500, b"<html>"), {"rejected"}),
    ("hung up", lambda _: None, {"unreachable"}),
    ("no stop", says("增加护士", finish=None), {"cut_off"}),
    ("broken off", breaks_off("增加护士"), {"unreachable", "cut_off"}),
    ("filtered", says("增加", finish="content_filter"), {"declined"}),
    ("nothing", sends([]), {"cut_off", "unusable"}),
    ("not JSON", sends([b"data: {\n\n"]), {"unusable"}),
    ("no events", answers(200, b"hello", kind="text/event-stream"), {"cut_off", "unusable"}),
    ("a page", answers(200, b"<html></html>", kind="text/html"), {"cut_off", "unusable"}),
    ("a list", sends([b"data: [1, 2]\n\n"]), {"cut_off", "unusable"}),
    ("a number", sends([b"data: 7\n\n"]), {"cut_off", "unusable"}),
    ("null", sends([b"data: null\n\n"]), {"cut_off", "unusable"}),
    ("wrong types", sends([STREAM_OF_NO_CHOICES]), {"cut_off", "unusable"}),
    ("an error", sends([chunk("增"), b'data: {"error": {"message": "x"}}\n\n']), {"rejected"}),
    ("bytes", sends([b"data: \xff\xfe\n\n"]), {"unusable"}),
]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
@pytest.mark.parametrize(("script", "reasons"), [row[1:] for row in BAD], ids=[r[0] for r in BAD])
def test_whatever_goes_wrong_has_a_reason(
    endpoint: ChatEndpoint, script: Script, reasons: set[str]
) -> None:
    endpoint.script = script
    with pytest.raises(ModelFailedError) as caught:
        reply(client(endpoint))
    assert caught.value.reason in reasons
    assert KEY not in repr(caught.value)


def test_a_server_that_is_silent_is_given_up(endpoint: ChatEndpoint) -> None:
    over = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        over.wait(120)

    endpoint.script = silent
    started = time.monotonic()
    with pytest.raises(ModelFailedError, match="timeout"):
        reply(client(endpoint, timeout_seconds=0.2))
    over.set()
    assert time.monotonic() - started < 100


def test_a_server_that_drips_is_given_up(endpoint: ChatEndpoint) -> None:
    endpoint.script = sends([chunk("啊")] * 6_000, pause_seconds=0.02)  # two minutes of it
    started = time.monotonic()
    with pytest.raises(ModelFailedError, match="timeout"):
        reply(client(endpoint, timeout_seconds=0.3))
    assert time.monotonic() - started < 100


def test_a_server_that_never_ends_is_cut_short(endpoint: ChatEndpoint) -> None:
    endpoint.script = sends([chunk("啊" * 500)] * 1000)
    assert 6_000 < len(reply(client(endpoint))) < 8_000


def test_no_server_at_all() -> None:
    with chat_endpoint() as gone:
        model = client(gone)
    with pytest.raises(ModelFailedError, match="unreachable"):
        reply(model)


def test_signs_that_are_no_text_are_dropped(endpoint: ChatEndpoint) -> None:
    endpoint.script = sends([chunk("a\x00\x1b[31m\ud800医\n"), chunk(None, "stop")])
    assert reply(client(endpoint)) == "a[31m?医\n"


def test_the_keys_of_others_are_not_sent(
    endpoint: ChatEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    endpoint.script = says("好")
    reply(client(endpoint, key=""))
    assert endpoint.keys[-1] == "Bearer none"


def test_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    switch_off_tracing()
    assert not langsmith.utils.tracing_is_enabled()
    assert "switch_off_tracing" in Assistant.__init__.__code__.co_names


def test_the_key_is_never_shown() -> None:
    settings = Settings.from_environment({"WENZHENG_LLM_KEY": KEY})
    shown = [str(settings), repr(settings), str(asdict(settings)), str(pinned(asdict(settings)))]
    assert not [text for text in shown if KEY in text]
    with pytest.raises(TypeError):
        json.dumps(settings.llm_key)
    assert settings.llm_key.reveal() == KEY
    assert with_settings(settings, ["WENZHENG_LLM_MODEL=m"]).llm_key == KEY
    assert hash(Secret("a")) == hash("a")
    assert Secret("a") != Secret("b")


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (Settings(llm_url="localhost:8000", llm_model="m"), "WENZHENG_LLM_URL"),
        (Settings(llm_url="ftp://host/v1", llm_model="m"), "WENZHENG_LLM_URL"),
        (Settings(llm_url="http://", llm_model="m"), "WENZHENG_LLM_URL"),
        (Settings(llm_url="http://a:b@host/v1", llm_model="m"), "WENZHENG_LLM_KEY"),
        (Settings(llm_url="http://host/v1"), "WENZHENG_LLM_MODEL"),
        (Settings(llm_url="http://h/v1", llm_model="m", llm_key=Secret("密")), "WENZHENG_LLM_KEY"),
    ],
)
def test_settings_that_cannot_be_used_are_said(settings: Settings, problem: str) -> None:
    with pytest.raises(SettingInvalid, match=problem) as caught:
        model_of(settings)
    assert "\n" not in str(caught.value)
    assert "密" not in str(caught.value)


def test_without_an_address_there_is_no_model() -> None:
    assert model_of(Settings()) is None
    assert isinstance(model_of(Settings(llm_url="http://h/v1", llm_model="m")), EndpointModel)
