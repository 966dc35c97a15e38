"""One question put to one generation of the index: what every way of searching says, unweighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.lexical import CLAUSE_FIELDS, SENTENCE_FIELDS
from index.making import ON_SERVER
from index.schema import Embedder, FloatVector, Scope, Signals
from index.snapshot import Snapshot
from index.told_by_titles import beside, between, faded
from index.wordbook import Knowledge

# Sentences that are asked for by meaning: more than fifty change no answer, but cost little.
NEAREST_SENTENCES = 100

CHINESE_SHARE = 0.4  # of the known words of an English question, beside the question itself
MAX_TITLES = 8  # what more policies than that have in common is hardly a matter

# Lines that frame a document; they are found by what they are, not by what they are about.
FRAME_KINDS = (
    "页头",
    "页尾",
    "版头",
    "文号",
    "标题",
    "主送",
    "落款",
    "公开",
    "印发",
    "题注",
    "目录",
)
# The opening repeats the title and the phrases of every such document; the lines that name annexes,
# their titles and the heads of tables have its nouns and say nothing of them.
OPENING_KINDS = ("通知", "前言", "附件说明", "附件", "表")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The words to look up, what is meant by them, where to look, and for what kinds of clauses."""

    query: str
    meaning: str
    scope: Scope
    prefer: frozenset[str]
    knowledge: Knowledge


def measure(snapshot: Snapshot, embedder: Embedder, inquiry: Inquiry) -> Signals:
    """Score every clause and sentence; 0 for those out of scope.

    Raises:
        EmbeddingFailed: the model did not answer.
        StorageFailed: the vectors cannot be searched.
    """
    wording = snapshot.wordbook.wording(inquiry.query, inquiry.knowledge)
    titles = _titles(snapshot, inquiry.scope) if inquiry.knowledge.titles else []
    scores = snapshot.lexical.scores(wording.query, wording.families)
    inside = snapshot.in_scope(inquiry.scope)
    if inquiry.scope.policy_ids:
        kept = inside[snapshot.owners]
        for name, values in scores.items():
            scores[name] = np.where(inside if name in CLAUSE_FIELDS else kept, values, 0)
    tops = {name: float(values.max(initial=0)) for name, values in scores.items()}
    if titles:
        for name, told in snapshot.lexical.told_scores(wording.query, titles).items():
            scores[name] = faded(scores[name], told)
    return Signals(
        in_scope=inside,
        is_preferred=snapshot.kinds.among(inquiry.prefer),
        is_frame=snapshot.kinds.among(FRAME_KINDS),
        is_opening=snapshot.kinds.among(OPENING_KINDS),
        is_heading=snapshot.is_heading,
        owners=snapshot.owners,
        clauses={name: scores[name] for name in CLAUSE_FIELDS},
        sentences={name.removeprefix("sentence_"): scores[name] for name in SENTENCE_FIELDS},
        tops=tops,
        similarity=_similarity(snapshot, embedder, inquiry, titles),
    )


def _titles(snapshot: Snapshot, scope: Scope) -> list[str]:
    """The titles of a few policies that a search is limited to; none where one has no title."""
    policies = [snapshot.policies[name] for name in scope.policy_ids & snapshot.policies.keys()]
    titles = sorted({policy.title.value for policy in policies})
    return titles if len(titles) <= MAX_TITLES and all(titles) else []


def _similarity(
    snapshot: Snapshot, embedder: Embedder, inquiry: Inquiry, titles: Sequence[str]
) -> FloatVector:
    """Cosines of the nearest sentences: float32, (n_sentences,)."""
    found = np.zeros(len(snapshot.sentences), dtype=np.float32)
    if not inquiry.meaning.strip() or not len(found):
        return found
    spans = snapshot.sentence_spans(inquiry.scope)
    if not spans:
        return found
    vector = embedder.embed_query(inquiry.meaning)
    if rest := beside(inquiry.meaning, snapshot.lexical.told_words(titles)):
        vector = between(vector, embedder.embed_query(rest))
    if chinese := snapshot.wordbook.in_chinese(inquiry.meaning, inquiry.knowledge):
        vector = between(vector, embedder.embed_query(chinese), CHINESE_SHARE)
    if snapshot.vector_rows is not None:
        rows, cosines = snapshot.vector_rows.nearest(vector, spans=spans, limit=NEAREST_SENTENCES)
        found[rows] = cosines
        return found
    strangers = 0
    if snapshot.manifest.settings["vectors"] == ON_SERVER:
        # Chunks of a build that is under way or was killed stand there among the others.
        strangers = max(0, snapshot.vectors.count() - len(snapshot.chunk_rows))
    nearest = snapshot.vectors.query(
        vector, limit=NEAREST_SENTENCES + strangers, policy_ids=inquiry.scope.policy_ids
    )
    for chunk_id, similarity in nearest:
        row = snapshot.chunk_rows.get(chunk_id)
        if row is not None:
            found[row] = similarity
    return found
