"""An answer as text with footnotes: Markdown to take away. Pure."""

from __future__ import annotations

import re

from assistant.schema import Answer, Citation
from ui.cards import citation_place, one_line
from ui.render import markdown_text, table_lines
from ui.text import Wording

MARK = re.compile(r"\[(\d{1,3})\]")
"""A mark in the text of an answer; a number that no citation bears is no mark."""


def markdown_notes(answer: Answer, wording: Wording) -> str:
    """The question as heading, the answer, and each citation as a footnote [^n]."""
    known = {citation.number for citation in answer.citations}

    def noted(match: re.Match[str]) -> str:
        return f"[^{match[1]}]" if int(match[1]) in known else match[0]

    parts = [f"# {one_line(answer.question)}", MARK.sub(noted, answer.text)]
    if answer.table is not None:
        parts.append(MARK.sub(noted, "\n".join(table_lines(answer.table, wording))))
    parts.append(f"> {wording.notice}")
    notes = (f"[^{citation.number}]: {note_text(citation)}" for citation in answer.citations)
    return markdown_text("\n\n".join(parts)) + "\n\n" + markdown_text("\n".join(notes)) + "\n"


def note_text(citation: Citation) -> str:
    """What a footnote says: where the clause stands, and the words of it."""
    return f"{citation_place(citation)}：“{one_line(citation.quote)}”"
