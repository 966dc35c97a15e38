"""Which rows of a table a question asks for; pure.

Those that it names, or that hold its amount; else those with the words by which the best of them
was found. Of questions for each or for the most, all rows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.extractive import Candidate
from assistant.language import HAN, HAN_PAIR, language
from assistant.named_rows import (
    keys_of,
    name_of,
    named_rows,
    rows_named_in_full,
    rows_of_sort,
)
from assistant.question import Reading
from assistant.ranges import Amount, amounts_of, ranges_of
from assistant.table_rows import Table, cells_of, table_of, tables_of
from corpus.schema import Clause
from index.folding import fold

_DEPTH = 5  # of the candidates that may lead to a table by the amount alone
_FIGURE = re.compile(r"\d")
_OTHER = re.compile(r"\d+月|[a-z]+\d*|\d+(?:\.\d+)?%?")
_NEARLY = 0.99
_TELLING = 0.3  # of the words that tell rows apart; a year of nearly all rows is worth less
_FAR_AHEAD = 2.0  # of the score of a sentence
_MIN_OWN = 2  # characters with which a question that follows names a thing
_NOT_IN_ROWS = frozenset({"basis", "definition"})
_MIN_GRADED = 4  # characters of a cell that says of what several rows are the grades
_NAMED = 2  # terms of the question in the headings of a table
_REFERS = re.compile(r"附[表件]|[下上]表|表\d")

Chosen = tuple[Table | None, tuple[Clause, ...]]


def chosen_rows(
    reading: Reading, candidates: Sequence[Candidate], cover: Callable[[str], float]
) -> Chosen:
    """The rows that are asked for, with their table; none where one is said among sentences.

    Args:
        reading: the question.
        candidates: sentences found, best first.
        cover: the share of the question's words, by weight, that a text holds.
    """
    table, chosen = _by_name(reading, candidates, cover)
    if chosen:
        return table, chosen
    best = candidates[0].hit
    table = table_of(best.clause, best.policy)
    if table is not None:
        chosen = _ahead(reading, candidates, table)
        if chosen:
            return table, chosen
        chosen = _wanted(reading, best.clause, table)
    return (table, chosen) if len(chosen) > 1 else _by_amount(reading, candidates)


def _by_name(
    reading: Reading, candidates: Sequence[Candidate], cover: Callable[[str], float]
) -> Chosen:
    """The rows that the question names, where they hold more of its words than the best sentence.

    What a row says, its heads and headings say with it; to find the most, all rows are looked at.
    """
    best = candidates[0].hit
    heard = cover(" ".join((*best.clause.path, candidates[0].text)))
    if reading.kind in _NOT_IN_ROWS:
        return None, ()
    for table in tables_of(best.policy):
        is_found = best.clause in (table.head, *table.rows)
        is_of_most = _asks(reading, "asks_most")
        chosen = table.rows if is_of_most else _named(reading, table, is_found=is_found)
        said = () if is_of_most else chosen
        told = " ".join((*table.head.path, table.head.text, *(row.text for row in said)))
        if chosen and (is_found or cover(told) > heard):
            return table, chosen
    return None, ()


def _named(reading: Reading, table: Table, *, is_found: bool) -> tuple[Clause, ...]:
    """The rows that the question names and that give what it asks for; of one name, the best."""
    cells = [cells_of(row.text, len(table.columns)) for row in table.rows]
    choose = named_rows if is_found else rows_named_in_full
    question = reading.standalone if is_found else _own_words(reading)
    places = choose(question, cells)
    if not places and reading.kind == "list" and not is_found:
        places = rows_of_sort(question, cells)
    if reading.kind == "number" and not any(_gives_figure(cells[place]) for place in places):
        return ()
    rows = tuple(table.rows[place] for place in places)
    names = {name_of(keys_of(cells)[place]) for place in places}
    is_one = len(names) == 1 < len(rows) and reading.kind != "list"
    return (_worded(reading, table, rows) or rows) if is_one else rows


def _own_words(reading: Reading) -> str:
    """What was asked last, where that names something; what was asked before was answered."""
    own = language().strip.sub("", fold(reading.question.text))
    is_whole = not reading.question.history or len(HAN.findall(own)) < _MIN_OWN
    return reading.standalone if is_whole else reading.question.text


def _gives_figure(cells: Sequence[str]) -> bool:
    """Whether a figure stands in a row behind what may be its running number."""
    return any(_FIGURE.search(cell) for cell in cells[1:])


def _by_amount(reading: Reading, candidates: Sequence[Candidate]) -> Chosen:
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
            table = table_of(head, policy)
            held = _rows_holding(reading, table) if table else ()
            if held:
                return table, held
    return None, ()


def _wanted(reading: Reading, best: Clause, table: Table) -> tuple[Clause, ...]:
    """The rows that are asked for; what tells fewer rows apart counts for more."""
    held = _rows_holding(reading, table, best)
    if held:
        return held
    if _asks(reading, "asks_each"):
        return table.rows
    return _worded(reading, table, table.rows) if best.kind == "表行" else ()


def _ahead(reading: Reading, candidates: Sequence[Candidate], table: Table) -> tuple[Clause, ...]:
    """The row that search puts far before all others of its table, where each is asked for."""
    best, *others = [c for c in candidates if c.hit.clause in table.rows] or [candidates[0]]
    if best is not candidates[0] or _asks(reading, "asks_most") or not _asks(reading, "asks_each"):
        return ()
    next_best = max((other.score for other in others), default=-math.inf)
    return (best.hit.clause,) if best.score - next_best > _FAR_AHEAD else ()


def _worded(reading: Reading, table: Table, rows: Sequence[Clause]) -> tuple[Clause, ...]:
    """The rows that hold the most words of the question; those that few rows hold count more."""
    asked = _terms(reading.standalone) - _terms(table.head.text)
    shared = [asked & _terms(row.text) for row in rows]
    count = Counter(term for terms in shared for term in terms)
    worth = [sum(math.log(len(shared) / count[term]) for term in terms) for terms in shared]
    most = max(worth)
    told = zip(rows, worth, strict=True)
    return tuple(row for row, own in told if own > _NEARLY * most) if most > _TELLING else ()


def _asks(reading: Reading, form: str) -> bool:
    return language().forms[form].search(fold(reading.asked or reading.standalone)) is not None


def _terms(text: str) -> set[str]:
    """What tells rows apart: pairs of characters, months and other figures."""
    folded = fold(text)
    return {*HAN_PAIR.findall(folded), *_OTHER.findall(folded)}


def _rows_holding(reading: Reading, table: Table, best: Clause | None = None) -> tuple[Clause, ...]:
    """The rows in whose ranges an amount of the question lies, where not all are so.

    Where the best row is one of several grades of one thing, only these are looked at; rows that
    hold more of the amounts are meant.
    """
    amounts = amounts_of(reading.standalone)
    rows = _grades_beside(best, table) or table.rows
    held = [_held(row, amounts) for row in rows]
    most = max(held, default=0)
    chosen = tuple(row for row, count in zip(rows, held, strict=True) if 0 < count == most)
    return chosen if len(chosen) < len(rows) else ()


def _held(row: Clause, amounts: Sequence[Amount]) -> int:
    """How many of some amounts lie in the ranges of a row."""
    ranges = ranges_of(row.text)
    return sum(any(each.holds(amount) for each in ranges) for amount in amounts)


def _grades_beside(best: Clause | None, table: Table) -> tuple[Clause, ...]:
    """The rows that have the words of a cell of a row in common with it, but for all rows."""
    if best not in table.rows:
        return ()
    columns = zip(*[cells_of(row.text, len(table.columns)) for row in table.rows], strict=True)
    own = table.rows.index(best)
    for column in columns:
        same = [row for row, cell in zip(table.rows, column, strict=True) if cell == column[own]]
        worded = len(HAN.findall(column[own])) >= _MIN_GRADED
        if worded and 1 < len(same) < len(table.rows):
            return tuple(same)
    return ()
