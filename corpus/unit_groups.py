"""Lines of units that answer for a whole group of points; pure.

（二）… 1.… 2.… 3.… （牵头单位：…) on a line of its own behind the last point, none of the points
before it having units: the line belongs to （二）, and by that to each of its points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.nodes import Node
from corpus.schema import Clause
from corpus.units import is_unit_list, units_of

_FIRST = frozenset("（(【〔责牵配参主落承实")
_LEAST_OPEN = 3  # nodes: the root, the group and the point


def may_list_units(text: str) -> bool:
    """Whether a paragraph holds nothing but a list of units."""
    return text[0] in _FIRST and is_unit_list(text)


def answering_group(path: Sequence[Node]) -> Node:
    """The node that a list of units behind the last open node is for.

    Args:
        path: the nodes that are open, from the root on; the last has no next one.
    """
    if len(path) < _LEAST_OPEN:
        return path[-1]
    node, parent = path[-1], path[-2]
    siblings = [child for child in parent.children if child.form == node.form]
    if parent.form in ("", "附件") or len(siblings) < 2 or _lists_units(parent):
        return node
    return node if any(_has_units(sibling) for sibling in siblings) else parent


def _has_units(node: Node) -> bool:
    """Whether a node lists units, for itself or for what is below it."""
    return _lists_units(node) or any(_has_units(child) for child in node.children)


def _lists_units(node: Node) -> bool:
    """Whether one of a node's own paragraphs ends with a list of units, or is one."""
    return any(
        is_unit_list(paragraph.text)
        or (paragraph.text[-1] in "）)】〕" and units_of(paragraph.text))
        for paragraph in node.paragraphs
    )


def lines_of_groups(clauses: Sequence[Clause]) -> Mapping[str, Clause]:
    """For each clause without units the line of units that closes its group, by clause id."""
    last = {clause.parent_id: clause for clause in clauses if clause.parent_id}
    found = {
        parent: line
        for parent, line in last.items()
        if line.kind == "段" and line.units and is_unit_list(line.text)
    }
    if not found:
        return found
    for clause in clauses:  # each behind its parent
        line = found.get(clause.parent_id or "")
        if line is not None and clause.start < line.start and not clause.units:
            found.setdefault(clause.clause_id, line)
    return found
