"""The targets of all policies as a table, and the figures that can be compared as a chart. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ui.cards import escape, titled
from ui.charts import Bar, bar_chart
from ui.document_outline import clause_url
from ui.document_view import target_figure
from ui.form_parts import choice, entry, form, nothing, pick, table
from ui.page_shell import Dress, Page, address, shell
from ui.target_rows import RATIO, TargetFilter, TargetRow, comparable
from ui.text import WORDINGS, Wording

_MAX_ROWS = 500  # in one table; filters lead to the others, and the download has all
_MAX_BARS = 24


def targets_page(rows: Sequence[TargetRow], chosen: TargetFilter, dress: Dress) -> Page:
    """The targets that the filters leave."""
    wording = dress.wording
    kept = [row for row in rows if chosen.holds(row)]
    sheet = dress.link("/targets", format="xlsx", **asdict(chosen))
    download = f'<a class="plain download" href="{sheet}">{escape(wording.download_excel)}</a>'
    columns = wording.group("target_table")
    listed = table(
        columns.values(), (_cells(row, dress) for row in kept[:_MAX_ROWS]), kind="stacks"
    )
    more = (
        f'<p class="more">{escape(wording.more_rows.format(count=len(kept) - _MAX_ROWS))}</p>'
        if len(kept) > _MAX_ROWS
        else ""
    )
    places = len({row.region for row in kept})
    body = (
        f'<h1>{escape(wording.targets_heading)}</h1><p class="lead">'
        f"{escape(wording.targets_lead)}</p>"
        f"{form('/targets', _fields(rows, chosen, wording), dress, extra=download)}"
        f'<p class="count" role="status">'
        f"{escape(wording.targets_count.format(count=len(kept), places=places))}</p>"
        f"{_chart(kept, chosen, wording)}"
        + (listed + more if kept else nothing(wording.nothing_found))
    )
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    return shell(
        wording.targets_heading,
        body,
        dress,
        place="targets",
        other_language_url=address("/targets", other, **asdict(chosen)),
    )


def targets_sheet(
    rows: Sequence[TargetRow], chosen: TargetFilter, wording: Wording
) -> list[tuple[str, ...]]:
    """The same as lines of a sheet, the header first, the clause in full at the end."""
    columns = wording.group("target_sheet")
    lines = [tuple(columns.values())]
    for row in (row for row in rows if chosen.holds(row)):
        target, number = row.target, row.policy.document_number
        lines.append(
            (
                target.indicator,
                target.subject,
                target.comparator,
                target.value,
                target.unit,
                target.deadline,
                row.region,
                row.policy.title.value,
                number.value if number else "",
                row.clause.label,
                row.clause.text,
            )
        )
    return lines


def _fields(rows: Sequence[TargetRow], chosen: TargetFilter, wording: Wording) -> str:
    names = wording.group("filters")
    regions = dict.fromkeys(row.region for row in rows if row.region)
    years = sorted({year for row in rows for year in row.years})
    units = dict.fromkeys(row.unit for row in rows if row.interval and row.unit)
    indicators = dict.fromkeys(row.target.indicator for row in rows)
    return (
        entry(
            "q",
            wording.indicator,
            chosen.q,
            hint=wording.indicator_hint,
            wide=True,
            known=indicators,
        )
        + pick("region", names["region"], list(regions), chosen.region, wording=wording)
        + choice(
            "year",
            wording.deadline_year,
            {text: text for text in years},
            chosen.year,
            any_text=wording.any_value,
        )
        + choice(
            "unit",
            wording.figure_unit,
            {unit: wording.ratio if unit == RATIO else unit for unit in units},
            chosen.unit,
            any_text=wording.any_value,
        )
    )


def _cells(row: TargetRow, dress: Dress) -> list[str]:
    target = row.target
    link = dress.link(clause_url(row.clause.clause_id), span=_span(row))
    return [
        escape(target.indicator),
        escape(target.subject),
        f"<strong>{escape(target_figure(target))}</strong>",
        escape(target.deadline),
        escape(row.region),
        f'<a href="{link}">{escape(titled(row.policy.title.value))} {escape(row.clause.label)}</a>',
    ]


def _span(row: TargetRow) -> str:
    """The words of the target in the source, as the clause page marks them."""
    start, end = row.clause.source_span(row.target.start, row.target.end)
    return f"{start}-{end}"


def _chart(rows: Sequence[TargetRow], chosen: TargetFilter, wording: Wording) -> str:
    """One indicator over places: the figures that share a unit, where the words leave few."""
    shown = comparable(rows)
    if not chosen.q or len(shown) < 2:
        return f'<p class="hint">{escape(wording.chart_hint)}</p>' if len(rows) > 1 else ""
    bars = [
        Bar(
            row.region or row.policy.title.value,
            row.target.subject or row.target.indicator,
            row.interval or (0.0, 0.0),
            target_figure(row.target),
            row.target.deadline,
        )
        for row in shown[:_MAX_BARS]
    ]
    title = wording.chart_title.format(words=chosen.q, count=len(bars))
    return (
        f'<figure class="chart"><figcaption>{escape(title)}</figcaption>'
        f"{bar_chart(bars, title=title)}</figure>"
    )
