"""What changed between two versions as HTML: clause beside clause, words marked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ui.cards import escape
from ui.clause_diff import Change, Piece
from ui.text import Wording

_MAX_SHOWN = 200  # changes; a document that changes more is a new one


def changes_html(changes: Sequence[Change], wording: Wording) -> str:
    """The changes, folded under a line that counts them."""
    if not changes:
        return f'<p class="hint">{escape(wording.no_changes)}</p>'
    counts = Counter(change.kind for change in changes)
    line = wording.changes_line.format(
        added=counts["added"], removed=counts["removed"], changed=counts["changed"]
    )
    items = "".join(_change(change, wording) for change in changes[:_MAX_SHOWN])
    rest = len(changes) - _MAX_SHOWN
    more = f"<li>{escape(wording.more_found.format(count=rest))}</li>" if rest > 0 else ""
    return (
        f'<details class="changes" open><summary>{escape(line)}</summary>'
        f'<ol tabindex="0">{items}{more}</ol></details>'
    )


def _change(change: Change, wording: Wording) -> str:
    kind = wording.group("change_kinds")[change.kind]
    before = f'<p class="before">{_side(change.before, "del")}</p>' if change.before else ""
    after = f'<p class="after">{_side(change.after, "ins")}</p>' if change.after else ""
    return (
        f'<li class="change"><p class="change-head"><span class="pill">{escape(kind)}</span> '
        f'<span class="label" lang="zh-CN">{escape(change.label)}</span></p>'
        f'<div class="sides" lang="zh-CN">{before}{after}</div></li>'
    )


def _side(pieces: Sequence[Piece], mark: str) -> str:
    return "".join(
        f"<{mark}>{escape(piece.text)}</{mark}>" if piece.is_other else escape(piece.text)
        for piece in pieces
    )
