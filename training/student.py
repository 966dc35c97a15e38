"""Trainable models cut from multilingual-e5-small, as plain sentence-transformers folders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from training.checkpoint import Checkpoint, read_checkpoint
from training.vocabulary import cut

MAX_TOKENS = 192


def write_encoder(
    folder: Path, tokenizer_file: Path, layers: Sequence[int] = tuple(range(12))
) -> None:
    """Write the encoder with these of its twelve layers as a transformers folder."""
    checkpoint = read_checkpoint()
    tokenizer, rows = cut(tokenizer_file)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    PreTrainedTokenizerFast(
        tokenizer_file=str(file),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=512,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(str(folder))
    _encoder(checkpoint, rows, layers).save_pretrained(str(folder))


def open_retriever(folder: Path) -> SentenceTransformer:
    """The folder as a retriever: mean of the tokens, unit norm, the prompts of the e5 family."""
    transformer = Transformer(str(folder), max_seq_length=MAX_TOKENS)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    return SentenceTransformer(
        modules=[transformer, pooling, Normalize()],
        prompts={"query": "query: ", "document": "passage: "},
    )


def _encoder(checkpoint: Checkpoint, rows: list[int], layers: Sequence[int]) -> BertModel:
    sizes = checkpoint.sizes
    config = BertConfig(
        vocab_size=len(rows),
        hidden_size=sizes.hidden,
        num_hidden_layers=len(layers),
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types,
        layer_norm_eps=sizes.epsilon,
        pad_token_id=1,
        hidden_act="gelu",
    )
    model = BertModel(config, add_pooling_layer=False)
    state = {}
    for name, values in checkpoint.tensors.items():
        tensor = torch.from_numpy(values.copy())
        if name == "embeddings.word_embeddings.weight":
            tensor = tensor[rows].clone()
        if name.startswith("encoder.layer."):
            _, _, number, rest = name.split(".", 3)
            if int(number) not in layers:
                continue
            name = f"encoder.layer.{list(layers).index(int(number))}.{rest}"
        state[name] = tensor
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or [name for name in missing if "position_ids" not in name]:
        raise ValueError(f"weights do not fit: missing {missing}, unexpected {unexpected}")
    return model
