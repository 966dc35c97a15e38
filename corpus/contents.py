"""Lists of what follows: the table of contents, and the attachments that a notice names; pure.

Their lines look like the heads that they name and must not become clauses a second time.
"""

from __future__ import annotations

import re

from corpus.cleaning import Paragraph

_TITLE = re.compile(r"目\s*[录次]|目\s*录.{0,4}第.{1,8}[编章](?:.*第.{1,8}章.*)")
_LEADER = re.compile(r"[\s.．·…—-]*[（(]?\d{0,4}[）)]?$")
_GROUPS = frozenset({"编", "章", "节", "部分", "一、"})
_MAX_ENTRY = 60
_MAX_ENTRIES = 2000
_FIRST_ENTRIES = 3  # one of which stands in the body as it stands in the table
_MAX_TITLES = 20  # tables of contents that are looked for in one policy
_MAX_ATTACHMENT = 80
# The name of a file: what is attached is not in this text.
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|pdf|ofd|zip|rar|7z|jpe?g|png|txt)$", re.IGNORECASE
)


class Contents:
    """Finds the tables of contents of one policy."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._titles = 0
        self._untitled = False

    def end(self, index: int) -> int:
        """Where the table of contents that begins at ``index`` ends; ``index`` if there is none."""
        paragraph = self._paragraphs[index]
        text = paragraph.text
        if text[0] == "目" and _TITLE.fullmatch(text):
            self._titles += 1
            if self._titles > _MAX_TITLES:
                return index
            return max(index + 1, self._repeat(index + 1, titled=True))
        if self._untitled or paragraph.marker is None or paragraph.marker.form not in _GROUPS:
            return index
        self._untitled = True  # without a title only what stands before the first clause
        return self._repeat(index, titled=False)

    def _repeat(self, first: int, *, titled: bool) -> int:
        """Where the first entry stands again, all entries between being short; else ``first``."""
        paragraphs = self._paragraphs
        if first >= len(paragraphs):
            return first
        entries = paragraphs[first : first + (_FIRST_ENTRIES if titled else 1)]
        keys = {_key(entry): place for place, entry in reversed(list(enumerate(entries, first)))}
        marker = paragraphs[first].marker
        for index in range(first + 1, min(len(paragraphs), first + _MAX_ENTRIES)):
            paragraph = paragraphs[index]
            if keys.get(_key(paragraph), index) < index:
                return index if titled or index - first > 1 else first
            numbered = paragraph.marker if titled and marker else None
            if (
                numbered
                and marker
                and (numbered.form, numbered.label) == (marker.form, marker.label)
            ):
                return index
            if len(paragraph.text) > _MAX_ENTRY or "。" in paragraph.text:
                break
        return first


def attachments_end(
    paragraphs: list[Paragraph], index: int, closing: list[str], *, signed: bool
) -> int:
    """Where the list of attachments that a notice closes with ends; ``index`` if there is none.

    A list (附件：1.… 2.…) is followed by the signature, by an attachment or by nothing; a head of
    an attachment stands alone or is followed by what is attached. Behind the signature only
    附件：1.… is a list, or what names files (附件：….doc).
    """
    paragraph = paragraphs[index]
    marker = paragraph.marker
    if marker is None or marker.form != "附件":
        return index
    rest = paragraph.text[marker.length :].strip()
    colon = paragraph.text[: marker.length].rstrip().endswith(("：", ":"))
    end = _run_end(paragraphs, index, marker.number)
    if colon and rest and _is_attached(paragraphs[end : end + 2], rest):
        return end
    if signed and not (colon and (rest[:1] == "1" or _FILE.search(rest))):
        return index
    if not rest and (end == index + 1 or not colon):
        return index
    if len(paragraph.text) > 4 * _MAX_ATTACHMENT:
        return index
    if end == len(paragraphs) or closing[end]:
        return end
    following = paragraphs[end].marker
    return end if following is not None and following.form == "附件" else index


def _is_attached(following: list[Paragraph], name: str) -> bool:
    """Whether the attachment of that name, and no list, stands right behind."""
    if len(following) < 2 or following[0].marker is None or following[0].marker.form != "附件":
        return False
    head = following[0].text[following[0].marker.length :].strip()
    return (head or following[1].text) == name


def _run_end(paragraphs: list[Paragraph], index: int, number: int) -> int:
    """Where the short lines end that go on with 1. 2. or name further attachments."""
    end = index + 1
    while end < len(paragraphs) and end - index < _MAX_ENTRIES:
        following = paragraphs[end].marker
        if following is None or len(paragraphs[end].text) > _MAX_ATTACHMENT:
            break
        if following.form == "附件":
            if following.number <= number or len(paragraphs[end].text) == following.length:
                break
            number = following.number
        elif following.form != "1.":
            break
        end += 1
    return end


def _key(paragraph: Paragraph) -> str:
    return _LEADER.sub("", paragraph.text).replace(" ", "")
