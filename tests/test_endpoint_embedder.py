"""A model on a server, over real connections: what is asked, what comes back, what goes wrong."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.embeddings_server
import index.endpoint_embedder
from index.embedding import make_embedder
from index.embeddings_server import Patience
from index.endpoint_embedder import BATCH_SIZE, EndpointEmbedder, probe_digest
from index.errors import EmbeddingFailed
from index.schema import EmbeddingSettings, FloatMatrix
from index.words import Words
from tests.building import NEW, OLD, Builder
from tests.embeddings_endpoint import EmbeddingsEndpoint, Failure, embeddings_endpoint
from tests.factories import PairEmbedder

KEY = "key-of-the-test"
TEXTS = ["增加护士配备。", "门诊次均费用增幅。" * 9, "", "薪酬制度", "a\0b \ud800"]


@pytest.fixture
def endpoint() -> Iterator[EmbeddingsEndpoint]:
    with embeddings_endpoint() as running:
        yield running


@pytest.fixture
def settings(endpoint: EmbeddingsEndpoint) -> EmbeddingSettings:
    return EmbeddingSettings(model="bge-m3", url=endpoint.url, key=KEY)


@pytest.fixture
def embedder(settings: EmbeddingSettings) -> Iterator[EndpointEmbedder]:
    with closing(EndpointEmbedder(settings)) as opened:
        yield opened


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOR_PASSAGES", "FOR_QUERIES"):
        monkeypatch.setattr(index.endpoint_embedder, name, Patience((0.01, 0.01), 5.0))


def test_the_settings_name_it(settings: EmbeddingSettings) -> None:
    opened = make_embedder(settings)
    assert isinstance(opened, EndpointEmbedder)
    opened.close()
    opened.close()


def test_vectors_are_float32_of_unit_norm_in_the_order_of_the_texts(
    embedder: EndpointEmbedder,
) -> None:
    texts = TEXTS * 9  # more than a batch
    assert len(texts) > BATCH_SIZE
    rows = embedder.embed_passages(texts)
    assert rows.dtype == np.float32
    assert rows.shape == (len(texts), embedder.dimensions) == (len(texts), 64)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert rows[0] == pytest.approx(PairEmbedder().embed_query(texts[0]), abs=1e-6)
    assert rows == pytest.approx(np.tile(rows[: len(TEXTS)], (9, 1)))
    assert embedder.embed_query(TEXTS[0]) == pytest.approx(rows[0])
    assert embedder.embed_passages([]).shape == (0, 64)


def test_model_key_and_prompts_are_sent(
    endpoint: EmbeddingsEndpoint, settings: EmbeddingSettings
) -> None:
    prompted = dataclasses.replace(settings, query_prompt="问：", passage_prompt="文：")
    with closing(EndpointEmbedder(prompted)) as embedder:
        embedder.embed_query("a")
        embedder.embed_passages(["b", ""])
        assert "query='问：' passage='文：'" in embedder.fingerprint
    assert [body["input"] for body in endpoint.asked[1:]] == [["问：a"], ["文：b", "文：-"]]
    assert {body["model"] for body in endpoint.asked} == {"bge-m3"}
    assert set(endpoint.keys) == {f"Bearer {KEY}"}


def test_without_a_key_none_is_sent(
    endpoint: EmbeddingsEndpoint, settings: EmbeddingSettings
) -> None:
    EndpointEmbedder(dataclasses.replace(settings, key="")).close()
    assert endpoint.keys == [None]


def test_the_fingerprint_follows_the_model_and_not_the_address(
    endpoint: EmbeddingsEndpoint, embedder: EndpointEmbedder, settings: EmbeddingSettings
) -> None:
    assert embedder.fingerprint.startswith("endpoint bge-m3 64 ")
    assert KEY not in embedder.fingerprint + repr(settings)
    assert endpoint.url not in embedder.fingerprint
    endpoint.scale = 0.1
    with closing(EndpointEmbedder(settings)) as again:
        assert again.fingerprint == embedder.fingerprint
    endpoint.scale = -1.0  # another model, served under the same name
    with closing(EndpointEmbedder(settings)) as other:
        assert other.fingerprint != embedder.fingerprint


@given(st.integers(0, 2**32 - 1))
def test_the_last_digits_of_a_server_do_not_change_the_fingerprint(seed: int) -> None:
    rows = PairEmbedder().embed_passages(["医护比", "薪酬"])
    noise = np.random.default_rng(seed).normal(scale=1e-7, size=rows.shape)
    assert probe_digest((rows + noise).astype(np.float32)) == probe_digest(rows)


def test_a_server_that_takes_less_gets_less(
    endpoint: EmbeddingsEndpoint, embedder: EndpointEmbedder
) -> None:
    expected = embedder.embed_passages(TEXTS * 3)
    endpoint.max_texts = 4
    assert embedder.embed_passages(TEXTS * 3) == pytest.approx(expected)
    endpoint.max_texts = 0
    with pytest.raises(EmbeddingFailed, match="HTTP 422 batch size too large; check WENZHENG"):
        embedder.embed_passages(TEXTS)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(
    endpoint: EmbeddingsEndpoint, embedder: EndpointEmbedder, status: int
) -> None:
    endpoint.failures = [Failure(status, times=2)]
    assert embedder.embed_query("a").shape == (64,)
    assert len(endpoint.asked) == 1 + 3
    endpoint.failures = [Failure(status)]
    with pytest.raises(EmbeddingFailed, match=f"{endpoint.url} does not embed: HTTP {status} out"):
        embedder.embed_query("a")


def test_a_server_may_say_when_to_come_again(
    endpoint: EmbeddingsEndpoint, embedder: EndpointEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("index.embeddings_server.time.sleep", pauses.append)
    endpoint.failures = [
        Failure(429, headers={"Retry-After": value}, times=1) for value in ("7", "9999")
    ]
    embedder.embed_query("a")
    assert pauses == [7, index.embeddings_server.MAX_PAUSE_SECONDS]


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (Failure(401, b'{"error": {"message": "bad key"}}'), "HTTP 401 bad key; check WENZHENG"),
        (Failure(404, b"<html>"), "HTTP 404; check WENZHENG"),
        (Failure(302, b"", {"Location": "http://127.0.0.1:9/"}), "HTTP 302; check"),
        (Failure(200, b"<html>"), "holds no vectors"),
        (Failure(200, b"[]"), "holds no vectors"),
        (Failure(200, b'{"data": []}'), "0 vectors"),
        (Failure(200, b'{"data": [{"index": 0, "embedding": [1, 2]}]}'), "instead of 64"),
        (Failure(200, b'{"data": [{"index": 0, "embedding": "AAAA"}]}'), "holds no vectors"),
        (
            Failure(200, json.dumps({"data": [{"index": 0, "embedding": [0] * 64}]}).encode()),
            "nothing but zeros",
        ),
        (
            Failure(200, json.dumps({"data": [{"index": 0, "embedding": [1e99] * 64}]}).encode()),
            "not numbers",
        ),
    ],
)
def test_what_goes_wrong_is_one_line(
    endpoint: EmbeddingsEndpoint, embedder: EndpointEmbedder, failure: Failure, message: str
) -> None:
    endpoint.failures = [failure]
    with pytest.raises(EmbeddingFailed, match=message) as caught:
        embedder.embed_query("a")
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert len(endpoint.asked) == 2  # nothing of it is worth asking again


def test_a_server_that_is_not_there_is_one_line(settings: EmbeddingSettings) -> None:
    with embeddings_endpoint() as gone:
        url = gone.url
    with pytest.raises(EmbeddingFailed, match=f"{url} does not embed: .*; check WENZHENG"):
        EndpointEmbedder(dataclasses.replace(settings, url=url))


@pytest.mark.parametrize(
    "url", ["vllm", "ftp://a/v1", "http://", "http://a:x/v1", "http://u:secret@a/v1", "http://a?k=secret"]
)  # fmt: skip
def test_an_address_that_is_none_is_refused_and_never_shown(url: str) -> None:
    with pytest.raises(EmbeddingFailed, match="address of an embeddings endpoint") as caught:
        EndpointEmbedder(EmbeddingSettings(model="m", url=url))
    assert "secret" not in str(caught.value)


def test_the_model_of_the_server_must_be_named(settings: EmbeddingSettings) -> None:
    with pytest.raises(EmbeddingFailed, match="name one with WENZHENG_EMBEDDING_MODEL"):
        EndpointEmbedder(EmbeddingSettings(url=settings.url))


def test_threads_share_one_embedder(embedder: EndpointEmbedder) -> None:
    expected = embedder.embed_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: embedder.embed_passages(TEXTS), range(20)))
    assert all(np.array_equal(rows, expected) for rows in found)


def test_a_build_goes_on_when_the_server_is_back(
    endpoint: EmbeddingsEndpoint,
    embedder: EndpointEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builder = Builder(tmp_path, Words())
    builder.make(OLD, embedder=embedder)
    monkeypatch.setattr("index.filling.CHUNKS_PER_STEP", 2)
    asked = len(endpoint.asked)
    embed = embedder.embed_passages

    def failing_later(texts: list[str]) -> FloatMatrix:
        if len(endpoint.asked) > asked:
            endpoint.failures = [Failure(503)]
        return embed(texts)

    monkeypatch.setattr(embedder, "embed_passages", failing_later)
    with pytest.raises(EmbeddingFailed, match="HTTP 503"):
        builder.make(NEW, embedder=embedder)
    monkeypatch.setattr(embedder, "embed_passages", embed)
    endpoint.failures = []
    assert builder.make(NEW, embedder=embedder).embedded == 1
