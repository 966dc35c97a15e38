"""What each unit must do, as pages: all units, and one unit with its clauses. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from index.folding import fold
from ui.cards import escape, titled
from ui.document_outline import clause_url, unit_url
from ui.document_view import target_figure
from ui.form_parts import entry, form, nothing, pick, table
from ui.page_shell import Dress, Page, address, shell
from ui.text import WORDINGS, Wording
from ui.unit_rows import ROLES, UnitRow

_MAX_UNITS = 600  # in one list; more are found by their names


def units_page(units: Mapping[str, Counter[str]], words: str, dress: Dress) -> Page:
    """All units with how many clauses name them in which role."""
    wording = dress.wording
    names = [name for name in units if fold(words) in fold(name)]
    fields = entry("q", wording.unit_search, words, hint=wording.unit_hint, wide=True)
    roles = wording.group("roles")
    rows = (
        [
            f'<a href="{dress.link(unit_url(name))}" lang="zh-CN">{escape(name)}</a>',
            *(f"{units[name][role] or ''}" for role in ROLES),
            f"<strong>{units[name].total()}</strong>",
        ]
        for name in names[:_MAX_UNITS]
    )
    columns = (wording.unit_column, *(roles[role] for role in ROLES), wording.total_column)
    body = (
        f'<h1>{escape(wording.units_heading)}</h1><p class="lead">{escape(wording.units_lead)}</p>'
        f'{form("/units", fields, dress)}<p class="count" role="status">'
        f"{escape(wording.units_count.format(count=len(names)))}</p>"
        + (table(columns, rows, kind="numbers") if names else nothing(wording.nothing_found))
    )
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    return shell(
        wording.units_heading,
        body,
        dress,
        place="units",
        other_language_url=address("/units", other, q=words),
    )


def unit_page(name: str, rows: Sequence[UnitRow], region: str, dress: Dress) -> Page:
    """All that a unit must do, by its role, each clause with the units beside it."""
    wording = dress.wording
    url = unit_url(name)
    regions = dict.fromkeys(row.region for row in rows if row.region)
    label = wording.group("filters")["region"]
    fields = pick("region", label, list(regions), region, wording=wording)
    kept = _kept(rows, region)
    download = (
        f'<a class="plain download" href="{dress.link(url, region=region, format="xlsx")}">'
        f"{escape(wording.download_excel)}</a>"
    )
    sections = "".join(
        _role(role, list(group), dress) for role, group in groupby(kept, key=lambda row: row.role)
    )
    count = wording.unit_count.format(
        count=len(kept), policies=len({row.policy.policy_id for row in kept})
    )
    body = (
        f'<p class="crumb"><a href="{dress.link("/units")}">{escape(wording.units_heading)}</a></p>'
        f'<h1 lang="zh-CN">{escape(name)}</h1><p class="lead">{escape(wording.unit_lead)}</p>'
        f'{form(url, fields, dress, extra=download)}<p class="count" role="status">'
        f"{escape(count)}</p>{sections or nothing(wording.nothing_found)}"
    )
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    return shell(
        name,
        body,
        dress,
        place="units",
        other_language_url=address(url, other, region=region),
    )


def unit_sheet(rows: Sequence[UnitRow], region: str, wording: Wording) -> list[tuple[str, ...]]:
    """The same as lines of a sheet, the header first."""
    columns = wording.group("unit_columns")
    lines = [tuple(columns.values())]
    for row in _kept(rows, region):
        number = row.policy.document_number
        lines.append(
            (
                wording.group("roles").get(row.role, row.role),
                row.region,
                row.policy.title.value,
                number.value if number else "",
                row.clause.label,
                row.clause.text,
                "、".join(row.others),
            )
        )
    return lines


def _kept(rows: Sequence[UnitRow], region: str) -> list[UnitRow]:
    return [row for row in rows if not region or region in row.region]


def _role(role: str, rows: Sequence[UnitRow], dress: Dress) -> str:
    name = dress.wording.group("roles").get(role, role)
    items = ""
    for policy, group in groupby(rows, key=lambda row: row.policy):
        number = f"（{policy.document_number.value}）" if policy.document_number else ""
        tasks = "".join(_task(row, dress) for row in group)
        items += (
            f'<li class="policy"><h3 lang="zh-CN">{escape(titled(policy.title.value))}'
            f'<span class="number">{escape(number)}</span></h3><ul class="tasks">{tasks}</ul></li>'
        )
    return (
        f'<section class="role"><h2>{escape(name)} <span class="pill">{len(rows)}</span></h2>'
        f'<ol class="shelf">{items}</ol></section>'
    )


def _task(row: UnitRow, dress: Dress) -> str:
    """A clause: its label, its text to unfold, its targets, the units beside."""
    clause, wording = row.clause, dress.wording
    heading = clause.path[-1] if clause.path else clause.label
    link = dress.link(clause_url(clause.clause_id))
    goals = "".join(
        f"<li>{escape(target.indicator)} <strong>{escape(target_figure(target))}</strong>"
        f"{' · ' + escape(target.deadline) if target.deadline else ''}</li>"
        for target in clause.targets
    )
    goals = f'<ul class="goals">{goals}</ul>' if goals else ""
    others = "".join(
        f'<a href="{dress.link(unit_url(other))}">{escape(other)}</a>' for other in row.others
    )
    beside = (
        f'<p class="beside"><span>{escape(wording.units_beside)}</span>{others}</p>'
        if others
        else ""
    )
    return (
        f'<li lang="zh-CN"><a class="snippet-label" href="{link}">{escape(clause.label)}</a>'
        f"<div><details><summary>{escape(heading)}</summary>"
        f'<p class="clause-text">{escape(clause.text)}</p></details>{goals}{beside}</div></li>'
    )
