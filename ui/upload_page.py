"""The page where administrators add, replace and withdraw documents. Pure: rows in, HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers import READABLE
from corpus.schema import Policy
from ui.cards import escape, titled
from ui.change_list import changes_html
from ui.document_outline import clause_url, first_clause_id
from ui.page_shell import Dress, Page, address, shell
from ui.problems import problem_html, translated
from ui.publishing import State
from ui.shelf_list import PATH, button_form, shelf_html
from ui.standing_parts import printed_date
from ui.text import WORDINGS
from ui.upload_rows import Match, Part, Shelved, Waiting, is_pending

_MAX_OUTLINE = 400  # clauses of a document that are listed before it goes live
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Desktop:
    """All that the page shows.

    ``words`` limit the list of files; ``is_refused`` says that a build could not start, because
    one is at work.
    """

    waiting: Sequence[Waiting]
    shelf: Sequence[Shelved]
    state: State
    words: str = ""
    max_file_bytes: int = 64 * _MEGABYTE
    is_refused: bool = False


def upload_page(desktop: Desktop, dress: Dress) -> Page:
    """The whole page."""
    wording = dress.wording
    body = (
        f'<h1>{escape(wording.uploads_heading)}</h1><p class="lead">'
        f"{escape(wording.uploads_lead)}</p>{_drop_zone(desktop, dress)}"
        f'<div id="documents" data-running="{int(desktop.state.is_running)}">'
        f"{_status(desktop, dress)}{_waiting(desktop, dress)}"
        f"{shelf_html(desktop.shelf, desktop.words, dress)}</div>"
    )
    other = WORDINGS["en" if wording.language == "zh" else "zh"]
    url = address(PATH, other, q=desktop.words)
    return shell(wording.uploads_heading, body, dress, place="documents", other_language_url=url)


def _drop_zone(desktop: Desktop, dress: Dress) -> str:
    """Where files are dropped or chosen; the script finds its sentences here."""
    wording, limit = dress.wording, desktop.max_file_bytes
    says = "".join(
        f' data-{name.replace("_", "-")}="{escape(text)}"'
        for name, text in wording.group("sending").items()
    )
    hint = wording.drop_hint.format(formats=" ".join(sorted(READABLE)), limit=limit // _MEGABYTE)
    return (
        f'<section class="drop" id="drop" data-url="{PATH}/files" data-limit="{limit}"{says}>'
        f'<input id="files" type="file" multiple accept="{",".join(sorted(READABLE))}">'
        f'<label class="drop-label" for="files"><strong>{escape(wording.drop_files)}</strong>'
        f"<span>{escape(hint)}</span></label>"
        '<ul class="sending" id="sending" aria-live="polite"></ul>'
        f"<noscript><p>{escape(wording.needs_script)}</p></noscript></section>"
    )


def _status(desktop: Desktop, dress: Dress) -> str:
    """How far the build is, how the last one ended, and what waits for the next."""
    wording, state = dress.wording, desktop.state
    sentence = wording.group("build_stages")[state.stage].format(
        done=state.done,
        total=state.total,
        message=translated(state.message, wording) or state.message,
    )
    parts: list[str] = []
    if desktop.is_refused:
        busy = wording.group("build_stages")["busy"]
        parts.append(f'<div class="notice is-bad" role="alert"><p>{escape(busy)}</p></div>')
    if state.stage != "idle":
        kind = "is-bad" if state.stage in ("busy", "failed") else ""
        share = f'<progress max="{state.total}" value="{state.done}"></progress>'
        bar = share if state.total else "<progress></progress>"
        problems = "".join(f"<li>{problem_html(line, wording)}</li>" for line in state.problems)
        parts.append(
            f'<div class="notice {kind}" role="status"><p>{escape(sentence)}</p>'
            f"{bar if state.is_running else ''}{f'<ul>{problems}</ul>' if problems else ''}</div>"
        )
    if is_pending(desktop.shelf) and not state.is_running:
        parts.append(
            f'<div class="notice"><p>{escape(wording.changes_wait)}</p>'
            f"{button_form('build', '', wording.build_now, dress)}</div>"
        )
    return "".join(parts)


def _waiting(desktop: Desktop, dress: Dress) -> str:
    wording = dress.wording
    heading = f"<h2>{escape(wording.waiting_heading.format(count=len(desktop.waiting)))}</h2>"
    if not desktop.waiting:
        none = f'<p class="hint">{escape(wording.nothing_waits)}</p>'
        return f'<section class="part">{heading}{none}</section>'
    files = "".join(_file(row, dress) for row in desktop.waiting)
    off = " disabled" if desktop.state.is_running else ""
    return (
        f'<section class="part">{heading}<form method="post" action="{dress.link(f"{PATH}/live")}">'
        f'<ul class="shelf">{files}</ul><p class="put-live">'
        f'<button type="submit" class="primary"{off}>{escape(wording.put_live)}</button>'
        f'<span class="hint">{escape(wording.put_live_hint)}</span></p></form></section>'
    )


def _file(row: Waiting, dress: Dress) -> str:
    wording, name = dress.wording, escape(row.preview.name)
    parts = "".join(_part(part, dress) for part in row.parts)
    remarks = "".join(f"<li>{problem_html(said, wording)}</li>" for said in row.preview.remarks)
    remarks = f'<ul class="gaps">{remarks}</ul>' if remarks else ""
    return (
        f'<li class="policy waiting"><p class="file-line"><label><input type="checkbox" '
        f'name="file" value="{name}" checked> <span class="file-name">{name}</span></label>'
        f'<button type="submit" class="quiet" formaction="{dress.link(f"{PATH}/discard")}" '
        f'name="name" value="{name}">{escape(wording.discard)}</button></p>{parts}'
        f"{remarks}</li>"
    )


def _part(part: Part, dress: Dress) -> str:
    policy, wording = part.policy, dress.wording
    facts = [
        policy.document_number.value if policy.document_number else wording.unnumbered,
        policy.region.value if policy.region else "",
        "、".join(issuer.value for issuer in policy.issuers),
        *(f"{kind} {printed_date(date.value)}" for kind, date in policy.dates),
        wording.library_clauses.format(count=len(policy.clauses)),
    ]
    spans = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    names = wording.group("upload_gaps")
    gaps = "".join(f"<li>{escape(names[gap])}</li>" for gap in part.gaps)
    gaps = f'<ul class="gaps">{gaps}</ul>' if gaps else ""
    return (
        f'<div class="found"><h3 lang="zh-CN">{escape(titled(policy.title.value))}</h3>'
        f'<p class="facts-line" lang="zh-CN">{spans}</p>'
        f"{gaps}{_match(part.match, dress) if part.match else ''}{_outline(policy, dress)}</div>"
    )


def _outline(policy: Policy, dress: Dress) -> str:
    """The clauses as they will be cited, one line each, as far in as they stand."""
    parents = {clause.clause_id: clause.parent_id for clause in policy.clauses}
    lines: list[str] = []
    for clause in policy.clauses[:_MAX_OUTLINE]:
        depth, above = 0, clause.parent_id
        while above is not None and depth < 5:
            depth, above = depth + 1, parents.get(above)
        lines.append(
            f'<li class="depth-{depth}"><span class="label">{escape(clause.label)}</span>'
            f"<span>{escape(clause.text)}</span></li>"
        )
    rest = len(policy.clauses) - _MAX_OUTLINE
    more = f"<li>{escape(dress.wording.more_found.format(count=rest))}</li>" if rest > 0 else ""
    title = dress.wording.outline_preview.format(count=len(policy.clauses))
    return (
        f'<details class="outline"><summary>{escape(title)}</summary>'
        f'<ol lang="zh-CN" tabindex="0">{"".join(lines)}{more}</ol></details>'
    )


def _match(match: Match, dress: Dress) -> str:
    """What the new version takes the place of, and what changes."""
    wording, old = dress.wording, match.policy
    link = (
        f'<a href="{dress.link(clause_url(first_clause_id(old)))}" lang="zh-CN">'
        f"{escape(titled(old.title.value))}</a> <span>{escape(old.source)}</span>"
    )
    box = (
        f"<span>{escape(wording.replaces)}</span>"
        if match.is_certain
        else f'<label><input type="checkbox" name="replace" value="{escape(old.policy_id)}" '
        f"checked> {escape(wording.replaces)}</label>"
    )
    return f'<p class="replaces">{box} {link}</p>{changes_html(match.changes, wording)}'
