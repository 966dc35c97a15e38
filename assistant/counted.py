"""The items of a name that counts them: 十大中心, 六块重点任务; pure.

Where a question gives the number, a document that has as many parts in that place surely lists
them, however it prints them: as headings below a clause, or as names at the head of paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.enumeration import has_heading, heading_of
from assistant.question import Reading
from corpus.numerals import parse_number
from corpus.schema import Clause, Policy
from corpus.sentences import split_sentences
from index.folding import fold
from index.schema import Hit

_NUMBER = r"(?P<count>\d{1,2}|[二两三四五六七八九十]{1,3})"
_PARTS = re.compile(rf"{_NUMBER}(?:大|个|条|项)?(?:块|条|项|章|方面|部分|板块|类|点|任务|内容)")
_NAMED = re.compile(rf"{_NUMBER}(?:大|个|项)(?P<noun>[\u4e00-\u9fff]{{2,4}})")
_DEPTH = 3
_MIN_COUNT = 3
_MAX_NAME = 24  # characters of an item's name as a sentence of its own
_REACH = 20  # clauses behind the one that announces the items


def counted_parts(reading: Reading, hits: Sequence[Hit]) -> list[DraftStatement]:
    """The items that a question asks for by their number; empty where no clause has as many."""
    question = fold(reading.asked or reading.standalone)
    if reading.kind not in {"list", "definition", "number"}:
        return []
    counts = {_count(match) for match in _PARTS.finditer(question)}
    for hit in hits[:_DEPTH]:
        children = [c for c in hit.policy.clauses if c.parent_id == hit.clause.clause_id]
        headed = [child for child in children if has_heading(child)]
        if len(headed) in counts and len(headed) >= _MIN_COUNT:
            return [heading_of(child) for child in headed]
        for match in _NAMED.finditer(question):
            items = list(_named(match, hit.clause, hit.policy))
            # One may stand in the sentence that announces them, or under another name.
            if len(items) - 1 in {_count(match), _count(match) - 1}:
                return items
    return []


def _named(match: re.Match[str], clause: Clause, policy: Policy) -> Iterator[DraftStatement]:
    """The sentence that has the name, and those behind it that are names of the same kind."""
    noun = match["noun"][:2]
    name = match[0][: match.end("noun") - match.start() - len(match["noun"]) + 2]
    if _count(match) < _MIN_COUNT or name not in fold(clause.text):
        return
    ids = [other.clause_id for other in policy.clauses]
    first = ids.index(clause.clause_id)
    is_announced = False
    for other in policy.clauses[first : first + _REACH]:
        if other.parent_id not in (clause.parent_id, clause.clause_id):
            break
        for sentence in split_sentences(other.text):
            text = fold(sentence.text).rstrip("。;；")
            is_item = is_announced and text.endswith(noun) and len(text) <= _MAX_NAME
            announces = not is_announced and name in text
            if announces or is_item:
                is_announced = True
                quote = Quote(other, sentence.start, sentence.end)
                yield DraftStatement(quote.text, (quote,))


def _count(match: re.Match[str]) -> int:
    return parse_number(match["count"].replace("两", "二")) or 0
