"""Small policies and a small embedder, made by hand, for tests of what stands on top of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

import numpy as np

from corpus.schema import Clause, Document, Fact, Policy
from index.folding import fold
from index.schema import FloatMatrix, FloatVector


def make_clause(
    text: str,
    *,
    clause_id: str = "plan/1",
    policy_id: str = "plan",
    path: tuple[str, ...] = (),
    label: str = "一",
) -> Clause:
    """A clause that stands at the start of its source, unwrapped."""
    return Clause(
        clause_id=clause_id,
        policy_id=policy_id,
        parent_id=None,
        kind="点",
        label=label,
        path=path,
        text=text,
        start=0,
        end=len(text),
        segments=((0, len(text)),),
    )


def make_policy(
    texts: Sequence[str], *, policy_id: str = "plan", title: str = "推动高质量发展实施方案"
) -> Policy:
    """A policy with a clause for each text, numbered from 1."""
    clauses = tuple(
        make_clause(
            text,
            clause_id=f"{policy_id}/{number}",
            policy_id=policy_id,
            path=("二、重点任务", f"{number}.{text[:6]}"),
            label=f"二{number}",
        )
        for number, text in enumerate(texts, start=1)
    )
    return Policy(
        policy_id=policy_id,
        source=f"{policy_id}.txt",
        title=Fact(title, 0, len(title)),
        document_number=Fact("安政办〔2024〕21号"),
        issuers=(Fact("市人民政府办公室"),),
        dates=(("成文", Fact("2024年6月12日")), ("印发", Fact("2024年6月13日"))),
        region=None,
        basis=(),
        period=None,
        start=0,
        end=sum(map(len, texts)),
        clauses=clauses,
    )


def make_document(policy: Policy) -> Document:
    """The file that a policy would have been read from."""
    text = "\n".join(clause.text for clause in policy.clauses)
    return Document(policy.source, text, hashlib.sha256(text.encode()).hexdigest(), "txt")


class PairEmbedder:
    """Counts pairs of characters into a vector: near texts are near, and nothing is loaded."""

    dimensions = 64

    def __init__(self, *, model: str = "pairs") -> None:
        self.model = model
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return f"test {self.model}"

    def embed_query(self, text: str) -> FloatVector:
        return self._vector(text)

    def embed_passages(self, texts: list[str]) -> FloatMatrix:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> FloatVector:
        vector = np.full(self.dimensions, 0.01, dtype=np.float32)
        folded = fold(text)
        for start in range(len(folded) - 1):
            pair = folded[start : start + 2].encode("utf-8")
            vector[zlib.crc32(pair) % self.dimensions] += 1
        scaled: FloatVector = vector / np.linalg.norm(vector)
        return scaled
