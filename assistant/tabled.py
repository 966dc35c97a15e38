"""Rows of a table with the heads of their columns, and all the rows that a question asks for; pure.

A row alone says nothing to whoever does not see the head. The rows that belong to an answer are
those that hold the words by which its best row was found, or the amount of the question; of
questions for each or for the most, all rows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement, Quote
from assistant.extractive import Candidate
from assistant.findings import DraftRow, Finding
from assistant.language import HAN_PAIR, language
from assistant.question import Reading
from assistant.ranges import amounts_of, ranges_of
from corpus.schema import Clause, Policy
from index.folding import fold

MAX_ROWS = 40
_ABOVE = frozenset({"附件", "部分", "项", "点"})  # kinds below which a table may stand
_DEPTH = 5  # of the candidates that may lead to a table by the amount alone
_BARS = re.compile(r"\s*[|｜\t]\s*")
_FIGURE = re.compile(r"\d")
_OTHER = re.compile(r"\d+月|[a-z]+\d*|\d+(?:\.\d+)?%?")
_NEARLY = 0.99
_NAMED = 2  # terms of the question in the headings of a table
_UNIT_OF_COLUMN = re.compile(r"[（(](?P<unit>[^（()）]{1,12})[)）]")
_UNIT_LINE = re.compile(r"单位[：:]\s*(?P<unit>[^\s，；。)）]{1,12})")
_REFERS = re.compile(r"附[表件]|[下上]表|表\d")


@dataclass(frozen=True, slots=True)
class _Table:
    head: Clause
    columns: tuple[str, ...]
    rows: tuple[Clause, ...]


def tabled(reading: Reading, candidates: Sequence[Candidate]) -> Finding | None:
    """The rows of the table that the best sentence leads to; None where it leads to none."""
    best = candidates[0].hit
    table = _table_of(best.clause, best.policy)
    chosen = _wanted(reading, best.clause, table) if table else ()
    if len(chosen) < 2:  # one row is said among the sentences that go with it
        table, chosen = _by_amount(reading, candidates)
    if table is None or not 0 < len(chosen) <= MAX_ROWS:
        return None
    return Finding(
        drafts=tuple(_statement(table, row) for row in chosen),
        columns=table.columns,
        rows=tuple(_cells(table, row) for row in chosen),
        joint="\n",
    )


def with_columns(
    drafts: Sequence[DraftStatement], candidates: Sequence[Candidate]
) -> list[DraftStatement]:
    """Statements, those that are rows with the heads of their columns, without bare heads."""
    policies = {c.hit.clause.clause_id: c.hit.policy for c in candidates}
    said: list[DraftStatement] = []
    for draft in drafts:
        clause = draft.quotes[0].clause
        policy = policies.get(clause.clause_id)
        table = _table_of(clause, policy) if policy and clause.kind == "表行" else None
        said.append(_statement(table, clause) if table and clause in table.rows else draft)
    told = {draft.quotes[0].clause.kind for draft in said}
    bare = {"表", "附件"} if "表行" in told else set()
    return [draft for draft in said if draft.quotes[0].clause.kind not in bare]


def with_units(clause: Clause, policy: Policy) -> str:
    """The text of a clause; of a row with what its figures count, which stands in the head.

    870 below 投资（万元） is 870万元; below a table with 单位：万亩 a figure counts 万亩.
    """
    table = _table_of(clause, policy) if clause.kind == "表行" else None
    cells = cells_of(clause.text, len(table.columns)) if table else ()
    if table is None or not cells:
        return clause.text
    common = _UNIT_LINE.search("\n".join((*clause.path, table.head.text)))
    said: list[str] = []
    for head, cell in zip(table.columns, cells, strict=True):
        own = _UNIT_OF_COLUMN.search(head) or common
        unit = own["unit"] if own and cell[-1:].isdigit() else ""
        said.append(f"{head}：{cell}{unit}")
    return "；".join(said)


def cells_of(text: str, count: int) -> tuple[str, ...]:
    """The cells of a row of so many columns, none where it has more or other ones.

    What no bars part is parted by spaces; with bars, cells may be missing at the end.
    """
    cells = _BARS.split(text.strip())
    if len(cells) == 1:
        cells = text.split()
        return tuple(cells) if len(cells) == count else ()
    return (*cells, *[""] * (count - len(cells))) if len(cells) <= count else ()


def _table_of(clause: Clause, policy: Policy) -> _Table | None:
    """The table that a row, a head, or the heading above a table belongs to."""
    head: Clause | None = clause
    if clause.kind == "表行":
        head = next((o for o in policy.clauses if o.clause_id == clause.parent_id), None)
    elif clause.kind in _ABOVE:
        below = [o for o in policy.clauses if o.parent_id == clause.clause_id]
        head = below[0] if len(below) == 1 else None
    if head is None or head.kind != "表" or not head.text:
        return None
    line = head.text.splitlines()[-1]
    columns = tuple(filter(None, _BARS.split(line.strip())))
    columns = columns if len(columns) > 1 else tuple(line.split())
    rows = [o for o in policy.clauses if o.parent_id == head.clause_id and o.kind == "表行"]
    whole = tuple(row for row in rows if cells_of(row.text, len(columns)))
    return _Table(head, columns, whole) if len(columns) > 1 and len(whole) == len(rows) else None


def _wanted(reading: Reading, best: Clause, table: _Table) -> tuple[Clause, ...]:
    """The rows that are asked for; what tells fewer rows apart counts for more."""
    held = _rows_holding(reading, table)
    if held:
        return held
    if language().forms["asks_each"].search(fold(reading.asked or reading.standalone)):
        return table.rows
    if best.kind != "表行":
        return ()
    asked = _terms(reading.standalone) - _terms(table.head.text)
    shared = [asked & _terms(row.text) for row in table.rows]
    count = Counter(term for terms in shared for term in terms)
    worth = [sum(math.log(len(shared) / count[term]) for term in terms) for terms in shared]
    most = max(worth)
    rows = zip(table.rows, worth, strict=True)
    return tuple(row for row, own in rows if own > _NEARLY * most) if most > 0 else ()


def _terms(text: str) -> set[str]:
    """What tells rows apart: pairs of characters, months and other figures."""
    folded = fold(text)
    return {*HAN_PAIR.findall(folded), *_OTHER.findall(folded)}


def _rows_holding(reading: Reading, table: _Table) -> tuple[Clause, ...]:
    """The rows in whose ranges an amount of the question lies, where not all are so."""
    amounts = amounts_of(reading.standalone)
    held = [
        row
        for row in table.rows
        if any(each.holds(amount) for each in ranges_of(row.text) for amount in amounts)
    ]
    return tuple(held) if len(held) < len(table.rows) else ()


def _by_amount(
    reading: Reading, candidates: Sequence[Candidate]
) -> tuple[_Table | None, tuple[Clause, ...]]:
    """A table near the best sentences that is graded by what the question has an amount of.

    It holds one of them, or one of them refers to it, or it is headed by words of the question.
    """
    if not amounts_of(reading.standalone):
        return None, ()
    asked = _terms(reading.standalone)
    for candidate in candidates[:_DEPTH]:
        clause, policy = candidate.hit.clause, candidate.hit.policy
        refers = _REFERS.search(candidate.text) is not None
        tables = [other for other in policy.clauses if other.kind == "表"]
        named = [t for t in tables if len(asked & _terms(" ".join(t.path))) >= _NAMED]
        heads = [clause, *(tables if refers else named)]
        for head in heads:
            table = _table_of(head, policy)
            held = _rows_holding(reading, table) if table else ()
            if held:
                return table, held
    return None, ()


def _statement(table: _Table, row: Clause) -> DraftStatement:
    cells = cells_of(row.text, len(table.columns))
    pairs = zip(table.columns, cells, strict=True)
    said = "；".join(f"{head}：{cell}" for head, cell in pairs if cell)
    quotes = [_whole(row)]
    if any(_FIGURE.search(head) for head in table.columns):
        quotes.append(_whole(table.head))
    return DraftStatement(said, tuple(quotes))


def _cells(table: _Table, row: Clause) -> DraftRow:
    return DraftRow(cells_of(row.text, len(table.columns)), (_whole(row),))


def _whole(clause: Clause) -> Quote:
    return Quote(clause, 0, len(clause.text))
