"""What an index is made with besides the model; what was made otherwise is not asked.

A question is cut into words as the clauses were, or the two do not meet; likewise the vectors of
one index are of texts made in one way. Nobody has to remember to count up a version for that: a
text of every kind of difficulty is cut, a small statute is made ready for the model, and what comes
out counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.policies import read_policies
from corpus.schema import Clause, Document
from index.bm25_field import BM25
from index.chunking import MAX_CHARS, chunk_policies
from index.errors import IndexMismatch
from index.lexical import LexicalIndex
from index.store import Manifest
from index.words import Words

# Where the manifest says that the vectors are.
IN_FOLDER = "folder"
ON_SERVER = "server"

_PROBE = (
    "市衛生健康委、人社局到２０２５年把医护比提高到1∶2，增幅不超过百分之三十（35%），"
    "推行DRG/DIP支付方式改革，三分之一以上的二级医院开展B超检查结果互认——一般不少于十二项。"
)
_STATUTE = """养犬管理办法
第一章　总则
第一条　犬吠不得扰民。
第二章　法律责任
第二条　违反本办法第一条规定的，处二百元罚款；拒不改正的，处五百元罚款。
"""
# How a message calls them.
NAMES = {
    "program": "wenzheng",
    "max_chars": "pieces of at most",
    "embedded": "pieces of the form",
    "words": "words cut by",
}

Making = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """With what an index must have been made, to be asked."""

    fingerprint: str
    vector_url: str | None
    making: Making


def making(words: Words) -> Making:
    """What this program makes an index with."""
    return {
        "program": version("wenzheng"),
        "max_chars": MAX_CHARS,
        "embedded": _embedded(),
        "words": (
            f"jieba {version('jieba')}, bm25s {version('bm25s')} {BM25['method']}"
            f" k1={BM25['k1']} b={BM25['b']}, cut {_digest(words)}"
        ),
    }


def check_making(manifest: Manifest, wanted: Wanted, *, place: Path) -> None:
    """Make sure that an index was made with what it is to be asked with.

    Raises:
        IndexMismatch: it was not; the message names both, and the command that mends it.
    """
    if manifest.fingerprint != wanted.fingerprint:
        raise IndexMismatch(
            f"the index in {place} was built with {manifest.fingerprint}, the settings say "
            f"{wanted.fingerprint}; run `wenzheng build`, or set the model that it was built with"
        )
    expected = ON_SERVER if wanted.vector_url else IN_FOLDER
    if manifest.settings["vectors"] != expected:
        raise IndexMismatch(
            f"the index in {place} has its vectors in a {manifest.settings['vectors']}, the "
            f"settings say {expected}; run `wenzheng build`, or change the Chroma URL"
        )
    otherwise = difference(manifest.settings, wanted.making)
    if otherwise is not None:
        raise IndexMismatch(
            f"the index in {place} was made with {otherwise}; run `wenzheng build` with its "
            "documents: nothing that was embedded before is embedded again"
        )


def difference(made: Making, wanted: Making) -> str | None:
    """The first thing in which an index was made otherwise, naming both; None if there is none.

    What an index does not say was not yet asked when it was made.
    """
    for key, expected in wanted.items():
        found = made.get(key, expected)
        if found != expected:
            return f"{NAMES[key]} {found}, this program has {expected}"
    return None


@cache
def _embedded() -> str:
    """Of what is embedded for a statute that has every kind of piece, a digest."""
    chunks = chunk_policies(read_policies(Document("probe.txt", _STATUTE, "", "txt")))
    return hashlib.sha256("\n".join(chunk.text for chunk in chunks).encode()).hexdigest()[:8]


def _digest(words: Words) -> str:
    clause = Clause("p/1", "p", None, "点", "一", (_PROBE,), _PROBE, 0, len(_PROBE), ((0, 1),))
    index = LexicalIndex.build([clause], [_PROBE], {"p": _PROBE}, words=words)
    found = [sorted(index.known_words), sorted(index.known_pairs)]
    return hashlib.sha256(repr(found).encode()).hexdigest()[:8]
