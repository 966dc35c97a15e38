"""Answers over several documents: the best sentence of each, as statements and as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.asked_indicator import names_indicator
from assistant.asked_values import gives_value
from assistant.citations import DraftStatement
from assistant.extractive import Candidate, compose
from assistant.mentioned import that_mention, word_to_mention
from assistant.names_beside import names_beside
from assistant.prompts import BY_POLICY, NOT_MENTIONED
from assistant.question import Reading
from assistant.spoken import (
    Cover,
    alike_at_least,
    best_naming,
    best_valued,
    best_worded,
    kept_beside,
    that_go_on,
    that_speak,
)
from corpus.schema import Policy

MAX_ROW_CHARACTERS = 150  # of one document's words in a comparison
# How far behind the best sentence another document's may be: at all, and with as many of the
# words that are asked for.
_CLOSE_AGGREGATE = 2.5
_FAR_AGGREGATE = 5.0
_SOME_BEHIND = 3.0  # with some of those words
_SOME_WORDS = 0.3  # of the share of the words asked for that the best sentence holds
_SAME_WORDS = 0.6  # of the share of the words asked for that the best sentence holds
_CLOSE_OF_ONE_ROW = 0.8  # in another clause of the same document


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says; no statements where it says nothing of it."""

    policy: Policy
    statements: tuple[DraftStatement, ...] = ()

    @property
    def text(self) -> str:
        """What the row shows as the document's content."""
        return "".join(s.quotes[0].text for s in self.statements) or NOT_MENTIONED


def by_policy(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The best sentence of each policy, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.is_substance:
            best.setdefault(candidate.hit.policy.policy_id, candidate)
    return best


def close_of_each(
    candidates: Sequence[Candidate], cover: Cover, *, reach: float, far: float
) -> dict[str, Candidate]:
    """Of each policy the best sentence that answers about as well as any, or in the same words."""
    told = [candidate for candidate in candidates if candidate.is_substance]
    heard = cover(told[0].text) if told else 0.0
    found: dict[str, Candidate] = {}
    for candidate in told:
        behind = told[0].score - candidate.score
        if candidate.hit.policy.policy_id in found or behind > max(reach, far):
            continue
        share = cover(candidate.text) / heard if heard and behind > reach else 0.0
        allowed = reach
        if share >= _SOME_WORDS:
            allowed = max(reach, min(far, _SOME_BEHIND))
        if share >= _SAME_WORDS:
            allowed = max(reach, far)
        if behind <= allowed:
            found[candidate.hit.policy.policy_id] = candidate
    return found


def rows_of(
    reading: Reading,
    candidates: Sequence[Candidate],
    policies: Mapping[str, Policy],
    cover: Cover,
    *,
    same: Callable[[Candidate], Mapping[str, Candidate]] = lambda best: {},
    is_strange: Callable[[str], bool] = lambda word: False,
) -> list[Row]:
    """A row a document that answers; documents that the question names come in any case.

    Args:
        reading: the question.
        candidates: sentences of all documents, best first.
        policies: the policies of the index by id.
        cover: the share of the words asked for that a text holds.
        same: from a sentence to those of other documents, by policy, that say the same.
        is_strange: whether a word is used in other documents, but in none of those named.
    """
    named = [policy for pid, policy in policies.items() if pid in reading.scope.policy_ids]
    mentioned = _rows_of_mention(reading, candidates, policies, named, is_strange)
    if mentioned:
        return mentioned
    speaks = names_indicator(reading.topic)
    told = [c for c in candidates if speaks is None or speaks(c.text)]
    if candidates and not told:  # what is asked for by its name is in no document
        return [Row(policy) for policy in named or [candidates[0].hit.policy]]
    best = by_policy(told)
    if not best:
        return []
    close = close_of_each(told, cover, reach=_CLOSE_AGGREGATE, far=_FAR_AGGREGATE)
    if named:
        best = {**best, **close}
        return _named_rows(reading, told, best, policies, cover, is_told=speaks is not None)
    fitting = that_speak(_told_best(reading, close, told, cover), cover)
    if fitting:
        alike = same(next(iter(fitting.values())))
        fitting = {**kept_beside(fitting, alike, cover), **alike}
    return _rows_by(fitting, policies)


def _rows_of_mention(
    reading: Reading,
    candidates: Sequence[Candidate],
    policies: Mapping[str, Policy],
    named: Sequence[Policy],
    is_strange: Callable[[str], bool],
) -> list[Row]:
    """The rows, where the mention of a word is asked for; none where none is, or none has it."""
    mentioning = that_mention(reading.question.text, candidates)
    if mentioning:
        return _mentioning_rows(reading, by_policy(mentioning), policies)
    if named and is_strange(word_to_mention(reading.question.text)):
        return [Row(policy) for policy in named]
    return []


def _mentioning_rows(
    reading: Reading, best: Mapping[str, Candidate], policies: Mapping[str, Policy]
) -> list[Row]:
    """A row for each document that has the word, and for each that is named."""
    if not reading.scope.policy_ids:
        return _rows_by(best, policies)
    chosen = _one_for_each_name(reading, best, policies)
    rows = {row.policy.policy_id: row for row in _rows_by(best, policies)}
    return [rows.get(pid, Row(policies[pid])) for pid in chosen]


def _rows_by(best: Mapping[str, Candidate], policies: Mapping[str, Policy]) -> list[Row]:
    """A row for each sentence, in their order."""
    names = names_beside([policies[pid] for pid in best])
    return [Row(policies[pid], (statement_by(c, names[pid]),)) for pid, c in best.items()]


def _named_rows(
    reading: Reading,
    candidates: Sequence[Candidate],
    best: Mapping[str, Candidate],
    policies: Mapping[str, Policy],
    cover: Cover,
    *,
    is_told: bool,
) -> list[Row]:
    """A row for each document that is named, without statements where it says nothing of it.

    ``is_told`` says that all of the sentences have what is asked for by its name.
    """
    chosen = _one_for_each_name(reading, best, policies)
    naming = {p: best_naming(best[p], candidates, cover) for p in chosen if p in best}
    heard = _told_best(reading, naming, candidates, cover)
    fitting = heard if is_told else that_speak(heard, cover) or alike_at_least(heard, cover)
    names = names_beside([policies[pid] for pid in chosen])
    return [
        Row(
            policies[pid],
            _statements(reading, candidates, fitting[pid], names[pid], cover)
            if pid in fitting
            else (),
        )
        for pid in chosen
    ]


def _told_best(
    reading: Reading, best: Mapping[str, Candidate], candidates: Sequence[Candidate], cover: Cover
) -> dict[str, Candidate]:
    """For the best sentence of each policy the one near it that has more of what is asked."""
    gives = partial(gives_value, reading)
    worded = {pid: best_worded(one, candidates, cover) for pid, one in best.items()}
    return {pid: best_valued(one, candidates, cover, gives) for pid, one in worded.items()}


def _one_for_each_name(
    reading: Reading, best: Mapping[str, Candidate], policies: Mapping[str, Policy]
) -> list[str]:
    """Of each place that is named the policy that speaks of it best; all where plans are named.

    A place may have a dozen documents, of which one is on the topic.
    """
    named = [pid for pid in policies if pid in reading.scope.policy_ids]
    places = {region.value if (region := policies[pid].region) else pid for pid in named}
    if len(places) < len(reading.scope.names):
        return named
    chosen: dict[str, str] = {}
    for pid in sorted(named, key=lambda pid: -best[pid].score if pid in best else 0.0):
        region = policies[pid].region
        chosen.setdefault(region.value if region else pid, pid)
    return [pid for pid in named if pid in chosen.values()]


def statements_of(rows: Sequence[Row]) -> list[DraftStatement]:
    """The rows that say something, as statements."""
    return [statement for row in rows for statement in row.statements]


def statement_by(candidate: Candidate, name: str) -> DraftStatement:
    """The sentence behind the name of its document."""
    text = BY_POLICY.format(name=name, text=candidate.text)
    return DraftStatement(text, (candidate.quote,))


def _statements(
    reading: Reading, candidates: Sequence[Candidate], best: Candidate, name: str, cover: Cover
) -> tuple[DraftStatement, ...]:
    """What one document says, its name before the first sentence."""
    own = [c for c in candidates if c.hit.policy.policy_id == best.hit.policy.policy_id]
    behind = [
        c
        for c in own
        if c is not best and c.score <= best.score
        if c.hit.clause is best.hit.clause or c.score >= best.score - _CLOSE_OF_ONE_ROW
    ]
    kept = that_go_on(best, behind, cover)
    first, *rest = compose(reading, [best, *kept], max_characters=MAX_ROW_CHARACTERS)
    return (DraftStatement(BY_POLICY.format(name=name, text=first.text), first.quotes), *rest)
