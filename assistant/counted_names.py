"""Names that count what they stand for: “三统一”, “两个允许”, “五医联动”, “四化医院”; pure.

Such a name (标数缩略语) is explained where as many pieces of one sentence share its word:
统一目录、统一渠道、统一付款 are three 统一, 医学、医疗、医保、医药、医院 five 医; the name itself
need not stand there. Or it stands there with as many things before it (胸痛、卒中、创伤“三大中心”),
or behind it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.citations import DraftStatement, Quote
from assistant.findings import Finding, Material
from assistant.language import HAN_PAIR
from corpus.numerals import parse_number
from corpus.schema import Policy
from corpus.sentences import split_sentences
from index.chunking import searched_clauses
from index.folding import fold

_NUMBER = r"(?P<count>[两二三四五六七八九十]|十[一二三四五六])"
_MARK = r"[“”\"「」『』‘’']"
_IN_MARKS = re.compile(rf"{_MARK}{_NUMBER}(?:个|大|项)?(?P<word>[\u4e00-\u9fff]{{1,4}}){_MARK}")
# What follows a name whose meaning is asked for: 是哪五个医, 指什么, 具体包括哪些.
_ASKS = re.compile(
    r"\s*(?:具体|分别|到底|究竟|都|说)*(?:的)?(?:是|指|包括|包含|有|叫|允许)(?:的是)?(?:哪|什么|啥)"
)
_BARE = re.compile(
    rf"(?<![\u4e00-\u9fff第]){_NUMBER}(?:个|大|项)?(?P<word>[\u4e00-\u9fff]{{1,6}}?)(?={_ASKS.pattern})"
)
_ASKED = re.compile(r"哪|什么|啥|意思|怎么[写说讲]|原[话文]")
_BETWEEN = re.compile(r"[、，,;；:：。（()）“”\"]|(?:以及|和|与|及)(?=[\u4e00-\u9fff]{2})")
_PARTS = re.compile(r"[，,;；:：。（()）]")
_AND = re.compile(r"、|(?:以及|和|与|及)(?=[\u4e00-\u9fff]{2})")
_SHORT = 4  # characters of a piece that shares one
_MOST = 3  # sentences told side by side


@dataclass(frozen=True, slots=True)
class CountedName:
    """A name of ``count`` things that share ``word``; ``printed`` is how a question has it."""

    count: int
    word: str
    printed: str

    def is_told_by(self, text: str) -> bool:
        """Whether a folded text names just as many things."""
        pieces = [piece.strip() for piece in _BETWEEN.split(text)]
        runs = groupby(filter(None, pieces), key=self._is_one)
        shared = (sum(1 for _ in run) for is_one, run in runs if is_one)
        return self.count in shared or self._stands_with_its_things(text)

    def _is_one(self, piece: str) -> bool:
        if len(self.word) > 1:
            return self.word in piece
        # The first of several stands behind other words: 统筹推进医学.
        ends = piece.endswith(self.word) or piece[-2:].startswith(self.word)
        return len(piece) > 1 and (ends or (piece.startswith(self.word) and len(piece) <= _SHORT))

    def _stands_with_its_things(self, text: str) -> bool:
        for part in _PARTS.split(text):
            before, name, _ = part.partition(self.printed)
            if name and self.count in _counts(before.rstrip('等“"‘')):
                return True
        behind = re.search(rf"{re.escape(self.printed)}{_MARK}?[（(](?P<things>[^）)]*)", text)
        return behind is not None and self.count in _counts(behind["things"])


def counted_names(material: Material) -> Finding | None:
    """The sentences of the named documents that say what a counted name stands for, or None."""
    reading = material.reading
    if not reading.scope.policy_ids or reading.kind not in {"list", "definition", "fact", "number"}:
        return None
    question = fold(reading.scope.rest)  # names of places do not run into those of things
    for name in _names(question):
        drafts = [draft for policy in material.in_scope for draft in _telling(name, policy)]
        drafts = _nearest(name, question, drafts)
        if 0 < len(drafts) <= _MOST:
            return Finding(drafts=tuple(drafts), joint="\n")
    return None


def _names(question: str) -> Iterator[CountedName]:
    """The counted names whose meaning is asked for, by their longest shared word first."""
    if not _ASKED.search(question):
        return
    quoted = list(_IN_MARKS.finditer(question))
    asked = [match for match in quoted if _ASKS.match(question, match.end())]
    for match in asked or list(_BARE.finditer(question)) or quoted[-1:]:
        count = parse_number(match["count"].replace("两", "二")) or 0
        word, printed = match["word"], match[0].strip(_MARK)
        yield from (CountedName(count, word[:n], printed) for n in (2, 1) if n <= len(word))


def _nearest(
    name: CountedName, question: str, drafts: Sequence[DraftStatement]
) -> list[DraftStatement]:
    """Those that have the name itself where any has, and of them what has most of the question."""
    asked = set(HAN_PAIR.findall(question))
    texts = [fold(draft.text) for draft in drafts]
    ranks = [(name.printed in text, len(asked & set(HAN_PAIR.findall(text)))) for text in texts]
    best = max(ranks, default=None)
    return [draft for draft, rank in zip(drafts, ranks, strict=True) if rank == best]


def _counts(things: str) -> set[int]:
    """How many things a list names; 危重儿童和新生儿 may be one or two."""
    return {len(things.split("、")), len(_AND.split(things))}


def _telling(name: CountedName, policy: Policy) -> Iterator[DraftStatement]:
    for clause in searched_clauses(policy):
        for sentence in split_sentences(clause.text):
            quote = Quote(clause, sentence.start, sentence.end)
            if name.is_told_by(fold(quote.text)):
                yield DraftStatement(quote.text, (quote,))
