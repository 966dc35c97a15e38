"""Documents that a question names by place, matter and kind: 某市养犬管理条例; pure.

The library may hold texts for the place and still not that document. Officials call a document
方案, 文件, 意见 or 通知 as it comes, so that these words tell nothing; 条例, 细则 and 要点 are said
of what is called so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.language import language
from assistant.marks import Marks
from assistant.policy_names import PolicyNames
from assistant.titles import TITLE_END

_LEAD = (
    r"(?:人民政府|政府|[市县区省]委)?(?:办公室|办公厅)?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:局|委|厅|办|部门)(?=的|那[个份部]|这[个份部]|[出定发]的|[制印]))?"
    r"(?:的|自己|[出定]的|制定的|出台的|印发的|发布的|那个|那份|那部|这个|这份|这部|新|关于)*"
)
_PERIOD = (
    r"(?:(?P<year>(?:19|20)\d\d)年?(?:度)?的?|[“\"]?(?P<plan>十[一二三四五六七]五)[”\"]?的?)?"
    r"(?:[那这][个份部])?"
)
_BARE = "条例|办法|细则|要点|纲要|章程|预案"  # in no other word: the name may run on behind them
_STRICT = f"{_BARE}|规划"
_LOOSE = "方案|意见|通知|文件"
_ENDS = r"(?=[里中内的对,。?!;:、\s》)是把有要提规第上说讲定写])|(?=什么|怎|哪|几|多少|如何|$)"
_NAMED = re.compile(
    rf"{_LEAD}{_PERIOD}(?P<matter>[\u4e00-\u9fffa-z\d“”\"]{{0,24}}?)"
    rf"(?P<kind>{_BARE}|(?:规划|{_LOOSE})(?:{_ENDS}))"
)
_IN_MARKS = re.compile(r"《(?P<name>[^《》]{3,40})》")
_IS_STRICT = re.compile(_STRICT)
_ASKS_WHEN = re.compile(
    r"》?(?:的)?(?:文号|全称|标题|名称)|》?[^,。?]{0,8}(?:印发|发布|出台|发的|发文|制定|废止|失效|生效|施行|多少号|几号)"
)
_LONG = 7  # characters of a matter, without the words that any document may bear
_MIN_MATTER = 2  # characters without which nothing is named
_MOST = 0.5  # more of the characters of what is named stand in a title that means it


@dataclass(frozen=True, slots=True)
class DocumentName:
    """The name of a document behind the name of its place."""

    end: int
    words: str  # of matter and kind, as written
    period: str  # a year, or 十四五
    matter: str  # without the words that any document may bear
    kind: str


def document_named(text: str, position: int) -> DocumentName | None:
    """The document whose name goes on right behind a place, or None."""
    match = _NAMED.match(text.replace("《", "的"), position)
    forms = language().forms
    if match is None or forms["no_name"].search(match["matter"]):
        return None
    matter = forms["any_document"].sub("", match["matter"])
    words = text[match.start("matter") : match.end()]
    period = match["year"] or match["plan"] or ""
    return DocumentName(match.end(), words, period, matter, match["kind"])


def is_missing(text: str, position: int, corpus: str) -> bool:
    """Whether behind a place without documents here stands the name of one whose inside is asked.

    Who cites a document says when it was issued, but not what it says.
    """
    named = document_named(text, position)
    told = named and named.words in corpus and _ASKS_WHEN.match(text, named.end)
    return named is not None and not told


def read_document_names(
    marks: Marks, entries: Sequence[PolicyNames], said: Callable[[Iterable[str], str], bool]
) -> None:
    """Take documents as unknown that the places in scope, which have others, do not have.

    Args:
        marks: the question, with its places read.
        entries: every policy of the library.
        said: whether a text of these policies says a word.
    """
    if marks.unknown:
        return
    for start, end in list(marks.spans):
        name = marks.text[start:end]
        group = [entry for entry in entries if name in entry.place_names]
        named = document_named(marks.text, end) if group else None
        if named and not _is_held(named, group, said):
            marks.unknown.append(marks.text[start : named.end])


def read_unknown_titles(marks: Marks, titles: Iterable[str], corpus: str) -> None:
    """《…》 of a question that no document bears or cites, where nothing that is held was named.

    Args:
        marks: the question, with its places and titles read.
        titles: the titles of all documents, folded.
        corpus: all texts, folded.
    """
    if marks.chosen or marks.unknown:
        return
    held = list(titles)
    for match in _IN_MARKS.finditer(marks.text):
        name = match["name"]
        if TITLE_END.search(name) and name not in corpus:
            matter = TITLE_END.sub("", language().forms["any_document"].sub("", name))
            if not any(_fits(matter, title) for title in held):
                marks.unknown.append(match[0])
                marks.spans.append(match.span())


def _is_held(
    named: DocumentName, group: Sequence[PolicyNames], said: Callable[[Iterable[str], str], bool]
) -> bool:
    """Whether a document of one place can be the one that is named."""
    if not _IS_STRICT.fullmatch(named.kind) or len(named.matter) < _MIN_MATTER:
        return True
    ids = [entry.policy_id for entry in group]
    if any(_fits(named.matter, entry.title) for entry in group):
        return True
    # 某市养犬办法 may be called otherwise; a long name says which one is meant.
    if len(named.matter) < _LONG and any(named.kind in entry.title for entry in group):
        return True
    if said(ids, named.words):  # one that they cite: what is asked of it is read elsewhere
        return True
    other_time = named.period and not any(_is_of(named.period, entry) for entry in group)
    return not other_time and said(ids, named.matter)


def _fits(matter: str, title: str) -> bool:
    """Whether most characters of what is named stand in a title: 控烟 in 控制吸烟."""
    return sum(character in title for character in matter) > _MOST * len(matter)


def _is_of(period: str, entry: PolicyNames) -> bool:
    return period in entry.years or period in entry.title
