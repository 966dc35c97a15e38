"""Places and 文号 that a question names; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from assistant.marks import Marks
from assistant.policy_names import (
    PLACE_SUFFIX,
    PolicyNames,
    names_document,
    number_key,
    same_number,
)
from corpus.metadata import NUMBER
from corpus.regions import Mention, find_regions

# Behind a 文号: what the document itself says is asked for, not who leans on it.
_ASKS_INSIDE = re.compile(
    r"(?:文件|号文|文|通知|意见|方案)?(?:里|中|里面|当中|规定|要求|提出|明确|对)"
)
_LISTED = re.compile(r"(?:市|县|省|区)?\s*(?:和|与|跟|同|及|以及|、|,|/|比|vs\.?|and)\s*")
_MAX_SHORT_LATIN = 5  # letters; guide and other English words are among the short names
_BEFORE_PLACE = ("in", "of", "at", "for", "from", "does", "did", "has", "and", "than")


def read_numbers(marks: Marks, entries: Sequence[PolicyNames], corpus: str) -> None:
    """文号 in full (安政办〔2024〕21号)."""
    for match in NUMBER.finditer(marks.text):
        key = number_key(match[0])
        found = [e for e in entries if e.number and key and same_number(e.number, key)]
        if found:
            marks.take({e.policy_id for e in found}, match.start(), match.end())
        elif key and (
            f"{key[1]}〕{key[2]}号" not in corpus or _ASKS_INSIDE.match(marks.text[match.end() :])
        ):
            marks.unknown.append(match[0])


def read_places(
    marks: Marks,
    entries: Sequence[PolicyNames],
    corpus: str,
    words: AbstractSet[str],
    *,
    several: bool,
) -> None:
    """Places: first the names of the policies' own, then all others."""
    own: dict[str, set[str]] = {}
    for entry in entries:
        for name in entry.place_names:
            own.setdefault(name, set()).add(entry.policy_id)
    longer = [(m.start, m.end) for m in find_regions(marks.text)]
    for name in sorted(own, key=len, reverse=True):
        for match in re.finditer(re.escape(name), marks.text):
            start, end = match.span()
            part = any(s <= start < end <= e and e - s > end - start for s, e in longer)
            if marks.is_free(start, end) and not part:  # the 吉林 of 吉林省 is not 吉林市
                marks.take(own[name], start, end)
    _read_latin(marks, entries)
    settled = bool(marks.chosen)
    for mention in find_regions(marks.masked()):
        name = marks.text[mention.start : mention.end]
        is_prefecture = name.endswith("州") and mention.region.name.endswith("自治州")
        is_word = name == mention.region.name or is_prefecture or name in words
        if is_word and not settled:
            _read_loose(marks, mention, entries, corpus, several=several)
        # Beside a place that is covered, any other place is part of the topic, but in one list.
        elif is_word and _is_beside(marks, mention):
            marks.absent.append(name)
            marks.spans.append((mention.start, mention.end))


def _is_beside(marks: Marks, mention: Mention) -> bool:
    """Whether a place stands in one list with a place that was read (安丘和上海)."""
    for start, end in marks.spans:
        first, second = sorted(((start, end), (mention.start, mention.end)))
        if _LISTED.fullmatch(marks.text[first[1] : second[0]]):
            return True
    return False


def _read_latin(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """Places in Latin letters; a short name must call itself a place (guide county)."""
    for entry in entries:
        if not entry.latin:
            continue
        for match in _latin_pattern(entry.latin).finditer(marks.text):
            if marks.is_free(*match.span()):
                marks.take({entry.policy_id}, *match.span())
            elif match.span() in marks.spans:  # two plans of one place
                marks.chosen.add(entry.policy_id)


def _latin_pattern(name: str) -> re.Pattern[str]:
    division = r"\s+(?:city|county|province|district|prefecture|municipality)"
    if len(name) > _MAX_SHORT_LATIN:
        return re.compile(rf"\b{name}(?:{division})?\b")
    # Look-behinds have one length each.
    behind = "|".join(rf"(?<={word}\s){name}\b" for word in _BEFORE_PLACE)
    return re.compile(rf"\b{name}(?:{division}|'s)\b|{behind}")


def _read_loose(
    marks: Marks, mention: Mention, entries: Sequence[PolicyNames], corpus: str, *, several: bool
) -> None:
    """A place that is nobody's own: within a policy's place, around it, or unknown."""
    name = marks.text[mention.start : mention.end]
    around = {e.policy_id for e in entries if e.region and mention.region.holds(e.region)}
    within = {
        e.policy_id
        for e in entries
        if e.region and any(e.region.holds(candidate) for candidate in mention.candidates)
    }
    stem = PLACE_SUFFIX.sub("", name) if len(name) > 2 else name
    if _is_part(marks.text, mention.start, stem, corpus):
        return
    about_it = stem in corpus and not names_document(marks.text, mention.end)
    if around and (several or about_it):
        marks.take(around, mention.start, mention.end)
    elif within and stem in corpus:
        marks.chosen |= within
        marks.names.append(name)
    elif stem not in corpus or around or within or names_document(marks.text, mention.end):
        marks.unknown.append(name)
        marks.spans.append((mention.start, mention.end))


def _is_part(text: str, start: int, stem: str, corpus: str) -> bool:
    """Whether a name is but the end of a longer one that alone is in the texts: 石梁河水库."""
    longer = text[max(0, start - 1) : start] + stem
    alone = corpus.count(stem)
    return len(longer) > len(stem) and alone > 0 and corpus.count(longer) == alone
