"""What a unit of government must do: every clause in scope that gives it a role, as a table; pure.

市卫健局 and 市卫生健康委 are one unit; 卫健委 without a level is the unit of any level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations import DraftStatement, Quote
from assistant.enumeration import heading_of
from assistant.findings import DraftRow, Finding, Material, name_of
from assistant.language import language
from assistant.prompts import (
    BY_POLICY,
    TABLE_CLAUSE,
    TABLE_OTHERS,
    TABLE_POLICY,
    TABLE_ROLE,
    TABLE_TASK,
    TASKS_FIRST,
    TASKS_LEAD,
    TASKS_NO_ROLE,
    TASKS_ROLE,
    TASKS_UNKNOWN,
)
from corpus.schema import Clause, Policy, Unit
from corpus.sentences import split_sentences
from corpus.unit_names import domain_of, is_known, normal_unit, split_name
from corpus.units import is_unit_list
from index.folding import fold

_MIN_NAME, _MAX_NAME = 2, 20
_MAX_QUESTION = 120  # characters in which a name is looked for
_MAX_LEFTOVER = 2  # characters beside unit, place and words that ask for tasks
_MIN_DUTY = 4  # characters behind a unit that say what it does
_SAID = 5  # tasks that the text gives; the table has all
_MAX_UNITS = 20
_ROLES = {"牵头": "role_lead", "责任": "role_named", "配合": "role_join"}


@dataclass(frozen=True, slots=True)
class _Task:
    """A clause that gives a unit a role."""

    policy: Policy
    clause: Clause
    unit: Unit
    others: tuple[str, ...]


def unit_tasks(material: Material) -> Finding | None:
    """The tasks of the unit that a question asks for, or None where it asks for no unit's tasks."""
    text = fold(material.reading.standalone)
    forms = language().forms
    if not forms["tasks"].search(text):
        return None
    policies = material.in_scope
    name = _name_in(text, material.policies.values())
    if not name or len(_leftover(text, name, material)) > _MAX_LEFTOVER:
        return None
    tasks = _tasks(policies, name)
    if not tasks:
        units = Counter(u.printed for p in policies for c in p.clauses for u in c.units)
        there = "、".join(unit for unit, _ in units.most_common(_MAX_UNITS))
        if not there:
            return None
        return Finding(lead=TASKS_UNKNOWN.format(unit=name, units=there), reason="not_specified")
    role = next((role for role, form in _ROLES.items() if forms[form].search(text)), "")
    wanted = [task for task in tasks if task.unit.role == role] if role else tasks
    note = TASKS_NO_ROLE.format(unit=name, role=role) if not wanted else ""
    return _said(name, wanted or tasks, note)


def _name_in(text: str, policies: Iterable[Policy]) -> str:
    """The unit that a question names: a known body, else a name that a clause gives a role."""
    text = text[:_MAX_QUESTION]
    runs = [
        text[start : start + length]
        for length in range(_MAX_NAME, _MIN_NAME - 1, -1)
        for start in range(len(text) - length + 1)
    ]
    known = next((run for run in runs if is_known(run)), "")
    if known:
        return known
    printed = {fold(u.printed) for p in policies for c in p.clauses for u in c.units}
    return next((run for run in runs if run in printed), "")


def _leftover(text: str, name: str, material: Material) -> str:
    """What the question says beside the unit, its scope and the words that ask for tasks."""
    rest = text.replace(name, " ")
    for place in sorted(material.reading.scope.names, key=len, reverse=True):
        rest = rest.replace(place, " ")
    words = language()
    return re.sub(r"\W", "", words.forms["task_words"].sub("", words.strip.sub("", rest)))


def _tasks(policies: Iterable[Policy], name: str) -> list[_Task]:
    """Clauses that give the unit a role, in reading order, no list of units twice."""
    found: dict[tuple[str, int, str], _Task] = {}
    for policy in policies:
        for clause in policy.clauses:
            for unit in clause.units:
                if not _is_same(unit, name):
                    continue
                start = clause.source_span(unit.start, unit.end)[0]
                others = (u.printed for u in clause.units if u.normal != unit.normal)
                task = _Task(policy, clause, unit, tuple(dict.fromkeys(others)))
                # An article's text holds its 款 and 项: the deepest clause says it most exactly.
                found[policy.source, start, unit.role] = task
    return list({(t.clause.clause_id, t.unit.role): t for t in found.values()}.values())


def _is_same(unit: Unit, name: str) -> bool:
    if name in (unit.normal, fold(unit.printed)) or unit.normal == normal_unit(name):
        return True
    if domain_of(unit.printed) != domain_of(name) or not is_known(name):
        return False
    asked, given = split_name(name)[0], split_name(unit.normal)[0]
    same_level = bool(given) and asked.endswith(given)
    return not asked or not given or same_level


def _said(name: str, tasks: Sequence[_Task], note: str) -> Finding:
    counts = Counter(task.unit.role for task in tasks)
    roles = "、".join(
        TASKS_ROLE.format(role=role, count=counts[role]) for role in _ROLES if counts[role]
    )
    lead = note + TASKS_LEAD.format(unit=name, count=len(tasks), roles=roles)
    if len(tasks) > _SAID:
        lead += TASKS_FIRST.format(count=_SAID)
    several = len({task.policy.policy_id for task in tasks}) > 1
    columns = (TABLE_TASK, TABLE_ROLE, TABLE_OTHERS, TABLE_CLAUSE)
    return Finding(
        drafts=tuple(_statement(task, several=several) for task in tasks[:_SAID]),
        columns=(TABLE_POLICY, *columns) if several else columns,
        rows=tuple(_row(task, several=several) for task in tasks),
        lead=f"{lead}\n",
        joint="\n",
    )


def _what(task: _Task) -> DraftStatement:
    """What is to be done: the sentence that opens with the unit, else the heading of the clause.

    Of a paragraph that only lists units, it is the clause that the paragraph ends.
    """
    clause, place = task.clause, task.unit.start
    sentence = next((s for s in split_sentences(clause.text) if s.start <= place < s.end), None)
    if sentence and sentence.start == place and sentence.end > task.unit.end + _MIN_DUTY:
        quote = Quote(clause, sentence.start, sentence.end)
        return DraftStatement(quote.text, (quote,))
    if sentence and is_unit_list(clause.text[sentence.start : sentence.end]):
        place = 0
    if clause.kind == "段":
        whole = (c for c in task.policy.clauses if c.clause_id == clause.parent_id and c.text)
        clause = next(whole, clause)
    return heading_of(clause, place if clause is task.clause else 0)


def _statement(task: _Task, *, several: bool) -> DraftStatement:
    what = _what(task)
    bearer = Quote(task.clause, task.unit.start, task.unit.end)
    text = f"{what.text.rstrip('。；')}（{task.unit.role}）"
    if several:
        text = BY_POLICY.format(name=name_of(task.policy), text=text)
    return DraftStatement(text, tuple(dict.fromkeys((*what.quotes, bearer))))


def _row(task: _Task, *, several: bool) -> DraftRow:
    what = _what(task)
    cells = (what.text.rstrip("。；"), task.unit.role, "、".join(task.others), task.clause.label)
    quotes = (*what.quotes, Quote(task.clause, task.unit.start, task.unit.end))
    return DraftRow((name_of(task.policy), *cells) if several else cells, quotes)
