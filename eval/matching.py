"""Which clauses hold the evidence: the one rule by which all that is found or cited is judged.

A text matches an evidence quote if it is from that file and holds at least 60 % of the quote in one
run, white space ignored. The rule needs no clause ids, so that gold outlives a new way to cut a
document, and other systems with other pieces can be judged by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.schema import Clause
from eval.schema import Corpus, Evidence, Json

# Of a quote that runs over the end of a clause, or that cleaning cut into (docs/evaluation.md).
_NEEDED_TENTHS = 6


def without_space(text: str) -> str:
    """The text with all white space gone: layout puts it anywhere."""
    return "".join(text.split())


def stem(source: str) -> str:
    """The name of a file without its ending, as gold names documents."""
    return source.rsplit(".", 1)[0]


def holds(text: str, quote: str) -> bool:
    """Whether a text holds enough of a quote in one run; both without white space.

    >>> holds("医护比达到1：2左右", "护比达到1：2吧")
    True
    >>> holds("医护比达到", "护比达到1：2左右")
    False
    """
    if not quote:
        return False
    needed = -(-_NEEDED_TENTHS * len(quote) // 10)
    # Every run that is long enough goes through the middle of the quote: most texts end here.
    if quote[len(quote) - needed : needed] not in text:
        return False
    return any(quote[at : at + needed] in text for at in range(len(quote) - needed + 1))


def matched_quotes(evidence: Sequence[Evidence], *, source: str, text: str) -> tuple[bool, ...]:
    """For each quote whether a text of that source file matches it."""
    plain, name = without_space(text), stem(source)
    return tuple(item.doc == name and holds(plain, without_space(item.quote)) for item in evidence)


def judge(evidence: Sequence[Evidence], pieces: Iterable[Json]) -> list[tuple[bool, ...]]:
    """For each hit or citation, which quotes it matches."""
    return [
        matched_quotes(
            evidence,
            source=str(piece.get("source", "")),
            text=str(piece.get("clause_text", "")),
        )
        for piece in pieces
    ]


class GoldClauses:
    """Finds the clauses of a corpus that hold the evidence of a record."""

    def __init__(self, corpus: Corpus) -> None:
        self._by_stem: dict[str, list[tuple[Clause, str]]] = {}
        for policy in corpus.policies:
            rows = self._by_stem.setdefault(stem(policy.source), [])
            rows.extend((clause, without_space(clause.text)) for clause in policy.clauses)

    def of_quote(self, item: Evidence) -> list[Clause]:
        """The clauses that match a quote, in reading order."""
        quote = without_space(item.quote)
        return [clause for clause, text in self._by_stem.get(item.doc, ()) if holds(text, quote)]

    def of_record(self, evidence: Sequence[Evidence]) -> list[str]:
        """Ids of the clauses that match any quote, each text once, in its largest clause.

        An article holds its paragraphs; whoever found the article need not find those as well.
        """
        found = {clause.clause_id: clause for item in evidence for clause in self.of_quote(item)}
        return [
            clause_id
            for clause_id, clause in found.items()
            if not any(_lies_in(clause, other) for other in found.values())
        ]


def _lies_in(clause: Clause, other: Clause) -> bool:
    """Whether a clause is a smaller part of another one's text."""
    inside = other.start <= clause.start and clause.end <= other.end
    larger = (other.end - other.start, len(other.text)) > (
        clause.end - clause.start,
        len(clause.text),
    )
    return (
        clause.policy_id == other.policy_id
        and inside
        and larger
        and without_space(clause.text) in without_space(other.text)
    )
