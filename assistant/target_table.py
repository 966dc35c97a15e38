"""Figures over several documents as a table: indicator, value, deadline, clause; pure.

The rows come from the targets of all clauses in scope; a document that sets none for what is asked
keeps the sentence that a search found, if any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.asked_indicator import names_indicator
from assistant.citations import DraftStatement
from assistant.comparison import Row
from assistant.findings import DraftRow, Finding
from assistant.language import language
from assistant.names_beside import names_beside
from assistant.prompts import (
    BY_POLICY,
    NOT_HELD,
    TABLE_CLAUSE,
    TABLE_DEADLINE,
    TABLE_INDICATOR,
    TABLE_POLICY,
    TABLE_VALUE,
)
from assistant.question import Reading
from assistant.quoted_targets import cells_of, sentence_of, words_of
from corpus.schema import Clause, Policy, Target
from index.folding import fold
from index.glossary import synonyms

_MIN_COVER = 0.75  # of the words asked for, for an indicator to be what is asked for
# 定在90%(或90%以上)的: which figure is asked for is no part of what it is of.
_BOUND = re.compile(
    r"(?:定在|定为|达到|不低于|超过|大于|高于|低于)?[(（]?或?[\d一二三四五六七八九][\d.]*(?:[:∶：比]\d[\d.]*|%|成)(?:[(（]?(?:及|或)?以[上下内]|左右)?[)）]?"
)
_LONE = re.compile(r"[?!]|(?<![\u4e00-\u9fff])(?:的有|[\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_MAX_SENTENCE = 120  # characters; of a longer one the words of the target alone
_MAX_SILENT = 30  # documents that are listed only to say that they are silent
_MAX_TARGETS = 3  # of one document


@dataclass(frozen=True, slots=True)
class _Found:
    policy: Policy
    clause: Clause
    target: Target


def target_table(
    reading: Reading,
    rows: Sequence[Row],
    policies: Mapping[str, Policy],
    cover_of: Callable[[str], Callable[[str], float]],
) -> Finding | None:
    """The targets of what is asked for in every document in scope; None where no document has any.

    Args:
        reading: a question over several documents.
        rows: what a search found in each document.
        policies: the policies of the index by id.
        cover_of: from words that are asked for to the share of them that a text holds.
    """
    if not reading.several:
        return None
    named = reading.scope.policy_ids
    scope = [p for pid, p in policies.items() if not named or pid in named]
    covers = [_headed(words, cover_of(words)) for words in _ways_to_say(_asked(reading.topic))]
    found = _matching(scope, covers, names_indicator(reading.topic) or _any_name)
    if not found or (not named and len(found) < 2):
        return None
    said = {row.policy.policy_id: row for row in rows if _says(row, covers, named)}
    listed = [p for p in scope if p.policy_id in found or p.policy_id in said]
    names = names_beside(listed)
    silent: list[Policy] = []
    if named or language().forms["every_place"].search(fold(reading.standalone)):
        silent = _silent(scope, listed, per_place=bool(named))
        names |= names_beside(silent)
    told = [
        _of_policy(names[p.policy_id], found.get(p.policy_id, []), said.get(p.policy_id) or Row(p))
        for p in (*listed, *silent)
    ]
    drafts = [draft for own, _ in told for draft in own]
    table = [row for _, cells in told for row in cells]
    table += [DraftRow((place, NOT_HELD, "", "", "")) for place in reading.scope.absent]
    columns = (TABLE_POLICY, TABLE_INDICATOR, TABLE_VALUE, TABLE_DEADLINE, TABLE_CLAUSE)
    unheard = tuple(names[policy.policy_id] for policy in silent) if named else ()
    return Finding(tuple(drafts), columns, tuple(table), joint="\n", silent=unheard)


def _asked(topic: str) -> str:
    """What a topic says beside the words that ask for figures, and beside the figure itself."""
    rest = language().forms["target_words"].sub(" ", _BOUND.sub(" ", topic))
    return fold(_LONE.sub(" ", rest))


def _silent(scope: Sequence[Policy], listed: Sequence[Policy], *, per_place: bool) -> list[Policy]:
    """Policies that say nothing of it; of places that are named, one where none of theirs does.

    Too many to be listed are none.
    """
    silent = [policy for policy in scope if policy not in listed]
    if not per_place:
        return silent if len(silent) <= _MAX_SILENT else []
    heard = {policy.region.value for policy in listed if policy.region}
    places = {p.region.value if p.region else p.policy_id: p for p in reversed(silent)}
    unheard = [policy for place, policy in reversed(places.items()) if place not in heard]
    return unheard if len(unheard) <= _MAX_SILENT else []


def _ways_to_say(topic: str) -> list[str]:
    """The words that are asked for, and the same with another term for one of them."""
    others = [
        topic.replace(term, other)
        for term, terms in synonyms().items()
        if len(term) > 1 and term in topic
        for other in terms
    ]
    return [topic, *others]


def _headed(words: str, cover: Callable[[str], float]) -> Callable[[str], float]:
    """The cover by words, none where the head of the phrase is left out: 补助 of 加装电梯补助."""
    head = words.strip()[-2:]
    return lambda text: cover(text) if any(sign in text for sign in head) else 0.0


def _any_name(text: str) -> bool:
    return True


def _matching(
    policies: Iterable[Policy],
    covers: Sequence[Callable[[str], float]],
    speaks: Callable[[str], bool],
) -> dict[str, list[_Found]]:
    """By policy the targets whose name holds the words that are asked for, the best alone."""
    scored: list[tuple[float, _Found]] = []
    for policy in policies:
        for clause in policy.clauses:
            for target in clause.targets:
                name = fold(f"{target.subject} {target.indicator} {target.base}")
                score = max(cover(name) for cover in covers)
                words = clause.text[target.start : target.end]
                if score >= _MIN_COVER and speaks(f"{target.subject}{target.indicator}{words}"):
                    scored.append((score, _Found(policy, clause, target)))
    best = max((score for score, _ in scored), default=0.0)
    spans: set[tuple[str, int, int]] = set()
    found: dict[str, list[_Found]] = {}
    for score, one in reversed(scored):  # the deepest clause last: it says it most exactly
        span = one.clause.source_span(one.target.start, one.target.end)
        if score < 0.9 * best or (one.policy.source, *span) in spans:
            continue
        spans.add((one.policy.source, *span))
        found.setdefault(one.policy.policy_id, []).insert(0, one)
    return {policy_id: ones[:_MAX_TARGETS] for policy_id, ones in found.items()}


def _of_policy(
    name: str, found: Sequence[_Found], row: Row
) -> tuple[list[DraftStatement], list[DraftRow]]:
    """What one document says, and its rows of the table."""
    if not found:
        said = list(row.statements)
        quotes = tuple(quote for statement in said for quote in statement.quotes)
        labels = "、".join(dict.fromkeys(quote.clause.label for quote in quotes))
        return said, [DraftRow((row.policy.title.value, row.text, "", "", labels), quotes)]
    drafts = [
        DraftStatement(BY_POLICY.format(name=name, text=quote.text), (quote,))
        for quote in dict.fromkeys(
            sentence_of(one.clause, one.target, max_characters=_MAX_SENTENCE) for one in found
        )
    ]
    return drafts, [
        DraftRow(
            (one.policy.title.value, *cells_of(one.clause, one.target)),
            (words_of(one.clause, one.target),),
        )
        for one in found
    ]


def _says(row: Row, covers: Sequence[Callable[[str], float]], named: Collection[str]) -> bool:
    """Whether a row says what is asked for, though it sets no figure.

    Of a document that is named the search has judged that already.
    """
    if row.policy.policy_id in named:
        return bool(row.statements)
    return max(cover(row.text) for cover in covers) >= _MIN_COVER
