"""The form in which people say what was wrong with an answer. Pure: HTML out."""

from __future__ import annotations

from ui.cards import escape
from ui.text import Wording


def feedback_form(*, wording: Wording) -> str:
    """Why the answer is not right, in a word and in words, and which clause would be."""
    reasons = "".join(
        f'<label class="reason"><input type="radio" name="kind" value="{escape(text)}">'
        f"<span>{escape(text)}</span></label>"
        for text in wording.group("feedback_reasons").values()
    )
    title = escape(wording.feedback_title)
    return (
        f'<form class="feedback"><h3>{title}</h3>'
        f'<div class="reasons" role="radiogroup" aria-label="{title}">{reasons}</div>'
        f'<label class="feedback-field"><span>{escape(wording.feedback_words)}</span>'
        '<textarea name="words" rows="2" maxlength="1000"></textarea></label>'
        f'<div class="feedback-field"><label><span>{escape(wording.feedback_clause)}</span>'
        f'<input type="search" name="find" maxlength="200" '
        f'placeholder="{escape(wording.feedback_find)}"></label>'
        f'<ul class="picks" aria-live="polite"></ul></div><div class="feedback-tools">'
        f'<button type="submit" class="feedback-send">{escape(wording.feedback_send)}</button>'
        f'<button type="button" class="turn-action" data-action="close-feedback">'
        f"{escape(wording.cancel)}</button></div></form>"
    )
