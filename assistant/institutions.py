"""Hospitals and schools that issue documents of their own, by full and short name; pure.

某市第二人民医院 is also 某市二院. What one of them rules for itself, no other follows; a plan of a
government speaks of all of them, and there they are part of the topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.institution_names import Institution, institution_at, is_said
from assistant.language import language
from assistant.marks import Marks
from assistant.policy_names import PolicyNames
from corpus.regions import find_regions

_LEVEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<level>[省市县区])|(?<=[在去到问是和跟请])(?P<behind>[省市县区])"
)


def read_institutions(
    marks: Marks, entries: Sequence[PolicyNames], said: Callable[[Iterable[str], str], bool]
) -> None:
    """Institutions behind their places; one that issued nothing is unknown among those that did.

    Args:
        marks: the question.
        entries: every policy of the library.
        said: whether a text of these policies says a word.
    """
    if not any(entry.institution for entry in entries):
        return
    places = {name for entry in entries for name in entry.place_names if name in marks.text}
    for name in sorted(places, key=len, reverse=True):
        group = [entry for entry in entries if name in entry.place_names]
        for match in re.finditer(re.escape(name), marks.text):
            mention = _behind(marks.text, match.end())
            if mention and marks.is_free(match.start(), mention.end):
                _take(marks, group, match.start(), mention, said)
    if not marks.chosen and not marks.unknown and not find_regions(marks.text):
        _read_placeless(marks, entries, said)


def read_absent_institutions(
    marks: Marks, entries: Sequence[PolicyNames], texts: Callable[[Iterable[str]], Iterable[str]]
) -> None:
    """Hospitals and schools of a place in scope that its documents never name.

    Args:
        marks: the question, with its places read.
        entries: every policy of the library.
        texts: the texts of some policies.
    """
    if language().forms["asks_why"].search(marks.text):  # what is taken for granted is put right
        return
    for start, end in list(marks.spans):
        name = marks.text[start:end]
        group = [entry.policy_id for entry in entries if name in entry.place_names]
        named = institution_at(marks.text, end) if group else None
        if named is None or not named.which or not marks.is_free(end, named.end):
            continue
        if not any(is_said(named, text) for text in texts(group)):
            marks.unknown.append(marks.text[start : named.end])


def _behind(text: str, position: int) -> Institution | None:
    """Behind a place the level may be said again: 鹿洲市二院 where 鹿洲 is the short name."""
    mention = institution_at(text, position)
    if mention is None and text[position : position + 1] in ("市", "县", "区", "省"):
        mention = institution_at(text, position + 1)
    return mention


def _take(
    marks: Marks,
    group: Sequence[PolicyNames],
    start: int,
    mention: Institution,
    said: Callable[[Iterable[str], str], bool],
) -> None:
    """Bind the name to what the institution issued, or find that it is another one."""
    written = marks.text[start : mention.end]
    issuers = [entry for entry in group if entry.institution]
    bearers = [entry for entry in issuers if entry.institution == mention.key]
    if not mention.which and len({entry.institution for entry in issuers}) == 1:
        bearers = issuers
    others = [entry.policy_id for entry in group if not entry.institution]
    if bearers:
        if not any(said(others, name) for name in (written, bearers[0].issued_by)):
            marks.take({entry.policy_id for entry in bearers}, start, mention.end)
        return
    same_kind = any(entry.institution and entry.institution[0] == mention.kind for entry in group)
    named = said([entry.policy_id for entry in group], written)
    if mention.which and same_kind and not others and not named:
        marks.unknown.append(written)
        marks.spans.append((start, mention.end))


def _read_placeless(
    marks: Marks, entries: Sequence[PolicyNames], said: Callable[[Iterable[str], str], bool]
) -> None:
    """市二院: without its place, where one institution is called so and no other text says it."""
    for match in _LEVEL.finditer(marks.text):
        mention = institution_at(marks.text, match.end())
        if mention is None or mention.which in ("", "人民"):  # every county has one
            continue
        level = match["level"] or match["behind"]
        bearers = [
            entry
            for entry in entries
            if entry.institution == mention.key and entry.region and entry.region.name[-1] == level
        ]
        ids = {entry.policy_id for entry in bearers}
        rest = [entry.policy_id for entry in entries if entry.policy_id not in ids]
        written = marks.text[match.start() : mention.end]
        if len({entry.issued_by for entry in bearers}) == 1 and not said(rest, written):
            marks.take(ids, match.start(), mention.end)
