"""Where text that lost its line breaks has to be cut: at numbers that open clauses; pure.

Scraped pages and copied text often run clauses together (…。二、重点任务（一）…。1.…). A number
opens a clause there only in its turn, and only behind a sentence, a colon or a bare head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.glued_heads import head_end
from corpus.markers import ARTICLE_RANK, Marker, Numbering, marker_of
from corpus.numerals import CHINESE_NUMERAL
from corpus.run_together import closing_cuts, frame_cuts, title_cut
from corpus.web_page import foot_cut, is_page_head

_INNER = re.compile(  # one class of first characters is what makes the search fast
    r"[第（(一二三四五六七八九十百0-9０-９①-⑳⑴-⒇㈠-㈩附问Q](?:"
    rf"(?<=第)(?:{CHINESE_NUMERAL}{{1,7}}|\d{{1,4}})(?:编|分编|章|节|条|部分)"
    r"|(?<=[（(])\s*(?:[一二三四五六七八九十百]{1,4}|\d{1,2})\s*[）)]"
    r"|(?<=[一二三四五六七八九十百])[一二三四五六七八九十百]{0,3}\s*、"
    r"|(?<=\d)(?<![\d.．]\d)\d?\s*[.．、]|(?<=[①-⑳⑴-⒇㈠-㈩])"
    r"|(?<=附)\s*件\s*\d{0,2}\s*[:：]|(?<=[问Q])题?\s?\d{0,3}\s?[:：])"
)
_ANSWER = re.compile(r"(?<=[？?。])[”）)]?\s?(?P<answer>(?:答|回答|答复|解答)[:：])")
_END, _HALF, _COLON = "。！？!?", "；;", "：:"
_CLOSERS = "”’」』》"
_BRACKET = re.compile(r"[（(《“〈）)》”〉]")
_PAIRS = {"（": "）", "(": "）", "《": "》", "“": "”", "〈": "〉"}
# A list of units has no full stop: …。责任单位：市教育局、市财政局（二）…
_UNITS = re.compile(r"[。；](?:责任|牵头|配合|参与)(?:单位|部门)[:：][^。；]{2,200}$")
_PUNCTUATION = re.compile(r"[。；;：:，,！？!?]")
# A head that is one word in every document, glued to the sentence below it: 一、总则为了规范….
_GENERAL = re.compile(r"(?:总则|附则)(?=为了?|根据|依据|本|各|[（(]一[）)])")
_MIN_CHARS = 16
_MAX_HEAD = 30
_MAX_MARKER = 60  # characters that decide what a number is
_MAX_BACK = 300  # characters that are searched for an open bracket
_MAX_AHEAD = 40  # paragraphs that are searched for the number two


class Flattened:
    """Reads the paragraphs of one text in order and says where to cut each.

    Args:
        markers: the numbers that open the paragraphs of the text.
    """

    def __init__(self, markers: Sequence[Marker | None]) -> None:
        self._markers = markers
        self._numbering = Numbering()
        self._first = True  # no paragraph with text was there
        self._framed = False  # a notice that was run together has been cut

    def cuts(self, index: int, text: str) -> list[int]:
        """Positions in the paragraph at ``index`` at which further clauses begin."""
        marker = self._markers[index]
        if marker is not None:
            self._numbering.take(marker)
        if len(text) < _MIN_CHARS:
            return []
        found: list[int] = []
        candidates = _candidates(text)
        if candidates:
            numbering = self._numbering.copy()
            following = self._markers[index + 1 : index + 1 + _MAX_AHEAD]
            found = _Cutter(text, marker, candidates, numbering, following).cuts()
            self._numbering = numbering if found else self._numbering
        frame = [] if marker or self._framed else frame_cuts(text)
        title = title_cut(text) if self._first and not (marker or frame) else None
        self._first = False
        if title:
            frame = [title]
        if frame and not is_page_head(text):  # whose notice is still to come
            self._framed = True
        if marker and marker.rank >= ARTICLE_RANK:
            end = head_end(text, marker.length)
            if end is None and (head := _GENERAL.match(text, marker.length)):
                end = head.end()
            found = sorted({*found, end}) if end else found
        if "答" in text:
            found = sorted({*found, *(match.start("answer") for match in _ANSWER.finditer(text))})
        if not (found or frame) and text[-1] != "日" and foot_cut(text) is None:
            return found
        return sorted({*found, *frame, *closing_cuts(text, run_together=bool(found))})


def _candidates(text: str) -> list[tuple[int, Marker]]:
    """Positions and numbers of all that may open a clause, that of the paragraph aside."""
    found: list[tuple[int, Marker]] = []
    for match in _INNER.finditer(text, 1):
        marker = marker_of(text[match.start() : match.start() + _MAX_MARKER])
        if marker is not None:
            found.append((match.start(), marker))
    return found


class _Cutter:
    """The cuts of one paragraph."""

    def __init__(
        self,
        text: str,
        marker: Marker | None,
        candidates: list[tuple[int, Marker]],
        numbering: Numbering,
        following: Sequence[Marker | None],
    ) -> None:
        self._text = text
        self._head, self._head_end = marker, marker.length if marker else 0
        self._start = 0
        self._numbering = numbering
        self._following = following
        self._candidates = candidates
        self._next = self._next_numbers()

    def cuts(self) -> list[int]:
        """The cuts, none where the paragraph is only a sentence with a list in it."""
        found: list[int] = []
        run_together = False
        for index, (position, marker) in enumerate(self._candidates):
            behind = self._behind(position, marker)
            if behind and self._opens(index, marker, behind):
                run_together = run_together or behind in ("end", "head")
                found.append(self._take(position, marker))
            elif marker.form == "条" and self._numbering.continues(marker):
                heads = self._heads_before(index)
                if heads or self._in_a_row(index):
                    found.extend(self._take(*self._candidates[n]) for n in [*heads, index])
                    run_together = True
        return found if run_together or "条" in self._numbering.last else []

    def _take(self, position: int, marker: Marker) -> int:
        self._numbering.take(marker)
        self._start, self._head = position, marker
        self._head_end = position + marker.length
        return position

    def _heads_before(self, index: int) -> list[int]:
        """Candidates that are the chapter and section heads right before an article."""
        heads: list[int] = []
        while index > 0 and self._candidates[index - 1][0] > self._start:
            position, marker = self._candidates[index]
            before, head = self._candidates[index - 1]
            title = self._text[before + head.length : position].strip()
            if head.rank >= min(marker.rank, ARTICLE_RANK) or not 0 < len(title) <= _MAX_HEAD:
                break
            if _PUNCTUATION.search(title):
                break
            index -= 1
            heads.append(index)
        return heads[::-1]

    def _in_a_row(self, index: int) -> bool:
        """Whether an article set off by white space is followed by the next one."""
        position, marker = self._candidates[index]
        behind = self._text[position + marker.length : position + marker.length + 1]
        return behind.isspace() and self._next[index] == marker.number + 1

    def _next_numbers(self) -> list[int]:
        """For each candidate the number of the next one of its form, 0 where there is none."""
        numbers: list[int] = []
        seen: dict[str, int] = {}
        for _, marker in reversed(self._candidates):
            numbers.append(seen.get(marker.form, 0))
            seen[marker.form] = marker.number
        return numbers[::-1]

    def _behind(self, position: int, marker: Marker) -> str:
        """What stands before a number: the end of a sentence, a colon, a head; or nothing such."""
        before = self._text[max(self._start, position - _MAX_BACK) : position].rstrip()
        if not before:
            return ""
        ended = _ended(before)
        if ended and unclosed(before):
            return ""
        if ended or _UNITS.search(before):
            return ended or "end"
        if self._head is None or self._head.rank >= marker.rank:
            return ""
        if position - self._head_end > 2 * _MAX_HEAD:
            return ""
        title = self._text[self._head_end : position].strip()
        if len(title) > _MAX_HEAD:
            return ""
        return "" if _PUNCTUATION.search(title) or not title else "head"

    def _opens(self, index: int, marker: Marker, behind: str) -> bool:
        if marker.rank < ARTICLE_RANK:
            return behind in ("end", "head") and (
                marker.number <= 1 or self._numbering.continues(marker)
            )
        if marker.form == "问":
            in_turn = marker.number <= 1 or self._numbering.continues(marker)
            return behind == "end" and in_turn
        if marker.form == "条":
            last = self._numbering.last.get("条", 0)  # an article may be missing
            in_turn = marker.number > last and self._next[index] == marker.number + 1
            return behind in ("end", "head") and (in_turn or self._numbering.continues(marker))
        if self._numbering.continues(marker) and marker.number > 1:
            return behind in ("end", "half")
        return marker.number == 1 and behind != "half" and self._has_second(index, marker)

    def _has_second(self, index: int, marker: Marker) -> bool:
        if self._next[index]:
            return self._next[index] == 2
        for other in self._following:
            if other is not None and other.form == marker.form:
                return other.number == 2
            if other is not None and other.rank < marker.rank:
                return False
        return False


def _ended(before: str) -> str:
    """How the text before a number ends: "end", "half", "colon" or not at all."""
    last = before.rstrip(_CLOSERS)[-1:]
    if last in ("）", ")"):  # (…。（责任单位：市教育局）2.…)
        opening = max(before.rfind("（"), before.rfind("("))
        last = before[opening - 1] if opening > 0 else ""
        return "end" if last and last in _END + _HALF else ""
    if not last:
        return ""
    return "end" if last in _END else "half" if last in _HALF else "colon" if last in _COLON else ""


def unclosed(text: str) -> bool:
    """Whether a bracket or quotation mark that the text opened is still open at its end."""
    stack: list[str] = []
    for char in _BRACKET.findall(text):
        if char in _PAIRS:
            stack.append(_PAIRS[char])
        elif stack and stack[-1] == ("）" if char == ")" else char):
            stack.pop()
    return bool(stack)
