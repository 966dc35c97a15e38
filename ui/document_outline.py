"""The headings of a document as a tree of links; the addresses that links lead to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from corpus.schema import Clause, Policy
from ui.cards import escape
from ui.text import Wording

# Parts of a clause that have no heading of their own, and what stands around the text itself.
_UNLISTED = frozenset(
    {"段", "款", "版头", "文号", "标题", "题注", "主送", "落款", "公开", "印发", "目录"}
)


_AROUND = frozenset({"页头", "版头", "文号", "标题", "题注", "主送", "目录"})


def first_clause_id(policy: Policy) -> str:
    """Where a policy is opened that nobody looks for a clause in: behind letterhead and title."""
    clauses = policy.clauses
    inside = (clause for clause in clauses if clause.kind not in _AROUND)
    found = next(inside, clauses[0] if clauses else None)
    return found.clause_id if found else policy.policy_id


def clause_url(clause_id: str) -> str:
    """The permalink of a clause."""
    return f"/clauses/{quote(clause_id, safe='/')}"


def unit_url(name: str) -> str:
    """The page of a unit."""
    return f"/units/{quote(name, safe='')}"


def outline_html(
    policy: Policy, opened_at: Clause, parents: Mapping[str, str | None], wording: Wording
) -> str:
    """The headings as a tree; branches off the way to the clause are closed."""
    children: dict[str | None, list[Clause]] = {}
    for clause in policy.clauses:
        if clause.kind not in _UNLISTED and clause.label:
            children.setdefault(clause.parent_id, []).append(clause)
    known = {item.clause_id for group in children.values() for item in group}
    for parent in [parent for parent in children if parent is not None and parent not in known]:
        children.setdefault(None, []).extend(children.pop(parent))
    way = {opened_at.clause_id}
    above = parents.get(opened_at.clause_id)
    while above is not None:
        way.add(above)
        above = parents.get(above)
    items = _branch(children.get(None, ()), children, way, opened_at.clause_id)
    return (
        f'<nav class="doc-outline" aria-label="{escape(wording.outline_title)}" lang="zh-CN">'
        f"<details open><summary>{escape(wording.outline_title)}</summary>{items}</details></nav>"
    )


def _branch(
    clauses: Iterable[Clause],
    children: Mapping[str | None, list[Clause]],
    way: set[str],
    current: str,
) -> str:
    items: list[str] = []
    for clause in clauses:
        here = ' aria-current="true"' if clause.clause_id == current else ""
        link = (
            f'<a href="{escape(clause_url(clause.clause_id))}" '
            f'data-clause="{escape(clause.clause_id)}"{here}>{escape(_heading(clause))}</a>'
        )
        below = children.get(clause.clause_id)
        if below:
            is_open = " open" if clause.clause_id in way else ""
            inner = _branch(below, children, way, current)
            items.append(f"<li><details{is_open}><summary>{link}</summary>{inner}</details></li>")
        else:
            items.append(f"<li>{link}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _heading(clause: Clause) -> str:
    """The heading of a clause; its label where it has none of its own."""
    heading = clause.path[-1] if clause.path else ""
    return heading if heading and clause.text.startswith(heading) else clause.label
