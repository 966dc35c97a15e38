"""Failed questions as HTML: answer and gold, beside them the clauses cited and found; pure.

Everything in it was written by somebody: questions, answers, documents. All of it leaves escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from eval.fact_measures import fact_recall
from eval.failures import KINDS, Failure
from eval.highlight import marked_html
from eval.matching import matched_quotes
from eval.report_plots import evidence_of
from eval.schema import Evidence, Json, Scored
from eval.scoring import distinct, rows, table_cells
from eval.wording import Wording

_SHOWN_HITS = 10


def failures_html(failures: Sequence[Failure], wording: Wording) -> str:
    """All failed questions, and the fields that choose among them."""
    if not failures:
        return f'<p class="lead">{escape(wording.say("no_failures"))}</p>'
    inside = "".join(_failure(failure, wording) for failure in failures)
    return f'{_filters(failures, wording)}<div id="failures">{inside}</div>'


def _filters(failures: Sequence[Failure], wording: Wording) -> str:
    types = dict.fromkeys(failure.row.type for failure in failures)
    kinds = [kind for kind in KINDS if any(kind in failure.kinds for failure in failures)]
    return (
        '<div class="filters" hidden>'
        f"{_select('type', 'types', types, wording)}{_select('kind', 'kinds', kinds, wording)}"
        f'<label>{escape(wording.say("words"))} <input type="search" name="words"></label>'
        '<output aria-live="polite"></output></div>'
    )


def _select(name: str, group: str, keys: Iterable[str], wording: Wording) -> str:
    options = "".join(
        f'<option value="{escape(key)}">{escape(wording.of(group, key))}</option>' for key in keys
    )
    return (
        f'<label>{escape(wording.say(name))} <select name="{name}">'
        f'<option value="">{escape(wording.say("all_types"))}</option>{options}</select></label>'
    )


def _failure(failure: Failure, wording: Wording) -> str:
    row = failure.row
    tags = f'<span class="tag plain">{escape(wording.of("types", row.type))}</span>'
    tags += "".join(
        f'<span class="tag">{escape(wording.of("kinds", kind))}</span>' for kind in failure.kinds
    )
    return (
        f'<details class="failure" id="{escape(row.id)}" data-type="{escape(row.type)}" '
        f'data-kinds="{" ".join(failure.kinds)}"><summary><span class="asked">'
        f"<small>{escape(row.id)}</small>{escape(row.question)}</span>"
        f'<span class="tags">{tags}</span></summary><div class="inside">'
        f"<div>{_history(row, wording)}{_answer(row, wording)}{_gold(row, wording)}</div>"
        f"<div>{_cited(row, wording)}{_hits(row, wording)}</div></div></details>"
    )


def _history(row: Scored, wording: Wording) -> str:
    earlier = "".join(f"<li>{escape(question)}</li>" for question in row.history)
    parts = [f"<h4>{escape(wording.say('history'))}</h4><ol>{earlier}</ol>"] if earlier else []
    standalone = str(row.answer.get("standalone_question") or "")
    if standalone and standalone != row.question:
        parts.append(f"<h4>{escape(wording.say('standalone'))}</h4><p>{escape(standalone)}</p>")
    return "".join(parts)


def _answer(row: Scored, wording: Wording) -> str:
    status = wording.of("statuses", str(row.answer.get("status", "")))
    reason = row.answer.get("reason")
    state = f"{status} · {reason}" if reason else status
    took = wording.say("seconds", seconds=f"{row.seconds:.3g}")
    text = str(row.answer.get("error") or row.answer.get("text") or "")
    return (
        f"<h4>{escape(wording.say('answer'))}　{escape(state)} · {escape(took)}</h4>"
        f'<div class="said">{escape(text)}</div>{_table(row.answer)}'
    )


def _table(answer: Json) -> str:
    """The table of a comparison, where the answer has one."""
    found = answer.get("table")
    if not isinstance(found, dict):
        return ""
    head = "".join(f"<th>{escape(str(cell))}</th>" for cell in found.get("columns") or ())
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"
        for cells in found.get("rows") or ()
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="frame"><table>{inside}</table></div>'


def _gold(row: Scored, wording: Wording) -> str:
    title = f"<h4>{escape(wording.say('gold'))}</h4>"
    if not row.answerable:
        return f'{title}<p class="none">{escape(wording.say("should_refuse"))}</p>'
    quotes = "".join(
        f'<blockquote class="text"><span class="where">{escape(item.doc)}</span>'
        f"{escape(item.quote)}</blockquote>"
        for item in evidence_of(row)
    )
    cells = table_cells(row.answer)
    text = str(row.answer.get("text", ""))
    chips = "".join(
        f'<li class="chip {"found" if fact_recall([forms], text, cells) else "missing"}">'
        f"{'✓' if fact_recall([forms], text, cells) else '✗'} {escape(' / '.join(forms))}</li>"
        for forms in row.gold.get("facts") or ()
    )
    facts = f'<h4>{escape(wording.say("facts"))}</h4><ul class="chips">{chips}</ul>'
    return f"{title}{quotes}{facts if chips else ''}"


def _cited(row: Scored, wording: Wording) -> str:
    """The clauses that the answer cites, or those that a refusal offers; its quotes are marked."""
    for name, key in (("citations", "cited"), ("nearest", "nearest")):
        citations = rows(row.answer, name)
        if citations:
            inside = "".join(
                _piece(place, citation, [str(citation.get("quote", ""))], row, wording)
                for place, citation in enumerate(citations, start=1)
            )
            return f"<h4>{escape(wording.say(key))}</h4>{inside}"
    title = f"<h4>{escape(wording.say('cited'))}</h4>"
    return f'{title}<p class="none">{escape(wording.say("nothing_cited"))}</p>'


def _hits(row: Scored, wording: Wording) -> str:
    """The clauses that were found; the words of the gold are marked in them."""
    title = f"<h4>{escape(wording.say('hits'))}</h4>"
    hits = distinct(row.hits)[:_SHOWN_HITS]
    if not hits:
        return f'{title}<p class="none">{escape(wording.say("nothing_found"))}</p>'
    quotes = [item.quote for item in evidence_of(row)]
    inside = "".join(
        _piece(place, hit, quotes, row, wording) for place, hit in enumerate(hits, start=1)
    )
    return title + inside


def _piece(place: int, piece: Json, quotes: Sequence[str], row: Scored, wording: Wording) -> str:
    """A clause that was cited or found: where it stands, and on a click its words."""
    text = str(piece.get("clause_text", ""))
    is_gold = _holds_gold(piece, text, evidence_of(row))
    kind = "hit is-gold" if is_gold else "hit"
    mark = f'<span class="gold-mark">✓ {escape(wording.say("is_gold"))}</span>' if is_gold else ""
    title = str(piece.get("title") or piece.get("source") or "")
    where = f"{title}　{piece.get('label') or piece.get('clause_id') or ''}"
    path = " › ".join(map(str, piece.get("path") or ()))
    return (
        f'<details class="{kind}"><summary><span class="rank">{place}</span>'
        f"<span>{escape(where)}</span>{mark}</summary>"
        f'<blockquote class="text"><span class="where">{escape(path)}</span>'
        f"{marked_html(text, quotes)}</blockquote></details>"
    )


def _holds_gold(piece: Json, text: str, evidence: Sequence[Evidence]) -> bool:
    return any(matched_quotes(evidence, source=str(piece.get("source", "")), text=text))
