"""Tables as their clauses print them: the head with its columns, and the rows; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.schema import Clause, Policy

_ABOVE = frozenset({"附件", "部分", "项", "点"})  # kinds below which a table may stand
_BARS = re.compile(r"\s*[|｜\t]\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a policy: its head, the names of its columns, its rows."""

    head: Clause
    columns: tuple[str, ...]
    rows: tuple[Clause, ...]


def tables_of(policy: Policy) -> Iterator[Table]:
    """The tables of a policy whose rows can be read by their columns."""
    for clause in policy.clauses:
        table = table_of(clause, policy) if clause.kind == "表" else None
        if table is not None and table.rows:
            yield table


def table_of(clause: Clause, policy: Policy) -> Table | None:
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
    return Table(head, columns, whole) if len(columns) > 1 and len(whole) == len(rows) else None


def cells_of(text: str, count: int) -> tuple[str, ...]:
    """The cells of a row of so many columns, none where it has more or other ones.

    What no bars part is parted by spaces; with bars, cells may be missing at the end.
    """
    cells = _BARS.split(text.strip())
    if len(cells) == 1:
        cells = text.split()
        return tuple(cells) if len(cells) == count else ()
    return (*cells, *[""] * (count - len(cells))) if len(cells) <= count else ()
