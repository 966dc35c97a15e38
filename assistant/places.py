"""Places and 文号 that a question names; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from assistant.document_names import is_missing
from assistant.latin_places import read_latin
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
# Around the 文号 of a document that is only cited: who leans on it, or what it is.
_LEANS_BEFORE = re.compile(
    r"(?:根据|依据|依照|按照?|遵照|参照|照着?|落实|贯彻|执行|衔接|对应|对照|对着|引用?|提到|援引|废止|替代|取代"
    r"|[哪什][^,。?]{0,12})[^,。?]{0,12}$"
)
_LEANS_BEHIND = re.compile(
    r"(?:文件|号文|文|通知|意见|方案)?的?(?:是|叫|指)(?:什么|哪|啥|谁)|(?:文件|文)?的?(?:全称|标题|名称|名字|全名)"
    r"|[^,。?]{0,12}(?:制定|出台|起草|编制|印发|定|写|来)的|(?:文件|文)?(?:被|由|在)?哪|[^,。?]{0,8}(?:依据|根据|落实|贯彻)"
    r"|[^,。?]{0,6}(?:废止|失效|有效|停止)"
)
# 号令 are orders.
_SHORT_NUMBER = re.compile(
    r"(?P<letters>[\u4e00-\u9fff]{2,10}?)第?(?P<number>\d{1,4})号(?!令)文?件?"
)
_BARE_NUMBER = re.compile(r"(?<![\d〕字第])0*(?P<number>\d{1,4})号文件?")
# Of the places where a name stands in the texts so many are looked at, with so much around them.
_LOOKED_AT, _AROUND = 200, 6
_AREAS = frozenset(f"{level}域" for level in "省市县区州")
_LISTED = re.compile(r"(?:市|县|省|区)?\s*(?:和|与|跟|同|及|以及|、|,|/|比|vs\.?|and)\s*")


def read_numbers(marks: Marks, entries: Sequence[PolicyNames], corpus: str) -> None:
    """文号 in full (安政办〔2024〕21号), and those without their year."""
    for match in NUMBER.finditer(marks.text):
        key = number_key(match[0])
        found = [e for e in entries if e.number and key and same_number(e.number, key)]
        if found:
            marks.take({e.policy_id for e in found}, match.start(), match.end())
            marks.numbered |= {e.policy_id for e in found}
        elif key and (
            f"{key[1]}〕{key[2]}号" not in corpus or _ASKS_INSIDE.match(marks.text[match.end() :])
        ):
            marks.unknown.append(match[0])
    _read_short_numbers(marks, entries)
    _read_bare_numbers(marks, entries, corpus)


def _read_short_numbers(marks: Marks, entries: Sequence[PolicyNames]) -> None:
    """文号 without their year (安政办字21号文), which mean a document of these letters."""
    lettered = [(entry, entry.number) for entry in entries if entry.number]
    for match in _SHORT_NUMBER.finditer(marks.text):
        found = {
            entry.policy_id: letters
            for entry, (letters, _, number) in lettered
            if number == match["number"].lstrip("0") and match["letters"].endswith(letters)
        }
        # What stands before the letters is what is asked: 押金按松三医9号文怎么收.
        start = match.end("letters") - max(map(len, found.values()), default=0)
        if found and marks.is_free(start, match.end()):
            marks.take(set(found), start, match.end())
            marks.numbered |= set(found)


def _read_bare_numbers(marks: Marks, entries: Sequence[PolicyNames], corpus: str) -> None:
    """云栎10号文: the one of that number that is for the place that is named, if there is any."""
    for match in _BARE_NUMBER.finditer(marks.text):
        number = match["number"]
        found = {entry.policy_id for entry in entries if entry.number and entry.number[2] == number}
        if not marks.is_free(*match.span()):
            continue
        if found:
            marks.numbered |= found
            marks.spans.append(match.span())
        elif f"〕{number}号" not in corpus:
            marks.unknown.append(match[0])
            marks.spans.append(match.span())


def read_cited_numbers(marks: Marks) -> None:
    """文号 of documents that are only cited, where nothing that is held was named beside them."""
    if marks.chosen or marks.unknown:
        return
    for match in NUMBER.finditer(marks.text):
        behind = marks.text[match.end() :]
        letters = re.split(r"[〔\[(【﹝]", match[0])[0]  # words before them are read with them
        before = marks.text[: match.start()] + letters
        leans = _LEANS_BEFORE.search(before) or _LEANS_BEHIND.match(behind)
        if marks.is_free(*match.span()) and not leans:
            marks.unknown.append(match[0])


def read_places(
    marks: Marks,
    entries: Sequence[PolicyNames],
    corpus: str,
    cut: Callable[[str], list[str]],
    *,
    several: bool,
) -> None:
    """Places: first the names of the policies' own, then all others."""
    words = frozenset(cut(marks.text))
    own: dict[str, set[str]] = {}
    for entry in entries:
        for name in entry.place_names:
            own.setdefault(name, set()).add(entry.policy_id)
    mentions = [(m.start, m.end) for m in find_regions(marks.text)]
    longer = [(s, e) for s, e in mentions if not _is_area(marks.text, e)]
    for name in sorted(own, key=len, reverse=True):
        for match in re.finditer(re.escape(name), marks.text):
            start, end = match.span()
            part = any(s <= start < end <= e and e - s > end - start for s, e in longer)
            part = part or _is_area(marks.text, end)
            if marks.is_free(start, end) and not part:  # the 吉林 of 吉林省 is not 吉林市
                numbered = set() if several else own[name] & marks.numbered
                marks.take(numbered or own[name], start, end)
    read_latin(marks, entries)
    settled = bool(marks.chosen)
    for mention in find_regions(marks.masked()):
        name = marks.text[mention.start : mention.end]
        is_autonomous = mention.region.name.endswith(f"自治{name[-1]}")  # 大理州, 玉龙县
        is_word = name == mention.region.name or is_autonomous or name in words
        if is_word and not settled:
            _read_loose(marks, mention, entries, corpus, cut, several=several)
        # Beside a place that is covered, any other place is part of the topic, but in one list.
        elif is_word and _is_beside(marks, mention):
            marks.absent.append(name)
            marks.spans.append((mention.start, mention.end))


def _is_area(text: str, end: int) -> bool:
    """Whether the last character of a name belongs to the next word: 云栎市域内 names 云栎."""
    return text[end - 1 : end + 1] in _AREAS


def _is_beside(marks: Marks, mention: Mention) -> bool:
    """Whether a place stands in one list with a place that was read (安丘和上海)."""
    for start, end in marks.spans:
        first, second = sorted(((start, end), (mention.start, mention.end)))
        if _LISTED.fullmatch(marks.text[first[1] : second[0]]):
            return True
    return False


def _read_loose(
    marks: Marks,
    mention: Mention,
    entries: Sequence[PolicyNames],
    corpus: str,
    cut: Callable[[str], list[str]],
    *,
    several: bool,
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
    end = mention.end
    names_one = names_document(marks.text, end) or is_missing(marks.text, end, corpus)
    said = _is_said(stem, corpus, cut)
    about_it = said and not names_one
    if around and (several or about_it):
        marks.take(around, mention.start, mention.end)
    elif within and said:
        marks.chosen |= within
        marks.names.append(name)
    elif not said or around or within or names_one:
        marks.unknown.append(name)
        marks.spans.append((mention.start, mention.end))


def _is_said(stem: str, corpus: str, cut: Callable[[str], list[str]]) -> bool:
    """Whether the texts say a place: 保定 is not said by 医保定点."""
    if stem not in cut(stem):
        return stem in corpus  # a name that the dictionary does not know is no part of its words
    found = islice(re.finditer(re.escape(stem), corpus), _LOOKED_AT)
    around = (corpus[max(0, at.start() - _AROUND) : at.end() + _AROUND] for at in found)
    return any(stem in cut(window) for window in around)


def _is_part(text: str, start: int, stem: str, corpus: str) -> bool:
    """Whether a name is but the end of a longer one that alone is in the texts: 石梁河水库."""
    longer = text[max(0, start - 1) : start] + stem
    alone = corpus.count(stem)
    return len(longer) > len(stem) and alone > 0 and corpus.count(longer) == alone
