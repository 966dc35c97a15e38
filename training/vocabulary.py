"""The tokenizer of multilingual-e5-small cut to what Chinese, Latin letters and digits need.

A unigram tokenizer works with any subset of its pieces, so leaving out those of other scripts
changes no Chinese text; it takes 85 of the model's 96 million embedding weights away.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
PROMPTS = ("▁query", "▁passage")  # what every text of the e5 family begins with
# Latin pieces serve every European language; the most frequent of them spell English well.
LATIN_PIECES = 12_000

_SPACE = "▁"
# Ideographs, their punctuation, full-width forms, circled and Roman numbers, general punctuation.
_CHINESE = re.compile(
    r"[\u2010-\u206f\u2150-\u218f\u2200-\u22ff\u2460-\u24ff\u25a0-\u25ff\u3000-\u303f"
    r"\u3200-\u32ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\x20-\x7e·×÷°±]+"
)


def cut(tokenizer_file: Path) -> tuple[dict[str, Any], list[int]]:
    """The tokenizer with the pieces that are kept, and their rows in the full model.

    Args:
        tokenizer_file: ``tokenizer.json`` of multilingual-e5-small.

    Returns:
        the new ``tokenizer.json``, and for each new id the old one.
    """
    tokenizer: dict[str, Any] = json.loads(tokenizer_file.read_text(encoding="utf-8"))
    vocabulary: list[list[Any]] = tokenizer["model"]["vocab"]
    latin = sorted(
        (row for row, (piece, _) in enumerate(vocabulary) if _is_latin(piece)),
        key=lambda row: -vocabulary[row][1],
    )[:LATIN_PIECES]
    kept = {row for row, (piece, _) in enumerate(vocabulary) if _is_chinese(piece)} | set(latin)
    rows = [row for row, (piece, _) in enumerate(vocabulary) if row in kept or piece in SPECIAL]
    new_ids = {old: new for new, old in enumerate(rows)}
    tokenizer["model"]["vocab"] = [vocabulary[row] for row in rows]
    for token in tokenizer["added_tokens"]:
        token["id"] = new_ids[token["id"]]
    for special in tokenizer["post_processor"]["special_tokens"].values():
        special["ids"] = [new_ids[row] for row in special["ids"]]
    return tokenizer, rows


def _is_latin(piece: str) -> bool:
    bare = piece.replace(_SPACE, "")
    return bare.isascii() and not _is_figure(bare) and piece not in (*SPECIAL, *PROMPTS)


def _is_chinese(piece: str) -> bool:
    """Ideographs and the signs around them; of ASCII all single characters and all figures."""
    bare = piece.replace(_SPACE, "")
    if _is_figure(bare) or piece in PROMPTS:
        return True
    return not bare.isascii() and _CHINESE.fullmatch(bare) is not None


def _is_figure(bare: str) -> bool:
    return bare.isascii() and (len(bare) <= 1 or not any(map(str.isalpha, bare)))
