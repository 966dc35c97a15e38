"""The page of a clause: its policy in full, opened at the clause. Pure: nouns in, HTML out."""

from __future__ import annotations

from ui.cards import escape
from ui.document_head import Opened
from ui.document_outline import clause_url
from ui.document_view import document_html
from ui.page_shell import Dress, Page, address, shell
from ui.text import WORDINGS


def clause_page(opened: Opened, dress: Dress) -> Page:
    """The document as a page that opens at the clause."""
    clause, policy = opened.clause, opened.policy
    body = document_html(opened, wording=dress.wording, level=1)
    other = WORDINGS["en" if dress.wording.language == "zh" else "zh"]
    return shell(
        f"{clause.label} · {policy.title.value}",
        body,
        dress,
        other_language_url=address(clause_url(clause.clause_id), other),
    )


def missing_page(dress: Dress) -> Page:
    """What a link to something that is not here leads to."""
    wording = dress.wording
    body = (
        f'<p class="missing">{escape(wording.clause_missing)}</p>'
        f'<p><a href="{dress.chat_url}">{escape(wording.back_to_chat)}</a></p>'
    )
    return shell(wording.product, body, dress)
