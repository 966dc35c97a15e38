"""Rows of a table with the heads of their columns, and all the rows that a question asks for; pure.

A row alone says nothing to whoever does not see the head.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.citations import DraftStatement, Quote
from assistant.extractive import Candidate
from assistant.findings import DraftRow, Finding
from assistant.question import Reading
from assistant.row_choice import chosen_rows
from assistant.table_rows import Table, cells_of, table_of
from corpus.schema import Clause, Policy

MAX_ROWS = 40
_FIGURE = re.compile(r"\d")
_UNIT_OF_COLUMN = re.compile(r"[（(](?P<unit>[^（()）]{1,12})[)）]")
_UNIT_LINE = re.compile(r"单位[：:]\s*(?P<unit>[^\s，；。)）]{1,12})")


def tabled(
    reading: Reading, candidates: Sequence[Candidate], cover: Callable[[str], float]
) -> Finding | None:
    """The rows of the table that the best sentence leads to; None where it leads to none.

    Args:
        reading: the question.
        candidates: sentences found, best first.
        cover: the share of the question's words, by weight, that a text holds.
    """
    table, chosen = chosen_rows(reading, candidates, cover)
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
        table = table_of(clause, policy) if policy and clause.kind == "表行" else None
        said.append(_statement(table, clause) if table and clause in table.rows else draft)
    told = {draft.quotes[0].clause.kind for draft in said}
    bare = {"表", "附件"} if "表行" in told else set()
    return [draft for draft in said if draft.quotes[0].clause.kind not in bare]


def with_units(clause: Clause, policy: Policy) -> str:
    """The text of a clause; of a row with what its figures count, which stands in the head.

    870 below 投资（万元） is 870万元; below a table with 单位：万亩 a figure counts 万亩.
    """
    table = table_of(clause, policy) if clause.kind == "表行" else None
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


def _statement(table: Table, row: Clause) -> DraftStatement:
    cells = cells_of(row.text, len(table.columns))
    pairs = zip(table.columns, cells, strict=True)
    said = "；".join(f"{head}：{cell}" for head, cell in pairs if cell)
    quotes = [_whole(row)]
    if any(_FIGURE.search(head) for head in table.columns):
        quotes.append(_whole(table.head))
    return DraftStatement(said, tuple(quotes))


def _cells(table: Table, row: Clause) -> DraftRow:
    return DraftRow(cells_of(row.text, len(table.columns)), (_whole(row),))


def _whole(clause: Clause) -> Quote:
    return Quote(clause, 0, len(clause.text))
