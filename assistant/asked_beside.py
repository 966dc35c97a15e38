"""Sentences beside those that answer a part of a question, where they give what another asks; pure.

从哪儿出钱？多久不领就不给了: the best sentence answers one, and the other stands next to it in
the same clause, in words that the question has not. Only its form tells that it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.asking import asks, pieces_of
from assistant.citations import DraftStatement, Quote
from assistant.extractive import behind_number
from assistant.language import language
from assistant.question import Reading
from assistant.sought_forms import forms_sought
from corpus.sentences import split_sentences
from index.folding import fold

_MIN_PARTS = 2
_MAX_ADDED = 2
_MAX_SENTENCE = 160  # characters


def with_asked_beside(reading: Reading, drafts: Sequence[DraftStatement]) -> list[DraftStatement]:
    """The statements, with sentences of the first one's clause that give what they leave open."""
    parts = [piece for piece in pieces_of(reading.typed or reading.question.text) if asks(piece)]
    quotes = [quote for draft in drafts for quote in draft.quotes]
    if len(parts) < _MIN_PARTS or not quotes:
        return list(drafts)
    said = fold("\n".join(draft.text for draft in drafts))
    added: list[DraftStatement] = []
    for given in (form for part in parts for form in _forms_of(part)):
        if given.search(said) or len(added) >= _MAX_ADDED:
            continue
        for quote in _sentences_of(quotes[0]):
            if given.search(fold(quote.text)):
                added.append(DraftStatement(quote.text, (quote,)))
                said += fold(quote.text)
                break
    if not added:
        return list(drafts)
    clause = quotes[0].clause
    own = [draft for draft in drafts if draft.quotes and draft.quotes[0].clause is clause]
    rest = [draft for draft in drafts if draft not in own]
    return [*sorted([*own, *added], key=lambda draft: draft.quotes[0].start), *rest]


def _forms_of(part: str) -> Iterator[re.Pattern[str]]:
    """How documents give what a part of a question asks for by its sort."""
    folded = fold(part)
    for form in forms_sought(part):
        yield form.given
    for detail in language().details:
        if detail.asked.search(folded):
            yield detail.found


def _sentences_of(quote: Quote) -> Iterator[Quote]:
    for sentence in split_sentences(quote.clause.text):
        if len(sentence.text) <= _MAX_SENTENCE:
            start = behind_number(quote.clause, sentence.start)
            yield Quote(quote.clause, start, sentence.end)
