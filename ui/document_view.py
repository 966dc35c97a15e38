"""A whole document, opened at one clause: outline, text, and what is known of the clause.

Pure: nouns in, HTML out, everything escaped. The page of a clause and the panel beside the chat
show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from corpus.citation_forms import citation
from corpus.schema import Clause, Policy, Segment, Target, Unit
from corpus.unit_groups import lines_of_groups
from ui.cards import escape, path_html
from ui.document_head import Opened, head_html
from ui.document_outline import clause_url, outline_html, unit_url
from ui.page_shell import address
from ui.quotes import slice_of
from ui.text import Wording

_DEEPEST = 5  # levels that are indented; a deeper clause stands as far in as this
_PARAGRAPHS = frozenset({"段", "款"})
_MAX_PICTURES = 4  # pages that one clause is shown on
_ROLES = ("牵头", "责任", "配合")


def document_html(opened: Opened, *, wording: Wording, level: int) -> str:
    """The document with its outline; its title is a heading of ``level``."""
    policy, clause = opened.policy, opened.clause
    parents = {item.clause_id: item.parent_id for item in policy.clauses}
    sections = "".join(
        _target(opened, _depth(item.clause_id, parents), wording)
        if item is clause
        else _section(item, _depth(item.clause_id, parents), escape(item.text))
        for item in policy.clauses
    )
    return (
        f'<article class="doc">{head_html(opened, wording=wording, level=level)}'
        f'{_steps(policy, clause, wording)}<div class="doc-body">'
        f"{outline_html(policy, clause, parents, wording)}"
        f'<section class="doc-text" lang="zh-CN" aria-label="{escape(wording.whole_policy)}">'
        f"{sections}</section></div></article>"
    )


def target_figure(target: Target) -> str:
    """A target's figure with its bound and its unit: 不低于90%."""
    bound = "" if target.comparator in ("", "等于", "达到") else target.comparator
    figure = f"{target.value}{target.unit}"
    return f"{figure}{bound}" if bound == "左右" else f"{bound}{figure}"


def _depth(clause_id: str, parents: Mapping[str, str | None]) -> int:
    depth = 0
    parent = parents.get(clause_id)
    while parent is not None and depth < _DEEPEST:
        depth += 1
        parent = parents.get(parent)
    return depth


def _steps(policy: Policy, clause: Clause, wording: Wording) -> str:
    """Heading path, and the ways to the clauses beside it."""
    at = policy.clauses.index(clause)
    links = ""
    if at > 0:
        links += _step(policy.clauses[at - 1], "prev", wording.previous_clause)
    if at + 1 < len(policy.clauses):
        links += _step(policy.clauses[at + 1], "next", wording.next_clause)
    return (
        f'<nav class="doc-steps" aria-label="{escape(wording.place_label)}">'
        f'{path_html(clause.path, wording=wording)}<p class="steps">{links}</p></nav>'
    )


def _step(clause: Clause, relation: str, words: str) -> str:
    return (
        f'<a rel="{relation}" href="{escape(clause_url(clause.clause_id))}" '
        f'data-clause="{escape(clause.clause_id)}">{escape(words)} '
        f'<span lang="zh-CN">{escape(clause.label)}</span></a>'
    )


def _section(clause: Clause, depth: int, text: str) -> str:
    is_heading = bool(clause.path) and clause.text.rstrip("。") == clause.path[-1]
    kind = "doc-clause is-heading" if is_heading else "doc-clause"
    return f'<section class="{kind} depth-{depth}">{_label(clause)}<p>{text}</p></section>'


def _label(clause: Clause) -> str:
    return (
        f'<a class="label" href="{escape(clause_url(clause.clause_id))}" '
        f'data-clause="{escape(clause.clause_id)}">{escape(clause.label)}</a>'
    )


def _target(opened: Opened, depth: int, wording: Wording) -> str:
    """The clause that the document is opened at, with the quote marked and what is known of it."""
    clause = opened.clause
    # Focus scrolls the page to the clause without a script.
    return (
        f'<section class="doc-clause is-target depth-{depth}" id="clause" tabindex="-1" autofocus>'
        f"{_label(clause)}<p>{_marked(clause, opened.quote)}</p>"
        f"{_units(opened, wording)}{_targets(clause, wording)}{_picture(opened, wording)}"
        f"{_cite(opened, wording)}</section>"
    )


def _marked(clause: Clause, span: Segment | None) -> str:
    found = slice_of(clause, span) if span else None
    if found is None:
        return escape(clause.text)
    start, end = found
    before, words, after = clause.text[:start], clause.text[start:end], clause.text[end:]
    return f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}"


def _units(opened: Opened, wording: Wording) -> str:
    """The units of a clause by their role, each a link to all that it must do."""
    rows: list[str] = []
    named = _named_units(opened)
    for role in dict.fromkeys((*_ROLES, *(unit.role for unit in named))):
        units = {unit.normal: unit.printed for unit in named if unit.role == role}
        links = "".join(
            f'<li><a href="{escape(address(unit_url(normal), wording))}">{escape(printed)}</a></li>'
            for normal, printed in units.items()
        )
        if links:
            name = wording.group("roles").get(role, role)
            rows.append(
                f'<div class="units"><span class="units-label">{escape(name)}</span>'
                f"<ul>{links}</ul></div>"
            )
    return "".join(rows)


def _named_units(opened: Opened) -> tuple[Unit, ...]:
    """The units that a clause names; those of the whole where it is only one paragraph of it."""
    clause = opened.clause
    if clause.units:
        return clause.units
    whole = clause.parent_id if clause.kind in _PARAGRAPHS else clause.clause_id
    named = tuple(
        unit
        for item in opened.policy.clauses
        if item.clause_id == whole or (item.parent_id == whole and item.kind in _PARAGRAPHS)
        for unit in item.units
    )
    line = None if named else lines_of_groups(opened.policy.clauses).get(clause.clause_id)
    return line.units if line else named


def _targets(clause: Clause, wording: Wording) -> str:
    if not clause.targets:
        return ""
    names = tuple(wording.group("target_columns").values())
    cells = [
        (
            escape(target.indicator),
            escape(target.subject),
            f"<strong>{escape(target_figure(target))}</strong>",
            escape(target.deadline),
        )
        for target in clause.targets
    ]
    used = [at for at in range(len(names)) if any(row[at] for row in cells)]
    head = "".join(f'<th scope="col">{escape(names[at])}</th>' for at in used)
    rows = "".join(f"<tr>{''.join(f'<td>{row[at]}</td>' for at in used)}</tr>" for row in cells)
    return (
        f'<div class="table-frame" tabindex="0"><table class="small"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _picture(opened: Opened, wording: Wording) -> str:
    """The pages of the original with the place framed, each drawn when somebody opens it."""
    if not opened.places:
        return ""
    start, end = opened.places[0].start, opened.places[-1].end
    pictures: list[str] = []
    for number in list(dict.fromkeys(place.page for place in opened.places))[:_MAX_PICTURES]:
        source = f"/pages/{quote(opened.policy.policy_id, safe='')}/{number}?span={start}-{end}"
        title = wording.original_page.format(number=number)
        pictures.append(
            f'<details class="doc-picture"><summary>{escape(title)}</summary>'
            f'<img src="{escape(source)}" alt="{escape(title)}" loading="lazy"></details>'
        )
    return "".join(pictures)


def _cite(opened: Opened, wording: Wording) -> str:
    clause = opened.clause
    form = citation(clause, opened.policy)
    url = clause_url(clause.clause_id)
    return (
        f'<footer class="doc-cite"><p class="official" lang="zh-CN">{escape(form)}</p>'
        f'<p class="cite-tools">{_copy(wording.copy_citation, form, wording)}'
        f'<a class="permalink" href="{escape(url)}" target="_blank" rel="noopener">'
        f"{escape(wording.permalink)}</a></p></footer>"
    )


def _copy(label: str, text: str, wording: Wording) -> str:
    return (
        f'<button type="button" class="copy" data-copy="{escape(text)}" '
        f'data-copied="{escape(wording.copied)}" data-failed="{escape(wording.copy_failed)}">'
        f"{escape(label)}</button>"
    )
