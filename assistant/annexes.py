"""Questions for the inside of an annex that a document does not bring along; pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.question import Reading
from corpus.schema import Policy
from index.folding import fold

_LISTED = "附件说明"  # the lines that name the annexes (GB/T 9704-2012 §7.3.4)
_BROUGHT = "附件"
_INSIDE = re.compile(r"附件[一二三四五六七八九十\d]{0,2}(?:里|中|内|上|的|给|规定|要求|怎么|列)")
_ASKS_NAMES = re.compile(
    r"附件[^，。？?]{0,8}(?:哪|几个|多少个|什么|目录|名称|标题|清单)|(?:哪|几)[^，。？?]{0,4}附件"
)
_ENTRY = re.compile(
    r"(?:^|[\s：:])(?:附件[：:]?\s*)?(?:\d{1,2}[.．、]\s*)?(?P<name>[^\s：:]{4,60})"
)
_MIN_RUN = 4  # characters of a name that mean it, up to its last


def asks_of_missing_annex(reading: Reading, policy: Policy) -> bool:
    """Whether the inside of an annex is asked for that the text at most lists."""
    question = fold(reading.question.text)
    if any(clause.kind == _BROUGHT for clause in policy.clauses):
        return False
    if _INSIDE.search(question):
        return True
    listed = [fold(clause.text) for clause in policy.clauses if clause.kind == _LISTED]
    names = [match["name"] for text in listed for match in _ENTRY.finditer(text)]
    asks_names = _ASKS_NAMES.search(question) is not None
    return not asks_names and any(_is_meant(question, name) for name in names)


def _is_meant(question: str, name: str) -> bool:
    """Whether the question has the name, at least from its fourth but last character on."""
    bare = re.sub(r"\([^()]*\)$", "", name)
    match = SequenceMatcher(None, question, bare, autojunk=False).find_longest_match()
    inside = 0 < match.a + match.size < len(question)
    return match.size >= _MIN_RUN and match.b + match.size == len(bare) and inside
