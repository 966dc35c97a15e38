"""The library as a page: the policies, filtered, and the words looked for in their clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from corpus.schema import Policy
from ui.cards import escape, titled
from ui.document_outline import clause_url, first_clause_id
from ui.form_parts import choice, entry, form, nothing, pages_html, pick
from ui.library_rows import (
    LEVELS,
    Found,
    LibraryFilter,
    Shelved,
    find_spellings,
    find_words,
    shelved,
)
from ui.page_shell import Dress, Page, address, shell
from ui.standing import STATES
from ui.standing_parts import printed_date, repealed_by, standing_html
from ui.text import WORDINGS

_ON_A_PAGE = 50
_MAX_FOUND = 5  # clauses that are shown of one policy; the others are counted
_BEFORE, _AROUND = 24, 110  # characters of a clause that are shown before, and from, what was found


def library_page(
    policies: Sequence[Policy], chosen: LibraryFilter, dress: Dress, *, number: int = 1
) -> Page:
    """The policies that the filters leave, each with what was found in it; page by page."""
    wording = dress.wording
    everything = shelved(policies, today=date.today())
    kept = [item for item in everything if item.holds(chosen)]
    found = {item.policy.policy_id: find_words(item.policy, chosen.words) for item in kept}
    if chosen.words and not any(found.values()):
        found = {item.policy.policy_id: find_spellings(item.policy, chosen.words) for item in kept}
    if chosen.words:
        kept = [item for item in kept if found[item.policy.policy_id] or _in_title(item, chosen)]
    clauses = sum(len(found[item.policy.policy_id]) for item in kept)
    line = wording.found_line if chosen.words else wording.library_title
    counts = {"policies": len(kept), "clauses": clauses or _clauses(kept)}
    pages = max(1, -(-len(kept) // _ON_A_PAGE))
    number = min(max(1, number), pages)
    shown = kept[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    items = "".join(_item(item, found[item.policy.policy_id], chosen, dress) for item in shown)
    ways = pages_html("/library", pages, number, dress, **asdict(chosen))
    empty = wording.nothing_found if everything else wording.library_empty
    body = (
        f'<h1>{escape(wording.library_heading)}</h1><p class="lead">'
        f"{escape(wording.library_lead)}</p>{_filters(everything, chosen, dress)}"
        f'<p class="count" role="status">{escape(line.format(**counts))}</p>'
        + (f'<ol class="shelf">{items}</ol>{ways}' if items else nothing(empty))
    )
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    return shell(
        wording.library_heading,
        body,
        dress,
        place="library",
        other_language_url=address("/library", other, **asdict(chosen)),
    )


def _clauses(items: Sequence[Shelved]) -> int:
    return sum(len(item.policy.clauses) for item in items)


def _in_title(item: Shelved, chosen: LibraryFilter) -> bool:
    title = "".join(item.policy.title.value.split()).casefold()
    return all(word in title for word in chosen.words)


def _filters(items: Sequence[Shelved], chosen: LibraryFilter, dress: Dress) -> str:
    wording = dress.wording
    names = wording.group("filters")
    states = wording.group("states")
    levels = wording.group("levels")
    present = {item.policy.level for item in items}
    lists: Mapping[str, Mapping[str, str]] = {
        "level": {level: levels.get(level, level) for level in LEVELS if level in present},
        "year": _same(sorted({item.year for item in items}, reverse=True)),
        "state": {s: states[s] for s in STATES if any(item.state == s for item in items)},
    }
    picks = {
        "region": list(_same(item.region for item in items)),
        "issuer": sorted({name for item in items for name in item.issuers}),
    }
    values = asdict(chosen)
    fields = entry("q", names["q"], chosen.q, hint=wording.search_hint, wide=True)
    for name in ("region", "level", "year", "issuer", "state"):
        if name in picks:
            fields += pick(name, names[name], picks[name], values[name], wording=wording)
        else:
            fields += choice(
                name, names[name], lists[name], values[name], any_text=wording.any_value
            )
    fields += entry("unit", names["unit"], chosen.unit, known=_units(items))
    return form("/library", fields, dress)


def _same(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values if value}


def _units(items: Sequence[Shelved]) -> list[str]:
    names = (u.normal for item in items for clause in item.policy.clauses for u in clause.units)
    return sorted(dict.fromkeys(names))


def _item(item: Shelved, found: Sequence[Found], chosen: LibraryFilter, dress: Dress) -> str:
    policy, wording = item.policy, dress.wording
    first = first_clause_id(policy)
    facts = [
        policy.document_number.value if policy.document_number else wording.unnumbered,
        item.region,
        "、".join(item.issuers),
        *(f"{kind} {printed_date(fact.value)}" for kind, fact in policy.dates[:2]),
    ]
    spans = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    return (
        f'<li class="policy"><h2 lang="zh-CN"><a href="{dress.link(clause_url(first))}">'
        f"{escape(titled(policy.title.value))}</a>{standing_html(item.standing, wording)}</h2>"
        f'<p class="facts-line" lang="zh-CN">{spans}</p>'
        f"{repealed_by(item.standing, wording)}{_counts(policy, dress)}"
        f"{_found(found, chosen, dress)}</li>"
    )


def _counts(policy: Policy, dress: Dress) -> str:
    wording = dress.wording
    targets = sum(len(clause.targets) for clause in policy.clauses)
    units = len({unit.normal for clause in policy.clauses for unit in clause.units})
    parts = [wording.library_clauses.format(count=len(policy.clauses))]
    parts += [wording.count_units.format(count=units)] if units else []
    spans = "".join(f"<span>{escape(part)}</span>" for part in parts)
    if targets:
        words = escape(wording.count_targets.format(count=targets))
        link = dress.link("/targets", q=policy.title.value)
        spans += f'<a href="{link}">{words}</a>'
    return f'<p class="counts">{spans}</p>'


def _found(found: Sequence[Found], chosen: LibraryFilter, dress: Dress) -> str:
    if not chosen.words or not found:
        return ""
    items = "".join(_snippet(item, dress) for item in found[:_MAX_FOUND])
    rest = len(found) - _MAX_FOUND
    more = (
        f'<p class="more">{escape(dress.wording.more_found.format(count=rest))}</p>'
        if rest > 0
        else ""
    )
    return f'<ul class="snippets" lang="zh-CN">{items}</ul>{more}'


def _snippet(found: Found, dress: Dress) -> str:
    text = found.clause.text
    first = found.spans[0][0] if found.spans else 0
    start = max(0, first - _BEFORE)
    end = min(len(text), first + _AROUND)
    pieces, position = ["……" if start else ""], start
    for left, right in found.spans:
        if right > end:
            break
        pieces += [escape(text[position:left]), f"<mark>{escape(text[left:right])}</mark>"]
        position = right
    pieces += [escape(text[position:end]), "……" if end < len(text) else ""]
    link = clause_url(found.clause.clause_id)
    return (
        f'<li><a class="snippet-label" href="{dress.link(link)}">{escape(found.clause.label)}</a>'
        f"<span>{''.join(pieces)}</span></li>"
    )
