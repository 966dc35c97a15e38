"""The models that come with the product: what they give, alone, in company and between threads."""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from assistant.opening import judge_of
from assistant.settings import Settings
from index.embedding import bundled_model, make_embedder
from index.errors import EmbeddingFailed
from index.judging import OnnxJudge
from index.onnx_model import OnnxModel, is_onnx_model
from index.schema import EmbeddingSettings

QUESTION = "拖后腿的科室怎么扶？"
RIGHT = "每年遴选5个薄弱专科加强建设。"
WRONG = "设立青年学习基金，支持年轻医务人员进修培训。"


@pytest.fixture(scope="module")
def judge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that is the surer the fewer tokens it reads: enough to see what becomes of it."""
    folder = tmp_path_factory.mktemp("judge")
    sizes = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])]
    sizes += [
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"])
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, ["texts", 1])
    nodes = [
        helper.make_node("Cast", ["attention_mask"], ["ones"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["ones", "axis"], ["count"], keepdims=1),
        helper.make_node("Div", ["twenty", "count"], ["output"]),
    ]
    constants = [
        helper.make_tensor("axis", TensorProto.INT64, [1], [1]),
        helper.make_tensor("twenty", TensorProto.FLOAT, [1], [20.0]),
    ]
    graph = helper.make_graph(nodes, "judge", sizes, [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    shutil.copy(bundled_model("retriever") / "tokenizer.json", folder)
    config = {"name": "short", "version": "1", "dimensions": 1, "max_tokens": 64}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def judge(judge_folder: Path) -> OnnxJudge:
    return OnnxJudge(judge_folder, threads=2)


def test_a_text_gets_the_same_vector_in_any_company() -> None:
    model = OnnxModel(bundled_model("retriever"), threads=2)
    alone = model.run([RIGHT])[0]
    among = model.run([WRONG * 9, RIGHT, "", WRONG])
    assert np.array_equal(among[1], alone)


def test_a_judge_is_as_sure_as_its_model_says(judge: OnnxJudge) -> None:
    short, long = judge.score(QUESTION, [RIGHT, WRONG])
    assert 0 < long < short
    assert judge.fingerprint.startswith("short 1 ")


def test_settings_name_the_judge(judge_folder: Path) -> None:
    assert judge_of(Settings(judge="none")) is None
    bundled = judge_of(Settings())
    assert bundled is not None
    assert bundled.fingerprint.startswith("wenzheng-judge ")
    found = judge_of(Settings(judge=str(judge_folder)))
    assert found is not None
    assert found.score(QUESTION, [RIGHT]).shape == (1,)


def test_the_judge_takes_any_text(judge: OnnxJudge) -> None:
    strange = ["\ud800", "a\0b", "ﷺ" * 200, "", "医" * 5000]
    assert np.isfinite(judge.score("\ud800\0", strange)).all()


def test_threads_share_one_judge(judge: OnnxJudge) -> None:
    expected = judge.score(QUESTION, [RIGHT, WRONG])
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(judge.score, QUESTION, [RIGHT, WRONG]) for _ in range(12)]
    assert all(np.array_equal(future.result(), expected) for future in found)


@pytest.mark.parametrize("name", ["retriever", "judge"])
def test_the_model_is_the_one_that_its_card_names(name: str) -> None:
    folder = bundled_model(name)
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert f"{config['name']} {config['version']}" in card
    for file in ("model.onnx", "tokenizer.json"):
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() in card


def test_a_folder_without_its_files_is_no_model(tmp_path: Path) -> None:
    assert not is_onnx_model(tmp_path)
    with pytest.raises(EmbeddingFailed, match="does not load"):
        OnnxModel(tmp_path, threads=1)


def test_a_model_of_ones_own_is_named_by_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(bundled_model("retriever"), folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "name": "mine"}), encoding="utf-8")
    found = make_embedder(EmbeddingSettings(model=str(folder)))
    assert found.fingerprint.startswith("mine ")
    with pytest.raises(EmbeddingFailed, match="leave both prompts empty"):
        make_embedder(EmbeddingSettings(model=str(folder), query_prompt="q: "))


def test_a_damaged_model_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(bundled_model("retriever"), folder)
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EmbeddingFailed) as error:
        make_embedder(EmbeddingSettings(model=str(folder)))
    assert "\n" not in str(error.value)
