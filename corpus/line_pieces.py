"""A line of a file that was several: cut where gaps and spaces show the lines it was made of; pure.

Saved pages lose their line breaks in two ways: wide gaps stand for them, or single spaces do. A
single space counts only in a long line where most of the spaces stand where lines end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.frame_lines import DATE, is_date, is_document_number
from corpus.markers import marker_of
from corpus.titles import is_title
from corpus.web_page import is_page_foot

LABEL_BEFORE_SPACE = re.compile(
    r"第[〇零一二三四五六七八九十百千两\d]+(?:编|分编|章|节|条|部分|阶段|步)(?:之[一二三四五六七八九十]+)?$"
)
_GAP = re.compile(r"(?:\u3000{2,}|[ \u00a0]{4,})(?=\S)")
_GAP_BEHIND_SENTENCE = re.compile(rf"[。！？；：][”’」』）)]?{_GAP.pattern}")
_SPACE = re.compile(
    r"(?<=[^\x00-\x20])[ \u3000\u00a0]+(?=\S)|(?<=[\x21-\x7e]) +(?=[^\x00-\x20\x7f])"
)
_SENTENCE_END = re.compile(r"[。！？?；][”’」』）)]*$")
_ADDRESSED = re.compile(r"(?:各|有关|驻)[^。；：:]*[：:]")
_DATE_ALONE = re.compile(rf"{DATE.pattern}(?=\s|$)")
_ANSWER = re.compile(r"答[:：]|A\d{0,2}[:：.、]")
_HEAD_AND_BODY = re.compile(
    r"[ \u3000\t]*(?P<number>[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}[.．、])"
    r"[ \u3000]?(?P<head>[\u4e00-\u9fff]{2,16})[ \u3000](?=[\u4e00-\u9fff《“\d][^\n]{10,}[。；：])"
)
_WORDS_APART = re.compile(r"(?<=[^\x00-\x20。；：！？）”])[ \u3000](?=[^\x00-\x20（(\d①-⑳])")
_MIN_CHARS = 120  # no line of a document that kept its breaks is long and full of spaces
_MIN_SPACES = 4
_MIN_SHARE = 0.5  # of the spaces that stand where a line could end
_MAX_HEAD = 40
_MAX_MARKER = 60
_MAX_LABEL = 16
_MAX_LINE = 300  # characters of a line around a notice
_MAX_CLOSERS = 8


def line_pieces(raw: str) -> list[str]:
    """The lines that a line of the file was made of, with all their characters."""
    pieces = _parted(raw)
    if len(pieces) == 1:
        return _head_and_body(raw)
    return [part for piece in pieces for part in _head_and_body(piece)]


def _head_and_body(raw: str) -> list[str]:
    """六、资金保障 津贴所需资金由…: a head and its text, where the only space parts them."""
    match = _HEAD_AND_BODY.match(raw)
    if match is None or _WORDS_APART.search(raw, match.end()):
        return [raw]
    begin = match.start("number")
    if marker_of(raw[begin : begin + _MAX_MARKER]) is None:
        return [raw]
    return [raw[: match.end("head")], raw[match.end("head") :]]


def _parted(raw: str) -> list[str]:
    if len(raw) >= _MIN_CHARS and (cuts := list(_lost_breaks(raw))):
        return [raw[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    if "\u3000\u3000" not in raw and "    " not in raw and "\u00a0\u00a0" not in raw:
        return [raw]
    if not _GAP_BEHIND_SENTENCE.search(raw):
        return [raw]
    inset = len(raw) - len(raw.lstrip())
    gaps = (match.start() for match in _GAP.finditer(raw, inset))
    cuts = [gap for gap in gaps if not LABEL_BEFORE_SPACE.search(raw, max(0, gap - 16), gap)]
    return [raw[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]


def _lost_breaks(raw: str) -> Iterator[int]:
    """Where spaces stand for line breaks, none where spaces are only a habit of the writer."""
    if raw.count(" ") + raw.count("\u3000") + raw.count("\u00a0") < _MIN_SPACES or "\t" in raw:
        return
    begin = len(raw) - len(raw.lstrip())
    spaces = [match.span() for match in _SPACE.finditer(raw, begin)]
    found: list[int] = []
    # Whether the line that is open began with a number.
    heads = marker_of(raw[begin : begin + _MAX_MARKER]) is not None
    opens = True  # the line that is open may be the title of a document
    for start, end in spaces:
        if LABEL_BEFORE_SPACE.search(raw, max(begin, start - _MAX_LABEL), start):
            continue
        marked = marker_of(raw[end : end + _MAX_MARKER]) is not None
        head = heads and start - begin <= _MAX_HEAD and "。" not in raw[begin:start]
        head = head and not raw[start - 2].isspace()  # 第一章 总 则
        if head or marked or _begins(raw, end) or _ends(raw, begin, start, opens=opens):
            found.append(start)
            opens = is_date(raw[begin:start])
            begin, heads = end, marked
    if len(found) >= _MIN_SPACES and len(found) >= _MIN_SHARE * len(spaces):
        yield from found


def _begins(raw: str, start: int) -> bool:
    """Whether a line without a number begins: an answer, a date alone, the foot of a page."""
    answers = _ANSWER.match(raw, start) or _DATE_ALONE.match(raw, start)
    return answers is not None or is_page_foot(raw[start : start + _MAX_LABEL])


def _ends(raw: str, begin: int, end: int, *, opens: bool) -> bool:
    """Whether a line ends: a sentence, a note in brackets, a title, a 文号, the addressees."""
    if _SENTENCE_END.search(raw, max(begin, end - _MAX_CLOSERS), end):
        return True
    if end - begin > _MAX_LINE:
        return False
    text = raw[begin:end]
    bracketed = text[0] in "（(" and text[-1] in "）)"
    return (
        bracketed
        or is_date(text)
        or is_document_number(text)
        or (opens and is_title(text))
        or _ADDRESSED.fullmatch(text) is not None
    )
