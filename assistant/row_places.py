"""Places that are rows of a table in a document for a larger place; pure.

A province sets figures for each of its cities in one table. A question for the figure of a city is
a question for that table, whatever the library has of the city itself, where only the table speaks
of the matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.marks import Marks
from assistant.policy_names import PLACE_SUFFIX, PolicyNames
from corpus.schema import Policy
from index.folding import fold

_ROW = "表行"
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}(?:省|市|县|区|州|盟|旗)")
_MIN_RUN = 4  # characters of the matter that table and question share, and no text of the place
_MIN_RUN_ABOVE = 2  # likewise, where the question says that it is the larger place that decides
_ABOVE = re.compile(r"省[里内]|全省|省[定下分]|市[里内]|全市|省级|[分下]达|[分下]的?(?:任务|指标)")
_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of a table whose key is a place."""

    place: str
    policy_id: str
    matter: str  # what the table says of itself: headings, heads of columns, title


def place_rows(policies: Iterable[Policy]) -> tuple[PlaceRow, ...]:
    """Rows of tables that open with a place, but those of its own documents; once for a table."""
    rows = (
        PlaceRow(key, policy.policy_id, fold("\n".join((*clause.path, policy.title.value))))
        for policy in policies
        for clause in policy.clauses
        if clause.kind == _ROW
        for key in (fold(clause.text.split("|")[0]).strip(),)
        if _PLACE.fullmatch(key) and not _is_for(policy, key)
    )
    return tuple(dict.fromkeys(rows))


def _is_for(policy: Policy, place: str) -> bool:
    return policy.region is not None and fold(policy.region.value).endswith(place)


def read_rows(
    marks: Marks,
    entries: Sequence[PolicyNames],
    rows: Sequence[PlaceRow],
    said: Callable[[Iterable[str], str], bool],
) -> None:
    """Lead a question for one place to the table that has a row for it.

    The place stays among the words that are looked up.

    Args:
        marks: the question, with its places read.
        entries: every policy of the library.
        rows: the rows of tables that open with places.
        said: whether a text of these policies says a word.
    """
    if marks.unknown or marks.numbered:
        return
    written = {place: _written(marks.text, place) for place in {row.place for row in rows}}
    places = {place for place, found in written.items() if found}
    named = [row for row in rows if row.place in places]
    if len(places) != 1:
        return
    (place,) = places
    start, end = written[place] or (0, 0)
    own = {entry.policy_id for entry in entries if place in entry.place_names}
    if not marks.chosen <= own | {row.policy_id for row in named}:
        return
    found = {row.policy_id for row in named if _speaks(marks, row, own, said)}
    if found:
        marks.chosen = found
        marks.spans = [span for span in marks.spans if span != (start, end)]
        marks.kept.append(marks.text[start:end])
        if marks.text[start:end] not in marks.names:
            marks.names.append(marks.text[start:end])


def _written(text: str, place: str) -> tuple[int, int] | None:
    """Where a text names a place, in full or in short."""
    for name in (place, PLACE_SUFFIX.sub("", place)):
        at = text.find(name) if len(name) > 1 else -1
        if at >= 0:
            return at, at + len(name)
    return None


def _speaks(
    marks: Marks, row: PlaceRow, own: Iterable[str], said: Callable[[Iterable[str], str], bool]
) -> bool:
    """Whether a table speaks of the matter of the question, as no text of the place does."""
    text = marks.text.replace(row.place, " ")
    least = _MIN_RUN_ABOVE if _ABOVE.search(text) else _MIN_RUN
    own = list(own)
    blocks = SequenceMatcher(None, text, row.matter, autojunk=False).get_matching_blocks()
    runs = [text[block.a : block.a + block.size] for block in blocks]
    return any(len(_WORD.findall(run)) >= least and not said(own, run) for run in runs)
